#include "app/common/holder.h"

#include <poll.h>

namespace andon::app
{

namespace
{

constexpr int kPauseMs = 25;
constexpr int kPatienceMs = 2'000; // what only opens the cache lets go of the lock in a few milliseconds

void pause()
{
    ::poll(nullptr, 0, kPauseMs);
}

core::Error heldBy(const profile::Paths &paths, const char *hint)
{
    const auto holder = profile::Lock::holder(paths);
    return {.kind = core::ErrorKind::Storage,
            .where = "profile",
            .detail = holder ? holder->text() : std::string("another Andon"),
            .hint = hint};
}

/// Whether the holder is one that stays, so that waiting is of no use.
bool stays(const profile::Paths &paths)
{
    const auto holder = profile::Lock::holder(paths);
    return holder && !holder->socket.empty();
}

} // namespace

core::Result<std::unique_ptr<Holder>> Holder::open(const profile::Profile &profile, const std::string &program)
{
    std::unique_ptr<Holder> holder(new Holder);
    for (int waited = 0; !holder->m_lock; waited += kPauseMs) {
        auto lock = profile::Lock::take(profile.paths(), program);
        if (!lock)
            return core::fail(lock.error());
        holder->m_lock = std::move(*lock);
        if (holder->m_lock)
            break;
        if (waited >= kPatienceMs || stays(profile.paths()))
            return core::fail(heldBy(profile.paths(), "held"));
        pause();
    }
    auto records = store::DatabaseFile::open(profile.recordsFile(), store::recordsSchema());
    if (!records)
        return core::fail(records.error());
    holder->m_records = std::move(*records);
    if (auto journal = journal::Journal::open(profile.journalFolder()))
        holder->m_journal = std::move(*journal);
    return holder;
}

core::Result<std::unique_ptr<store::DatabaseFile>> openCache(const profile::Paths &paths, bool holds)
{
    const std::string file = paths.cache + "/cache.db";
    if (holds)
        return store::DatabaseFile::open(file, store::cacheSchema());
    for (int waited = 0;; waited += kPauseMs) {
        auto cache = store::DatabaseFile::open(file, store::cacheSchema(), store::Rights::Guest);
        const std::string why = cache ? std::string() : cache.error().hint;
        if (why != "absent" && why != "older" && why != "corrupt" && why != "foreign")
            return cache;
        auto lock = profile::Lock::take(paths, "andonctl");
        if (!lock)
            return core::fail(lock.error());
        if (*lock)
            return store::DatabaseFile::open(file, store::cacheSchema());
        if (waited >= kPatienceMs)
            return core::fail(heldBy(paths, "held-cache"));
        pause();
    }
}

} // namespace andon::app
