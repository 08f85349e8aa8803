#include "factory/begun.h"

#include <QUuid>

namespace andon::factory
{

Begun::Begun(store::DatabaseFile &cache, store::SourceKey source, const std::string &what)
    : m_cache(&cache)
    , m_source(source)
    , m_what(what)
    , m_own(what + " begun " + QUuid::createUuid().toString(QUuid::Id128).toStdString())
    , m_covered({m_own})
{
}

core::Result<Begun> Begun::look(store::SyncStore &store, store::DatabaseFile &cache, store::SourceKey source,
                                const std::string &what)
{
    Begun begun(cache, source, what);
    const auto notes = store.marks(source, what + " begun ");
    if (!notes)
        return core::fail(notes.error());
    for (const auto &[name, value] : *notes) {
        begun.m_covered.push_back(name);
        begun.m_others.push_back(value);
    }
    return begun;
}

store::DatabaseFile::Work Begun::note(const std::string &value)
{
    return [source = m_source, name = m_own, value](store::Database &db) {
        return store::SyncStore::mark(db, source, name, {}, value);
    };
}

core::Result<bool> Begun::end(core::Instant at, const Whole &whole)
{
    core::Result<bool> ended = true;
    const auto written = m_cache->write([&](store::Database &db) -> core::Result<void> {
        if (whole)
            ended = whole();
        if (!ended)
            return core::fail(ended.error());
        if (!*ended)
            return {};
        for (const std::string &name : m_covered)
            if (auto gone = store::SyncStore::unmark(db, m_source, name); !gone)
                return gone;
        return store::SyncStore::mark(db, m_source, m_what, at, {});
    });
    if (!written)
        return core::fail(written.error());
    return ended;
}

} // namespace andon::factory
