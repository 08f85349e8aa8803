#pragma once
// A site over a version source in memory with hooks, branches and pull requests, for services and pages alike.
#include "factory/gateservice.h"
#include "factory/pullservice.h"
#include "factory/readinessrules.h"
#include "factory/refservice.h"
#include "factory/site.h"
#include "tests/factory/fakeversionsource.h"

#include <QFile>
#include <QTemporaryDir>

namespace andon::test
{

class GatedSite
{
public:
    const core::RepositoryId repo{"data"};
    core::ManualClock clock{core::Instant::fromSeconds(1'800'000'000)};
    FakeVersionSource *source = nullptr; ///< of the site
    std::unique_ptr<factory::Site> site;

    explicit GatedSite(bool tell = true)
    {
        auto opened =
            store::DatabaseFile::open(m_dir.filePath(QStringLiteral("cache.db")).toStdString(), store::cacheSchema());
        m_cache = opened ? std::move(*opened) : nullptr;
        site = add("east", tell);
        source = m_last;
    }

    static core::CommitId id(int n)
    {
        char hex[65];
        std::snprintf(hex, sizeof hex, "%064x", n);
        return core::CommitId(hex);
    }

    /// Another site of the profile over the same cache.
    std::unique_ptr<factory::Site> add(const char *name, bool tell)
    {
        auto made = std::make_unique<FakeVersionSource>();
        m_last = made.get();
        m_last->capabilities = {"pulls"};
        if (tell)
            story(*m_last);
        else
            m_last->listed.clear();
        factory::SiteSources sources;
        sources.states = {{.name = core::SourceName("lakefs"), .kind = "lakefs", .server = "http://127.0.0.1:1"}};
        sources.versions = std::move(made);
        factory::Knowledge knowledge;
        QFile file(QStringLiteral(ANDON_SOURCE_DIR "/resources/readiness.yaml"));
        if (file.open(QIODevice::ReadOnly))
            knowledge.readiness = factory::parseReadinessRules(file.readAll().toStdString(), "readiness.yaml")
                                      .value_or(knowledge.readiness);
        sources.known = factory::knownAs(std::move(knowledge));
        return std::make_unique<factory::Site>(core::SiteName(name), clock, *m_cache, std::move(sources));
    }

    void commit(FakeVersionSource &to, int n, std::initializer_list<int> parents, int daysAgo, const char *schema = "")
    {
        versions::Commit c{.id = id(n), .committer = n % 2 ? "kim" : "lee", .message = "Commit " + std::to_string(n)};
        for (const int parent : parents)
            c.parents.push_back(id(parent));
        c.created = (clock.now() - daysAgo * core::kDay).seconds();
        c.generation = n;
        if (*schema)
            c.metadata = {{"schema", schema}};
        to.commits[c.id] = c;
    }

    /// A run of two hooks.
    void run(FakeVersionSource &to, const char *name, const char *event, int commit, int daysAgo,
             versions::HookStatus rows, versions::HookStatus schema)
    {
        versions::ActionRun one{.id = name, .branch = core::RefName("main"), .event = event};
        one.commit = commit ? id(commit) : core::CommitId();
        one.started = clock.now() - daysAgo * core::kDay;
        one.status = rows == versions::HookStatus::Failed || schema == versions::HookStatus::Failed
            ? versions::HookStatus::Failed
            : versions::HookStatus::Completed;
        to.actionRuns.push_back(one);
        to.hooksOf[name] = {{.id = "0", .action = "Gate", .hook = "rows", .status = rows},
                            {.id = "1", .action = "Gate", .hook = "schema", .status = schema}};
    }

private:
    /// main: 1 - 2 - 5 (merge of dev, past a hook) - 6 (merge of rel); old: 1 - 3; dev: 2 - 4; wip: 6 - 7.
    void story(FakeVersionSource &to)
    {
        using enum versions::HookStatus;
        commit(to, 1, {}, 100, "v1");
        commit(to, 2, {1}, 60, "v1");
        commit(to, 3, {1}, 50);
        commit(to, 4, {2}, 10);
        commit(to, 5, {2, 4}, 9, "v2");
        commit(to, 6, {5}, 2);
        commit(to, 7, {6}, 1);
        using Kind = versions::RefKind;
        for (const auto &[name, at] : {std::pair{"main", 6}, {"dev", 4}, {"old", 3}, {"wip", 7}})
            to.branches.push_back({Kind::Branch, core::RefName(name), id(at)});
        to.branches.push_back({Kind::Tag, core::RefName("v1.0"), id(2)});
        to.rules = {{"main"}, {"rel-*"}};
        to.dirty = {core::RefName("wip")};
        run(to, "r4", "pre-merge", 6, 2, Completed, Completed);
        run(to, "r3", "pre-commit", 0, 3, Failed, Skipped);
        run(to, "r2", "pre-merge", 5, 9, Completed, Skipped);
        run(to, "r1", "pre-merge", 99, 40, Completed, Failed); // refused: no ref holds it
        to.pullList = {{.id = "p1",
                        .status = versions::PullStatus::Open,
                        .title = "Bring wip",
                        .description = "Why\nnot",
                        .author = "kim",
                        .created = clock.now() - core::kDay},
                       {.id = "p2",
                        .status = versions::PullStatus::Merged,
                        .title = "Bring dev",
                        .author = "lee",
                        .created = clock.now() - 10 * core::kDay,
                        .closed = clock.now() - 9 * core::kDay}};
        for (auto &[pull, branch] : {std::pair{&to.pullList[0], "wip"}, {&to.pullList[1], "dev"}}) {
            pull->source = core::RefName(branch);
            pull->destination = core::RefName("main");
        }
        to.pullList[1].merged = id(5);
    }

    QTemporaryDir m_dir;
    std::unique_ptr<store::DatabaseFile> m_cache;
    FakeVersionSource *m_last = nullptr;
};

} // namespace andon::test
