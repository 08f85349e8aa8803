// The table twin of a chart holds what the chart paints.
#include "tests/support/suite.h"
#include "text/kpitext.h"
#include "ui/charts/charttable.h"
#include "ui/charts/lanechart.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPushButton>
#include <QTableView>

using namespace andon;
using core::Instant;

namespace
{

constexpr std::int64_t kStart = 1'800'000'000'000;

ui::ChartLine line(const char *name, std::initializer_list<std::pair<int, double>> samples)
{
    ui::ChartLine made{.name = QString::fromLatin1(name)};
    for (const auto &[minute, value] : samples) {
        made.series.t.push_back(kStart + minute * core::kMinute);
        made.series.v.push_back(value);
    }
    return made;
}

} // namespace

class ChartTableTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    // No failOnAnyWarning: the offscreen platform warns of size hints.

    void holdsWhatIsPainted()
    {
        ui::LaneChart chart;
        chart.set({Instant{kStart}, Instant{kStart + 10 * core::kMinute}},
                  {{.title = QStringLiteral("Read"),
                    .unit = telemetry::Unit::BytesPerSecond,
                    .lines = {line("fb-1", {{0, 1e9}, {5, 2e9}, {10, 3e9}, {11, 9e9}}), line("fb-2", {{5, 7e9}})}},
                   {.title = QStringLiteral("GPUs computing"),
                    .unit = telemetry::Unit::Ratio,
                    .lines = {line("all", {{5, 0.5}})}}});
        ui::ChartTable table(chart, nullptr);
        const auto *model = table.findChild<QTableView *>()->model();
        QCOMPARE(model->columnCount(), 4);
        QCOMPARE(model->rowCount(), 3); // 11 is out of the range
        const auto cell = [&](int row, int column) { return model->index(row, column).data().toString(); };
        const auto shown = [](double value, telemetry::Unit unit) { return text::quantity(value, unit); };
        QCOMPARE(cell(0, 1), shown(3e9, telemetry::Unit::BytesPerSecond)); // the newest first
        QCOMPARE(cell(0, 2), QString()); // no sample is no value
        QCOMPARE(cell(1, 1), shown(2e9, telemetry::Unit::BytesPerSecond));
        QCOMPARE(cell(1, 2), shown(7e9, telemetry::Unit::BytesPerSecond));
        QCOMPARE(cell(1, 3), shown(0.5, telemetry::Unit::Ratio));
        table.findChild<QPushButton *>()->click();
        const QStringList csv = QGuiApplication::clipboard()->text().split(QStringLiteral("\r\n"));
        QCOMPARE(csv.value(0), QStringLiteral("time,\"Read, fb-1\",\"Read, fb-2\",\"GPUs computing\""));
        QVERIFY2(csv.value(2).endsWith(QStringLiteral("Z,2000000000,7000000000,0.5")), qPrintable(csv.value(2)));
        QCOMPARE(csv.size(), 5);
    }
};

ANDON_SUITE(ChartTableTest)
#include "charttable_test.moc"
