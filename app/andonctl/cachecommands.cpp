// cache, cache trim: how large the cache is, what of, and what went.
#include "app/andonctl/session.h"
#include "app/common/cachejson.h"
#include "text/profiletext.h"
#include "text/times.h"
#include "text/units.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

Json withTime(Json eviction)
{
    if (eviction.is_object())
        eviction["at"] = isoTime({eviction.value("at_ms", std::int64_t{0})});
    return eviction;
}

std::string bytesOf(std::int64_t bytes)
{
    return text::bytes(bytes).toStdString();
}

int runShow(Session &session, const QCommandLineParser &)
{
    int exit = Ok;
    app::House *house = session.house(exit);
    if (!house)
        return exit;
    const auto statistics = store::CacheKeeper(house->cache()).statistics();
    if (!statistics)
        return session.fail(statistics.error());
    const std::int64_t cap = house->settings().cacheCapBytes;
    if (session.json()) {
        Json json = app::cacheJson(*statistics, cap);
        json["file"] = house->profile().cacheFile();
        json["last_eviction"] = withTime(json["last_eviction"]);
        printJson(json);
        return Ok;
    }
    printLine(text::cacheLine(statistics->fileBytes, cap).toStdString() + ", " + bytesOf(statistics->freeBytes)
              + " of it free\n");
    Table table({"Kind", "Rows", "Bytes"}, {Align::Left, Align::Right, Align::Right});
    for (const store::CacheKind &kind : statistics->kinds)
        table.row(
            {text::cacheKind(kind.name).toStdString(), text::count(kind.rows).toStdString(), bytesOf(kind.bytes)});
    print(table.text());
    const store::Eviction &last = statistics->last;
    if (!last.at.known())
        return Ok;
    printLine("\nEvicted last " + text::ago(last.at, core::SystemClock().now()).toStdString() + ", from "
              + bytesOf(last.before) + " to " + bytesOf(last.after) + ":");
    for (const store::CacheKind &kind : last.gone)
        printLine("  " + text::count(kind.rows).toStdString() + " of " + text::cacheKind(kind.name).toStdString() + ", "
                  + bytesOf(kind.bytes));
    return Ok;
}

int runTrim(Session &session, const QCommandLineParser &)
{
    const auto answer = session.write({.command = "cache.trim"}, {});
    if (!answer)
        return session.fail(answer.error());
    Json json = Json::parse(*answer, nullptr, false);
    if (session.json()) {
        printJson(withTime(std::move(json)));
        return Ok;
    }
    const auto number = [&](const char *key) { return json.value(key, std::int64_t{0}); };
    if (json.value("evicted", Json::array()).empty())
        printLine(text::cacheLine(number("after_bytes"), number("cap_bytes")).toStdString() + ": nothing had to go.");
    else
        printLine("From " + bytesOf(number("before_bytes")) + " to " + bytesOf(number("after_bytes")) + ": "
                  + text::cacheLine(number("after_bytes"), number("cap_bytes")).toStdString() + ".");
    return Ok;
}

} // namespace

std::vector<Command> cacheCommands()
{
    return {
        {.name = QStringLiteral("cache"),
         .summary = QStringLiteral("Show how large the cache is, what of, and what was evicted last."),
         .details = QStringLiteral("Its cap is a setting:\n    andonctl settings set cache_cap '5 GiB'"),
         .run = runShow},
        {.name = QStringLiteral("cache trim"),
         .summary = QStringLiteral("Bring the cache below its cap now; a sync does it too."),
         .details = QStringLiteral("Series go first, the oldest before the newer ones, then comparisons and the output "
                                   "of old hooks. Nothing\n"
                                   "goes that cannot be asked again, and nothing of what the pages show now."),
         .run = runTrim},
    };
}

} // namespace andon::ctl
