#include "app/andonctl/windowoptions.h"

#include "text/timegrammar.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{
constexpr std::int64_t kGridMs = 5 * core::kMinute; // of the counters that are added up
}

std::vector<Option> windowOptions()
{
    return {{QStringLiteral("from"), QStringLiteral("TIME"),
             QStringLiteral("begin of the window: now-24h, now-1d/d, 2026-11-24T10:00Z or seconds since 1970")},
            {QStringLiteral("to"), QStringLiteral("TIME"), QStringLiteral("end of the window, in the same words")}};
}

core::Result<core::TimeRange> rangeOf(const QCommandLineParser &parser, core::TimeRange otherwise, core::Instant now,
                                      std::int64_t gridMs)
{
    const QString from = parser.value(QStringLiteral("from"));
    const QString to = parser.isSet(QStringLiteral("to")) ? parser.value(QStringLiteral("to")) : QStringLiteral("now");
    if (!parser.isSet(QStringLiteral("from")) && !parser.isSet(QStringLiteral("to")))
        return otherwise;
    const auto onGrid = [gridMs](const QString &words, core::Instant at) {
        return words.startsWith(u"now") ? core::Instant{at.ms / gridMs * gridMs} : at;
    };
    const auto end = text::moment(to, now, QTimeZone::utc(), text::RangeEnd::To);
    if (!end)
        return core::fail(end.error());
    core::TimeRange window{{}, onGrid(to, *end)};
    window.from = window.to - core::kDay;
    if (parser.isSet(QStringLiteral("from"))) {
        const auto begin = text::moment(from, now, QTimeZone::utc());
        if (!begin)
            return core::fail(begin.error());
        window.from = onGrid(from, *begin);
    }
    if (!window.valid() || window.to > now)
        return core::fail(core::ErrorKind::Invalid, "time range",
                          "A window begins before it ends, and ends in the past: only then is it known.");
    return window;
}

core::Result<core::TimeRange> windowOf(const QCommandLineParser &parser, core::TimeRange closedDay, core::Instant now)
{
    auto window = rangeOf(parser, closedDay, now, kGridMs);
    if (window && window->length() % kGridMs != 0)
        return core::fail(core::ErrorKind::Invalid, "time range",
                          "The window is not a multiple of five minutes long, which is what is added up.");
    return window;
}

} // namespace andon::ctl
