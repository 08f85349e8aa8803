#include "ui/charts/charttable.h"

#include "models/celltable.h"
#include "text/kpitext.h"
#include "text/times.h"
#include "text/units.h"
#include "ui/charts/lanechart.h"
#include "ui/widgets/label.h"
#include "ui/widgets/table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

namespace andon::ui
{

namespace
{

using Values = std::map<std::int64_t, std::vector<std::optional<double>>>;

struct Columns {
    std::vector<QString> titles = {};
    std::vector<telemetry::Unit> units = {};
    Values values = {}; ///< by instant, ms
};

Columns columnsOf(const LaneChart &chart)
{
    Columns columns;
    const std::vector<ChartLane> lanes = chart.lanes();
    std::size_t lines = 0;
    for (const ChartLane &lane : lanes)
        lines += lane.lines.size();
    for (const ChartLane &lane : lanes)
        for (const ChartLine &line : lane.lines) {
            const std::size_t at = columns.titles.size();
            columns.titles.push_back(lane.lines.size() > 1 ? lane.title + QStringLiteral(", ") + line.name
                                                           : lane.title);
            columns.units.push_back(lane.unit);
            for (std::size_t i = 0; i < line.series.t.size(); ++i) {
                if (line.series.t[i] < chart.range().from.ms || line.series.t[i] > chart.range().to.ms)
                    continue;
                auto &row = columns.values[line.series.t[i]];
                row.resize(lines);
                row[at] = line.series.v[i];
            }
        }
    return columns;
}

/// RFC 4180 with plain numbers, times as ISO 8601 in UTC.
QString csvOf(const Columns &columns)
{
    QString csv = QStringLiteral("time");
    for (QString title : columns.titles)
        csv += QStringLiteral(",\"") + title.replace(u'"', QStringLiteral("\"\"")) + u'"';
    csv += QStringLiteral("\r\n");
    for (const auto &[at, row] : columns.values) {
        csv += QDateTime::fromMSecsSinceEpoch(at, Qt::UTC).toString(Qt::ISODate);
        for (const auto &value : row)
            csv += u',' + (value ? QString::number(*value, 'g', 12) : QString());
        csv += QStringLiteral("\r\n");
    }
    return csv;
}

std::vector<models::TableColumn> headers(const Columns &columns)
{
    constexpr int kTime = 170;
    std::vector<models::TableColumn> made{{.title = ChartTable::tr("Time"), .width = kTime}};
    for (const QString &title : columns.titles)
        made.push_back({.title = title, .width = 0, .right = true});
    return made;
}

} // namespace

ChartTable::ChartTable(const LaneChart &chart, QWidget *parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Chart as a table"));
    resize(900, 560);
    const Columns columns = columnsOf(chart);
    auto *model = new models::CellTable(headers(columns), this);
    std::vector<models::TableRow> rows;
    for (const auto &[at, values] : columns.values) {
        models::TableRow row{.id = QString::number(at), .cells = {{.text = text::dateTime({at})}}};
        for (std::size_t i = 0; i < values.size(); ++i)
            row.cells.push_back({.text = values[i] ? text::quantity(values[i], columns.units[i]) : QString()});
        rows.push_back(std::move(row));
    }
    std::reverse(rows.begin(), rows.end()); // the newest first
    const auto count = static_cast<int>(rows.size());
    model->setRows(std::move(rows));
    auto *column = new QVBoxLayout(this);
    auto *table = new Table(*model, this);
    table->setAccessibleName(tr("Values of the chart"));
    column->addWidget(table);
    auto *foot = new QHBoxLayout;
    foot->addWidget(
        new Label(tr("%1 row(s), the newest first", nullptr, static_cast<int>(count)).arg(text::count(count)),
                  Tone::Muted, 12, this),
        1);
    auto *copy = new QPushButton(tr("Copy as CSV"), this);
    connect(copy, &QPushButton::clicked, this, [csv = csvOf(columns)] { QGuiApplication::clipboard()->setText(csv); });
    foot->addWidget(copy);
    column->addLayout(foot);
    table->setFocus();
}

} // namespace andon::ui
