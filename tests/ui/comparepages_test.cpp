// Compare and Objects as widgets over a source in memory: what they propose, show, filter, and name as links.
#include "factory/compareservice.h"
#include "factory/objectservice.h"
#include "factory/registryservice.h"
#include "factory/versionservice.h"
#include "tests/factory/fakeversionsource.h"
#include "tests/support/suite.h"
#include "ui/pages/compare/comparehead.h"
#include "ui/pages/compare/comparepage.h"
#include "ui/pages/compare/difflist.h"
#include "ui/pages/compare/gatenote.h"
#include "ui/pages/compare/pairpane.h"
#include "ui/pages/compare/prefixtree.h"
#include "ui/pages/objects/objectlist.h"
#include "ui/pages/objects/objectspage.h"
#include "ui/widgets/factsheet.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/pairview.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/previewview.h"

#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace andon;
using namespace andon::ui;
using versions::DiffType;

namespace
{

core::CommitId idOf(int n)
{
    char text[65];
    std::snprintf(text, sizeof text, "%064x", n + 1);
    return core::CommitId(text);
}

struct Bench {
    Bench()
        : board(clock)
        , pin(clock)
    {
        file = std::move(*store::DatabaseFile::open(folder.filePath(QStringLiteral("cache.db")).toStdString(),
                                                    store::cacheSchema()));
        auto made = std::make_unique<test::FakeVersionSource>();
        source = made.get();
        for (int i = 0; i < 4; ++i) {
            versions::Commit commit{.id = idOf(i), .created = 1'700'000'000 + i * 3600LL, .generation = i + 1};
            commit.metaRangeId = idOf(100 + i).value;
            if (i > 0)
                commit.parents = {idOf(i - 1)};
            source->commits[commit.id] = commit;
        }
        source->branches = {{versions::RefKind::Branch, core::RefName("main"), idOf(3)},
                            {versions::RefKind::Tag, core::RefName("v1"), idOf(1)}};
        for (const char *path :
             {"claims/2026-10/a.json", "claims/2026-10/b.csv", "claims/2026-11/c.bin", "readme.txt"}) {
            source->tree[path] = {.path = path, .sizeBytes = 100};
            diff.push_back({.type = DiffType::Changed, .path = path, .sizeBytes = 120});
        }
        diff[2].type = DiffType::Added;
        source->contents = {{"claims/2026-10/a.json", "{\"a\":1}"}, {"readme.txt", "one\ntwo\n"}};
        source->onDiff = [this](const std::string &, int) {
            return core::Result<versions::DiffPage>(versions::DiffPage{diff, {}});
        };
        const factory::SiteParts parts{core::SiteName("ams"), clock, *file, board, pin};
        const core::Later<roles::VersionSource> shared(std::move(made));
        versions = std::make_unique<factory::VersionService>(parts, core::SourceName("lakefs"), shared);
        objects = std::make_unique<factory::ObjectService>(parts, core::SourceName("lakefs"), shared, *versions);
        comparisons = std::make_unique<factory::CompareService>(*versions, *objects);
        registry = std::make_unique<factory::RegistryService>(parts, core::SourceName("mlflow"),
                                                              core::Later<roles::ModelRegistry>(), *versions);
        (void)versions->sync({}, {});
    }
    std::unique_ptr<ComparePage> compare()
    {
        auto page =
            std::make_unique<ComparePage>(CompareServices{*versions, *comparisons, *objects, *registry}, worker, clock);
        page->resize(1400, 800);
        page->show();
        page->refresh(true);
        return page;
    }

    QTemporaryDir folder;
    core::SystemClock clock;
    factory::SourceBoard board;
    factory::Pin pin;
    std::unique_ptr<store::DatabaseFile> file;
    test::FakeVersionSource *source = nullptr;
    std::vector<versions::DiffEntry> diff;
    std::unique_ptr<factory::VersionService> versions;
    std::unique_ptr<factory::ObjectService> objects;
    std::unique_ptr<factory::CompareService> comparisons;
    std::unique_ptr<factory::RegistryService> registry;
    factory::Worker worker;
};

QString said(const QWidget &page)
{
    QStringList all;
    for (const auto *label : page.findChildren<Label *>())
        if (label->isVisible())
            all << label->text();
    return all.join(u'|');
}

} // namespace

class ComparePagesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void proposesWithoutBeingAsked()
    {
        Bench bench;
        const auto page = bench.compare();
        QTRY_VERIFY(page->settled());
        QCOMPARE(page->selection(), QStringLiteral("compare:data@v1...main"));
        const auto *tree = page->findChild<PrefixTree *>();
        QCOMPARE(tree->rowCount(), 4); // opened to where the folders part
        const auto *list = page->findChild<DiffList *>();
        QTRY_COMPARE(list->rowCount(), 4);
        QTRY_VERIFY(list->complete()); // its page is asked for when it is painted
        QCOMPARE(list->entry(0)->path, std::string("claims/2026-10/a.json"));
        // Few changed: what they were before is asked for by itself.
        QTRY_COMPARE(list->before(0).value_or(0), 100LL);
        QVERIFY(!list->before(2)); // added
    }

    void aFolderIsItsPartOfTheList()
    {
        Bench bench;
        const auto page = bench.compare();
        QTRY_VERIFY(page->settled());
        auto *tree = page->findChild<PrefixTree *>();
        page->setExpanded({"prefixTree.", "prefixTree.claims/"});
        QCOMPARE(tree->rowCount(), 4);
        QCOMPARE(page->expanded().size(), std::size_t(2));
        Q_EMIT tree->chosen("claims/2026-10/");
        QTRY_COMPARE(page->findChild<DiffList *>()->rowCount(), 2);
    }

    void filterAndKindsLeaveSomeOrNone()
    {
        Bench bench;
        const auto page = bench.compare();
        QTRY_VERIFY(page->settled());
        auto *list = page->findChild<DiffList *>();
        page->setFilter(QStringLiteral("readme"));
        QTRY_COMPARE(list->rowCount(), 1);
        page->setFilter(QStringLiteral("change:added"));
        QTRY_COMPARE(list->rowCount(), 1);
        QTRY_COMPARE(list->entry(0)->path, std::string("claims/2026-11/c.bin"));
        page->setFilter(QStringLiteral("zz-nothing"));
        QTRY_VERIFY(!list->isVisible());
        page->setFilter({});
        QTRY_COMPARE(list->rowCount(), 4);
    }

    void twoObjectsBesideEachOther()
    {
        Bench bench;
        const auto page = bench.compare();
        QTRY_VERIFY(page->settled());
        auto *list = page->findChild<DiffList *>();
        list->setCurrent(0);
        Q_EMIT list->currentChanged(0);
        QTRY_VERIFY(page->settled());
        const auto *pair = page->findChild<PairView *>();
        QTRY_VERIFY(pair->isVisible());
        QCOMPARE(pair->rows().size(), std::size_t(3));
        QCOMPARE(pair->rows()[1].right.cells.front(), QStringLiteral("  \"a\": 1"));
        list->setCurrent(2); // a binary one that is new
        Q_EMIT list->currentChanged(2);
        QTRY_VERIFY(said(*page).contains(QStringLiteral("not on this side")));
    }

    void whoChangedAnObjectLastIsALink()
    {
        Bench bench;
        bench.source->touched[idOf(2)] = "claims/2026-10/a.json";
        bench.source->touched[idOf(1)] = "readme.txt"; // A, which is the merge base
        const auto page = bench.compare();
        QTRY_VERIFY(page->settled());
        QSignalSpy asked(page.get(), &Page::linkRequested);
        const auto who = [&] {
            QPushButton *found = nullptr;
            for (auto *button : page->findChild<PairPane *>()->findChildren<QPushButton *>())
                if (button->isVisible() && button->text().contains(u"changed in 000000000000"))
                    found = button;
            return found;
        };
        QTRY_VERIFY(who());
        who()->click();
        QCOMPARE(asked.value(0).value(0).toString(),
                 QStringLiteral("commit:data@") + QString::fromStdString(idOf(2).value));
        auto *list = page->findChild<DiffList *>();
        list->setCurrent(3);
        Q_EMIT list->currentChanged(3);
        QTRY_VERIFY(page->settled());
        QVERIFY(!who());
    }

    void whatCamePastAGateIsSaid()
    {
        Bench bench;
        versions::ActionRun run{.id = "run1", .branch = core::RefName("main"), .commit = idOf(2), .event = "pre-merge"};
        run.status = versions::HookStatus::Completed;
        run.started = run.ended = core::Instant::fromSeconds(1'700'000'100);
        bench.source->hooksOf["run1"] = {
            {"0_0", "checks", "row-count", versions::HookStatus::Completed, run.started, run.ended},
            {"0_1", "checks", "schema-check", versions::HookStatus::Skipped}};
        bench.source->actionRuns = {run};
        QVERIFY(bench.versions->sync({}, {}));
        const auto page = bench.compare();
        QTRY_VERIFY(page->settled());
        auto *note = page->findChild<GateNote *>();
        QTRY_VERIFY(note->isVisible());
        QVERIFY2(said(*note).contains(QStringLiteral("schema-check was skipped before 00000000")),
                 qPrintable(said(*note)));
        QSignalSpy asked(page.get(), &Page::linkRequested);
        note->findChild<QPushButton *>()->click();
        QCOMPARE(asked.value(0).value(0).toString(),
                 QStringLiteral("commit:data@") + QString::fromStdString(idOf(2).value));
        QVERIFY(page->open(QStringLiteral("compare:data@main~1...main"))); // A has that commit too
        QTRY_VERIFY(page->settled() && !note->isVisible());
        QVERIFY(page->open(QStringLiteral("compare:data@main...v1")));
        QTRY_VERIFY(page->settled() && !note->isVisible());
    }

    void parquetBesideParquet()
    {
        const auto side = [](const char *name, const char *type, const char *codec, std::optional<std::int64_t> nulls) {
            factory::ObjectPreview table{.kind = factory::ObjectPreview::Kind::Table};
            table.entry = {.path = "a.parquet", .sizeBytes = 412'600'000};
            table.whole = false;
            table.rows = 1'214'806;
            table.footer = versions::ParquetFooter{.rows = table.rows, .rowGroups = 2, .codec = codec};
            table.fields = {{.name = "claim_id", .type = "int64", .count = 100, .empty = 0},
                            {.name = name, .type = type, .count = 100, .empty = nulls}};
            return PreviewSide{.name = QStringLiteral("A"), .preview = table};
        };
        PreviewView view;
        view.resize(900, 300);
        view.showTwo(side("amount", "decimal(12,2)", "zstd", 0), side("amount", "string", "snappy", std::nullopt));
        const auto *pair = view.findChild<PairView *>();
        QCOMPARE(pair->rows().size(), std::size_t(2));
        QVERIFY(!pair->rows()[0].differs && pair->rows()[1].differs);
        QCOMPARE(pair->rows()[1].left.cells[2], QStringLiteral("0.0\u00a0%"));
        QCOMPARE(pair->rows()[1].right.cells[2], QStringLiteral("—"));
        QCOMPARE(pair->rows()[1].right.marked, (std::vector<bool>{false, true, false, false}));
        view.setVisible(true);
        const QString words = said(view);
        QVERIFY2(words.contains(QStringLiteral("zstd · 1\u202f214\u202f806 rows · 2 row groups")), qPrintable(words));
        QVERIFY(!words.contains(QStringLiteral("were read"))); // what it says is of all of it
        view.showTwo(side("currency", "string", "zstd", 0), side("amount", "string", "zstd", 0));
        QCOMPARE(pair->rows().size(), std::size_t(3));
        QVERIFY(!pair->rows()[1].right.there && !pair->rows()[2].left.there);
        PreviewSide encrypted = side("x", "y", "", 0);
        encrypted.preview->kind = factory::ObjectPreview::Kind::Nothing;
        encrypted.preview->footer.reset();
        encrypted.preview->unreadable = core::Error{.hint = versions::parquethint::kEncrypted};
        view.showOne(encrypted);
        QVERIFY(view.words().contains(QStringLiteral("encrypted")));
    }

    void modelsStandBesideTheirComparisonAlone()
    {
        CompareHead head;
        head.resize(1400, 92);
        head.show();
        const auto named = [&head](const char *name) {
            for (const QPushButton *button : head.findChildren<QPushButton *>())
                if (button->isVisible() && button->text() == QLatin1String(name))
                    return true;
            return false;
        };
        const core::Instant now = core::Instant::fromSeconds(1'800'000'000);
        factory::Comparison comparison{.repo = core::RepositoryId("data")};
        head.setComparison(&comparison, now);
        factory::CompareContext context;
        for (const char *version : {"1", "2", "3"})
            context.right.emplace_back(core::ModelName("fraud-llm"), core::ModelVersionNumber(version));
        head.setContext(context);
        QVERIFY(named("fraud-llm@3") && named("fraud-llm@2") && !named("fraud-llm@1")); // the newest two
        QVERIFY(said(head).contains(QStringLiteral("and 1 more")));
        head.setComparison(nullptr, now); // another one is asked for and cannot be had
        QVERIFY(!named("fraud-llm@3") && !said(head).contains(QStringLiteral("more")));
        head.setComparison(&comparison, now);
        QVERIFY(named("fraud-llm@3"));
        QSignalSpy asked(&head, &CompareHead::linkRequested);
        for (QPushButton *button : head.findChildren<QPushButton *>())
            if (button->text() == u"fraud-llm@2")
                button->click();
        QCOMPARE(asked.value(0).value(0).toString(), QStringLiteral("model:fraud-llm@2"));
    }

    void theFirstDifferenceIsSeen()
    {
        PairView view;
        view.resize(600, 240);
        view.show();
        std::vector<PairRow> rows(100);
        for (const std::size_t row : {60, 61, 62, 90})
            rows[row].differs = true;
        view.set({}, rows, false);
        QCOMPARE(view.blocks(), 2);
        const auto *bar = view.verticalScrollBar();
        QVERIFY(bar->pageStep() > 3 && bar->pageStep() < 20);
        QCOMPARE(bar->value(), 58);
        view.step(1);
        QCOMPARE(view.block(), 1);
        QVERIFY(bar->value() <= 90 && bar->value() + bar->pageStep() > 90);
        view.step(1); // around
        QCOMPARE(bar->value(), 58);
        view.step(-1);
        QCOMPARE(view.block(), 1);
        view.set({{QStringLiteral("Field")}}, rows, false);
        QCOMPARE(view.blocks(), 4); // fields are counted, lines are not
        rows.assign(5, {});
        rows[1].differs = true;
        view.set({}, rows, false);
        QCOMPARE(bar->value(), 0); // it is seen as it is
        view.set({}, std::vector<PairRow>(5), false);
        view.step(1);
        QCOMPARE(view.blocks(), 0);
    }

    void linksLeadThereAndSayWhatIsWrong()
    {
        Bench bench;
        const auto page = bench.compare();
        QTRY_VERIFY(page->settled());
        QVERIFY(page->open(QStringLiteral("compare:data@main~1..main")));
        QTRY_VERIFY(page->settled());
        QCOMPARE(page->selection(), QStringLiteral("compare:data@main~1..main"));
        QVERIFY(page->open(QStringLiteral("compare:data@main...main")));
        QTRY_VERIFY(said(*page).contains(QStringLiteral("Both sides are the same commit")));
        QVERIFY(page->open(QStringLiteral("compare:data@never...main")));
        QTRY_VERIFY(page->settled() && !page->findChild<DiffList *>()->isVisible());
        QVERIFY2(said(*page).contains(QStringLiteral("never")), qPrintable(said(*page)));
        QVERIFY(!page->open(QStringLiteral("commit:data@main")));
        // What is right again is shown again.
        QVERIFY(page->open(QStringLiteral("compare:data@v1...main")));
        QTRY_VERIFY(page->settled() && page->findChild<DiffList *>()->isVisible());
    }

    void oneObjectByItsLink()
    {
        Bench bench;
        const auto page = bench.compare();
        QTRY_VERIFY(page->settled());
        QCOMPARE(page->selection(), QStringLiteral("compare:data@v1...main")); // the first is shown, nobody chose it
        const QString link = QStringLiteral("compare:data@v1...main#claims/2026-10/b.csv");
        QVERIFY(page->open(link));
        auto *list = page->findChild<DiffList *>();
        QTRY_VERIFY(page->settled() && list->rowCount() == 2 && list->current() == 1); // of its folder
        QCOMPARE(page->selection(), link);
        QVERIFY(page->open(QStringLiteral("compare:data@main~1...main#claims/2026-10/a.json"))); // another comparison
        QTRY_VERIFY(page->settled() && list->current() == 0);
        const auto *pair = page->findChild<PairView *>();
        QTRY_VERIFY(pair->isVisible());
        QVERIFY(page->open(QStringLiteral("compare:data@v1...main#no/such.object")));
        QTRY_VERIFY(page->settled() && list->rowCount() == 4 && list->current() == 0);
        list->setCurrent(3);
        Q_EMIT list->currentChanged(3);
        QCOMPARE(page->selection(), QStringLiteral("compare:data@v1...main#readme.txt"));
        page->setFilter(QStringLiteral("claims"));
        QTRY_COMPARE(list->rowCount(), 3);
        page->setFilter({});
        QTRY_VERIFY(list->rowCount() == 4 && list->current() == 3); // it is still what is looked at
    }

    void whatFailedIsSaidAndTriedAgain()
    {
        Bench bench;
        const auto works = bench.source->onDiff;
        bench.source->onDiff = [](const std::string &, int) -> core::Result<versions::DiffPage> {
            return core::fail(core::ErrorKind::Timeout, "lakefs diffRefs", "too slow");
        };
        const auto page = bench.compare();
        QTRY_VERIFY(page->settled() && page->freshness().error.has_value());
        QVERIFY(!page->findChild<DiffList *>()->isVisible());
        bench.source->onDiff = works;
        page->refresh(true);
        QTRY_COMPARE(page->findChild<DiffList *>()->rowCount(), 4);
        QVERIFY(!page->freshness().error);
    }

    void objectsOfTheDefaultBranch()
    {
        Bench bench;
        ObjectsPage page(*bench.versions, *bench.objects, bench.worker, bench.clock);
        page.resize(1400, 800);
        page.show();
        page.refresh(true);
        QTRY_VERIFY(page.settled());
        QCOMPARE(page.selection(), QStringLiteral("objects:data@main/"));
        auto *list = page.findChild<ObjectList *>();
        QCOMPARE(list->rowCount(), 2);
        QVERIFY(list->entry(0).isPrefix);
        Q_EMIT list->activated(0);
        QTRY_COMPARE(page.selection(), QStringLiteral("objects:data@main/claims/"));
        QTRY_COMPARE(list->entry(0).path, std::string("claims/2026-10/"));
        Q_EMIT list->upRequested();
        QTRY_COMPARE(page.selection(), QStringLiteral("objects:data@main/"));
        QTRY_VERIFY(page.settled());
        page.setFilter(QStringLiteral("readme"));
        QTRY_COMPARE(list->rowCount(), 1);
    }

    void anObjectByItsLink()
    {
        Bench bench;
        ObjectsPage page(*bench.versions, *bench.objects, bench.worker, bench.clock);
        page.resize(1400, 800);
        page.show();
        QVERIFY(page.open(QStringLiteral("objects:data@v1/claims/2026-10/a.json")));
        const auto *pair = page.findChild<PairView *>();
        QTRY_VERIFY(page.settled() && pair->isVisible());
        QCOMPARE(pair->rows().size(), std::size_t(3));
        QCOMPARE(page.selection(), QStringLiteral("objects:data@v1/claims/2026-10/a.json"));
        QVERIFY(!page.open(QStringLiteral("compare:data@v1...main")));
        const auto links = [&] {
            QStringList all;
            for (const Fact &fact : page.findChild<FactPane *>()->sheet()->facts())
                if (fact.kind == Fact::Kind::Link)
                    all << fact.link;
            return all;
        };
        QCOMPARE(links(), QStringList{QStringLiteral("repository:data?path:claims/2026-10/a.json")});
        bench.source->branches.push_back({versions::RefKind::Branch, core::RefName("dev"), idOf(2)});
        QVERIFY(bench.versions->sync({}, {}));
        QVERIFY(page.open(QStringLiteral("objects:data@dev/claims/2026-10/a.json")));
        QTRY_COMPARE(links(), QStringList{QStringLiteral("repository:data?path:claims/2026-10/a.json branch:=dev")});
    }
};

ANDON_SUITE(ComparePagesTest)
#include "comparepages_test.moc"
