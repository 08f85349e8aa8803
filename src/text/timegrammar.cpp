#include "text/timegrammar.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>

namespace andon::text
{

namespace
{

constexpr qint64 kLongestMs = 3660LL * core::kDay;
constexpr qint64 kMostUnits = 100'000;

QString tr(const char *source)
{
    return QCoreApplication::translate("TimeRange", source);
}

tl::unexpected<core::Error> notUnderstood(const QString &words)
{
    return core::fail(core::ErrorKind::Invalid, "time range",
                      "\"" + words.toStdString()
                          + "\" is no time: now, now-6h, now/d, now-1M/M, 2026-11-24, 2026-11-24T10:00 or seconds "
                            "since 1970 are");
}

QDateTime plus(const QDateTime &at, qint64 n, QChar unit)
{
    switch (unit.unicode()) {
    case u's':
        return at.addSecs(n);
    case u'm':
        return at.addSecs(n * 60);
    case u'h':
        return at.addSecs(n * 3600);
    case u'd':
        return at.addDays(n);
    case u'w':
        return at.addDays(7 * n);
    case u'M':
        return at.addMonths(static_cast<int>(n));
    default:
        return at.addYears(static_cast<int>(n));
    }
}

/// The begin of the period that holds `at`.
QDateTime roundedDown(const QDateTime &at, QChar unit)
{
    const QDate day = at.date();
    const QTime time = at.time();
    const auto begin = [&](const QDate &date) { return date.startOfDay(at.timeZone()); };
    switch (unit.unicode()) {
    case u's':
        return at.addMSecs(-time.msec());
    case u'm':
        return at.addMSecs(-(time.msecsSinceStartOfDay() % 60'000));
    case u'h':
        return at.addMSecs(-(time.msecsSinceStartOfDay() % 3'600'000));
    case u'd':
        return begin(day);
    case u'w':
        return begin(day.addDays(1 - day.dayOfWeek()));
    case u'M':
        return begin(QDate(day.year(), day.month(), 1));
    default:
        return begin(QDate(day.year(), 1, 1));
    }
}

core::Result<core::Instant> relative(const QString &words, core::Instant now, const QTimeZone &zone, RangeEnd end)
{
    static const QRegularExpression kStep(QStringLiteral("\\G(?:([+-])(\\d{1,6})([smhdwMy])|/([smhdwMy]))"));
    QDateTime at = QDateTime::fromMSecsSinceEpoch(now.ms, zone);
    qsizetype read = 3; // after "now"
    while (read < words.size()) {
        const QRegularExpressionMatch step = kStep.match(words, read);
        if (!step.hasMatch())
            return notUnderstood(words);
        if (step.capturedLength(4)) {
            const QChar unit = step.capturedView(4).front();
            at = roundedDown(at, unit);
            if (end == RangeEnd::To)
                at = plus(at, 1, unit);
        } else {
            const qint64 n = step.capturedView(2).toLongLong();
            if (n > kMostUnits)
                return notUnderstood(words);
            at = plus(at, step.capturedView(1).front() == u'-' ? -n : n, step.capturedView(3).front());
        }
        read = step.capturedEnd();
    }
    if (!at.isValid() || at.toMSecsSinceEpoch() <= 0)
        return notUnderstood(words);
    return core::Instant{at.toMSecsSinceEpoch()};
}

struct Preset {
    const char *from;
    const char *to;
    const char *words;
};

constexpr Preset kNamed[] = {
    {"now/d", "now", QT_TRANSLATE_NOOP("TimeRange", "Today so far")},
    {"now/d", "now/d", QT_TRANSLATE_NOOP("TimeRange", "Today")},
    {"now-1d/d", "now-1d/d", QT_TRANSLATE_NOOP("TimeRange", "Yesterday")},
    {"now/w", "now", QT_TRANSLATE_NOOP("TimeRange", "This week so far")},
    {"now/M", "now", QT_TRANSLATE_NOOP("TimeRange", "This month so far")},
    {"now-1M/M", "now-1M/M", QT_TRANSLATE_NOOP("TimeRange", "Last month")},
};

QString lastWords(const QString &from)
{
    static const QRegularExpression kLast(QStringLiteral("^now-(\\d{1,6})([smhdwMy])$"));
    static constexpr std::pair<char16_t, const char *> kUnits[] = {
        {u's', QT_TRANSLATE_NOOP("TimeRange", "Last %1 s")},     {u'm', QT_TRANSLATE_NOOP("TimeRange", "Last %1 min")},
        {u'h', QT_TRANSLATE_NOOP("TimeRange", "Last %1 h")},     {u'd', QT_TRANSLATE_NOOP("TimeRange", "Last %1 d")},
        {u'w', QT_TRANSLATE_NOOP("TimeRange", "Last %1 weeks")}, {u'M', QT_TRANSLATE_NOOP("TimeRange", "Last %1 mo")},
        {u'y', QT_TRANSLATE_NOOP("TimeRange", "Last %1 y")},
    };
    const QRegularExpressionMatch match = kLast.match(from);
    for (const auto &[unit, words] : kUnits)
        if (match.hasMatch() && match.capturedView(2).front() == unit)
            return tr(words).arg(match.captured(1));
    return {};
}

} // namespace

core::Result<core::Instant> moment(const QString &text, core::Instant now, const QTimeZone &zone, RangeEnd end)
{
    const QString words = text.trimmed();
    if (words.startsWith(u"now"))
        return relative(words, now, zone, end);
    bool number = false;
    const qint64 n = words.toLongLong(&number);
    if (number && n > 0 && (words.size() == 9 || words.size() == 10))
        return core::Instant::fromSeconds(n);
    if (number && n > 0 && (words.size() == 12 || words.size() == 13))
        return core::Instant{n};
    const QDate day = QDate::fromString(words, Qt::ISODate);
    if (words.size() == 10 && day.isValid())
        return core::Instant{(end == RangeEnd::To ? day.addDays(1) : day).startOfDay(zone).toMSecsSinceEpoch()};
    QDateTime at = QDateTime::fromString(QString(words).replace(u' ', u'T'), Qt::ISODateWithMs);
    if (!at.isValid() || words.size() < 16)
        return notUnderstood(words);
    if (at.timeSpec() == Qt::LocalTime) // it named no offset
        at = QDateTime(at.date(), at.time(), zone);
    return core::Instant{at.toMSecsSinceEpoch()};
}

core::Result<core::TimeRange> timeRange(const RangeWords &words, core::Instant now, const QTimeZone &zone)
{
    const auto from = moment(words.from, now, zone, RangeEnd::From);
    const auto to = moment(words.to, now, zone, RangeEnd::To);
    if (const auto error = core::firstError(from, to))
        return core::fail(*error);
    const core::TimeRange range{*from, *to};
    if (!range.valid())
        return core::fail(core::ErrorKind::Invalid, "time range", "it ends before it begins");
    if (range.length() > kLongestMs)
        return core::fail(core::ErrorKind::Invalid, "time range", "it is longer than ten years");
    return range;
}

bool followsClock(const RangeWords &words)
{
    return words.to.trimmed() == u"now";
}

RangeWords absolute(core::TimeRange range)
{
    const auto iso = [](core::Instant at) {
        return QDateTime::fromMSecsSinceEpoch(at.ms, Qt::UTC).toString(Qt::ISODateWithMs);
    };
    return {iso(range.from), iso(range.to)};
}

QString describe(const RangeWords &words, core::Instant now, const QTimeZone &zone)
{
    const QString from = words.from.trimmed();
    const QString to = words.to.trimmed();
    if (to == u"now")
        if (QString last = lastWords(from); !last.isEmpty())
            return last;
    for (const Preset &preset : kNamed)
        if (from == QLatin1String(preset.from) && to == QLatin1String(preset.to))
            return tr(preset.words);
    const auto range = timeRange(words, now, zone);
    if (!range || from.startsWith(u"now") || to.startsWith(u"now"))
        return tr("%1 to %2").arg(from, to);
    const auto at = [&](core::Instant instant) {
        return QDateTime::fromMSecsSinceEpoch(instant.ms, zone).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    };
    return tr("%1 to %2").arg(at(range->from), at(range->to));
}

} // namespace andon::text
