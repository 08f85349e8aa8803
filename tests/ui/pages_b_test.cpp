// Lineage, Economics and Settings as widgets: what they lay out, choose, say and ask for.
#include "tests/support/suite.h"
#include "ui/pages/economics/kpifacts.h"
#include "ui/pages/economics/moneybridge.h"
#include "ui/pages/lineage/chainview.h"
#include "ui/pages/lineage/lineagefacts.h"
#include "ui/pages/lineage/roles.h"
#include "ui/widgets/factsheet.h"
#include "ui/widgets/table.h"

#include "models/celltable.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QHeaderView>
#include <QSignalSpy>

using namespace andon;
using namespace andon::ui;

namespace
{

const core::Instant kNow{1'800'000'000'000};

lineage::Chain chainOf(int datasets)
{
    lineage::Chain chain;
    const auto node = [&](const std::string &id, lineage::NodeKind kind) {
        chain.nodes.push_back({.id = id, .kind = kind, .title = id});
    };
    node("model", lineage::NodeKind::ModelVersion);
    node("run", lineage::NodeKind::Run);
    chain.edges.push_back({.from = "run", .to = "model"});
    for (int i = 0; i < datasets; ++i) {
        const std::string n = std::to_string(i);
        node("commit" + n, lineage::NodeKind::DataCommit);
        node("dataset" + n, lineage::NodeKind::Dataset);
        chain.edges.push_back({.from = "commit" + n, .to = "dataset" + n});
        chain.edges.push_back({.from = "dataset" + n, .to = "run"});
    }
    node("deployment", lineage::NodeKind::Deployment);
    chain.edges.push_back({.from = "model", .to = "deployment", .method = lineage::EdgeMethod::Inferred});
    return chain;
}

lineage::Chain withFinding()
{
    lineage::Chain chain = chainOf(1);
    chain.edges[1].findings.push_back({.severity = lineage::Severity::Major, .key = "gate-skipped"});
    chain.edges[1].rules = {{1, "fired", "abc"}, {2, "agrees", "abc"}};
    chain.edges[1].evidence = {{.source = core::SourceName("mlflow"),
                                .request = "GET /api/2.0/mlflow/runs/get?run_id=" + std::string(90, 'r'),
                                .sha256 = std::string(64, 'f')}};
    return chain;
}

economics::KpiReport report(const char *more = "")
{
    constexpr std::int64_t hours = 1'000'000;
    const core::Instant start = core::Instant::fromSeconds(1795392000);
    const core::TimeRange day{start, start + core::kDay};
    const auto book =
        economics::parsePriceBook(std::string("currency: USD\ngpu_hour: [{price: 2.50}]\nshared_per_day: 60\n"
                                              "models: [{match: '*', input_per_mtok: 0.11, output_per_mtok: 0.60}]\n")
                                      + more,
                                  "test");
    economics::Ledger ledger{.window = day};
    ledger.models = {{.model = core::ModelName("chat"),
                      .version = core::ModelVersionNumber("3"),
                      .input = {1'234'567'891, 1, {{.request = "GET /q?query=tokens", .sha256 = std::string(64, 'a')}}},
                      .output = {345'678'912, 1, {}},
                      .allocated = {{day, 4 * 24 * hours}},
                      .gpuCoverage = 1,
                      .busy = {61 * hours + 1, 1, {}}}};
    return economics::evaluate(book.value(), ledger);
}

QString all(const std::vector<Fact> &facts)
{
    FactSheet sheet;
    sheet.set(facts);
    return sheet.text();
}

} // namespace

class FactSheetTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void linesStayLines()
    {
        const auto heightOf = [](const char *text) {
            int height = 0;
            (void)layOutFacts({{.kind = Fact::Kind::Code, .value = QString::fromUtf8(text)}}, 300, &height);
            return height;
        };
        QVERIFY(heightOf("one\ntwo") > heightOf("one two"));
    }

    void wrapsEverythingIntoItsWidth()
    {
        const QString hash(64, u'f');
        std::vector<Fact> facts;
        for (const auto kind :
             {Fact::Kind::Section, Fact::Kind::Row, Fact::Kind::Amount, Fact::Kind::Text, Fact::Kind::Code,
              Fact::Kind::Rule, Fact::Kind::Finding, Fact::Kind::Figure, Fact::Kind::Step, Fact::Kind::Link})
            facts.push_back({.kind = kind,
                             .name = QStringLiteral("A name that is rather long"),
                             .value = kind == Fact::Kind::Row || kind == Fact::Kind::Code ? hash : QStringLiteral("12"),
                             .note = QStringLiteral("and a note of several words that has to wrap in a narrow pane"),
                             .status = 1,
                             .code = true});
        for (const int width : {240, 304, 500}) {
            int height = 0;
            double last = -1;
            for (const FactLine &line : layOutFacts(facts, width, &height)) {
                QVERIFY(line.rect.top() >= last); // nothing overlaps
                last = line.rect.bottom();
                for (const FactPiece &piece : line.pieces)
                    for (int i = 0; i < piece.layout->lineCount(); ++i) {
                        const QTextLine text = piece.layout->lineAt(i);
                        QVERIFY2(piece.at.x() + text.x() + text.naturalTextWidth() <= width + 0.5,
                                 qPrintable(piece.layout->text()));
                    }
            }
            QVERIFY(height > last);
        }
        FactSheet sheet;
        sheet.set(facts);
        QVERIFY(sheet.heightForWidth(240) > sheet.heightForWidth(500));
        QVERIFY(sheet.text().contains(hash));
        QCOMPARE(sheet.accessibleDescription(), sheet.text());
    }

    void aClickOpensALink()
    {
        FactSheet sheet;
        sheet.set({{.kind = Fact::Kind::Link, .value = QStringLiteral("Open"), .link = QStringLiteral("page:x")}});
        sheet.resize(300, 60);
        QSignalSpy asked(&sheet, &FactSheet::linkRequested);
        QTest::mouseClick(&sheet, Qt::LeftButton, {}, QPoint(30, 14));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("page:x"));
    }
};

class FitTableTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void showsItsLastRowWhole()
    {
        applyTheme(*qApp, Theme::Dark);
        models::CellTable cells({{QStringLiteral("A"), 0}, {QStringLiteral("B"), 60, true}});
        Table table(cells);
        table.setFitsRows(true);
        for (const int rows : {1, 7, 40}) {
            std::vector<models::TableRow> all;
            for (int i = 0; i < rows; ++i)
                all.push_back({QString::number(i), {{.text = QStringLiteral("x")}, {.text = QStringLiteral("y")}}});
            cells.setRows(all);
            table.resize(400, table.sizeHint().height());
            table.ensurePolished();
            table.show();
            const QRect last = table.visualRect(cells.index(rows - 1, 0));
            QVERIFY2(table.viewport()->rect().contains(last), qPrintable(QString::number(rows)));
            QCOMPARE(last.height(), metric::kRow);
            QVERIFY(table.viewport()->height() - last.bottom() <= 2); // and no more than that
        }
    }

    void leavesOutColumnsThatHaveNoRoom()
    {
        models::CellTable cells({{QStringLiteral("A"), 0}, {QStringLiteral("B"), 60, true, 500}});
        Table table(cells);
        table.resize(600, 100);
        table.show();
        QVERIFY(!table.isColumnHidden(1));
        table.resize(400, 100);
        QVERIFY(table.isColumnHidden(1));
        QCOMPARE(table.columnWidth(0), table.viewport()->width());
    }

    void isNeverWiderThanItsCard()
    {
        models::CellTable cells({{QStringLiteral("A"), 0},
                                 {QStringLiteral("B"), 200, true, 100},
                                 {QStringLiteral("C"), 200, true, 300},
                                 {QStringLiteral("D"), 100}});
        Table table(cells);
        table.show();
        for (const int wide : {600, 500, 320, 200}) {
            table.resize(wide, 100);
            QVERIFY2(table.horizontalHeader()->length() <= table.viewport()->width(),
                     qPrintable(QString::number(wide)));
        }
        QVERIFY(table.isColumnHidden(1) && table.isColumnHidden(2) && !table.isColumnHidden(3));
    }

    void rowsGrowUntilTheirTextIsRead()
    {
        applyTheme(*qApp, Theme::Dark);
        models::CellTable cells({{QStringLiteral("A"), 60}, {QStringLiteral("B"), 0}});
        Table table(cells);
        table.setWraps(true);
        table.setFitsRows(true);
        table.resize(300, 200);
        table.show();
        cells.setRows({{QStringLiteral("a"), {{}, {.text = QStringLiteral("short")}}},
                       {QStringLiteral("b"), {{}, {.text = QStringLiteral("as long as it takes ").repeated(5)}}}});
        QCOMPARE(table.rowHeight(0), metric::kRow);
        const int before = table.rowHeight(1);
        QVERIFY(before > 2 * metric::kRow - 10);
        QCOMPARE(table.sizeHint().height(), table.horizontalHeader()->height() + metric::kRow + before);
        table.resize(900, 200);
        QVERIFY(table.rowHeight(1) < before);
    }

    void choosingIsSilent()
    {
        models::CellTable cells({{QStringLiteral("A"), 0}});
        Table table(cells);
        cells.setRows({{QStringLiteral("a"), {{}}}, {QStringLiteral("b"), {{}}}});
        QSignalSpy selected(&table, &Table::rowSelected);
        table.choose(QStringLiteral("b"));
        QCOMPARE(table.currentIndex().row(), 1);
        QCOMPARE(selected.size(), 0);
        table.setCurrentIndex(cells.index(0, 0));
        QCOMPARE(selected.size(), 1);
        QCOMPARE(selected[0][0].toString(), QStringLiteral("a"));
    }
};

class ChainTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void spreadsItsCardsOverTheWidth_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("datasets");
        for (const int width : {700, 1048, 1600})
            for (const int datasets : {0, 1, 3, 20})
                QTest::addRow("%d px, %d datasets", width, datasets) << width << datasets;
    }
    void spreadsItsCardsOverTheWidth()
    {
        QFETCH(int, width);
        QFETCH(int, datasets);
        const std::vector<ChainBand> bands = {{.chain = chainOf(datasets)}, {.dashed = true, .chain = chainOf(1)}};
        const ChainLayout layout = layOutChains(bands, width, 420);
        QCOMPARE(layout.cards.size(), bands[0].chain.nodes.size() + bands[1].chain.nodes.size());
        QCOMPARE(layout.wires.size(), bands[0].chain.edges.size() + bands[1].chain.edges.size());
        QVERIFY(layout.cardWidth >= 84);
        for (std::size_t i = 0; i < layout.cards.size(); ++i) {
            const QRectF rect = layout.cards[i].rect;
            QVERIFY(rect.left() >= 0 && rect.right() <= width && rect.bottom() <= layout.height);
            QVERIFY(layout.bands[layout.cards[i].band].contains(rect));
            for (std::size_t j = 0; j < i; ++j)
                QVERIFY(!rect.intersects(layout.cards[j].rect));
        }
        for (const ChainLayout::Wire &wire : layout.wires)
            QVERIFY(wire.to.x() - wire.from.x() >= 24); // room for an arrow and a badge
        QVERIFY(!layout.bands[0].intersects(layout.bands[1]));
        QVERIFY(layout.columns.back().x + layout.cardWidth > width * 0.9); // the canvas is used
    }

    void showsMoreWhereThereIsMoreRoom()
    {
        const std::vector<ChainBand> bands = {{.chain = chainOf(1)}};
        QVERIFY(layOutChains(bands, 1048, 420).cards[0].facts > layOutChains(bands, 1048, 190).cards[0].facts);
        QCOMPARE(layOutChains({{.chain = chainOf(7)}}, 1048, 500).cards[0].detail, CardDetail::Compact);
        QVERIFY(layOutChains({{.chain = chainOf(20)}}, 1048, 300).height > 300); // then it scrolls
    }

    void choosesTheEdgeThatNeedsAnExplanation()
    {
        ChainView view;
        view.resize(1048, 420);
        QSignalSpy chosen(&view, &ChainView::chosen);
        view.set({{.title = QStringLiteral("Serving now"), .chain = withFinding()}}, kNow);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(*view.choice(), (ChainChoice{0, true, 1}));
        QVERIFY(view.accessibleDescription().contains(QStringLiteral("Gate skipped")));
    }

    void arrowsMoveAlongTheChain()
    {
        ChainView view;
        view.resize(1048, 420);
        view.set({{.chain = withFinding()}, {.dashed = true, .chain = chainOf(1)}}, kNow);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(*view.choice(), (ChainChoice{0, false, 3})); // the dataset
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(*view.choice(), (ChainChoice{0, true, 2}));
        QTest::keyClick(&view, Qt::Key_Left);
        QTest::keyClick(&view, Qt::Key_Down);
        QCOMPARE(*view.choice(), (ChainChoice{1, false, 3})); // the same place of the chain beside it
        QTest::keyClick(&view, Qt::Key_Up);
        QCOMPARE(*view.choice(), (ChainChoice{0, false, 3}));
    }

    void aRefreshKeepsWhatWasChosen()
    {
        ChainView view;
        view.resize(1048, 420);
        view.set({{.chain = withFinding()}}, kNow);
        view.choose({0, false, 1});
        lineage::Chain next = withFinding();
        std::swap(next.nodes[1], next.nodes[2]);
        view.set({{.chain = next}}, kNow);
        QCOMPARE(view.bands()[0].chain.nodes[view.choice()->index].id, std::string("run"));
        view.set({}, kNow);
        QVERIFY(!view.choice());
    }

    void theInspectorSaysHowAnEdgeIsKnown()
    {
        const ChainBand band{.chain = withFinding()};
        const QString text = all(chainFacts(band, {0, true, 1}, kNow));
        for (const char *words : {"How we know", "1: Source names a commit: fired", "2: Commit tag on the run: agrees",
                                  "Evidence", "1 raw answers", "Findings", "Major: Gate skipped", "Request"})
            QVERIFY2(text.contains(QString::fromLatin1(words)), qPrintable(text));
        QVERIFY(text.contains(QString(64, u'f')));
        QVERIFY(all(chainFacts(band, {0, true, 0}, kNow)).contains(QStringLiteral("No raw answer")));
        QVERIFY(chainFacts(band, {0, true, 99}, kNow).empty());
    }

    void knowsWhatServesAndWhatWasGood()
    {
        factory::ModelRow model{
            .model = core::ModelName("m"),
            .aliases = {{"champion", core::ModelVersionNumber("14")}, {"rollback", core::ModelVersionNumber("12")}}};
        for (const char *number : {"14", "13", "12"})
            model.versions.push_back({.model = model.model, .version = core::ModelVersionNumber(number)});
        QCOMPARE(roleOf(model.versions[0], model), VersionRole::Serving);
        QCOMPARE(roleOf(model.versions[1], model), VersionRole::Other);
        QCOMPARE(roleOf(model.versions[2], model), VersionRole::LastGood);
        const auto beside = [&](const char *number) {
            const auto *other = versionBeside(model, core::ModelVersionNumber(number));
            return other ? other->version.value : std::string();
        };
        QCOMPARE(beside("14"), std::string("12"));
        QCOMPARE(beside("12"), std::string("14"));
        QCOMPARE(beside("13"), std::string("12"));
        model.aliases.clear();
        QCOMPARE(beside("14"), std::string("13")); // the one before it
        QCOMPARE(beside("12"), std::string());
        model.versions[1].stage = "Production";
        QCOMPARE(roleOf(model.versions[1], model), VersionRole::Serving); // a registry without aliases
    }
};

class MoneyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void stepsAddUpToTheMargin()
    {
        const economics::KpiReport r = report();
        const MoneySteps steps = moneySteps(r.totals);
        QVERIFY2(steps.missing.isEmpty(), qPrintable(steps.missing));
        QStringList names;
        for (const MoneySteps::Step &step : steps.steps)
            names << step.name;
        QCOMPARE(names.join(u'|'), QStringLiteral("Revenue|GPU time busy|GPU time not busy|Shared costs|Margin"));
        std::int64_t sum = 0;
        for (std::size_t i = 0; i + 1 < steps.steps.size(); ++i)
            sum += steps.steps[i].amount.micro;
        QCOMPARE(sum, r.totals.margin.money()->micro); // to the last millionth
        QCOMPARE(steps.steps.back().amount.micro, sum);
    }

    void stepsSayWhyThereAreNone()
    {
        economics::KpiReport r = report();
        r.totals.revenue.value.reset();
        r.totals.revenue.missing = "no-price";
        QVERIFY(moneySteps(r.totals).steps.empty());
        QVERIFY(!moneySteps(r.totals).missing.isEmpty());
    }

    void theDrawerExplainsANumber()
    {
        const economics::KpiReport r = report("owners: {cost_per_mtok: Platform finance}\n");
        const QString text =
            all(kpiFacts({r.totals.costPerMtok, QStringLiteral("All models"), r.totals, true}, r, kNow));
        for (const char *words : {"Cost per 1 M tokens", "All models", "Platform finance", "Formula",
                                  "cost ÷ (tokens in + out)", "C: ", "Inputs", "Source answers", "tokens"})
            QVERIFY2(text.contains(QString::fromUtf8(words)), qPrintable(text));
        QVERIFY(text.contains(QString(64, u'a')));
    }

    void theDrawerSaysWhyThereIsNoNumber()
    {
        const economics::KpiReport r = report();
        const QString text = all(kpiFacts({r.tax.total, QStringLiteral("Whole quota"), {}, false}, r, kNow));
        QVERIFY2(text.contains(QStringLiteral("There is no value")), qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("no GPU time was measured")));
        QVERIFY(text.contains(QStringLiteral("not named in the price book")));
    }
};

ANDON_SUITE(FactSheetTest)
ANDON_SUITE(FitTableTest)
ANDON_SUITE(ChainTest)
ANDON_SUITE(MoneyTest)
#include "pages_b_test.moc"
