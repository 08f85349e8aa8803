#include "store/gatestore.h"

namespace andon::store
{

using versions::GateResult;
using versions::HookStatus;
using versions::Oid;

core::Result<std::vector<CachedRepository>> GateStore::repositories()
{
    using All = std::vector<CachedRepository>;
    return m_file.get<All>([](Database &db) -> core::Result<All> {
        All all;
        Statement select(db,
                         "SELECT s.site, s.id, r.id, r.name, r.default_branch, r.created FROM source s JOIN repository "
                         "r ON r.source = s.id WHERE r.gone = 0 ORDER BY s.site, r.name");
        for (select.bind(); select.next();)
            all.push_back({.site = core::SiteName(select.text(0)),
                           .source = {select.number(1)},
                           .key = {select.number(2)},
                           .repository = {.id = RepositoryId(select.text(3)),
                                          .created = {select.number(5)},
                                          .defaultBranch = core::RefName(select.text(4))}});
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return all;
    });
}

core::Result<void> GateStore::each(RepositoryKey repo, core::Instant until,
                                   const std::function<void(const GateResult &)> &fn)
{
    return m_file.read([&](Database &db) -> core::Result<void> {
        // By the index of starts: nothing is sorted, whatever the number of runs.
        Statement select(db,
                         "SELECT r.id, h.id, r.event, h.action, h.hook, h.status, r.status, r.started, h.started,"
                         "h.ended, r.branch, r.commit_id FROM run r JOIN hook h "
                         "ON h.repository = r.repository AND h.run = r.id "
                         "WHERE r.repository = ? AND r.started <= ? ORDER BY r.started DESC, r.id, h.id");
        GateResult result;
        for (select.bind(repo.row, until.ms); select.next();) {
            const auto commit = Oid::fromBytes(select.blob(11));
            result.run = select.text(0);
            result.hookRun = select.text(1);
            result.event = select.text(2);
            result.action = select.text(3);
            result.hook = select.text(4);
            result.status = static_cast<HookStatus>(select.number(5));
            result.runStatus = static_cast<HookStatus>(select.number(6));
            result.started = {select.number(7)};
            result.hookStarted = {select.number(8)};
            result.hookEnded = {select.number(9)};
            result.branch = core::RefName(select.text(10));
            result.commit = commit ? commit->id() : CommitId();
            fn(result);
        }
        return select.done();
    });
}

core::Result<std::vector<versions::Commit>> GateStore::firstParents(const CachedRepository &repo, core::Instant until,
                                                                    int most)
{
    using Ids = std::vector<CommitId>;
    const auto ids = m_file.get<Ids>([&](Database &db) -> core::Result<Ids> {
        Ids all;
        Statement select(db,
                         "WITH RECURSIVE line(id, n) AS (SELECT id, 0 FROM ref WHERE repository = ?1 AND kind = 0 "
                         "AND name = ?2 UNION ALL SELECT c.first, line.n + (c.created <= ?3) FROM line JOIN commits c "
                         "ON c.repository = ?1 AND c.id = line.id WHERE c.first IS NOT NULL AND line.n < ?4) "
                         "SELECT c.id FROM line JOIN commits c ON c.repository = ?1 AND c.id = line.id "
                         "WHERE c.created <= ?3 ORDER BY line.n LIMIT ?4");
        for (select.bind(repo.key.row, repo.repository.defaultBranch.value, until.seconds(), most); select.next();)
            if (const auto oid = Oid::fromBytes(select.blob(0)))
                all.push_back(oid->id());
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return all;
    });
    if (!ids)
        return core::fail(ids.error());
    return VersionStore(m_file).commits(repo.key, *ids);
}

} // namespace andon::store
