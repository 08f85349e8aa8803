#include "store/cachekeeper.h"

#include "store/rows.h"

#include <algorithm>

namespace andon::store
{

namespace
{

constexpr std::int64_t kRoom = 10; // a trim leaves a tenth of the cap free, so that the next one is not at once
constexpr std::int64_t kSeriesKeptMs = core::kHour; // before the newest of their source: what the pages show
constexpr std::int64_t kAnswersKeptMs = core::kHour;
constexpr std::int64_t kOutputsKeptMs = core::kDay;
constexpr std::size_t kBatch = 200;
constexpr int kPagesAtOnce = 2'000;

// Rows that stand for the cache itself belong to the source "cache" of no site.
constexpr const char *kOwn = "INSERT INTO source(site, name) VALUES('', 'cache') ON CONFLICT DO NOTHING";
constexpr const char *kWhat = "eviction";

constexpr const char *kAnswerKinds =
    "SELECT CASE kind WHEN 'matrix' THEN 'series' WHEN 'diff' THEN 'comparisons' "
    "WHEN 'objects' THEN 'comparisons' WHEN 'evidence' THEN 'evidence' "
    "WHEN 'experiment' THEN 'registry' WHEN 'model' THEN 'registry' WHEN 'version' THEN 'registry' "
    "WHEN 'run' THEN 'registry' ELSE 'other answers' END AS what, count(*), sum(length(key) + length(body)) "
    "FROM answer GROUP BY what";
constexpr const char *kCommits =
    "SELECT 'commits', count(*), sum(120 + length(committer) + length(message) + length(meta_range) + "
    "length(metadata)) FROM commits";
constexpr const char *kRefs = "SELECT 'refs', count(*), sum(40 + length(name)) FROM ref";
constexpr const char *kRuns = "SELECT 'hook runs', (SELECT count(*) FROM run) + count(*), "
                              "sum(60 + length(run) + length(id) + length(action) + length(hook)) FROM hook";
constexpr const char *kOutputs =
    "SELECT 'hook outputs', count(*), sum(length(output)) FROM hook WHERE output IS NOT NULL";

core::Result<void> addKinds(Database &db, const char *sql, std::vector<CacheKind> &kinds)
{
    Statement select(db, sql);
    while (select.next())
        if (select.number(1) > 0)
            kinds.push_back({select.text(0), select.number(1), select.number(2)});
    return select.done();
}

std::string packed(const Eviction &eviction)
{
    std::vector<std::pair<std::string, std::string>> pairs{{"cap", std::to_string(eviction.cap)},
                                                           {"before", std::to_string(eviction.before)},
                                                           {"after", std::to_string(eviction.after)}};
    for (const CacheKind &kind : eviction.gone) {
        pairs.emplace_back("kind", kind.name);
        pairs.emplace_back("rows", std::to_string(kind.rows));
        pairs.emplace_back("bytes", std::to_string(kind.bytes));
    }
    return packPairs(pairs);
}

Eviction unpacked(core::Instant at, const std::string &text)
{
    Eviction eviction{.at = at};
    for (const auto &[key, value] : unpackPairs(text)) {
        const std::int64_t number = std::strtoll(value.c_str(), nullptr, 10);
        if (key == "kind")
            eviction.gone.push_back({.name = value});
        else if (key == "rows" && !eviction.gone.empty())
            eviction.gone.back().rows = number;
        else if (key == "bytes" && !eviction.gone.empty())
            eviction.gone.back().bytes = number;
        else if (key == "cap")
            eviction.cap = number;
        else if (key == "before")
            eviction.before = number;
        else if (key == "after")
            eviction.after = number;
    }
    return eviction;
}

void count(Eviction &eviction, const std::string &name, std::int64_t rows, std::int64_t bytes)
{
    for (CacheKind &kind : eviction.gone)
        if (kind.name == name) {
            kind.rows += rows;
            kind.bytes += bytes;
            return;
        }
    if (rows > 0)
        eviction.gone.push_back({name, rows, bytes});
}

} // namespace

core::Result<std::int64_t> CacheKeeper::size()
{
    return m_file.get<std::int64_t>([](Database &db) {
        return db.number("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
    });
}

core::Result<std::int64_t> CacheKeeper::used()
{
    return m_file.get<std::int64_t>([](Database &db) {
        return db.number("SELECT (page_count - freelist_count) * page_size "
                         "FROM pragma_page_count, pragma_freelist_count, pragma_page_size");
    });
}

core::Result<CacheStatistics> CacheKeeper::statistics()
{
    return m_file.get<CacheStatistics>([&](Database &db) -> core::Result<CacheStatistics> {
        CacheStatistics all;
        const auto pages = db.number("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
        const auto free = db.number("SELECT freelist_count * page_size FROM pragma_freelist_count, pragma_page_size");
        if (const auto error = core::firstError(pages, free))
            return core::fail(*error);
        all.fileBytes = *pages;
        all.freeBytes = *free;
        for (const char *sql : {kAnswerKinds, kOutputs, kCommits, kRefs, kRuns})
            if (auto done = addKinds(db, sql, all.kinds); !done)
                return core::fail(done.error());
        std::sort(all.kinds.begin(), all.kinds.end(),
                  [](const CacheKind &a, const CacheKind &b) { return a.bytes > b.bytes; });
        Statement last(db,
                       "SELECT at, value FROM sync_state WHERE what = ? AND source = "
                       "(SELECT id FROM source WHERE site = '' AND name = 'cache')");
        if (last.bind(kWhat).next())
            all.last = unpacked({last.number(0)}, last.text(1));
        if (auto done = last.done(); !done)
            return core::fail(done.error());
        return all;
    });
}

core::Result<Eviction> CacheKeeper::trim(std::int64_t capBytes, core::Instant now, const core::Cancel &cancel)
{
    const auto before = size();
    if (!before)
        return core::fail(before.error());
    Eviction eviction{.at = now, .cap = capBytes, .before = *before, .after = *before};
    if (*before <= capBytes)
        return eviction;
    const std::int64_t target = capBytes - capBytes / kRoom;
    for (const auto &step : std::vector<std::function<core::Result<void>()>>{
             [&] { return evictAnswers("series", "'matrix'", target, cancel, eviction); },
             [&] { return evictAnswers("comparisons", "'diff', 'objects', 'evidence'", target, cancel, eviction); },
             [&] { return evictOutputs(target, cancel, eviction); }, [&] { return giveBack(cancel); }})
        if (auto done = step(); !done)
            return core::fail(done.error());
    const auto after = size();
    if (!after)
        return core::fail(after.error());
    eviction.after = *after;
    if (!eviction.gone.empty())
        if (auto done = remember(eviction); !done)
            return core::fail(done.error());
    return eviction;
}

CacheKeeper::Candidates CacheKeeper::oldAnswers(const std::string &kinds, std::int64_t keptMs)
{
    return m_file.get<std::vector<Candidate>>([&](Database &db) -> Candidates {
        std::vector<Candidate> all;
        // An answer and what is known about it ("KEY|meta") were kept together and go together.
        Statement select(db,
                         "SELECT a.source, a.key, length(a.body) FROM answer a JOIN (SELECT source, max(at) AS newest "
                         "FROM answer WHERE kind IN ("
                             + kinds + ") GROUP BY source) n ON n.source = a.source WHERE a.kind IN (" + kinds
                             + ") AND a.at < n.newest - ? AND a.key NOT LIKE '%|meta' ORDER BY a.at, a.key");
        select.bind(keptMs);
        while (select.next())
            all.push_back({select.number(0), select.text(1), select.number(2)});
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return all;
    });
}

core::Result<void> CacheKeeper::evictAnswers(const std::string &name, const std::string &kinds, std::int64_t target,
                                             const core::Cancel &cancel, Eviction &eviction)
{
    auto left = used();
    if (!left || *left <= target)
        return left ? core::Result<void>() : core::fail(left.error());
    const auto old = oldAnswers(kinds, kinds == "'matrix'" ? kSeriesKeptMs : kAnswersKeptMs);
    if (!old)
        return core::fail(old.error());
    for (std::size_t at = 0; at < old->size() && *left > target && !cancel.cancelled();) {
        std::int64_t bytes = 0;
        std::int64_t rows = 0;
        const auto done = m_file.write([&](Database &db) -> core::Result<void> {
            Statement remove(
                db, "DELETE FROM answer WHERE source = ? AND kind IN (" + kinds + ") AND key IN (?, ? || '|meta')");
            for (std::size_t n = 0; n < kBatch && at < old->size() && *left - bytes > target; ++n, ++at) {
                const Candidate &next = (*old)[at];
                if (auto removed = remove.bind(next.source, next.key, next.key).execute(); !removed)
                    return removed;
                rows += db.changes();
                bytes += next.bytes;
            }
            return {};
        });
        left = used();
        if (const auto error = core::firstError(done, left))
            return core::fail(*error);
        count(eviction, name, rows, bytes);
    }
    return {};
}

core::Result<void> CacheKeeper::evictOutputs(std::int64_t target, const core::Cancel &cancel, Eviction &eviction)
{
    auto left = used();
    for (std::int64_t rows = 1; left && *left > target && rows > 0 && !cancel.cancelled();) {
        std::int64_t bytes = 0;
        const auto done = m_file.write([&](Database &db) -> core::Result<void> {
            Statement select(db,
                             "SELECT repository, run, id, length(output) FROM hook WHERE output IS NOT NULL AND "
                             "started < (SELECT max(started) FROM hook) - ? ORDER BY started LIMIT ?");
            select.bind(kOutputsKeptMs, static_cast<std::int64_t>(kBatch));
            Statement clear(db, "UPDATE hook SET output = NULL WHERE repository = ? AND run = ? AND id = ?");
            rows = 0;
            std::vector<std::tuple<std::int64_t, std::string, std::string>> old;
            for (; select.next(); ++rows) {
                old.emplace_back(select.number(0), select.text(1), select.text(2));
                bytes += select.number(3);
            }
            for (const auto &[repository, run, id] : old)
                if (auto cleared = clear.bind(repository, run, id).execute(); !cleared)
                    return cleared;
            return select.done();
        });
        left = used();
        if (!done)
            return done;
        count(eviction, "hook outputs", rows, bytes);
    }
    return left ? core::Result<void>() : core::fail(left.error());
}

core::Result<void> CacheKeeper::giveBack(const core::Cancel &cancel)
{
    const auto number = [&](const char *sql) {
        return m_file.get<std::int64_t>([sql](Database &db) { return db.number(sql); });
    };
    const auto incremental = number("PRAGMA auto_vacuum");
    if (!incremental)
        return core::fail(incremental.error());
    if (*incremental != 2) // made by an earlier version: once it is written anew
        if (auto done = m_file.alone([](Database &db) { return db.rewrite(true); }); !done)
            return done;
    for (auto free = number("PRAGMA freelist_count"); !free || *free > 0; free = number("PRAGMA freelist_count")) {
        if (!free)
            return core::fail(free.error());
        if (cancel.cancelled())
            break;
        if (auto done = m_file.alone(
                [](Database &db) { return db.run("PRAGMA incremental_vacuum(" + std::to_string(kPagesAtOnce) + ")"); });
            !done)
            return done;
    }
    return m_file.alone([](Database &db) { return db.run("PRAGMA wal_checkpoint(TRUNCATE)"); });
}

core::Result<void> CacheKeeper::remember(const Eviction &eviction)
{
    return m_file.write([&](Database &db) -> core::Result<void> {
        if (auto done = db.run(kOwn); !done)
            return done;
        Statement save(db,
                       "INSERT INTO sync_state(source, what, at, value) SELECT id, ?, ?, ? FROM source "
                       "WHERE site = '' AND name = 'cache' "
                       "ON CONFLICT DO UPDATE SET at = excluded.at, value = excluded.value");
        return save.bind(kWhat, eviction.at.ms, packed(eviction)).execute();
    });
}

} // namespace andon::store
