#include "text/times.h"

#include "text/units.h"

#include <QCoreApplication>
#include <QDateTime>

namespace andon::text
{

namespace
{

QString tr(const char *source)
{
    return QCoreApplication::translate("Times", source);
}

/// On the clock on the wall: TZ of the process, which the desktop sets from its settings and andonctl to UTC.
QDateTime local(core::Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(at.ms, Qt::LocalTime);
}

QString span(std::int64_t ms)
{
    const std::int64_t s = ms / core::kSecond;
    if (s < 60)
        return tr("%1 s").arg(s);
    if (s < 3600)
        return tr("%1 min").arg(s / 60);
    if (s < 48 * 3600)
        return tr("%1 h").arg(s / 3600);
    const std::int64_t days = s / 86400;
    if (days < 90)
        return tr("%1 d").arg(days);
    if (days < 730)
        return tr("%1 mo").arg(days / 30);
    return tr("%1 y").arg(days / 365);
}

} // namespace

QString dateTime(core::Instant at)
{
    if (!at.known())
        return QStringLiteral("—");
    const QDateTime then = local(at);
    return then.toString(QStringLiteral("yyyy-MM-dd HH:mm ")) + then.timeZoneAbbreviation();
}

QString compactTime(core::Instant at, core::Instant now)
{
    if (!at.known())
        return QStringLiteral("—");
    const QDateTime then = local(at);
    const QDateTime today = local(now);
    if (then.date() == today.date())
        return then.toString(QStringLiteral("HH:mm"));
    return then.toString(then.date().year() == today.date().year() ? QStringLiteral("MM-dd HH:mm")
                                                                   : QStringLiteral("yyyy-MM-dd HH:mm"));
}

QString axisTime(core::Instant at, std::int64_t stepMs)
{
    const QDateTime then = local(at);
    if (then.time() == QTime(0, 0))
        return then.toString(QStringLiteral("MM-dd"));
    return then.toString(stepMs < core::kMinute ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
}

core::Instant firstTick(core::Instant from, std::int64_t stepMs)
{
    const std::int64_t ahead = local(from).offsetFromUtc() * std::int64_t{1000};
    return {(from.ms + ahead + stepMs - 1) / stepMs * stepMs - ahead};
}

QString age(core::Instant at, core::Instant now)
{
    if (!at.known())
        return QStringLiteral("—");
    const std::int64_t ms = now - at;
    if (ms < -core::kMinute)
        return tr("in %1").arg(span(-ms));
    return ms < 10 * core::kSecond ? tr("now") : span(ms);
}

QString ago(core::Instant at, core::Instant now)
{
    if (!at.known())
        return tr("never");
    const std::int64_t ms = now - at;
    if (ms < -core::kMinute)
        return tr("in %1").arg(span(-ms));
    return ms < 10 * core::kSecond ? tr("just now") : tr("%1 ago").arg(span(ms));
}

QString span(core::TimeRange window)
{
    const std::int64_t ms = window.length();
    if (ms > core::kDay && ms % core::kDay == 0)
        return tr("%1 d").arg(ms / core::kDay);
    return ms % core::kHour == 0 ? tr("%1 h").arg(ms / core::kHour) : tr("%1 min").arg(ms / core::kMinute);
}

QString duration(std::int64_t ms)
{
    if (ms < 0)
        return QStringLiteral("—");
    if (ms < core::kSecond)
        return tr("%1 ms").arg(ms);
    if (ms < core::kMinute)
        return tr("%1 s").arg(number(static_cast<double>(ms) / 1000.0, ms < 10'000 ? 1 : 0));
    if (ms < core::kHour)
        return tr("%1 min %2 s").arg(ms / core::kMinute).arg(ms % core::kMinute / core::kSecond);
    if (ms < core::kDay)
        return tr("%1 h %2 min").arg(ms / core::kHour).arg(ms % core::kHour / core::kMinute);
    return tr("%1 d %2 h").arg(ms / core::kDay).arg(ms % core::kDay / core::kHour);
}

} // namespace andon::text
