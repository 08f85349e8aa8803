#include "text/kpitext.h"

#include "text/plain.h"
#include "text/times.h"

#include <QCoreApplication>

#include <cmath>

namespace andon::text
{

namespace
{

QString tr(const char *source)
{
    return QCoreApplication::translate("Kpi", source);
}

QString withCurrency(const QString &digits, const std::string &code)
{
    const bool negative = digits.startsWith(QChar(0x2212)); // number() writes a minus sign
    const QString bare = negative ? digits.mid(1) : digits;
    const QString minus = negative ? QString(QChar(0x2212)) : QString();
    if (code == "USD")
        return minus + u'$' + bare;
    if (code == "EUR")
        return minus + u'€' + bare;
    if (code == "GBP")
        return minus + u'£' + bare;
    return minus + bare + QChar(0x00a0) + visible(code);
}

} // namespace

QString money(const core::Money &amount, int decimals)
{
    return withCurrency(number(static_cast<double>(amount.micro) / 1e6, decimals), amount.currency.code);
}

QString price(const core::UnitPrice &price, int decimals)
{
    return withCurrency(number(static_cast<double>(price.pico) / 1e12, decimals), price.currency.code);
}

QString kpiValue(const economics::Kpi &kpi)
{
    if (!kpi.value)
        return QStringLiteral("—");
    if (const core::Money *amount = kpi.money())
        return money(*amount);
    if (const core::UnitPrice *unit = kpi.price())
        return price(*unit);
    if (const auto *count = std::get_if<std::int64_t>(&*kpi.value))
        return text::count(*count);
    const double value = std::get<double>(*kpi.value);
    switch (kpi.unit) {
    case economics::KpiUnit::Ratio:
        return number(value * 100, 1) + QChar(0x00a0) + u'%';
    case economics::KpiUnit::TokensPerSecond:
        return compact(value) + QStringLiteral("\u00a0tok/s");
    case economics::KpiUnit::TokensPerJoule:
        return number(value, 2) + QStringLiteral("\u00a0tok/J");
    case economics::KpiUnit::Days:
        return number(value, value < 10 ? 1 : 0) + QStringLiteral("\u00a0d");
    case economics::KpiUnit::GpuHours:
        return number(value, 1) + QStringLiteral("\u00a0GPU-h");
    default:
        return compact(value);
    }
}

QString kpiMissing(const economics::Kpi &kpi)
{
    if (kpi.value)
        return {};
    static const std::pair<const char *, const char *> kReasons[] = {
        {"coverage", QT_TRANSLATE_NOOP("Kpi", "an input was seen for less than 95 % of the window")},
        {"no-tokens", QT_TRANSLATE_NOOP("Kpi", "no tokens were counted")},
        {"no-gpu-hours", QT_TRANSLATE_NOOP("Kpi", "no GPU time was measured")},
        {"no-price", QT_TRANSLATE_NOOP("Kpi", "the price book has no price for it")},
        {"price-change", QT_TRANSLATE_NOOP("Kpi", "the price changed inside the window")},
        {"no-revenue", QT_TRANSLATE_NOOP("Kpi", "nothing was sold")},
        {"no-busy", QT_TRANSLATE_NOOP("Kpi", "utilisation was not measured")},
        {"no-energy", QT_TRANSLATE_NOOP("Kpi", "energy was not measured")},
        {"no-milestone", QT_TRANSLATE_NOOP("Kpi", "a milestone has not happened or is not written down")},
        {"no-models", QT_TRANSLATE_NOOP("Kpi", "no model served in the window")},
        {"tokens-not-read", QT_TRANSLATE_NOOP("Kpi", "not known: the token series were not read")},
        {"currency", QT_TRANSLATE_NOOP("Kpi", "currencies differ")},
    };
    for (const auto &[key, words] : kReasons)
        if (kpi.missing == key)
            return tr(words);
    return visible(kpi.missing);
}

QString kpiTitle(const std::string &key)
{
    static const std::pair<const char *, const char *> kTitles[] = {
        {"cost", QT_TRANSLATE_NOOP("Kpi", "Cost")},
        {"revenue", QT_TRANSLATE_NOOP("Kpi", "Revenue")},
        {"margin", QT_TRANSLATE_NOOP("Kpi", "Margin")},
        {"cost_per_mtok", QT_TRANSLATE_NOOP("Kpi", "Cost per 1 M tokens")},
        {"output_cost_per_mtok", QT_TRANSLATE_NOOP("Kpi", "Cost per 1 M output tokens")},
        {"revenue_per_mtok", QT_TRANSLATE_NOOP("Kpi", "Revenue per 1 M tokens")},
        {"margin_per_mtok", QT_TRANSLATE_NOOP("Kpi", "Margin per 1 M tokens")},
        {"gross_margin", QT_TRANSLATE_NOOP("Kpi", "Gross margin")},
        {"tokens_per_second", QT_TRANSLATE_NOOP("Kpi", "Tokens per second")},
        {"utilisation", QT_TRANSLATE_NOOP("Kpi", "GPU utilisation")},
        {"tokens_per_joule", QT_TRANSLATE_NOOP("Kpi", "Tokens per joule")},
        {"time_to_monetization", QT_TRANSLATE_NOOP("Kpi", "Time to monetization")},
        {"utilisation_tax", QT_TRANSLATE_NOOP("Kpi", "Utilisation tax")},
        {"tax_busy", QT_TRANSLATE_NOOP("Kpi", "Busy GPU time")},
        {"tax_starved", QT_TRANSLATE_NOOP("Kpi", "Starved GPU time")},
        {"tax_idle", QT_TRANSLATE_NOOP("Kpi", "Idle GPU time")},
        {"tax_unallocated", QT_TRANSLATE_NOOP("Kpi", "Unallocated GPU time")},
        {"carry", QT_TRANSLATE_NOOP("Kpi", "Carry cost")},
    };
    for (const auto &[name, words] : kTitles)
        if (key == name)
            return tr(words);
    return visible(key).replace(u'_', u' ');
}

QString kpiFormula(const std::string &key)
{
    return visible(key).replace(QStringLiteral("/"), QStringLiteral(" ÷ ")).replace(u'_', u' ');
}

QString kpiInput(const economics::KpiInput &input)
{
    const economics::Kpi as{.unit = input.unit, .value = input.value};
    QString line = visible(input.key).replace(u'_', u' ');
    if (!input.of.empty())
        line += QStringLiteral(" (") + visible(input.of) + u')';
    line += QStringLiteral(": ") + kpiValue(as);
    if (input.coverage)
        line += tr(", seen %1 % of the window").arg(number(*input.coverage * 100, 1));
    return line;
}

Quantity splitQuantity(std::optional<double> value, telemetry::Unit unit)
{
    using telemetry::Unit;
    if (!value || !std::isfinite(*value))
        return {QStringLiteral("—"), {}};
    const auto scaled = [](double v, const QString &suffix) {
        const QString both = compact(v);
        const qsizetype cut = both.indexOf(QChar(0x00a0));
        return cut < 0 ? Quantity{both, suffix} : Quantity{both.left(cut), both.mid(cut + 1) + suffix};
    };
    switch (unit) {
    case Unit::Ratio:
        return {number(*value * 100, 0), QStringLiteral("%")};
    case Unit::Percent:
        return {number(*value, 0), QStringLiteral("%")};
    case Unit::Bytes:
        return scaled(*value, QStringLiteral("B"));
    case Unit::BytesPerSecond:
        return scaled(*value, QStringLiteral("B/s"));
    case Unit::PerSecond:
        return scaled(*value, QStringLiteral("/s"));
    case Unit::Seconds:
        if (*value >= 120) {
            const QString text = duration(static_cast<std::int64_t>(*value * 1000));
            return {text, {}};
        }
        return *value < 1 ? Quantity{number(*value * 1000,
                                            *value < 0.01      ? 2
                                                : *value < 0.1 ? 1
                                                               : 0),
                                     QStringLiteral("ms")}
                          : Quantity{number(*value, 2), QStringLiteral("s")};
    case Unit::Watts:
        return scaled(*value, QStringLiteral("W"));
    case Unit::Joules:
        return scaled(*value, QStringLiteral("J"));
    case Unit::Celsius:
        return {number(*value, 0), QStringLiteral("°C")};
    case Unit::TokensPerSecond:
        return scaled(*value, QStringLiteral("tok/s"));
    case Unit::Tokens:
        return scaled(*value, QStringLiteral("tok"));
    case Unit::Gpus:
        return {text::count(std::llround(*value)), *value == 1 ? QStringLiteral("GPU") : QStringLiteral("GPUs")};
    case Unit::Requests:
    case Unit::Count:
    case Unit::None:
        return *value == std::floor(*value) ? Quantity{text::count(std::llround(*value)), {}}
                                            : Quantity{number(*value, 3), {}};
    }
    return {};
}

QString quantity(std::optional<double> value, telemetry::Unit unit)
{
    const Quantity parts = splitQuantity(value, unit);
    return parts.unit.isEmpty() ? parts.digits : parts.digits + QChar(0x00a0) + parts.unit;
}

} // namespace andon::text
