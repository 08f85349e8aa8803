// What commits are, asked of the others that the cache holds.
#include "store/commitrow.h"
#include "store/rows.h"
#include "store/versionstore.h"
#include "versions/naturebydata.h"

#include <unordered_set>

namespace andon::store
{

using versions::Commit;
using versions::Oid;

namespace
{

constexpr std::size_t kMany = 20'000; // take longer one by one than all rows of a large repository take to read

std::string selectCommits(const char *where)
{
    return std::string("SELECT ") + kCommitColumns + " FROM commits WHERE repository = " + where;
}

/// One reading of the cache; the first failure is kept, and what is asked after it is not known.
class CachedCommits final : public versions::KnownCommits
{
public:
    CachedCommits(Database &db, RepositoryKey repo)
        : m_repo(repo)
        , m_byId(db, selectCommits("? AND id = ?"))
        , m_byData(db, // "+": a column that equals a constant is replaced by it, and then no index is left to go by
                   selectCommits("?1 AND substr(meta_range, 1, 12) = substr(?2, 1, 12) AND +meta_range = ?2 "
                                 "AND id <> ?3 LIMIT ?4"))
        , m_byDigits(db, "SELECT id FROM commits WHERE repository = ? AND id BETWEEN ? AND ? LIMIT 2")
    {
    }

    /// Before many are asked about: one pass over the rows says which data are of more than one commit.
    [[nodiscard]] core::Result<void> learnShared(Database &db)
    {
        std::unordered_set<std::size_t> once;
        m_shared.emplace();
        Statement all(db, "SELECT meta_range FROM commits NOT INDEXED WHERE repository = ?");
        all.bind(m_repo.row);
        while (all.next())
            if (const std::size_t hash = std::hash<std::string>()(all.text(0)); !once.insert(hash).second)
                m_shared->insert(hash);
        return all.done();
    }

    /// As far as was learnt.
    [[nodiscard]] bool mayShare(const std::string &metaRange) const
    {
        return !m_shared || m_shared->contains(std::hash<std::string>()(metaRange));
    }

    std::optional<Commit> commit(const CommitId &id) override
    {
        const auto oid = Oid::fromHex(id.value);
        if (!oid || !m_byId.bind(m_repo.row, oid->raw()).next())
            return std::nullopt;
        return readCommit(m_byId);
    }

    std::vector<Commit> sameData(const Commit &commit, std::size_t most) override
    {
        std::vector<Commit> all;
        const auto oid = Oid::fromHex(commit.id.value);
        if (!oid || commit.metaRangeId.empty())
            return all;
        if (!mayShare(commit.metaRangeId))
            return all;
        m_byData.bind(m_repo.row, commit.metaRangeId, oid->raw(), static_cast<std::int64_t>(most));
        while (m_byData.next())
            all.push_back(readCommit(m_byData));
        return all;
    }

    std::vector<CommitId> beginningWith(const std::string &digits) override
    {
        std::string low = digits;
        low.resize(64, '0');
        std::string high = digits;
        high.resize(64, 'f');
        std::vector<CommitId> ids;
        const auto from = Oid::fromHex(low);
        const auto to = Oid::fromHex(high);
        if (!from || !to)
            return ids;
        m_byDigits.bind(m_repo.row, from->raw(), to->raw());
        while (m_byDigits.next())
            if (const auto oid = Oid::fromBytes(m_byDigits.blob(0)))
                ids.push_back(oid->id());
        return ids;
    }

    [[nodiscard]] core::Result<void> done() const
    {
        for (const Statement *statement : {&m_byId, &m_byData, &m_byDigits})
            if (auto done = statement->done(); !done)
                return done;
        return {};
    }

private:
    RepositoryKey m_repo;
    Statement m_byId;
    Statement m_byData;
    Statement m_byDigits;
    std::optional<std::unordered_set<std::size_t>> m_shared; ///< hashes of data; nullopt: not learnt
};

} // namespace

Commit readCommit(const Statement &row)
{
    Commit commit;
    const auto id = [&](int column) { return Oid::fromBytes(row.blob(column)); };
    commit.id = id(0).value_or(Oid{}).id();
    for (const int column : {1, 2})
        if (const auto parent = id(column))
            commit.parents.push_back(parent->id());
    commit.committer = row.text(3);
    commit.message = row.text(4);
    commit.created = row.number(5);
    commit.metaRangeId = row.text(6);
    commit.metadata = unpackPairs(row.blob(7));
    commit.generation = row.number(8);
    commit.version = static_cast<int>(row.number(9));
    return commit;
}

core::Result<std::vector<versions::CommitNature>> VersionStore::natures(RepositoryKey repo,
                                                                        const std::vector<Commit> &commits)
{
    using Natures = std::vector<versions::CommitNature>;
    return m_file.get<Natures>([&](Database &db) -> core::Result<Natures> {
        CachedCommits known(db, repo);
        if (commits.size() >= kMany)
            if (auto learnt = known.learnShared(db); !learnt)
                return core::fail(learnt.error());
        Natures natures;
        natures.reserve(commits.size());
        for (const Commit &commit : commits)
            natures.push_back(versions::natureOf(commit, known));
        if (auto done = known.done(); !done)
            return core::fail(done.error());
        return natures;
    });
}

core::Result<versions::KindsByData> VersionStore::kindsByData(RepositoryKey repo)
{
    return m_file.get<versions::KindsByData>([&](Database &db) -> core::Result<versions::KindsByData> {
        CachedCommits known(db, repo);
        if (auto learnt = known.learnShared(db); !learnt)
            return core::fail(learnt.error());
        versions::KindsByData kinds;
        Statement ordinary(db, selectCommits("? AND kind = ? AND meta_range <> ''"));
        ordinary.bind(repo.row, static_cast<std::int64_t>(versions::CommitKind::Ordinary));
        while (ordinary.next())
            if (known.mayShare(ordinary.text(6))) {
                const Commit commit = readCommit(ordinary);
                if (const auto nature = versions::natureOf(commit, known); nature.by == versions::KnownBy::SameData)
                    kinds.emplace_back(commit.id, nature.kind);
            }
        if (const auto error = core::firstError(ordinary.done(), known.done()))
            return core::fail(*error);
        return kinds;
    });
}

} // namespace andon::store
