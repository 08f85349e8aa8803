#include "text/filtervalues.h"

#include "text/timegrammar.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace andon::text
{

namespace
{

struct Unit {
    const char *word;
    const char *of; ///< what it measures
    double factor;
};

constexpr Unit kUnits[] = {
    {"ns", "time", 1e-9},
    {"us", "time", 1e-6},
    {"µs", "time", 1e-6},
    {"ms", "time", 1e-3},
    {"s", "time", 1},
    {"m", "time", 60},
    {"min", "time", 60},
    {"h", "time", 3600},
    {"d", "time", 86400},
    {"w", "time", 604800},
    {"mo", "time", 2592000},
    {"y", "time", 31536000},
    {"%", "share", 1},
    {"°C", "heat", 1},
    {"C", "heat", 1},
    {"KiB", "B", 1024.0},
    {"MiB", "B", 1048576.0},
    {"GiB", "B", 1073741824.0},
    {"TiB", "B", 1099511627776.0},
};

/// A power of 1000 by its prefix; 0 when it is none.
double prefixed(QStringView prefix)
{
    if (prefix.isEmpty())
        return 1;
    if (prefix.size() != 1)
        return 0;
    switch (prefix.front().unicode()) {
    case u'k':
    case u'K':
        return 1e3;
    case u'M':
        return 1e6;
    case u'G':
        return 1e9;
    case u'T':
        return 1e12;
    case u'P':
        return 1e15;
    case u'E':
        return 1e18;
    case u'm':
        return 1e-3;
    default:
        return 0;
    }
}

struct Measure {
    QString of = {};
    double factor = 0;
};

/// What a unit measures and how much of its base it is.
std::optional<Measure> measure(QString unit)
{
    const bool rate = unit.endsWith(u"/s");
    if (rate)
        unit.chop(2);
    const QString per = rate ? QStringLiteral("/s") : QString();
    for (const Unit &known : kUnits)
        if (unit == QString::fromUtf8(known.word))
            return Measure{QString::fromLatin1(known.of) + per, known.factor};
    for (const QStringView base : {u"Wh", u"Hz", u"B", u"W", u"J", u"b"}) {
        if (!unit.endsWith(base))
            continue;
        if (const double factor = prefixed(QStringView(unit).chopped(base.size())); factor > 0)
            return Measure{base.toString() + per, factor};
    }
    if (const double factor = rate ? prefixed(unit) : 0; factor > 0)
        return Measure{per, factor};
    return std::nullopt;
}

/// How many of `unit` one `typed` is; 0 when they measure different things.
double ratio(const QString &typed, const QString &unit)
{
    if (typed.isEmpty() || typed.compare(unit, Qt::CaseInsensitive) == 0)
        return 1;
    const auto mine = measure(typed);
    const auto its = measure(unit);
    if (mine && its && mine->of == its->of)
        return mine->factor / its->factor;
    // A prefix alone counts in the field's own unit; m is a minute, never a thousandth.
    return typed == u"m" ? 0 : prefixed(typed);
}

/// Spaces that group digits or stand before a unit go; the minus of print becomes a hyphen.
QString plainDigits(QString shown)
{
    shown.replace(QChar(0x2212), u'-');
    shown.replace(QChar(0x202f), QString());
    shown.replace(QChar(0x00a0), u' ');
    return shown.trimmed();
}

int distance(const QString &a, const QString &b)
{
    std::vector<int> row(static_cast<std::size_t>(b.size()) + 1);
    std::iota(row.begin(), row.end(), 0);
    for (qsizetype i = 0; i < a.size(); ++i) {
        int diagonal = std::exchange(row[0], static_cast<int>(i) + 1);
        for (qsizetype j = 0; j < b.size(); ++j) {
            const auto at = static_cast<std::size_t>(j);
            const int edit = std::min({row[at] + 1, row[at + 1] + 1, diagonal + (a[i] == b[j] ? 0 : 1)});
            diagonal = std::exchange(row[at + 1], edit);
        }
    }
    return row.back();
}

} // namespace

std::optional<Quantity> quantity(const QString &words, const QString &unit, bool *wrongUnit)
{
    static const QRegularExpression kNumber(
        QStringLiteral("^([+-]?(?:\\d+(?:\\.(\\d*))?|\\.(\\d+))(?:[eE]([+-]?\\d{1,3}))?)\\s*([^\\d\\s.+-]\\S*)?$"));
    const QRegularExpressionMatch match = kNumber.match(plainDigits(words));
    if (!match.hasMatch())
        return std::nullopt;
    const double value = match.captured(1).toDouble();
    const double factor = ratio(match.captured(5), unit);
    if (factor == 0 && wrongUnit)
        *wrongUnit = true;
    if (factor == 0 || !std::isfinite(value * factor))
        return std::nullopt;
    const qsizetype decimals = std::max(match.capturedLength(2), match.capturedLength(3));
    const double last = std::pow(10.0, match.captured(4).toInt() - static_cast<double>(decimals));
    return Quantity{value * factor, last * factor};
}

std::optional<double> shownNumber(const QString &shown, const QString &unit)
{
    static const QRegularExpression kPart(QStringLiteral("\\G\\s*(\\d+(?:\\.\\d+)?)\\s*([^\\d\\s]+)?"));
    static const QRegularExpression kMoney(QStringLiteral("^(-?)(?:[A-Z]{3}|[$€£¥])\\s*"));
    QString words = plainDigits(shown);
    if (const QRegularExpressionMatch money = kMoney.match(words); money.hasMatch())
        words = money.captured(1) + words.mid(money.capturedEnd());
    const bool negative = words.startsWith(u'-');
    if (negative)
        words.remove(0, 1);
    double sum = 0;
    qsizetype read = 0;
    for (QRegularExpressionMatch part = kPart.match(words); part.hasMatch(); part = kPart.match(words, read)) {
        const double factor = ratio(part.captured(2), unit);
        if (factor == 0)
            return std::nullopt;
        sum += part.captured(1).toDouble() * factor;
        read = part.capturedEnd();
        if (read == words.size())
            return negative ? -sum : sum;
    }
    return std::nullopt;
}

std::optional<Period> period(const QString &words, const FilterGrammar &grammar)
{
    const auto from = moment(words, grammar.now, grammar.zone, RangeEnd::From);
    const auto to = moment(words, grammar.now, grammar.zone, RangeEnd::To);
    if (!from || !to)
        return std::nullopt;
    Period found{from->ms, to->ms};
    // A time that is written to the minute or to the second means all of it.
    const qsizetype size = words.trimmed().size();
    if (from->ms == to->ms && !words.contains(u"now") && words.contains(u':') && (size == 16 || size == 19))
        found.to += size == 16 ? core::kMinute : core::kSecond;
    return found;
}

QString nearest(const QString &word, const QStringList &known)
{
    QString best;
    int least = std::numeric_limits<int>::max();
    const QString folded = word.toCaseFolded();
    for (const QString &candidate : known) {
        const QString other = candidate.toCaseFolded();
        int apart = distance(folded, other);
        if (folded.size() >= 2 && (other.startsWith(folded) || folded.startsWith(other)))
            apart = std::min(apart, 1);
        if (apart < least) {
            least = apart;
            best = candidate;
        }
    }
    return least <= std::max<qsizetype>(1, folded.size() / 3) ? best : QString();
}

} // namespace andon::text
