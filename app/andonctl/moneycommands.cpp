// kpi: the factory as business.
#include "app/andonctl/session.h"
#include "app/andonctl/windowoptions.h"
#include "text/kpitext.h"
#include "text/times.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

Json valueJson(const economics::KpiValue &value)
{
    if (const auto *money = std::get_if<core::Money>(&value))
        return core::decimal(*money);
    if (const auto *price = std::get_if<core::UnitPrice>(&value))
        return core::decimal(*price);
    if (const auto *count = std::get_if<std::int64_t>(&value))
        return *count;
    return std::get<double>(value);
}

Json kpiJson(const economics::Kpi &kpi, bool why)
{
    Json json = {{"value", kpi.value ? valueJson(*kpi.value) : Json()}};
    if (!kpi.missing.empty())
        json["missing"] = kpi.missing;
    if (!why)
        return json;
    json["formula"] = kpi.formula;
    Json inputs = Json::array();
    for (const economics::KpiInput &input : kpi.inputs) {
        Json one = {{"key", input.key}, {"value", input.value ? valueJson(*input.value) : Json()}};
        if (!input.of.empty())
            one["of"] = input.of;
        if (input.coverage)
            one["coverage"] = *input.coverage;
        for (const core::Evidence &e : input.evidence)
            one["evidence"].push_back({{"request", e.request}, {"at", isoTime(e.at)}, {"sha256", e.sha256}});
        inputs.push_back(std::move(one));
    }
    json["inputs"] = std::move(inputs);
    return json;
}

Json rowJson(const economics::KpiRow &row, bool why)
{
    Json json = {{"model", row.model.value},
                 {"version", row.version.value},
                 {"tokens_in", row.inputTokens ? Json(*row.inputTokens) : Json()},
                 {"tokens_out", row.outputTokens ? Json(*row.outputTokens) : Json()},
                 {"gpus", row.gpus}};
    for (const auto &[key, kpi] : std::initializer_list<std::pair<const char *, const economics::Kpi *>>{
             {"cost", &row.cost},
             {"revenue", &row.revenue},
             {"margin", &row.margin},
             {"cost_per_mtok", &row.costPerMtok},
             {"output_cost_per_mtok", &row.outputCostPerMtok},
             {"revenue_per_mtok", &row.revenuePerMtok},
             {"margin_per_mtok", &row.marginPerMtok},
             {"gross_margin", &row.grossMargin},
             {"tokens_per_second", &row.tokensPerSecond},
             {"utilisation", &row.utilisation},
             {"tokens_per_joule", &row.tokensPerJoule}})
        json[key] = kpiJson(*kpi, why);
    json["loses_money"] = row.losesMoney;
    return json;
}

std::string cell(const economics::Kpi &kpi)
{
    return text::kpiValue(kpi).toStdString();
}

void printReport(const economics::KpiReport &report)
{
    printLine("Window " + text::dateTime(report.window.from).toStdString() + " to "
              + text::dateTime(report.window.to).toStdString() + ", " + report.currency.code
              + ", cost by allocation\n");
    Table table({"Model", "Tokens", "Cost / 1 M", "Revenue / 1 M", "Margin", "Margin %", "Tokens/s", "Utilisation"},
                {Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right,
                 Align::Right});
    const auto row = [&](const economics::KpiRow &r, const std::string &name) {
        const auto tokens =
            r.inputTokens && r.outputTokens ? std::optional(*r.inputTokens + *r.outputTokens) : std::nullopt;
        table.row({name, tokens ? text::compact(static_cast<double>(*tokens)).toStdString() : "—", cell(r.costPerMtok),
                   cell(r.revenuePerMtok), cell(r.margin), cell(r.grossMargin), cell(r.tokensPerSecond),
                   cell(r.utilisation)});
    };
    for (const economics::KpiRow &model : report.models)
        row(model,
            model.model.value + (model.version.empty() ? "" : "@" + model.version.value)
                + (model.losesMoney ? "  loses money" : ""));
    row(report.totals, "All");
    print(table.text());
    printLine("");
    Table tax({"GPU-hours of the quota", "Hours", "Cost"}, {Align::Left, Align::Right, Align::Right});
    for (const economics::TaxClass &part : report.tax.classes)
        tax.row({part.key, text::number(static_cast<double>(part.microHours) / 1e6, 1).toStdString(), cell(part.cost)});
    print(tax.text());
    printLine("\nGPU utilisation of all that is held: " + cell(report.utilisation));
    printLine("Time to monetization of the last release: " + cell(report.timeToMonetization));
}

int runKpi(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const auto window = windowOf(parser, site->economics().closedDay(), site->pin().now());
    if (!window)
        return session.fail(window.error());
    const auto kpi = site->economics().kpi(*window, session.access(), session.cancel());
    if (!kpi)
        return session.fail(kpi.error());
    if (session.json()) {
        const bool why = parser.isSet(QStringLiteral("why"));
        Json models = Json::array();
        for (const economics::KpiRow &row : kpi->value.models)
            models.push_back(rowJson(row, why));
        Json tax = Json::object();
        for (const economics::TaxClass &part : kpi->value.tax.classes)
            tax[part.key] = {{"gpu_hours", static_cast<double>(part.microHours) / 1e6},
                             {"cost", kpiJson(part.cost, why)}};
        printJson({{"window", {{"from", kpi->value.window.from.seconds()}, {"to", kpi->value.window.to.seconds()}}},
                   {"currency", kpi->value.currency.code},
                   {"freshness", toJson(kpi->freshness)},
                   {"totals", rowJson(kpi->value.totals, why)},
                   {"models", std::move(models)},
                   {"utilisation_tax", std::move(tax)},
                   {"utilisation", kpiJson(kpi->value.utilisation, why)},
                   {"time_to_monetization", kpiJson(kpi->value.timeToMonetization, why)}});
    } else {
        printReport(kpi->value);
    }
    return session.finish(kpi->freshness);
}

} // namespace

std::vector<Command> moneyCommands()
{
    std::vector<Option> options = windowOptions();
    options.push_back(
        {QStringLiteral("why"), {}, QStringLiteral("with --json: formula, inputs, coverage and evidence")});
    return {{.name = QStringLiteral("kpi"),
             .summary = QStringLiteral("Cost, revenue and margin per token, utilisation and what idle GPUs cost."),
             .details = QStringLiteral("Over the last closed day, or any window with --from and --to. Examples:\n"
                                       "    andonctl kpi\n"
                                       "    andonctl kpi --from now-7d/d --to now-1d/d --json --why"),
             .options = std::move(options),
             .pins = true,
             .run = runKpi}};
}

} // namespace andon::ctl
