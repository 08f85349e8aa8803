#include "text/units.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace andon::text
{

namespace
{
constexpr QChar kThin(0x202f); // narrow no-break space
constexpr QChar kSpace(0x00a0);
constexpr QChar kMinus(0x2212); // as wide as a digit, unlike the hyphen

/// With the decimal mark of the language; groups are the SI's, which no language reads as a decimal mark.
QString localised(QString digits)
{
    return digits.replace(u'.', QLocale().decimalPoint());
}

QString grouped(QString digits)
{
    const bool negative = digits.startsWith(u'-');
    if (negative)
        digits.remove(0, 1);
    const bool zero = std::all_of(digits.cbegin(), digits.cend(), [](QChar c) { return c == u'0' || c == u'.'; });
    const qsizetype point = digits.indexOf(u'.');
    for (qsizetype at = (point < 0 ? digits.size() : point) - 3; at > 0; at -= 3)
        digits.insert(at, kThin);
    digits = localised(digits);
    return negative && !zero ? kMinus + digits : digits; // what rounds to nothing has no sign
}

/// Value and prefix with three significant digits.
QString scaled(double value, QString *prefix)
{
    static const char16_t kPrefixes[] = u" kMGTPE";
    double shown = std::abs(value);
    int step = 0;
    while (shown >= 999.5 && step < 6) {
        shown /= 1000;
        ++step;
    }
    *prefix = step ? QString(QChar(kPrefixes[step])) : QString();
    const int decimals = shown >= 99.95 || shown == std::floor(shown) ? 0 : shown >= 9.995 ? 1 : 2;
    return (value < 0 ? QString(kMinus) : QString()) + localised(QString::number(shown, 'f', decimals));
}
} // namespace

QString number(double value, int decimals)
{
    return std::isfinite(value) ? grouped(QString::number(value, 'f', decimals)) : QStringLiteral("—");
}

QString count(std::int64_t value)
{
    return grouped(QString::number(value));
}

QString compact(double value)
{
    if (!std::isfinite(value))
        return QStringLiteral("—");
    QString prefix;
    const QString digits = scaled(value, &prefix);
    return prefix.isEmpty() ? digits : digits + kSpace + prefix;
}

QString bytes(std::optional<std::int64_t> value)
{
    if (!value)
        return QStringLiteral("—");
    QString prefix;
    const QString digits = scaled(static_cast<double>(*value), &prefix);
    return digits + kSpace + prefix + u'B';
}

} // namespace andon::text
