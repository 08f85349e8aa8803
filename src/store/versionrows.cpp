#include "store/versionstore.h"

namespace andon::store
{

namespace
{

using versions::ActionRun;
using versions::HookRun;
using versions::HookStatus;
using versions::Oid;

std::optional<Oid> oidOrNone(const CommitId &id)
{
    return Oid::fromHex(id.value);
}

constexpr const char *kRunColumns = "id, branch, commit_id, event, status, started, ended";

ActionRun readRun(const Statement &row)
{
    const auto commit = Oid::fromBytes(row.blob(2));
    return {.id = row.text(0),
            .branch = core::RefName(row.text(1)),
            .commit = commit ? commit->id() : CommitId(),
            .event = row.text(3),
            .status = static_cast<HookStatus>(row.number(4)),
            .started = {row.number(5)},
            .ended = {row.number(6)}};
}

core::Result<void> addHooks(Database &db, RepositoryKey repo, std::vector<ActionRun> &runs)
{
    Statement select(db,
                     "SELECT id, action, hook, status, started, ended FROM hook WHERE repository = ? AND run = ? "
                     "ORDER BY id");
    for (ActionRun &run : runs) {
        select.bind(repo.row, run.id);
        while (select.next())
            run.hooks.push_back({.id = select.text(0),
                                 .action = select.text(1),
                                 .hook = select.text(2),
                                 .status = static_cast<HookStatus>(select.number(3)),
                                 .started = {select.number(4)},
                                 .ended = {select.number(5)}});
    }
    return select.done();
}

} // namespace

core::Result<void> VersionStore::saveRefs(RepositoryKey repo, const std::vector<versions::Ref> &refs,
                                          const std::vector<versions::ProtectionRule> &rules)
{
    return m_file.write([&](Database &db) -> core::Result<void> {
        Statement clear(db, "DELETE FROM ref WHERE repository = ?");
        if (auto done = clear.bind(repo.row).execute(); !done)
            return done;
        Statement save(db,
                       "INSERT INTO ref(repository, kind, name, id) VALUES(?, ?, ?, ?) "
                       "ON CONFLICT DO UPDATE SET id = excluded.id");
        for (const versions::Ref &ref : refs) {
            const auto oid = oidOrNone(ref.commit);
            if (!oid)
                return core::fail(core::ErrorKind::Protocol, "cache", "\"" + ref.commit.value + "\" is no commit id");
            if (auto done = save.bind(repo.row, static_cast<int>(ref.kind), ref.name.value, oid->raw()).execute();
                !done)
                return done;
        }
        Statement clearRules(db, "DELETE FROM protection WHERE repository = ?");
        if (auto done = clearRules.bind(repo.row).execute(); !done)
            return done;
        Statement saveRule(db, "INSERT INTO protection(repository, pattern) VALUES(?, ?) ON CONFLICT DO NOTHING");
        for (const versions::ProtectionRule &rule : rules)
            if (auto done = saveRule.bind(repo.row, rule.pattern).execute(); !done)
                return done;
        return {};
    });
}

core::Result<std::vector<versions::Ref>> VersionStore::refs(RepositoryKey repo)
{
    return m_file.get<std::vector<versions::Ref>>([&](Database &db) -> core::Result<std::vector<versions::Ref>> {
        std::vector<versions::Ref> all;
        Statement select(db, "SELECT kind, name, id FROM ref WHERE repository = ? ORDER BY kind, name");
        select.bind(repo.row);
        while (select.next())
            all.push_back({.kind = static_cast<versions::RefKind>(select.number(0)),
                           .name = core::RefName(select.text(1)),
                           .commit = Oid::fromBytes(select.blob(2)).value_or(Oid{}).id()});
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return all;
    });
}

core::Result<std::vector<versions::ProtectionRule>> VersionStore::protection(RepositoryKey repo)
{
    using Rules = std::vector<versions::ProtectionRule>;
    return m_file.get<Rules>([&](Database &db) -> core::Result<Rules> {
        Rules all;
        Statement select(db, "SELECT pattern FROM protection WHERE repository = ? ORDER BY pattern");
        select.bind(repo.row);
        while (select.next())
            all.push_back({select.text(0)});
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return all;
    });
}

core::Result<void> VersionStore::saveRuns(RepositoryKey repo, const std::vector<ActionRun> &runs,
                                          const DatabaseFile::Work &alongside)
{
    return m_file.write([&](Database &db) -> core::Result<void> {
        Statement save(db,
                       "INSERT INTO run(repository, id, branch, commit_id, event, status, started, ended) "
                       "VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
        Statement saveHook(db,
                           "INSERT INTO hook(repository, run, id, action, hook, status, started, ended) "
                           "VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
        Statement sum(db,
                      "INSERT OR REPLACE INTO commit_gate SELECT r.repository, r.commit_id, sum(h.status = 0),"
                      "sum(h.status = 1), sum(h.status = 2) FROM run r JOIN hook h ON h.repository = r.repository "
                      "AND h.run = r.id WHERE r.repository = ? AND r.commit_id = ? GROUP BY 1, 2");
        for (const ActionRun &run : runs) {
            const auto commit = oidOrNone(run.commit);
            if (auto done = save.bind(repo.row, run.id, run.branch.value, commit ? commit->raw() : std::string_view(),
                                      run.event, static_cast<int>(run.status), run.started.ms, run.ended.ms)
                                .execute();
                !done)
                return done;
            for (const HookRun &hook : run.hooks)
                if (auto done = saveHook
                                    .bind(repo.row, run.id, hook.id, hook.action, hook.hook,
                                          static_cast<int>(hook.status), hook.started.ms, hook.ended.ms)
                                    .execute();
                    !done)
                    return done;
            if (auto done = commit ? sum.bind(repo.row, commit->raw()).execute() : core::Result<void>(); !done)
                return done;
        }
        return alongside ? alongside(db) : core::Result<void>();
    });
}

core::Result<std::vector<bool>> VersionStore::knownRuns(RepositoryKey repo, const std::vector<std::string> &ids)
{
    return m_file.get<std::vector<bool>>([&](Database &db) -> core::Result<std::vector<bool>> {
        std::vector<bool> known;
        Statement select(db, "SELECT 1 FROM run WHERE repository = ? AND id = ?");
        for (const std::string &id : ids)
            known.push_back(select.bind(repo.row, id).next());
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return known;
    });
}

core::Result<core::Instant> VersionStore::newestRun(RepositoryKey repo)
{
    return m_file.get<core::Instant>([&](Database &db) -> core::Result<core::Instant> {
        core::Instant newest;
        Statement select(db, "SELECT coalesce(max(started), 0) FROM run WHERE repository = ?");
        if (select.bind(repo.row).next())
            newest.ms = select.number(0);
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return newest;
    });
}

core::Result<std::vector<ActionRun>> VersionStore::runs(RepositoryKey repo, core::Instant since, int limit)
{
    return m_file.get<std::vector<ActionRun>>([&](Database &db) -> core::Result<std::vector<ActionRun>> {
        std::vector<ActionRun> all;
        Statement select(db,
                         std::string("SELECT ") + kRunColumns
                             + " FROM run WHERE repository = ? AND started >= ? ORDER BY started DESC, id LIMIT ?");
        select.bind(repo.row, since.known() ? since.ms : INT64_MIN, limit);
        while (select.next())
            all.push_back(readRun(select));
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        if (auto done = addHooks(db, repo, all); !done)
            return core::fail(done.error());
        return all;
    });
}

core::Result<std::vector<ActionRun>> VersionStore::runsOf(RepositoryKey repo, const CommitId &commit)
{
    return m_file.get<std::vector<ActionRun>>([&](Database &db) -> core::Result<std::vector<ActionRun>> {
        std::vector<ActionRun> all;
        const auto oid = oidOrNone(commit);
        Statement select(db,
                         std::string("SELECT ") + kRunColumns
                             + " FROM run WHERE repository = ? AND commit_id = ? ORDER BY started, id");
        select.bind(repo.row, oid ? oid->raw() : std::string_view());
        while (select.next())
            all.push_back(readRun(select));
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        if (auto done = addHooks(db, repo, all); !done)
            return core::fail(done.error());
        return all;
    });
}

core::Result<std::map<Oid, versions::GateSummary>> VersionStore::gates(RepositoryKey repo)
{
    using Gates = std::map<Oid, versions::GateSummary>;
    return m_file.get<Gates>([&](Database &db) -> core::Result<Gates> {
        Gates gates;
        Statement select(db, "SELECT commit_id, completed, failed, skipped FROM commit_gate WHERE repository = ?");
        select.bind(repo.row);
        while (select.next())
            if (const auto oid = Oid::fromBytes(select.blob(0)))
                gates.emplace_hint(gates.end(), *oid,
                                   versions::GateSummary{static_cast<int>(select.number(1)),
                                                         static_cast<int>(select.number(2)),
                                                         static_cast<int>(select.number(3))});
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return gates;
    });
}

core::Result<versions::GateSummary> VersionStore::gatesSince(RepositoryKey repo, core::Instant since)
{
    return m_file.get<versions::GateSummary>([&](Database &db) -> core::Result<versions::GateSummary> {
        versions::GateSummary sum;
        Statement select(db,
                         "SELECT coalesce(sum(h.status = 0), 0), coalesce(sum(h.status = 1), 0),"
                         "coalesce(sum(h.status = 2), 0) FROM run r JOIN hook h "
                         "ON h.repository = r.repository AND h.run = r.id WHERE r.repository = ? AND r.started >= ?");
        if (select.bind(repo.row, since.ms).next())
            sum = {static_cast<int>(select.number(0)), static_cast<int>(select.number(1)),
                   static_cast<int>(select.number(2))};
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return sum;
    });
}

core::Result<void> VersionStore::saveHookOutput(RepositoryKey repo, const std::string &run, const std::string &hook,
                                                const std::string &output)
{
    return m_file.write([&](Database &db) {
        Statement save(db, "UPDATE hook SET output = ? WHERE repository = ? AND run = ? AND id = ?");
        return save.bind(output, repo.row, run, hook).execute();
    });
}

core::Result<std::optional<std::string>> VersionStore::hookOutput(RepositoryKey repo, const std::string &run,
                                                                  const std::string &hook)
{
    using Output = std::optional<std::string>;
    return m_file.get<Output>([&](Database &db) -> core::Result<Output> {
        Output output;
        Statement select(db, "SELECT output FROM hook WHERE repository = ? AND run = ? AND id = ?");
        if (select.bind(repo.row, run, hook).next() && !select.null(0))
            output = select.text(0);
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return output;
    });
}

} // namespace andon::store
