// Floor, Compute and Storage as widgets: what they say of a view, what they open, and how they look without data.
#include "tests/factory/demoseries.h"
#include "tests/support/suite.h"
#include "ui/charts/lanechart.h"
#include "ui/pages/compute/computepage.h"
#include "ui/pages/compute/heatmap.h"
#include "ui/pages/compute/histogram.h"
#include "ui/pages/floor/floorpage.h"
#include "ui/pages/floor/floorwords.h"
#include "ui/pages/floor/needslist.h"
#include "ui/pages/floor/stationcard.h"
#include "ui/pages/storage/storagepage.h"
#include "ui/pages/storage/storagewords.h"
#include "ui/pages/storage/verdictcard.h"
#include "ui/theme/style.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/table.h"
#include "ui/widgets/tile.h"

#include <QPushButton>
#include <QSignalSpy>

using namespace andon;
using namespace andon::ui;
using telemetry::Unit;

namespace
{

const core::Instant kNow{1'795'000'020'000};

const QString kLong = QString(120, u'x');

factory::StationView saturated()
{
    factory::StationView view{.station = telemetry::Station::Storage};
    view.state = {telemetry::Level::Critical,
                  "storage-saturated",
                  "Saturated",
                  "The rule.",
                  {{"storage.limit_share", 0.99, ">=", 0.95}, {"storage.latency_ratio", 6.3, ">=", 3.0}}};
    view.headline = {.key = "storage.read", .value = 19.9e9, .unit = Unit::BytesPerSecond};
    view.headline.text = "fb-1";
    view.flow = view.headline;
    view.target = {.key = "storage.limit", .value = 11.8e9, .unit = Unit::BytesPerSecond};
    view.target.of = 11.7e9;
    view.target.normal = 6.4e9;
    view.facts = {{.key = "storage.read_latency", .value = 0.0081, .unit = Unit::Seconds, .normal = 0.0013},
                  {.key = "storage.write", .unit = Unit::BytesPerSecond, .missing = "no-series"}};
    view.facts[0].link = "page:storage";
    view.facts[1].link = "page:other";
    view.about = {{"array", "fb-1"}};
    view.since = kNow - core::kHour;
    return view;
}

factory::GpuRow gpu(const char *node, int index, const char *pod, double value)
{
    factory::GpuRow row{.node = node, .gpu = std::to_string(index), .nameSpace = *pod ? "team" : "", .pod = pod};
    for (int i = 1; i <= 288; ++i) {
        const std::int64_t t = kNow.ms - core::kDay + i * 300'000;
        if (*pod) {
            row.held.t.push_back(t);
            row.held.v.push_back(value);
        } else {
            row.free.push_back(t);
        }
    }
    row.now = value;
    row.waiting = *pod && value < 0.4;
    return row;
}

QStringList tableRow(const QAbstractItemModel &model, int row)
{
    QStringList cells;
    for (int column = 0; column < model.columnCount(); ++column)
        cells << model.index(row, column).data().toString();
    return cells;
}

QString cell(const QTableView *table, int row, const QString &header)
{
    for (int column = 0; column < table->model()->columnCount(); ++column)
        if (table->model()->headerData(column, Qt::Horizontal).toString() == header)
            return table->model()->index(row, column).data().toString();
    return QStringLiteral("no such column");
}

QTableView *tableOf(const QWidget &page, const QString &name)
{
    for (auto *table : page.findChildren<QTableView *>())
        if (table->accessibleName() == name)
            return table;
    return nullptr;
}

Tile *tileOf(const QWidget &page, const QString &name)
{
    for (auto *tile : page.findChildren<Tile *>())
        if (tile->accessibleName() == name)
            return tile;
    return nullptr;
}

template <typename Page> struct Opened {
    explicit Opened(const test::DemoSite &demo)
        : page(demo.machines(), worker, demo.clock)
    {
        page.resize(1376, 768);
        page.QWidget::show();
    }
    factory::Worker worker;
    Page page;
};

} // namespace

class FloorWidgetsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void aCardSaysStateFiguresAndWhy()
    {
        StationCard card;
        card.set(saturated(), QStringLiteral("page:storage"), kNow);
        QCOMPARE(card.accessibleName(), QStringLiteral("Storage: Saturated"));
        const QString words = card.accessibleDescription();
        for (const char *part : {"19.9\u00a0GB/s Read", "fb-1 · 11.7 of 11.8\u00a0GB/s · normal 6.40\u00a0GB/s",
                                 "Read latency 8.10\u00a0ms  ×6.2", "Write —", "answers 6.3\u00a0× slower than normal"})
            QVERIFY2(words.contains(QString::fromUtf8(part)), qPrintable(words));
    }

    void factsOpenTheirListByMouseAndByKeys()
    {
        StationCard card;
        card.resize(300, 256);
        card.set(saturated(), QStringLiteral("page:card"), kNow);
        QSignalSpy asked(&card, &StationCard::linkRequested);
        QTest::mouseClick(&card, Qt::LeftButton, {}, QPoint(60, 136)); // the second fact
        QTest::mouseClick(&card, Qt::LeftButton, {}, QPoint(60, 40));
        QTest::keyClick(&card, Qt::Key_Return);
        QTest::keyClick(&card, Qt::Key_Down);
        QTest::keyClick(&card, Qt::Key_Return);
        QStringList links;
        for (const auto &call : asked)
            links << call[0].toString();
        QCOMPARE(links,
                 (QStringList{QStringLiteral("page:other"), QStringLiteral("page:card"), QStringLiteral("page:card"),
                              QStringLiteral("page:storage")}));
        QVERIFY(card.focusPolicy() & Qt::TabFocus);
    }

    void anArrowCarriesTheFlow()
    {
        FlowArrow arrow;
        factory::StationView next{.station = telemetry::Station::Compute};
        arrow.set(saturated(), next);
        QCOMPARE(arrow.accessibleName(), QStringLiteral("From Storage to Compute: 19.9\u00a0GB/s"));
        arrow.set(next, next);
        QVERIFY(arrow.accessibleName().endsWith(QStringLiteral("—"))); // not 0
        QCOMPARE(flowWords({.key = "training.running", .value = 1, .unit = Unit::Count}), QStringLiteral("1 run"));
        QCOMPARE(flowWords({.key = "deployment.models", .value = 6, .unit = Unit::Count}), QStringLiteral("6 models"));
    }

    void needsComeWithWhatTheyCost()
    {
        factory::FloorView view;
        factory::Attention bound{.severity = lineage::Severity::Critical,
                                 .key = "storage-bound",
                                 .values = {{"array", "fb-1"}, {"gpus", "20"}},
                                 .since = kNow - core::kHour,
                                 .link = "page:storage"};
        bound.perDay = core::Money{1'200'000'000, {"USD"}};
        bound.details = {{"verdict", "probable"}};
        bound.figures = {{.key = "diagnosis.gpu_hours", .value = 105.4}};
        factory::Attention alert{.severity = lineage::Severity::Warning,
                                 .key = "alert",
                                 .values = {{"name", "DiskFull"}},
                                 .since = kNow - 3 * core::kHour};
        alert.details = {{"summary", "<b>full</b>"}, {"labels", "node=a"}};
        view.attention = {bound, alert};
        NeedsList list;
        QSignalSpy asked(&list, &NeedsList::linkRequested);
        list.resize(460, 300);
        list.set(view, kNow);
        QCOMPARE(list.count(), 2);
        const auto &model = *list.model();
        QCOMPARE(tableRow(model, 0)[0], QStringLiteral("20 GPUs wait for storage on fb-1"));
        QCOMPARE(tableRow(model, 0)[1], QStringLiteral("$1\u202f200 a day · probable · 105.4 GPU-h so far"));
        QCOMPARE(tableRow(model, 0)[3], QStringLiteral("Open diagnosis"));
        QCOMPARE(tableRow(model, 1)[0], QStringLiteral("<b>full</b>")); // plain, whatever it holds
        QCOMPARE(tableRow(model, 1)[1], QStringLiteral("Alert DiskFull · node=a"));
        QVERIFY(tableRow(model, 1)[3].isEmpty()); // it leads nowhere
        list.show();
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, QPoint(100, 20));
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, QPoint(100, 70));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("page:storage"));
    }

    void eventsHaveLettersAndALegend()
    {
        using factory::EventKind;
        const std::vector<factory::EventMark> events{{EventKind::RunStarted, kNow, "run-1", "", ""},
                                                     {EventKind::Alert, kNow, "DiskFull", "It is full", ""},
                                                     {EventKind::Merge, kNow, "Merge a", "data", ""}};
        QCOMPARE(eventLegend(events), QStringLiteral("M merge · T run · A alert"));
        QCOMPARE(eventLegend({}), QString());
        QCOMPARE(eventWords(events[1]), QStringLiteral("Alert DiskFull: It is full"));
        QCOMPARE(eventWords(events[2]), QStringLiteral("Merge in data: Merge a"));
    }

    void longNamesFit()
    {
        factory::StationView view = saturated();
        view.headline.text = kLong.toStdString();
        view.about = {{"array", kLong.toStdString()}};
        view.facts[0].text = kLong.toStdString();
        view.state.word = kLong.toStdString();
        StationCard card;
        card.resize(210, 256);
        card.set(view, QString(), kNow);
        const QImage narrow = card.grab().toImage();
        for (int y = 10; y < 250; y += 5) // nothing runs out of the card
            QCOMPARE(narrow.pixelColor(206, y), narrow.pixelColor(206, 9));
    }
};

class HeatMapTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<HeatMap> map(std::vector<factory::GpuRow> rows, QSize size = {900, 320})
    {
        auto heat = std::make_unique<HeatMap>();
        heat->resize(size);
        heat->set(std::move(rows), {kNow - core::kDay, kNow}, 300'000, {});
        heat->show();
        return heat;
    }

    /// The colour of the middle of the only row.
    QColor colourOf(const factory::GpuRow &row)
    {
        const auto heat = map({row}, {700, 120});
        return heat->grab().toImage().pixelColor(250, 60);
    }

private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void freeIsTheCanvasAndNoDataIsHatched()
    {
        const Tokens &t = tokensOf(Theme::Dark);
        QCOMPARE(colourOf(gpu("n", 0, "pod", 0)).rgb(), QColor(QColor::fromRgb(heatColour(0))).rgb());
        QCOMPARE(colourOf(gpu("n", 0, "pod", 1)).rgb(), QColor(QColor::fromRgb(heatColour(1))).rgb());
        QCOMPARE(colourOf(gpu("n", 0, "", 0)).rgb(), t.canvas.rgb());
        const auto empty = map({factory::GpuRow{.node = "n", .gpu = "0"}}, {700, 120});
        const QImage image = empty->grab().toImage();
        int hatch = 0;
        int other = 0;
        for (int x = 200; x < 300; ++x)
            for (int y = 50; y < 70; ++y) {
                const QRgb colour = image.pixel(x, y);
                hatch += colour == t.border.rgb() ? 1 : 0;
                other += colour != t.border.rgb() && colour != t.surface.rgb() ? 1 : 0;
            }
        QVERIFY2(hatch > 100 && other == 0, qPrintable(QStringLiteral("%1 %2").arg(hatch).arg(other)));
    }

    void theCrosshairReadsACell()
    {
        const auto heat =
            map({gpu("gpu-01", 0, "alpha", 0.87), gpu("gpu-01", 1, "beta", 0.22), gpu("gpu-02", 0, "", 0)});
        QVERIFY(heat->readout().isEmpty());
        QTest::keyClick(heat.get(), Qt::Key_Down);
        QTest::keyClick(heat.get(), Qt::Key_Down);
        const QString words = heat->readout();
        for (const char *part : {"gpu-01 · GPU 1", "22\u00a0% computing", "now team/beta", "waits for data", "UTC"})
            QVERIFY2(words.contains(QString::fromUtf8(part)), qPrintable(words));
        QCOMPARE(heat->accessibleDescription(), words);
        QTest::keyClick(heat.get(), Qt::Key_Down);
        QVERIFY(heat->readout().contains(QStringLiteral("free: nobody held it")));
        QTest::keyClick(heat.get(), Qt::Key_Escape);
        QVERIFY(heat->readout().isEmpty());
        QTest::mouseMove(heat.get(), QPoint(300, 40));
        QTRY_VERIFY(heat->readout().contains(QStringLiteral("gpu-01 · GPU 0")));
    }

    void aClickChoosesTheWorkload()
    {
        const auto heat = map({gpu("a", 0, "alpha", 0.87), gpu("a", 1, "beta", 0.9)});
        QSignalSpy chosen(heat.get(), &HeatMap::chosen);
        QTest::mouseClick(heat.get(), Qt::LeftButton, {}, QPoint(300, 240));
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].toString(), QStringLiteral("team/beta"));
    }

    void theChosenStandsOut()
    {
        const auto heat = map({gpu("a", 0, "alpha", 0.87), gpu("a", 1, "beta", 0.87)});
        const QImage before = heat->grab().toImage();
        QCOMPARE(before.pixel(300, 60), before.pixel(300, 240));
        heat->setHighlight(QStringLiteral("team/beta"));
        const QImage after = heat->grab().toImage();
        QCOMPARE(after.pixel(300, 240), before.pixel(300, 240));
        QVERIFY(after.pixel(300, 60) != before.pixel(300, 60)); // dimmed
    }

    void manyGpusAreNodes()
    {
        std::vector<factory::GpuRow> rows;
        for (int node = 0; node < 64; ++node)
            for (int i = 0; i < 8; ++i)
                rows.push_back(gpu(("gpu-" + std::to_string(100 + node)).c_str(), i, i == 0 ? "" : "job", 0.8));
        const auto heat = map(std::move(rows));
        QVERIFY(heat->byNode());
        QTest::keyClick(heat.get(), Qt::Key_Down);
        QVERIFY2(heat->readout().contains(QStringLiteral("gpu-100 · mean of 8 GPUs")), qPrintable(heat->readout()));
        QVERIFY(heat->readout().contains(QStringLiteral("80\u00a0% computing"))); // of the held ones
        QVERIFY(!map({gpu("a", 0, "x", 1)})->byNode());
    }

    void anyRangeIsPainted_data()
    {
        QTest::addColumn<qint64>("length");
        for (const qint64 minutes : {1, 7, 60, 180, 1440, 10080, 43200, 525600})
            QTest::addRow("%lld min", static_cast<long long>(minutes)) << minutes * core::kMinute;
    }
    void anyRangeIsPainted()
    {
        QFETCH(qint64, length);
        HeatMap heat;
        heat.resize(700, 200);
        factory::GpuRow row{.node = "n", .gpu = "0", .nameSpace = "t", .pod = "p"};
        const std::int64_t step = std::max<std::int64_t>(30'000, length / 288 / 30'000 * 30'000);
        for (std::int64_t t = kNow.ms - length; t <= kNow.ms; t += step) {
            row.held.t.push_back(t);
            row.held.v.push_back(1);
        }
        heat.set({row}, {kNow - length, kNow}, step, {});
        heat.show();
        const QImage image = heat.grab().toImage();
        const QRgb full = heatColour(1);
        for (int x = 90; x < 420; ++x) // no column of the middle is left out
            QVERIFY2(image.pixel(x, 100) == full, qPrintable(QString::number(x)));
    }

    void histogramCountsWhatIsHeld()
    {
        Histogram histogram;
        histogram.set({0.0, 0.05, 0.21, 0.999, 1.0});
        QCOMPARE(histogram.accessibleDescription(), QStringLiteral("0 to 10 %: 2, 20 to 30 %: 1, 90 to 100 %: 2"));
    }
};

class PagesATest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void floorShowsTheStory()
    {
        const test::DemoSite demo;
        demo.series->firing = {{.name = "DiskFull", .activeAt = demo.clock.now() - core::kHour}};
        Opened<FloorPage> opened(demo);
        FloorPage &page = opened.page;
        page.refresh(true);
        QTRY_VERIFY_WITH_TIMEOUT(page.settled(), 20'000);
        QStringList stations;
        for (const auto *card : page.findChildren<StationCard *>())
            stations << card->accessibleName();
        QCOMPARE(stations,
                 (QStringList{QStringLiteral("Storage: Saturated"), QStringLiteral("Compute: Starving"),
                              QStringLiteral("Training: Unknown"), QStringLiteral("Deployment: Quality drop")}));
        const auto *cost = tileOf(page, QStringLiteral("Cost per 1 M tokens"));
        QVERIFY(cost);
        QVERIFY2(cost->accessibleDescription().contains(QStringLiteral("over target $0.240")), // shape, word and number
                 qPrintable(cost->accessibleDescription()));
        QVERIFY(cost->accessibleDescription().contains(QStringLiteral("Warning")));
        const auto *needs = page.findChild<NeedsList *>();
        QVERIFY(needs->count() >= 4);
        QVERIFY(tableRow(*needs->model(), 0)[0].contains(QStringLiteral("wait for storage on fb-ams-03")));
        const auto *chart = page.findChild<LaneChart *>();
        QVERIFY(chart->accessibleDescription().contains(QStringLiteral("Alert DiskFull")));
        QSignalSpy asked(&page, &Page::linkRequested);
        page.findChildren<StationCard *>()[1]->setFocus();
        QTest::keyClick(page.findChildren<StationCard *>()[1], Qt::Key_Down);
        QTest::keyClick(page.findChildren<StationCard *>()[1], Qt::Key_Return);
        QCOMPARE(asked[0][0].toString(), QStringLiteral("compute:waiting"));
    }

    void floorWithoutABookCountsWithoutMoney()
    {
        const test::DemoSite demo(false);
        Opened<FloorPage> opened(demo);
        opened.page.refresh(true);
        QTRY_VERIFY_WITH_TIMEOUT(opened.page.settled(), 20'000);
        QVERIFY(tileOf(opened.page, QStringLiteral("Cost per 1 M tokens"))
                    ->accessibleDescription()
                    .contains(QStringLiteral("no price book")));
        const QString idle = tileOf(opened.page, QStringLiteral("GPUs that do not compute"))->accessibleDescription();
        QVERIFY2(idle.contains(QStringLiteral("GPUs now")) && !idle.contains(u'$'), qPrintable(idle));
    }

    void computeShowsTheStory()
    {
        const test::DemoSite demo;
        Opened<ComputePage> opened(demo);
        ComputePage &page = opened.page;
        page.refresh(true);
        QTRY_VERIFY_WITH_TIMEOUT(page.settled(), 20'000);
        QVERIFY(tileOf(page, QStringLiteral("Waiting for data"))
                    ->accessibleDescription()
                    .startsWith(QStringLiteral("20 GPUs")));
        QVERIFY(tileOf(page, QStringLiteral("Allocated"))->accessibleDescription().contains(QStringLiteral("4 free")));
        auto *table = tableOf(page, QStringLiteral("Workloads"));
        QVERIFY(table);
        QCOMPARE(cell(table, 0, QStringLiteral("State")), QStringLiteral("Waits for data"));
        QCOMPARE(cell(table, 0, QStringLiteral("Waiting now")), QStringLiteral("12 GPUs"));
        const auto *heat = page.findChild<HeatMap *>();
        table->setCurrentIndex(table->model()->index(1, 0));
        QCOMPARE(heat->highlight(), QStringLiteral("training/fraud-llm-train-0"));
        QVERIFY(page.open(QStringLiteral("compute:idle")));
        QCOMPARE(heat->highlight(), QStringLiteral("research/notebook-kim-0"));
        QVERIFY(page.open(QStringLiteral("compute:serving/chat-small-vllm-0")));
        QCOMPARE(heat->highlight(), QStringLiteral("serving/chat-small-vllm-0"));
        QVERIFY(!page.open(QStringLiteral("model:a@1")));
        bool why = false;
        for (const auto *label : page.findChildren<Label *>())
            why |= label->text().contains(QStringLiteral("reads 93\u00a0% on the GPUs that wait"));
        QVERIFY(why);
    }

    void storageShowsVerdictAndEvidence()
    {
        const test::DemoSite demo;
        Opened<StoragePage> opened(demo);
        StoragePage &page = opened.page;
        page.refresh(true);
        QTRY_VERIFY_WITH_TIMEOUT(page.settled(), 20'000);
        const auto *card = page.findChild<VerdictCard *>();
        const QString summary = card->summary();
        for (const char *part :
             {"Storage-bound, probable", "fb-ams-03 reads", "20 GPUs wait for data since",
              "E3 Read latency ÷ normal: ", "(2 of 2 points)", "Network: not known", "Hardware: ruled out"})
            QVERIFY2(summary.contains(QString::fromUtf8(part)), qPrintable(summary));
        auto *evidence = tableOf(page, QStringLiteral("Signals of the verdict"));
        QCOMPARE(evidence->model()->rowCount(), 8);
        QCOMPARE(cell(evidence, 0, QStringLiteral("Points")), QStringLiteral("no series")); // D1: never 0
        QCOMPARE(cell(evidence, 3, QStringLiteral("1 point")), QStringLiteral("≥\u00a02\u00a0×"));
        QCOMPARE(cell(evidence, 3, QStringLiteral("Points")), QStringLiteral("■■ 2"));
        const auto *missing = tableOf(page, QStringLiteral("Series that would sharpen the verdict"));
        QVERIFY(missing->model()->index(0, 0).data().toString().startsWith(QStringLiteral("D1")));
        QVERIFY(missing->model()->index(0, 1).data().toString().contains(QStringLiteral("ray_data_iter")));
        const auto *chart = page.findChild<LaneChart *>();
        for (const char *lane : {"GPUs computing: now", "Read and write: now", "Read latency: now", "IOPS: now"})
            QVERIFY2(chart->accessibleDescription().contains(QString::fromUtf8(lane)), lane);
    }

    void barsOfArraysShareOneScale()
    {
        const test::DemoSite demo;
        Opened<StoragePage> opened(demo);
        opened.page.refresh(true);
        QTRY_VERIFY_WITH_TIMEOUT(opened.page.settled(), 20'000);
        const auto *arrays = tableOf(opened.page, QStringLiteral("Arrays"));
        QCOMPARE(cell(arrays, 0, QStringLiteral("State")), QStringLiteral("Saturated"));
        std::vector<double> bars;
        std::vector<double> reads;
        for (int row = 0; row < arrays->model()->rowCount(); ++row) {
            const QModelIndex read = arrays->model()->index(row, 2);
            bars.push_back(read.data(models::CellTable::BarRole).toDouble());
            reads.push_back(read.data().toString().section(QChar(0x00a0), 0, 0).toDouble());
        }
        QVERIFY(bars.size() == 3 && bars[0] > 0.95);
        for (std::size_t i = 1; i < bars.size(); ++i)
            QVERIFY(std::abs(bars[i] / bars[0] - reads[i] / reads[0]) < 0.01);
    }

    void theSignalsOfAnotherWorkloadCanBeSeen()
    {
        const test::DemoSite demo;
        Opened<StoragePage> opened(demo);
        opened.page.refresh(true);
        QTRY_VERIFY_WITH_TIMEOUT(opened.page.settled(), 20'000);
        auto *workloads = tableOf(opened.page, QStringLiteral("Workloads and their verdicts"));
        int fed = -1;
        for (int row = 0; row < workloads->model()->rowCount(); ++row)
            if (cell(workloads, row, QStringLiteral("Workload")) == u"route-planner-train-0")
                fed = row;
        QVERIFY(fed > 0);
        workloads->setCurrentIndex(workloads->model()->index(fed, 0));
        bool named = false;
        for (const auto *label : opened.page.findChildren<Label *>())
            named |= label->text().startsWith(QStringLiteral("route-planner-train-0 ·"));
        QVERIFY(named);
    }

    void anEmptyCacheShowsNoNumbers()
    {
        const test::DemoSite demo;
        demo.series->down = true;
        Opened<ComputePage> compute(demo);
        Opened<StoragePage> storage(demo);
        Opened<FloorPage> floor(demo);
        for (Page *page : {static_cast<Page *>(&compute.page), static_cast<Page *>(&storage.page),
                           static_cast<Page *>(&floor.page)}) {
            page->refresh(true);
            QTRY_VERIFY_WITH_TIMEOUT(page->settled(), 20'000);
            QVERIFY2(page->freshness().state == core::FreshnessState::Unavailable,
                     qPrintable(page->title() + QString::number(static_cast<int>(page->freshness().state))));
            for (const auto *tile : page->findChildren<Tile *>())
                QVERIFY2(!tile->isVisible(), qPrintable(tile->accessibleName()));
            const auto buttons = page->findChildren<QPushButton *>();
            QVERIFY(std::any_of(buttons.begin(), buttons.end(),
                                [](const QPushButton *b) { return b->isVisible() && b->text() == u"Try again"; }));
        }
    }

    void everythingCanBeReachedByKeys()
    {
        const test::DemoSite demo;
        Opened<FloorPage> opened(demo);
        opened.page.refresh(true);
        QTRY_VERIFY_WITH_TIMEOUT(opened.page.settled(), 20'000);
        for (const auto *widget : opened.page.findChildren<QWidget *>())
            if (qobject_cast<const StationCard *>(widget) || qobject_cast<const Tile *>(widget)
                || qobject_cast<const NeedsList *>(widget) || qobject_cast<const LaneChart *>(widget)) {
                QVERIFY2(widget->focusPolicy() & Qt::TabFocus, qPrintable(widget->accessibleName()));
                QVERIFY(!widget->accessibleName().isEmpty());
            }
    }

    void chartsAnswerToKeys()
    {
        LaneChart chart;
        chart.resize(600, 300);
        telemetry::Series series;
        for (int i = 0; i <= 100; ++i) {
            series.t.push_back(kNow.ms + i * 60'000);
            series.v.push_back(i);
        }
        const core::TimeRange range{kNow, kNow + 100 * core::kMinute};
        chart.set(range,
                  {{.title = QStringLiteral("Lane"), .note = QStringLiteral("now 100"), .lines = {{{}, series, 0}}}},
                  {{kNow + 50 * core::kMinute, QStringLiteral("A"), QStringLiteral("it happened"), -1,
                    QStringLiteral("page:x")}});
        QSignalSpy asked(&chart, &LaneChart::linkRequested);
        QCOMPARE(chart.accessibleDescription(), QStringLiteral("Lane: now 100. it happened"));
        QTest::keyClick(&chart, Qt::Key_Left, Qt::ControlModifier);
        QVERIFY2(chart.instant().contains(QStringLiteral("it happened")), qPrintable(chart.instant().join(u'|')));
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(chart.instant().isEmpty());
    }
};

ANDON_SUITE(FloorWidgetsTest)
ANDON_SUITE(HeatMapTest)
ANDON_SUITE(PagesATest)
#include "pages_a_test.moc"
