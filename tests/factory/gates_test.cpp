// What the services of gates, refs and pull requests make of a site's history.
#include "factory/pullcodec.h"
#include "tests/factory/gatedsite.h"
#include "tests/support/suite.h"

using namespace andon;
using factory::Access;
using versions::HookStatus;

namespace
{

const core::Cancel kGoOn;

QStringList list(std::initializer_list<const char *> words)
{
    QStringList all;
    for (const char *word : words)
        all << QString::fromUtf8(word);
    return all;
}

const factory::GateRow *rowOf(const factory::GateView &view, const char *hook, const char *event)
{
    for (const factory::GateRow &row : view.rows)
        if (row.line.hook == hook && row.line.event == event)
            return &row;
    return nullptr;
}

const factory::RefLine *lineOf(const factory::RefsView &view, const char *name)
{
    for (const factory::RefLine &line : view.refs)
        if (line.ref.name.value == name)
            return &line;
    return nullptr;
}

} // namespace

class GateServiceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void theWallAddsUpAllRuns()
    {
        const test::GatedSite gated;
        const auto wall = gated.site->gates().wall(Access::Refresh, kGoOn);
        ANDON_VERIFY_RESULT(wall);
        QCOMPARE(wall->value.results, std::int64_t{8});
        QCOMPARE(wall->value.rows.size(), std::size_t{4});
        const factory::GateRow *schema = rowOf(wall->value, "schema", "pre-merge");
        QVERIFY(schema);
        QCOMPARE(schema->line.all, (versions::GateSummary{1, 1, 1}));
        QCOMPARE(schema->line.month, (versions::GateSummary{1, 0, 1}));
        QCOMPARE(schema->line.lastFailure->run, std::string("r1"));
        QCOMPARE(wall->value.rows.front().line.hook, std::string("rows")); // its newest pre-commit run failed
    }

    void aMergePastASkippedHookIsAFinding()
    {
        const test::GatedSite gated;
        const auto wall = gated.site->gates().wall(Access::Refresh, kGoOn);
        ANDON_VERIFY_RESULT(wall);
        QCOMPARE(wall->value.findings.size(), std::size_t{1}); // the refused merge is none
        QCOMPARE(wall->value.findings[0].merge.id, test::GatedSite::id(5));
        QCOMPARE(wall->value.findings[0].merge.committer, std::string("kim"));
        QCOMPARE(wall->value.findings[0].result.hook, std::string("schema"));
    }

    void theSameDataThatTheHookHadRefused()
    {
        test::GatedSite gated;
        auto &commits = gated.source->commits;
        const auto attempt = [&](int n, const char *data, int daysAgo, HookStatus schema) {
            gated.commit(*gated.source, n, {2, 4}, daysAgo);
            commits[test::GatedSite::id(n)].metaRangeId = data;
            gated.run(*gated.source, ("a" + std::to_string(n)).c_str(), "pre-merge", n, daysAgo, HookStatus::Completed,
                      schema);
        };
        commits[test::GatedSite::id(5)].metaRangeId = "tree";
        attempt(90, "other", 12, HookStatus::Failed); // of other data
        attempt(91, "tree", 3, HookStatus::Failed); // afterwards
        attempt(92, "tree", 11, HookStatus::Completed); // was content
        QVERIFY(gated.site->versions().sync({}, {}));
        auto wall = gated.site->gates().wall(factory::Access::CacheOnly, {});
        ANDON_VERIFY_RESULT(wall);
        QCOMPARE(wall->value.findings.size(), std::size_t{1});
        QVERIFY(!wall->value.findings[0].refused);
        attempt(93, "tree", 10, HookStatus::Failed);
        std::stable_sort(gated.source->actionRuns.begin(), gated.source->actionRuns.end(),
                         [](const auto &a, const auto &b) { return a.started > b.started; });
        test::GatedSite fresh; // a later sync asks for later runs alone
        fresh.source->commits = commits;
        fresh.source->actionRuns = gated.source->actionRuns;
        fresh.source->hooksOf = gated.source->hooksOf;
        QVERIFY(fresh.site->versions().sync({}, {}));
        wall = fresh.site->gates().wall(factory::Access::CacheOnly, {});
        ANDON_VERIFY_RESULT(wall);
        QVERIFY(wall->value.findings[0].refused == test::GatedSite::id(93));
    }

    void readinessFollowsTheRules()
    {
        const test::GatedSite gated;
        const auto wall = gated.site->gates().wall(Access::Refresh, kGoOn);
        ANDON_VERIFY_RESULT(wall);
        QCOMPARE(wall->value.datasets.size(), std::size_t{1});
        const factory::DatasetRow &row = wall->value.datasets[0];
        QCOMPARE(row.head->id, test::GatedSite::id(6));
        QCOMPARE(row.gated->commit, test::GatedSite::id(6));
        QCOMPARE(row.ungated, std::int64_t{0});
        QCOMPARE(row.skippedMerges, std::int64_t{1});
        QCOMPARE(row.schema.schema, std::string("v2"));
        QCOMPARE(row.schema.before, std::string("v1"));
        QStringList rules;
        for (const versions::AspectState &state : row.states)
            rules << QString::fromStdString(state.rule);
        QCOMPARE(rules, list({"", "completeness-merged-past", "quality-failing", "consistency-changed"}));
    }

    void withoutHooksNothingIsSaidOfThem()
    {
        const test::GatedSite gated;
        gated.source->actionRuns.clear();
        const auto wall = gated.site->gates().wall(Access::Refresh, kGoOn);
        ANDON_VERIFY_RESULT(wall);
        const factory::DatasetRow &row = wall->value.datasets[0];
        QVERIFY(row.states[1].level == versions::Readiness::Unknown);
        QVERIFY(row.states[2].level == versions::Readiness::Unknown);
        QVERIFY(row.states[0].level == versions::Readiness::Ready);
    }

    void thePinLeavesOutWhatCameLater()
    {
        test::GatedSite gated;
        ANDON_VERIFY_RESULT(gated.site->gates().wall(Access::Refresh, kGoOn));
        gated.site->pin().set(factory::AsOf{.at = gated.clock.now() - 20 * core::kDay});
        const auto wall = gated.site->gates().wall(Access::CacheOnly, kGoOn);
        ANDON_VERIFY_RESULT(wall);
        QCOMPARE(wall->value.results, std::int64_t{2});
        QVERIFY(wall->value.findings.empty());
        QCOMPARE(wall->value.datasets[0].head->id, test::GatedSite::id(2));
    }

    void otherSitesAreTold()
    {
        test::GatedSite gated;
        const auto west = gated.add("west", true);
        ANDON_VERIFY_RESULT(west->gates().wall(Access::Refresh, kGoOn));
        const auto wall = gated.site->gates().wall(Access::CacheOnly, kGoOn);
        ANDON_VERIFY_RESULT(wall);
        QCOMPARE(wall->value.rows.size(), std::size_t{4});
        QCOMPARE(wall->value.rows[0].site, core::SiteName("west"));
        const versions::GateResult &result = wall->value.rows[0].line.latest[0];
        const auto output =
            gated.site->gates().output(core::SiteName("west"), gated.repo, result, Access::Refresh, kGoOn);
        QVERIFY(!output && output.error().kind == core::ErrorKind::Offline);
        QCOMPARE(*west->gates().output(core::SiteName("west"), gated.repo, result, Access::Refresh, kGoOn),
                 result.run + "/" + result.hookRun + " wrote this");
        QVERIFY(gated.site->gates().output(core::SiteName("west"), gated.repo, result, Access::CacheOnly, kGoOn));
    }

    void rulesAreReadWithTheirPlace_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("aspect") << QByteArray("aspect: freshness") << QByteArray("aspect: smell")
                                << QByteArray("aspect");
        QTest::newRow("level") << QByteArray("level: not-ready") << QByteArray("level: bad") << QByteArray("level");
        QTest::newRow("figure") << QByteArray("figure: freshness.age_days") << QByteArray("figure: age")
                                << QByteArray("age");
        QTest::newRow("limit") << QByteArray("at_least: 30") << QByteArray("") << QByteArray("at_least");
        QTest::newRow("key") << QByteArray("word: Ageing") << QByteArray("wrd: Ageing") << QByteArray("wrd");
    }

    void rulesAreReadWithTheirPlace()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, said);
        QFile file(QStringLiteral(ANDON_SOURCE_DIR "/resources/readiness.yaml"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QByteArray yaml = file.readAll();
        QVERIFY(factory::parseReadinessRules(yaml.toStdString(), "r.yaml"));
        yaml.replace(yaml.indexOf(from), from.size(), to);
        const auto rules = factory::parseReadinessRules(yaml.toStdString(), "r.yaml");
        QVERIFY(!rules);
        QVERIFY2(rules.error().where.starts_with("r.yaml:"), rules.error().where.c_str());
        QVERIFY2(rules.error().detail.find(said.toStdString()) != std::string::npos, rules.error().detail.c_str());
    }
};

class RefServiceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void everyRefHasItsPlace()
    {
        const test::GatedSite gated;
        const auto view = gated.site->refs().refs({}, Access::Refresh, kGoOn);
        ANDON_VERIFY_RESULT(view);
        QCOMPARE(view->value.repository.id, gated.repo);
        QCOMPARE(view->value.refs.size(), std::size_t{5});
        const factory::RefLine *main = lineOf(view->value, "main");
        QCOMPARE(main, &view->value.refs.front());
        QVERIFY(main->isDefault && !main->merged && main->rule == "main");
        QCOMPARE(main->committer, std::string("lee"));
        QCOMPARE(main->gates, (versions::GateSummary{2, 0, 0}));
        const factory::RefLine *dev = lineOf(view->value, "dev");
        QVERIFY(dev->merged && !dev->stale && dev->rule.empty());
        QCOMPARE(dev->ahead.value(), std::int64_t{0});
        QCOMPARE(dev->behind.value(), std::int64_t{2});
        const factory::RefLine *old = lineOf(view->value, "old");
        QVERIFY(old->stale && !old->merged);
        QCOMPARE(old->ahead.value(), std::int64_t{1});
        QCOMPARE(old->subject, std::string("Commit 3"));
        const factory::RefLine *tag = lineOf(view->value, "v1.0");
        QVERIFY(!tag->stale && !tag->merged); // a tag stays where it is
        QCOMPARE(tag->behind.value(), std::int64_t{3});
        QCOMPARE(lineOf(view->value, "wip")->ahead.value(), std::int64_t{1});
    }

    void whatIsNotCommittedIsAskedOneByOne()
    {
        const test::GatedSite gated;
        QVERIFY(*gated.site->refs().uncommitted(gated.repo, core::RefName("wip"), kGoOn));
        QVERIFY(!*gated.site->refs().uncommitted(gated.repo, core::RefName("dev"), kGoOn));
    }

    void aRepositoryThatIsNotThereIsSaid()
    {
        const test::GatedSite gated;
        ANDON_VERIFY_RESULT(gated.site->refs().refs({}, Access::Refresh, kGoOn));
        const auto view = gated.site->refs().refs(core::RepositoryId("none"), Access::CacheOnly, kGoOn);
        QVERIFY(!view && view.error().kind == core::ErrorKind::NotFound);
    }
};

class PullServiceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void openOnesComeFirstAndAreKept()
    {
        const test::GatedSite gated;
        ANDON_VERIFY_RESULT(gated.site->versions().sync({}, kGoOn));
        const auto pulls = gated.site->pulls().pulls(Access::Refresh, kGoOn);
        ANDON_VERIFY_RESULT(pulls);
        QVERIFY(!pulls->value.absent);
        QCOMPARE(pulls->value.product, std::string("fake "));
        QCOMPARE(pulls->value.pulls.size(), std::size_t{2});
        QCOMPARE(pulls->value.pulls[0].pull.title, std::string("Bring wip"));
        QCOMPARE(pulls->value.pulls[0].repository, gated.repo);
        const auto again = gated.site->pulls().pulls(Access::CacheOnly, kGoOn);
        ANDON_VERIFY_RESULT(again);
        QVERIFY(again->value.pulls == pulls->value.pulls);
        QCOMPARE(gated.source->pullRequests, 1);
    }

    void theFirstQuestionOfAProfileFindsThem()
    {
        const test::GatedSite gated;
        QCOMPARE(gated.site->pulls().pulls(Access::Refresh, kGoOn)->value.pulls.size(), std::size_t{2});
    }

    void aServerThatHasNoneIsNotAsked()
    {
        const test::GatedSite gated;
        gated.source->capabilities = {"stop_at"};
        ANDON_VERIFY_RESULT(gated.site->versions().sync({}, kGoOn));
        const auto pulls = gated.site->pulls().pulls(Access::Refresh, kGoOn);
        ANDON_VERIFY_RESULT(pulls);
        QVERIFY(pulls->value.absent && pulls->value.pulls.empty());
        QCOMPARE(gated.source->pullRequests, 0);
        gated.source->capabilities = {"pulls"}; // it was updated
        QVERIFY(!gated.site->pulls().pulls(Access::Refresh, kGoOn)->value.absent);
    }

    void oneHasItsCommitsAndGates()
    {
        const test::GatedSite gated;
        ANDON_VERIFY_RESULT(gated.site->versions().sync({}, kGoOn));
        const auto open = gated.site->pulls().pull(gated.repo, "p1", Access::Refresh, kGoOn);
        ANDON_VERIFY_RESULT(open);
        QCOMPARE(open->value.row.pull.description, std::string("Why\nnot"));
        QCOMPARE(open->value.count.value(), std::int64_t{1});
        QCOMPARE(open->value.behind.value(), std::int64_t{0});
        QCOMPARE(open->value.commits.at(0).id, test::GatedSite::id(7));
        QCOMPARE(open->value.right, test::GatedSite::id(7));
        QCOMPARE(open->value.left, test::GatedSite::id(6));
        const auto merged = gated.site->pulls().pull(gated.repo, "p2", Access::Refresh, kGoOn);
        ANDON_VERIFY_RESULT(merged);
        QCOMPARE(merged->value.commits.at(0).id, test::GatedSite::id(4)); // by its merge: the branch may have moved
        QCOMPARE(merged->value.gates, (versions::GateSummary{1, 0, 1}));
        QCOMPARE(merged->value.left, test::GatedSite::id(2));
        ANDON_VERIFY_RESULT(gated.site->pulls().pull(gated.repo, "p1", Access::CacheOnly, kGoOn));
        QCOMPARE(gated.site->pulls().pull(gated.repo, "p9", Access::Refresh, kGoOn).error().kind,
                 core::ErrorKind::NotFound);
    }

    void aSyncOfTheSiteBringsThemToo()
    {
        const test::GatedSite gated;
        const auto done = gated.site->sync({}, kGoOn);
        ANDON_VERIFY_RESULT(done.versions);
        QCOMPARE(gated.site->pulls().pulls(Access::CacheOnly, kGoOn)->value.pulls.size(), std::size_t{2});
    }

    void theyComeBackEqualFromTheCache()
    {
        const test::GatedSite gated;
        const auto back = factory::unpackPulls(factory::packPulls(gated.source->pullList));
        ANDON_VERIFY_RESULT(back);
        QVERIFY(*back == gated.source->pullList);
        for (const char *bad : {"", "{}", "[1]", "[[1,2]]", "[[\"a\",9,\"\",\"\",\"\",0,0,\"\",\"\",\"\"]]"})
            QVERIFY2(!factory::unpackPulls(bad), bad);
    }
};

ANDON_SUITE(GateServiceTest)
ANDON_SUITE(RefServiceTest)
ANDON_SUITE(PullServiceTest)
#include "gates_test.moc"
