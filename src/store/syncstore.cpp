#include "store/syncstore.h"

namespace andon::store
{

core::Result<void> SyncStore::mark(SourceKey source, const std::string &what, core::Instant at,
                                   const std::string &value)
{
    return m_file.write([&](Database &db) { return mark(db, source, what, at, value); });
}

core::Result<void> SyncStore::mark(Database &db, SourceKey source, const std::string &what, core::Instant at,
                                   const std::string &value)
{
    Statement save(db,
                   "INSERT INTO sync_state(source, what, at, value) VALUES(?, ?, ?, ?) "
                   "ON CONFLICT DO UPDATE SET at = excluded.at, value = excluded.value");
    return save.bind(source.row, what, at.ms, value).execute();
}

core::Result<void> SyncStore::unmark(Database &db, SourceKey source, const std::string &what)
{
    Statement remove(db, "DELETE FROM sync_state WHERE source = ? AND what = ?");
    return remove.bind(source.row, what).execute();
}

core::Result<std::vector<std::pair<std::string, std::string>>> SyncStore::marks(SourceKey source,
                                                                                const std::string &prefix)
{
    using Marks = std::vector<std::pair<std::string, std::string>>;
    return m_file.get<Marks>([&](Database &db) -> core::Result<Marks> {
        Marks all;
        Statement select(db,
                         "SELECT what, value FROM sync_state WHERE source = ?1 AND substr(what, 1, length(?2)) = ?2 "
                         "ORDER BY what");
        select.bind(source.row, prefix);
        while (select.next())
            all.emplace_back(select.text(0), select.text(1));
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return all;
    });
}

core::Result<SyncState> SyncStore::state(SourceKey source, const std::string &what)
{
    return m_file.get<SyncState>([&](Database &db) -> core::Result<SyncState> {
        SyncState state;
        Statement select(db, "SELECT at, value FROM sync_state WHERE source = ? AND what = ?");
        if (select.bind(source.row, what).next())
            state = {{select.number(0)}, select.text(1)};
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return state;
    });
}

core::Result<void> SyncStore::saveAnswer(SourceKey source, const std::string &kind, const std::string &key,
                                         const StoredAnswer &answer)
{
    return m_file.write([&](Database &db) {
        Statement save(db,
                       "INSERT INTO answer(source, kind, key, at, body) VALUES(?, ?, ?, ?, ?) "
                       "ON CONFLICT DO UPDATE SET at = excluded.at, body = excluded.body");
        return save.bind(source.row, kind, key, answer.at.ms, std::string_view(answer.body)).execute();
    });
}

core::Result<std::optional<StoredAnswer>> SyncStore::answer(SourceKey source, const std::string &kind,
                                                            const std::string &key)
{
    using Answer = std::optional<StoredAnswer>;
    return m_file.get<Answer>([&](Database &db) -> core::Result<Answer> {
        Answer answer;
        Statement select(db, "SELECT at, body FROM answer WHERE source = ? AND kind = ? AND key = ?");
        if (select.bind(source.row, kind, key).next())
            answer = StoredAnswer{{select.number(0)}, std::string(select.blob(1))};
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return answer;
    });
}

core::Result<bool> SyncStore::readAnswer(SourceKey source, const std::string &kind, const std::string &key,
                                         const std::function<void(std::string_view body)> &look)
{
    return m_file.get<bool>([&](Database &db) -> core::Result<bool> {
        Statement select(db, "SELECT body FROM answer WHERE source = ? AND kind = ? AND key = ?");
        const bool found = select.bind(source.row, kind, key).next();
        if (found)
            look(select.blob(0));
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return found;
    });
}

core::Result<std::vector<std::pair<std::string, StoredAnswer>>> SyncStore::answers(SourceKey source,
                                                                                   const std::string &kind)
{
    using Answers = std::vector<std::pair<std::string, StoredAnswer>>;
    return m_file.get<Answers>([&](Database &db) -> core::Result<Answers> {
        Answers all;
        Statement select(db, "SELECT key, at, body FROM answer WHERE source = ? AND kind = ? ORDER BY key");
        select.bind(source.row, kind);
        while (select.next())
            all.emplace_back(select.text(0), StoredAnswer{{select.number(1)}, std::string(select.blob(2))});
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return all;
    });
}

namespace
{

core::Result<void> putAnswers(Database &db, SourceKey source, const std::string &kind, core::Instant at,
                              const std::vector<std::pair<std::string, std::string>> &bodies)
{
    Statement save(db,
                   "INSERT INTO answer(source, kind, key, at, body) VALUES(?, ?, ?, ?, ?) "
                   "ON CONFLICT DO UPDATE SET at = excluded.at, body = excluded.body");
    for (const auto &[key, body] : bodies)
        if (auto done = save.bind(source.row, kind, key, at.ms, std::string_view(body)).execute(); !done)
            return done;
    return {};
}

} // namespace

core::Result<void> SyncStore::addAnswers(SourceKey source, const std::string &kind, core::Instant at,
                                         const std::vector<std::pair<std::string, std::string>> &bodies)
{
    return m_file.write([&](Database &db) { return putAnswers(db, source, kind, at, bodies); });
}

core::Result<void> SyncStore::replaceAnswers(SourceKey source, const std::string &kind, core::Instant at,
                                             const std::vector<std::pair<std::string, std::string>> &bodies)
{
    return m_file.write([&](Database &db) -> core::Result<void> {
        Statement clear(db, "DELETE FROM answer WHERE source = ? AND kind = ?");
        if (auto done = clear.bind(source.row, kind).execute(); !done)
            return done;
        return putAnswers(db, source, kind, at, bodies);
    });
}

} // namespace andon::store
