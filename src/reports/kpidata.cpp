// The report for programs: CSV and JSON.
#include "reports/kpidata.h"

#include "core/money.h"
#include "reports/csv.h"
#include "reports/kpifindings.h"

#include <QDateTime>

#include <nlohmann/json.hpp>

#include <charconv>

namespace andon::reports
{

namespace
{

using Json = nlohmann::ordered_json;
using economics::Kpi;
using economics::KpiRow;

std::string isoTime(core::Instant at)
{
    return at.known() ? QDateTime::fromMSecsSinceEpoch(at.ms, Qt::UTC).toString(Qt::ISODate).toStdString()
                      : std::string();
}

std::string plain(const economics::KpiValue &value)
{
    if (const auto *money = std::get_if<core::Money>(&value))
        return core::decimal(*money);
    if (const auto *price = std::get_if<core::UnitPrice>(&value))
        return core::decimal(*price);
    if (const auto *count = std::get_if<std::int64_t>(&value))
        return std::to_string(*count);
    char text[64];
    return {text, std::to_chars(text, text + sizeof text, std::get<double>(value)).ptr};
}

const char *unitOf(const Kpi &kpi)
{
    static constexpr const char *kUnits[] = {
        "currency", "currency per 1e6 tokens", "ratio", "tokens/s", "tokens/J", "GPU-hours", "days", "tokens", "time"};
    return kUnits[static_cast<int>(kpi.unit)];
}

std::vector<const Kpi *> kpisOf(const KpiRow &row)
{
    return {&row.cost,           &row.revenue,       &row.margin,      &row.costPerMtok,     &row.outputCostPerMtok,
            &row.revenuePerMtok, &row.marginPerMtok, &row.grossMargin, &row.tokensPerSecond, &row.utilisation,
            &row.tokensPerJoule};
}

Json evidenceJson(const std::vector<core::Evidence> &evidence)
{
    Json all = Json::array();
    for (const core::Evidence &e : evidence)
        all.push_back({{"source", e.source.value},
                       {"request", e.request},
                       {"status", e.httpStatus},
                       {"at", isoTime(e.at)},
                       {"bytes", e.bytes},
                       {"sha256", e.sha256}});
    return all;
}

Json kpiJson(const Kpi &kpi)
{
    Json json = {{"value", kpi.value ? Json(plain(*kpi.value)) : Json()}, {"unit", unitOf(kpi)}};
    if (!kpi.missing.empty())
        json["missing"] = kpi.missing;
    if (kpi.target)
        json["target"] = plain(*kpi.target);
    json["formula"] = kpi.formula;
    json["inputs"] = Json::array();
    for (const economics::KpiInput &input : kpi.inputs) {
        Json one = {{"key", input.key}, {"value", input.value ? Json(plain(*input.value)) : Json()}};
        if (!input.of.empty())
            one["of"] = input.of;
        if (input.coverage)
            one["coverage"] = *input.coverage;
        if (!input.evidence.empty())
            one["evidence"] = evidenceJson(input.evidence);
        json["inputs"].push_back(std::move(one));
    }
    return json;
}

Json rowJson(const KpiRow &row)
{
    Json json = {{"model", row.model.value},
                 {"version", row.version.value},
                 {"tokens_in", row.inputTokens ? Json(*row.inputTokens) : Json()},
                 {"tokens_out", row.outputTokens ? Json(*row.outputTokens) : Json()},
                 {"gpus", row.gpus},
                 {"loses_money", row.losesMoney}};
    for (const Kpi *kpi : kpisOf(row))
        json["figures"][kpi->key] = kpiJson(*kpi);
    return json;
}

Json findingsJson(const KpiDocument &document)
{
    static constexpr const char *kWeights[] = {"major", "warning", "note"};
    Json all = Json::array();
    for (const ReportFinding &finding : findingsOf(document))
        all.push_back({{"weight", kWeights[static_cast<int>(finding.weight)]},
                       {"title", finding.title.toStdString()},
                       {"detail", finding.detail.toStdString()},
                       {"action", finding.action.toStdString()}});
    return all;
}

Json releasesJson(const economics::KpiReport &report)
{
    Json all = Json::array();
    for (const economics::ReleaseRow &row : report.releases)
        all.push_back({{"name", row.release.name},
                       {"gpus", row.release.gpus},
                       {"energised", isoTime(row.release.energised)},
                       {"busy", isoTime(row.release.busy)},
                       {"first_token", isoTime(row.release.firstToken)},
                       {"first_paid", isoTime(row.release.firstPaid)},
                       {"ramped", isoTime(row.release.ramped)},
                       {"days", kpiJson(row.sinceEnergised)},
                       {"carry_cost", kpiJson(row.carry)}});
    return all;
}

} // namespace

std::string toCsv(const KpiDocument &document)
{
    std::string out = "model,version,figure,value,unit,missing,formula\r\n";
    const auto line = [&](const std::string &model, const std::string &version, const Kpi &kpi) {
        const std::string cells[] = {
            model,       version,     kpi.key,    kpi.value ? plain(*kpi.value) : std::string(),
            unitOf(kpi), kpi.missing, kpi.formula};
        std::string text;
        for (const std::string &cell : cells)
            text += (text.empty() && &cell == &cells[0] ? "" : ",") + csvCell(cell);
        out += text + "\r\n";
    };
    for (const KpiRow &row : document.report.models)
        for (const Kpi *kpi : kpisOf(row))
            line(row.model.value, row.version.value, *kpi);
    for (const Kpi *kpi : kpisOf(document.report.totals))
        line("*", "", *kpi);
    for (const economics::TaxClass &part : document.report.tax.classes) {
        Kpi cost = part.cost;
        cost.key = "tax_" + part.key;
        line("*", "", cost);
    }
    line("*", "", document.report.tax.total);
    line("*", "", document.report.timeToMonetization);
    return out;
}

std::string toJson(const KpiDocument &document)
{
    Json models = Json::array();
    for (const KpiRow &row : document.report.models)
        models.push_back(rowJson(row));
    Json tax = Json::object();
    for (const economics::TaxClass &part : document.report.tax.classes)
        tax[part.key] = {{"gpu_hours", static_cast<double>(part.microHours) / 1e6}, {"cost", kpiJson(part.cost)}};
    Json sources = Json::array();
    for (const SourceLine &source : document.sources)
        sources.push_back({{"kind", source.kind},
                           {"product", source.product},
                           {"answered", isoTime(source.freshness.at)},
                           {"failed", source.freshness.error.has_value()}});
    const Json json = {
        {"report", "kpi"},
        {"schema", 1},
        {"site", document.site},
        {"made", isoTime(document.made)},
        {"window", {{"from", isoTime(document.report.window.from)}, {"to", isoTime(document.report.window.to)}}},
        {"currency", document.report.currency.code},
        {"cached", document.freshness.state != core::FreshnessState::Live},
        {"as_of", isoTime(document.freshness.at)},
        {"sources", sources},
        {"totals", rowJson(document.report.totals)},
        {"models", models},
        {"utilisation_tax", tax},
        {"utilisation_tax_total", kpiJson(document.report.tax.total)},
        {"utilisation", kpiJson(document.report.utilisation)},
        {"time_to_monetization", kpiJson(document.report.timeToMonetization)},
        {"releases", releasesJson(document.report)},
        {"owners", document.report.owners},
        {"findings", findingsJson(document)}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace andon::reports
