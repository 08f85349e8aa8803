#include "store/versionstore.h"

#include "store/commitrow.h"
#include "store/commitsearch.h"
#include "store/rows.h"

namespace andon::store
{

namespace
{

using versions::Oid;

core::Result<Oid> oidOf(const CommitId &id)
{
    const auto oid = Oid::fromHex(id.value);
    if (!oid)
        return core::fail(core::ErrorKind::Protocol, "cache", "\"" + id.value + "\" is no commit id");
    return *oid;
}

} // namespace

core::Result<SourceKey> VersionStore::source(const core::SiteName &site, const core::SourceName &name)
{
    SourceKey key;
    auto done = m_file.write([&](Database &db) -> core::Result<void> {
        Statement insert(db, "INSERT INTO source(site, name) VALUES(?, ?) ON CONFLICT DO NOTHING");
        if (auto inserted = insert.bind(site.value, name.value).execute(); !inserted)
            return inserted;
        Statement select(db, "SELECT id FROM source WHERE site = ? AND name = ?");
        if (select.bind(site.value, name.value).next())
            key.row = select.number(0);
        return select.done();
    });
    if (!done)
        return core::fail(done.error());
    return key;
}

core::Result<void> VersionStore::forget(const core::SiteName &site)
{
    return m_file.write([&](Database &db) {
        Statement remove(db, "DELETE FROM source WHERE site = ?");
        return remove.bind(site.value).execute();
    });
}

core::Result<void> VersionStore::saveRepositories(SourceKey source, const std::vector<versions::Repository> &all)
{
    return m_file.write([&](Database &db) -> core::Result<void> {
        Statement gone(db, "UPDATE repository SET gone = 1 WHERE source = ?");
        if (auto done = gone.bind(source.row).execute(); !done)
            return done;
        Statement save(db,
                       "INSERT INTO repository(source, name, created, default_branch, namespace, read_only) "
                       "VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT(source, name) DO UPDATE SET created = excluded.created,"
                       "default_branch = excluded.default_branch, namespace = excluded.namespace,"
                       "read_only = excluded.read_only, gone = 0");
        for (const versions::Repository &repo : all)
            if (auto done = save.bind(source.row, repo.id.value, repo.created.ms, repo.defaultBranch.value,
                                      repo.storageNamespace, repo.readOnly)
                                .execute();
                !done)
                return done;
        return {};
    });
}

core::Result<std::vector<versions::Repository>> VersionStore::repositories(SourceKey source)
{
    return m_file.get<std::vector<versions::Repository>>(
        [&](Database &db) -> core::Result<std::vector<versions::Repository>> {
            std::vector<versions::Repository> all;
            Statement select(db,
                             "SELECT name, created, default_branch, namespace, read_only FROM repository "
                             "WHERE source = ? AND gone = 0 ORDER BY name");
            select.bind(source.row);
            while (select.next())
                all.push_back({.id = RepositoryId(select.text(0)),
                               .created = {select.number(1)},
                               .defaultBranch = core::RefName(select.text(2)),
                               .storageNamespace = select.text(3),
                               .readOnly = select.number(4) != 0});
            if (auto done = select.done(); !done)
                return core::fail(done.error());
            return all;
        });
}

core::Result<RepositoryKey> VersionStore::repository(SourceKey source, const RepositoryId &id)
{
    return m_file.get<RepositoryKey>([&](Database &db) -> core::Result<RepositoryKey> {
        Statement select(db, "SELECT id FROM repository WHERE source = ? AND name = ? AND gone = 0");
        if (select.bind(source.row, id.value).next())
            return RepositoryKey{select.number(0)};
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return core::fail(core::ErrorKind::NotFound, "cache", "there is no repository \"" + id.value + "\"");
    });
}

core::Result<RepositoryCounts> VersionStore::counts(RepositoryKey repo)
{
    return m_file.get<RepositoryCounts>([&](Database &db) -> core::Result<RepositoryCounts> {
        Statement select(db,
                         "SELECT (SELECT coalesce(sum(commits), 0) FROM commit_block WHERE repository = ?1),"
                         "(SELECT count(*) FROM ref WHERE repository = ?1 AND kind = 0),"
                         "(SELECT count(*) FROM ref WHERE repository = ?1 AND kind = 1),"
                         "(SELECT count(*) FROM run WHERE repository = ?1),"
                         "(SELECT max(c.created) FROM ref r JOIN commits c ON c.repository = r.repository "
                         "AND c.id = r.id WHERE r.repository = ?1)");
        RepositoryCounts counts;
        if (select.bind(repo.row).next())
            counts = {select.number(0), select.number(1), select.number(2), select.number(3), select.number(4)};
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return counts;
    });
}

core::Result<std::vector<bool>> VersionStore::known(RepositoryKey repo, const std::vector<CommitId> &ids)
{
    return m_file.get<std::vector<bool>>([&](Database &db) -> core::Result<std::vector<bool>> {
        std::vector<bool> known;
        Statement select(db, "SELECT 1 FROM commits WHERE repository = ? AND id = ?");
        for (const CommitId &id : ids) {
            const auto oid = oidOf(id);
            if (!oid)
                return core::fail(oid.error());
            known.push_back(select.bind(repo.row, oid->raw()).next());
        }
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return known;
    });
}

core::Result<std::vector<CommitId>> VersionStore::sameData(RepositoryKey repo, const CommitId &id, int limit)
{
    const auto oid = oidOf(id);
    if (!oid)
        return core::fail(oid.error());
    return m_file.get<std::vector<CommitId>>([&](Database &db) -> core::Result<std::vector<CommitId>> {
        Statement select(
            db,
            "SELECT other.id FROM commits AS one, commits AS other WHERE one.repository = ?1 AND one.id = ?2 "
            "AND one.meta_range <> '' AND other.repository = ?1 "
            "AND substr(other.meta_range, 1, 12) = substr(one.meta_range, 1, 12) "
            "AND other.meta_range = one.meta_range AND other.n <> one.n "
            "ORDER BY other.created DESC, other.id LIMIT ?3");
        std::vector<CommitId> same;
        select.bind(repo.row, oid->raw(), std::int64_t{limit});
        while (select.next())
            if (const auto found = Oid::fromBytes(select.blob(0)))
                same.push_back(found->id());
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return same;
    });
}

core::Result<void> VersionStore::saveCommits(RepositoryKey repo, const std::vector<versions::Commit> &commits,
                                             const DatabaseFile::Work &alongside)
{
    return m_file.write([&](Database &db) -> core::Result<void> {
        Statement save(db,
                       "INSERT INTO commits(repository, id, first, second, committer, message, created, meta_range,"
                       "metadata, generation, version, kind) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                       "ON CONFLICT DO NOTHING");
        Statement index(db, "INSERT INTO commit_text(rowid, text) VALUES(?, ?)");
        std::vector<std::pair<std::int64_t, std::int64_t>> dates;
        for (const versions::Commit &commit : commits) {
            const auto id = oidOf(commit.id);
            if (!id)
                return core::fail(id.error());
            std::optional<Oid> parents[2];
            for (std::size_t i = 0; i < 2 && i < commit.parents.size(); ++i) {
                const auto parent = oidOf(commit.parents[i]);
                if (!parent)
                    return core::fail(parent.error());
                parents[i] = *parent;
            }
            const auto raw = [](const std::optional<Oid> &oid) { return oid ? oid->raw() : std::string_view(); };
            const std::string metadata = packPairs(commit.metadata);
            if (auto done = save.bind(repo.row, id->raw(), raw(parents[0]), raw(parents[1]), commit.committer,
                                      commit.message, commit.created, commit.metaRangeId, metadata, commit.generation,
                                      commit.version, static_cast<int>(versions::natureOf(commit).kind))
                                .execute();
                !done)
                return done;
            if (db.changes() == 0)
                continue;
            if (auto done = index.bind(db.lastRowId(), searchText(commit)).execute(); !done)
                return done;
            dates.emplace_back(db.lastRowId(), commit.created);
        }
        if (auto done = keepBlocks(db, repo, dates); !done)
            return done;
        return alongside ? alongside(db) : core::Result<void>();
    });
}

core::Result<std::vector<CommitId>> VersionStore::missingParents(RepositoryKey repo)
{
    return m_file.get<std::vector<CommitId>>([&](Database &db) -> core::Result<std::vector<CommitId>> {
        std::vector<CommitId> missing;
        Statement select(db,
                         "SELECT DISTINCT p FROM (SELECT first AS p FROM commits WHERE repository = ?1 "
                         "UNION ALL SELECT second FROM commits WHERE repository = ?1) "
                         "WHERE p IS NOT NULL AND NOT EXISTS "
                         "(SELECT 1 FROM commits WHERE repository = ?1 AND id = p)");
        select.bind(repo.row);
        while (select.next())
            if (const auto oid = Oid::fromBytes(select.blob(0)))
                missing.push_back(oid->id());
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return missing;
    });
}

core::Result<std::vector<versions::Commit>> VersionStore::commits(RepositoryKey repo, const std::vector<CommitId> &ids)
{
    return m_file.get<std::vector<versions::Commit>>([&](Database &db) -> core::Result<std::vector<versions::Commit>> {
        std::vector<versions::Commit> all;
        Statement select(db, std::string("SELECT ") + kCommitColumns + " FROM commits WHERE repository = ? AND id = ?");
        for (const CommitId &id : ids)
            if (const auto oid = Oid::fromHex(id.value); oid && select.bind(repo.row, oid->raw()).next())
                all.push_back(readCommit(select));
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return all;
    });
}

core::Result<versions::Commit> VersionStore::commit(RepositoryKey repo, const CommitId &id)
{
    auto found = commits(repo, {id});
    if (!found)
        return core::fail(found.error());
    if (found->empty())
        return core::fail(core::ErrorKind::NotFound, "cache", "commit " + id.value + " is not in the cache");
    return std::move(found->front());
}

core::Result<std::vector<versions::GraphCommit>> VersionStore::topology(RepositoryKey repo)
{
    auto all = topologySince(repo, 0);
    if (!all)
        return core::fail(all.error());
    return std::move(all->first);
}

core::Result<std::pair<std::vector<versions::GraphCommit>, std::int64_t>>
VersionStore::topologySince(RepositoryKey repo, std::int64_t after)
{
    using Found = std::pair<std::vector<versions::GraphCommit>, std::int64_t>;
    return m_file.get<Found>([&](Database &db) -> core::Result<Found> {
        Found found{{}, after};
        // One statement is one moment: what is saved meanwhile is counted next time.
        Statement select(db,
                         "SELECT n, repository, id, first, second, created, generation, kind FROM commits WHERE n > ? "
                         "ORDER BY n");
        select.bind(after);
        while (select.next()) {
            found.second = select.number(0);
            if (select.number(1) == repo.row)
                found.first.push_back({.id = Oid::fromBytes(select.blob(2)).value_or(Oid{}),
                                       .first = Oid::fromBytes(select.blob(3)),
                                       .second = Oid::fromBytes(select.blob(4)),
                                       .created = select.number(5),
                                       .generation = select.number(6),
                                       .kind = static_cast<versions::CommitKind>(select.number(7))});
        }
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return found;
    });
}

core::Result<std::vector<CommitId>> VersionStore::withPrefix(RepositoryKey repo, const std::string &prefix, int limit)
{
    std::string low = prefix;
    low.resize(64, '0');
    std::string high = prefix;
    high.resize(64, 'f');
    const auto from = Oid::fromHex(low);
    const auto to = Oid::fromHex(high);
    if (prefix.size() < 4 || prefix.size() > 64 || !from || !to)
        return std::vector<CommitId>{};
    return m_file.get<std::vector<CommitId>>([&](Database &db) -> core::Result<std::vector<CommitId>> {
        std::vector<CommitId> ids;
        Statement select(db, "SELECT id FROM commits WHERE repository = ? AND id BETWEEN ? AND ? LIMIT ?");
        select.bind(repo.row, from->raw(), to->raw(), limit);
        while (select.next())
            if (const auto oid = Oid::fromBytes(select.blob(0)))
                ids.push_back(oid->id());
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return ids;
    });
}

core::Result<std::vector<CommitId>> VersionStore::search(RepositoryKey repo, const std::string &words, int limit)
{
    const SearchWords wanted(words);
    if (wanted.empty())
        return std::vector<CommitId>{};
    return m_file.get<std::vector<CommitId>>([&](Database &db) { return newestWith(db, repo, wanted, limit); });
}

} // namespace andon::store
