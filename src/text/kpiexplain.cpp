#include "text/kpiexplain.h"

#include "text/kpitext.h"
#include "text/plain.h"
#include "text/times.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace andon::text
{

namespace
{

using economics::Kpi;
using economics::KpiInput;
using economics::KpiRow;
using economics::KpiUnit;

QString tr(const char *source, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("Kpi", source, comment, n);
}

const double *hoursOf(const KpiInput &input)
{
    return input.value ? std::get_if<double>(&*input.value) : nullptr;
}

/// What the inputs of a figure sum up to.
class Sums
{
public:
    explicit Sums(const Kpi &kpi)
        : m_kpi(kpi)
    {
    }
    [[nodiscard]] double hours(const char *key) const
    {
        double sum = 0;
        for (const KpiInput &input : m_kpi.inputs)
            if (const double *hours = hoursOf(input); hours && input.key == key)
                sum += *hours;
        return sum;
    }
    [[nodiscard]] std::int64_t count(const char *key) const
    {
        std::int64_t sum = 0;
        for (const KpiInput &input : m_kpi.inputs)
            if (input.key == key && input.value)
                if (const auto *value = std::get_if<std::int64_t>(&*input.value))
                    sum += *value;
        return sum;
    }
    [[nodiscard]] std::optional<core::Money> money(const char *key) const
    {
        std::optional<core::Money> sum;
        for (const KpiInput &input : m_kpi.inputs)
            if (input.key == key && input.value)
                if (const auto *value = std::get_if<core::Money>(&*input.value)) {
                    const auto both = sum ? core::add(*sum, *value) : core::Result<core::Money>(*value);
                    if (!both)
                        return std::nullopt;
                    sum = *both;
                }
        return sum;
    }
    /// "$2.50", or "$2.40 to $2.50" when it was not the same for all.
    [[nodiscard]] QString prices(const char *key) const
    {
        std::vector<core::UnitPrice> all;
        for (const KpiInput &input : m_kpi.inputs)
            if (input.key == key && input.value)
                if (const auto *value = std::get_if<core::UnitPrice>(&*input.value))
                    all.push_back(*value);
        if (all.empty())
            return QStringLiteral("—");
        const auto [low, high] =
            std::minmax_element(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.pico < b.pico; });
        return *low == *high ? price(*low, 2) : tr("%1 to %2").arg(price(*low, 2), price(*high, 2));
    }
    [[nodiscard]] std::size_t models() const
    {
        std::vector<std::string> names;
        for (const KpiInput &input : m_kpi.inputs)
            if (input.key == "tokens_in" || input.key == "gpu_hours")
                if (std::find(names.begin(), names.end(), input.of) == names.end())
                    names.push_back(input.of);
        return names.size();
    }

private:
    const Kpi &m_kpi;
};

QString hoursText(double hours)
{
    return number(hours, 1) + QStringLiteral("\u00a0GPU-h");
}

KpiStep costStep(const Kpi &kpi, const KpiRow *row)
{
    const Sums sums(kpi);
    QString words = tr("%1 × %2").arg(hoursText(sums.hours("gpu_hours")), sums.prices("gpu_hour_price"));
    if (const auto shared = sums.money("shared"))
        words += QStringLiteral(" + ") + tr("%1 shared").arg(money(*shared));
    return {QStringLiteral("C"), words, kpiValue(row ? row->cost : kpi)};
}

KpiStep revenueStep(const Kpi &kpi, const KpiRow *row)
{
    const Sums sums(kpi);
    const KpiRow none;
    const std::string &formula = row ? row->revenue.formula : kpi.formula;
    QString words;
    if (formula == "billed")
        words = tr("billed: %1").arg(sums.money("billed") ? money(*sums.money("billed")) : QStringLiteral("—"));
    else if (formula == "billed+list_price")
        words = tr("billed where there is a bill, list price × tokens elsewhere");
    else if (sums.models() == 1)
        words = tr("%1 × %2 + %3 × %4 per 1 M")
                    .arg(compact(static_cast<double>(sums.count("tokens_in"))), sums.prices("price_in"),
                         compact(static_cast<double>(sums.count("tokens_out"))), sums.prices("price_out"));
    else
        words = tr("tokens × list price, summed over %n model(s)", nullptr, static_cast<int>(sums.models()));
    for (const KpiInput &input : kpi.inputs)
        if (input.key == "paid_share") {
            words += QStringLiteral(", × ") + tr("%1 paid").arg(kpiInputValue(input));
            break;
        }
    return {QStringLiteral("R"), words, kpiValue(row ? row->revenue : kpi)};
}

KpiStep tokensStep(const Kpi &kpi, const KpiRow *row)
{
    const Sums sums(kpi);
    const std::int64_t in = row && row->inputTokens ? *row->inputTokens : sums.count("tokens_in");
    const std::int64_t out = row && row->outputTokens ? *row->outputTokens : sums.count("tokens_out");
    return {QStringLiteral("T"),
            tr("%1 in + %2 out").arg(compact(static_cast<double>(in)), compact(static_cast<double>(out))),
            tr("%1 tokens").arg(compact(static_cast<double>(in + out)))};
}

KpiStep last(const QString &symbol, const Kpi &kpi, const char *per = nullptr)
{
    return {symbol, per ? tr(per) : QString(), kpiValue(kpi)};
}

std::vector<KpiStep> single(const Kpi &kpi)
{
    const Sums sums(kpi);
    const auto when = [&](const char *key) {
        for (const KpiInput &input : kpi.inputs)
            if (input.key == key)
                return kpiInputValue(input);
        return QStringLiteral("—");
    };
    if (kpi.formula == "gpu_hours*price")
        return {
            {{}, tr("%1 × %2").arg(hoursText(sums.hours("gpu_hours")), sums.prices("gpu_hour_price")), kpiValue(kpi)}};
    if (kpi.formula == "busy_hours/gpu_hours")
        return {{QStringLiteral("B"), tr("GPU time with the engine active"), hoursText(sums.hours("busy_hours"))},
                {QStringLiteral("H"), tr("GPU time held"), hoursText(sums.hours("gpu_hours"))},
                last(QStringLiteral("B ÷ H"), kpi)};
    if (kpi.formula.starts_with("first_paid-"))
        return {{{}, tr("%1 − %2").arg(when("first_paid"), when(kpi.formula.substr(11).c_str())), kpiValue(kpi)}};
    return {{{}, kpiLongFormula(kpi.formula), kpiValue(kpi)}};
}

QString sourceOf(const KpiInput &input)
{
    if (!input.evidence.empty())
        return visible(input.evidence.front().source.value);
    static const char *const kBook[] = {"gpu_hour_price", "price_in", "price_out", "paid_share", "shared",
                                        "energised",      "ordered",  "delivered", "first_paid"};
    const bool book =
        std::any_of(std::begin(kBook), std::end(kBook), [&](const char *key) { return input.key == key; });
    return book ? tr("price book") : QString();
}

/// All inputs of one key as one.
KpiInputLine lineOf(const Kpi &kpi, const std::string &key)
{
    const Sums sums(kpi);
    KpiInputLine line{.name = kpiInputName(key)};
    std::vector<const KpiInput *> all;
    for (const KpiInput &input : kpi.inputs)
        if (input.key == key)
            all.push_back(&input);
    std::vector<std::string> of;
    bool whole = true;
    for (const KpiInput *input : all) {
        if (!input->of.empty() && std::find(of.begin(), of.end(), input->of) == of.end())
            of.push_back(input->of);
        if (input->coverage)
            line.coverage = std::min(line.coverage.value_or(1.0), *input->coverage);
        whole &= input->value.has_value();
        if (line.source.isEmpty())
            line.source = sourceOf(*input);
    }
    line.of = of.size() == 1 ? visible(of.front())
        : of.empty()         ? QString()
                             : tr("%n model(s)", nullptr, static_cast<int>(of.size()));
    const auto &value = all.front()->value;
    if (!whole)
        line.value = QStringLiteral("—");
    else if (all.size() == 1)
        line.value = kpiInputValue(*all.front());
    else if (std::holds_alternative<core::UnitPrice>(*value))
        line.value = sums.prices(key.c_str());
    else if (std::holds_alternative<core::Money>(*value))
        line.value = sums.money(key.c_str()) ? money(*sums.money(key.c_str())) : QStringLiteral("—");
    else if (all.front()->unit == KpiUnit::Ratio || all.front()->unit == KpiUnit::Time)
        line.value = kpiInputValue(*all.front());
    else {
        KpiInput sum = *all.front();
        if (std::holds_alternative<double>(*value))
            sum.value = sums.hours(key.c_str());
        else
            sum.value = sums.count(key.c_str());
        line.value = kpiInputValue(sum);
    }
    return line;
}

} // namespace

QString kpiInputValue(const KpiInput &input)
{
    if (!input.value)
        return QStringLiteral("—");
    if (const auto *count = std::get_if<std::int64_t>(&*input.value)) {
        if (input.unit == KpiUnit::Time)
            return dateTime(core::Instant{*count}).left(10);
        if (input.key == "energy") // millijoules
            return number(static_cast<double>(*count) / 3.6e9, 1) + QStringLiteral("\u00a0kWh");
    }
    if (const auto *unit = std::get_if<core::UnitPrice>(&*input.value))
        return price(*unit, 2);
    return kpiValue({.unit = input.unit, .value = input.value});
}

std::vector<KpiStep> kpiSteps(const Kpi &kpi, const KpiRow *row)
{
    const std::string &f = kpi.formula;
    const KpiStep cost = costStep(kpi, row);
    const KpiStep revenue = revenueStep(kpi, row);
    const KpiStep tokens = tokensStep(kpi, row);
    if (f == "gpu_hours*price+shared")
        return {cost};
    if (f == "list_price" || f == "list_price*paid_share" || f == "billed" || f == "billed+list_price")
        return {revenue};
    if (f == "revenue-cost")
        return {revenue, cost, last(QStringLiteral("R − C"), kpi)};
    if (f == "cost/tokens")
        return {cost, tokens, last(QStringLiteral("C ÷ T"), kpi, QT_TRANSLATE_NOOP("Kpi", "per 1 M tokens"))};
    if (f == "cost/tokens_out")
        return {cost, tokens, last(QStringLiteral("C ÷ Tout"), kpi, QT_TRANSLATE_NOOP("Kpi", "per 1 M output tokens"))};
    if (f == "revenue/tokens")
        return {revenue, tokens, last(QStringLiteral("R ÷ T"), kpi, QT_TRANSLATE_NOOP("Kpi", "per 1 M tokens"))};
    if (f == "(revenue-cost)/tokens")
        return {revenue, cost, tokens,
                last(QStringLiteral("(R − C) ÷ T"), kpi, QT_TRANSLATE_NOOP("Kpi", "per 1 M tokens"))};
    if (f == "(revenue-cost)/revenue")
        return {revenue, cost, last(QStringLiteral("(R − C) ÷ R"), kpi)};
    if (f == "tokens/time")
        return {tokens, last(QStringLiteral("T ÷ t"), kpi, QT_TRANSLATE_NOOP("Kpi", "over the window"))};
    if (f == "tokens/energy") {
        KpiInput energy{.key = "energy", .unit = KpiUnit::Tokens, .value = Sums(kpi).count("energy")};
        return {tokens,
                {QStringLiteral("E"), kpiInputName("energy"), kpiInputValue(energy)},
                last(QStringLiteral("T ÷ E"), kpi)};
    }
    return single(kpi);
}

std::vector<KpiInputLine> kpiInputLines(const Kpi &kpi)
{
    std::vector<std::string> keys;
    for (const KpiInput &input : kpi.inputs)
        if (std::find(keys.begin(), keys.end(), input.key) == keys.end())
            keys.push_back(input.key);
    std::vector<KpiInputLine> lines;
    for (const std::string &key : keys)
        lines.push_back(lineOf(kpi, key));
    return lines;
}

std::optional<double> kpiCoverage(const Kpi &kpi)
{
    std::optional<double> least;
    for (const KpiInput &input : kpi.inputs)
        if (input.coverage)
            least = std::min(least.value_or(1.0), *input.coverage);
    return least;
}

std::vector<core::Evidence> kpiAnswers(const Kpi &kpi)
{
    std::vector<core::Evidence> all;
    for (const KpiInput &input : kpi.inputs)
        for (const core::Evidence &one : input.evidence)
            if (std::none_of(all.begin(), all.end(), [&](const core::Evidence &e) {
                    return e.sha256 == one.sha256 && e.request == one.request;
                }))
                all.push_back(one);
    return all;
}

AskedQuery askedQuery(const std::string &request)
{
    const QString whole = visible(request);
    AskedQuery asked{.call = whole.section(u'?', 0, 0)};
    QStringList rest;
    std::int64_t from = 0;
    std::int64_t to = 0;
    QString step;
    // PromQL may hold an ampersand only inside a label's value; the arguments after it do not.
    for (const QString &part : whole.section(u'?', 1).split(u'&')) {
        const QString name = part.section(u'=', 0, 0);
        const QString value = part.section(u'=', 1);
        if (name == u"start")
            from = static_cast<std::int64_t>(value.toDouble());
        else if (name == u"end")
            to = static_cast<std::int64_t>(value.toDouble());
        else if (name == u"step")
            step = value;
        else
            rest << (name == u"query" ? value : part);
    }
    asked.query = rest.join(u'&');
    if (from > 0 && to > 0)
        asked.range =
            tr("%1 to %2").arg(dateTime(core::Instant::fromSeconds(from)), dateTime(core::Instant::fromSeconds(to)));
    const auto seconds = static_cast<std::int64_t>(step.toDouble());
    if (!asked.range.isEmpty() && seconds > 0)
        asked.range += seconds % 60 == 0 ? tr(", every %1 min").arg(seconds / 60) : tr(", every %1 s").arg(seconds);
    return asked;
}

std::optional<TargetGap> kpiTarget(const Kpi &kpi)
{
    if (!kpi.target)
        return std::nullopt;
    TargetGap gap{.target = kpiValue({.unit = kpi.unit, .value = kpi.target})};
    const auto plain = [](const economics::KpiValue &value) {
        if (const auto *price = std::get_if<core::UnitPrice>(&value))
            return static_cast<double>(price->pico);
        if (const auto *amount = std::get_if<core::Money>(&value))
            return static_cast<double>(amount->micro);
        if (const auto *count = std::get_if<std::int64_t>(&value))
            return static_cast<double>(*count);
        return std::get<double>(value);
    };
    if (!kpi.value)
        return gap;
    const double is = plain(*kpi.value);
    const double wanted = plain(*kpi.target);
    const bool lessIsBetter = kpi.key == "cost_per_mtok" || kpi.key == "output_cost_per_mtok" || kpi.key == "cost"
        || kpi.key == "time_to_monetization" || kpi.key == "utilisation_tax";
    gap.met = lessIsBetter ? is <= wanted : is >= wanted;
    const double by = std::abs(is - wanted);
    const QString way = is >= wanted ? tr("%1 over") : tr("%1 under");
    if (kpi.unit == KpiUnit::Ratio)
        gap.gap = way.arg(tr("%1 pts").arg(number(by * 100, 1)));
    else if (kpi.unit == KpiUnit::Days)
        gap.gap = way.arg(tr("%1 d").arg(number(by, 0)));
    else if (wanted != 0)
        gap.gap = way.arg(number(by / std::abs(wanted) * 100, 1) + QStringLiteral("\u00a0%"));
    return gap;
}

} // namespace andon::text
