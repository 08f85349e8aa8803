#include "ui/pages/storage/storagepage.h"

#include "text/floortext.h"
#include "text/kpitext.h"
#include "text/machinetext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/charts/lanechart.h"
#include "ui/pages/storage/storagewords.h"
#include "ui/pages/storage/verdictcard.h"
#include "ui/widgets/card.h"
#include "ui/widgets/filteredview.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/table.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace andon::ui
{

namespace
{

using telemetry::Unit;

constexpr int kVerdict = 452;

} // namespace

StoragePage::StoragePage(factory::MachinesService &machines, factory::Worker &worker, const core::Clock &clock,
                         QWidget *parent)
    : RangedPage(
        worker, clock,
        [&machines](core::TimeRange range, factory::Access access, const core::Cancel &cancel) {
            return machines.storage(factory::MachinesService::aligned(range), access, cancel);
        },
        parent)
    , m_arrays({{tr("State"), 106, false, 0, text::wordField("state")},
                {tr("Array"), 0, false, 0, text::wordField("array")},
                {tr("Read"), 160, false, 0, text::numberField("read", "GB/s")},
                {tr("Normal"), 88, true, 960, text::numberField("normal", "GB/s")},
                {tr("Highest, 7 d"), 96, true, 700, text::numberField("highest", "GB/s")},
                {tr("Write"), 84, true, 0, text::numberField("write", "GB/s")},
                {tr("Read latency"), 96, true, 0, text::numberField("latency", "ms")},
                {tr("÷ normal"), 76, true, 0, text::numberField("times-normal")},
                {tr("IOPS"), 80, true, 640, text::numberField("iops", "/s")},
                {tr("Used"), 112, false, 860, text::numberField("used", "%")}})
    , m_waiting({{tr("Verdict"), 190, false, 0, text::wordField("verdict")},
                 {tr("Workload"), 0, false, 0, text::wordField("workload")},
                 {tr("Namespace"), 100, false, 760, text::wordField("namespace")},
                 {tr("GPUs"), 50, true, 0, text::numberField("gpus")},
                 {tr("Waiting"), 64, true, 0, text::numberField("waiting")},
                 {tr("SM active"), 130, false, 0, text::numberField("active", "%")},
                 {tr("Points"), 64, true, 640, text::numberField("points")},
                 {tr("Waits for"), 76, true, 0, text::numberField("waits", "h")}})
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_panel = new Panel(this);
    outer->addWidget(m_panel);
    auto *body = new QWidget(m_panel);
    build(body);
    m_panel->setContent(body);
    m_panel->setEmptyText(tr("No storage series"),
                          tr("The server has none of the metrics that the storage packs know. Scrape the array's "
                             "exporter with Prometheus."));
    connect(m_panel, &Panel::retryRequested, this, [this] { refresh(true); });
}

QWidget *StoragePage::verdictSide(QWidget *parent)
{
    auto *scroll = new QScrollArea(parent);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFixedWidth(kVerdict);
    scroll->setBackgroundRole(QPalette::Window);
    m_verdict = new VerdictCard(scroll);
    scroll->setWidget(m_verdict);
    connect(m_verdict, &VerdictCard::linkRequested, this, &Page::linkRequested);
    return scroll;
}

void StoragePage::build(QWidget *body)
{
    auto *row = new QHBoxLayout(body);
    row->setContentsMargins(12, 12, 12, 12);
    row->setSpacing(12);
    row->addWidget(verdictSide(body));
    auto *column = new QVBoxLayout;
    column->setSpacing(12);
    row->addLayout(column, 1);
    m_lanes = new Card(tr("The worst array"), body);
    m_chart = new LaneChart(m_lanes);
    m_chart->setGutter(124);
    connect(m_chart, &LaneChart::linkRequested, this, &Page::linkRequested);
    m_lanes->body()->setContentsMargins(6, 6, 6, 6);
    m_lanes->body()->addWidget(m_chart);
    column->addWidget(m_lanes, 3);
    m_arrayCard = new Card(tr("Arrays"), body);
    auto *arrays = new Table(m_arrays, m_arrayCard);
    arrays->setFitsRows(true);
    arrays->setObjectName(QStringLiteral("arrays"));
    arrays->setAccessibleName(tr("Arrays"));
    auto *which = filterBarOf(m_arrays, clock(), tr("Filter arrays"), m_arrayCard);
    m_arrayCard->header()->addWidget(which, 3);
    m_arrayCard->body()->addWidget(new FilteredView(arrays, m_arrays, which, m_arrayCard));
    column->addWidget(m_arrayCard);
    m_waitingCard = new Card(tr("Who waits"), body);
    m_waitingTable = new Table(m_waiting, m_waitingCard);
    m_waitingTable->setObjectName(QStringLiteral("waiting"));
    m_waitingTable->setAccessibleName(tr("Workloads and their verdicts"));
    m_filter = filterBarOf(m_waiting, clock(), tr("Filter workloads"), m_waitingCard);
    m_waitingCard->header()->addWidget(m_filter, 3);
    m_waitingCard->body()->addWidget(new FilteredView(m_waitingTable, m_waiting, m_filter, m_waitingCard));
    connect(m_waitingTable, &Table::linkRequested, this, &Page::linkRequested);
    connect(m_waitingTable, &Table::rowSelected, this, [this](const QString &id) {
        m_workload = id;
        renderVerdict();
    });
    column->addWidget(m_waitingCard, 1);
}

void StoragePage::render(const core::Snapshot<factory::StorageView> &snapshot)
{
    const factory::StorageView &view = snapshot.value;
    m_panel->show(snapshot.freshness, now(), !view.arrays.empty());
    if (view.arrays.empty())
        return;
    renderVerdict();
    renderLanes(view);
    renderArrays(view);
    renderWaiting(view);
}

void StoragePage::renderVerdict()
{
    m_verdict->set(live().snapshot().value, m_workload, now());
}

void StoragePage::renderLanes(const factory::StorageView &view)
{
    const factory::ArrayRow &worst = view.arrays.front();
    std::vector<ChartLane> lanes;
    for (const factory::Lane &lane : view.lanes) {
        QString note = tr("now %1").arg(text::quantity(telemetry::last(lane.series), lane.unit));
        if (lane.normal)
            note += tr(" · normal %1").arg(text::quantity(lane.normal, lane.unit));
        ChartLane one{.title = text::figureName(lane.key), .note = note, .unit = lane.unit, .limit = lane.limit};
        one.normal = lane.normal;
        one.limitName = lane.key == "storage.read_latency" ? tr("2 × normal,") : tr("highest");
        one.lines = {{{}, lane.series, lane.key == "gpu.sm_active" ? 0 : 3}};
        if (lane.key == "gpu.sm_active")
            one.top = 1;
        if (!lane.otherKey.empty()) {
            one.lines.front().name = text::figureName(lane.key).toLower();
            one.lines.push_back({text::figureName(lane.otherKey).toLower(), lane.other, 1});
            one.title = tr("Read and write");
        }
        lanes.push_back(std::move(one));
    }
    std::vector<ChartMark> marks;
    for (const factory::EventMark &event : view.events)
        marks.push_back(
            {.at = event.at,
             .letter = QStringLiteral("A"),
             .tip = tr("%1 Alert %2").arg(text::compactTime(event.at, view.range.to), text::visible(event.title)),
             .status = static_cast<int>(Status::Critical)});
    m_lanes->setTitle(text::visible(worst.array));
    m_lanes->setNote(view.events.empty() ? tr("GPUs above, the array below")
                                         : tr("GPUs above, the array below · A alert"));
    const core::Instant since = view.diagnosis.storageBound() ? view.diagnosis.since : core::Instant{};
    m_chart->setBand(since.known() ? std::optional(
                         ChartBand{{since, view.range.to},
                                   tr("Storage-bound since %1").arg(text::compactTime(since, view.range.to)),
                                   static_cast<int>(Status::Critical)})
                                   : std::nullopt);
    m_chart->set(view.range, std::move(lanes), std::move(marks));
}

void StoragePage::renderArrays(const factory::StorageView &view)
{
    double scale = 0; // one for all arrays: their bars can be compared
    for (const factory::ArrayRow &a : view.arrays)
        scale = std::max({scale, a.limit.value_or(0), a.read.value_or(0)});
    const auto against = [&](std::optional<double> value) {
        return value && scale > 0 ? std::optional(*value / scale) : std::nullopt;
    };
    std::vector<models::TableRow> rows;
    for (const factory::ArrayRow &a : view.arrays) {
        const bool bad = a.state.level >= telemetry::Level::Warning && a.state.level != telemetry::Level::Unknown;
        const int level = static_cast<int>(statusOf(a.state.level));
        const auto ratio = a.readLatency && a.latencyNormal && *a.latencyNormal > 0
            ? std::optional(*a.readLatency / *a.latencyNormal)
            : std::nullopt;
        rows.push_back(
            {text::visible(a.array),
             {{.text = text::visible(a.state.word), .status = level, .strong = bad, .tip = text::stationRule(a.state)},
              {.text = text::visible(a.array), .strong = bad, .tip = text::visible(a.array)},
              {.text = text::quantity(a.read, Unit::BytesPerSecond),
               .status = bad ? level : -1,
               .bar = against(a.read),
               .tick = against(a.readNormal),
               .toned = bad},
              {.text = text::quantity(a.readNormal, Unit::BytesPerSecond), .muted = true},
              {.text = text::quantity(a.limit, Unit::BytesPerSecond), .muted = true},
              {.text = text::quantity(a.write, Unit::BytesPerSecond)},
              {.text = text::quantity(a.readLatency, Unit::Seconds)},
              {.text = ratio ? text::number(*ratio, 1) + QStringLiteral("\u00a0×") : QStringLiteral("—"),
               .strong = ratio.value_or(0) >= 2,
               .tip = tr("normal %1").arg(text::quantity(a.latencyNormal, Unit::Seconds)),
               .value = ratio},
              {.text = text::quantity(a.iops, Unit::PerSecond)},
              {.text = text::quantity(a.space, Unit::Ratio), .bar = a.space}}});
    }
    m_arrays.setRows(std::move(rows));
    m_arrayCard->setNote(tr("bars from 0 to %1, the tick is normal (median of 7 days)")
                             .arg(text::quantity(scale, Unit::BytesPerSecond)));
}

void StoragePage::renderWaiting(const factory::StorageView &view)
{
    const factory::Diagnosis &diagnosis = view.diagnosis;
    std::vector<models::TableRow> rows;
    for (const factory::DiagnosisRow &row : diagnosis.workloads) {
        const bool bound = telemetry::isStorageBound(row.verdict.verdict);
        rows.push_back({text::visible(row.nameSpace + "/" + row.pod),
                        {{.text = text::starvationTitle(row.verdict.verdict),
                          .status = static_cast<int>(statusOf(row.verdict.verdict)),
                          .strong = bound,
                          .tip = text::starvationMeaning(row.verdict.verdict)},
                         {.text = text::visible(row.pod), .strong = bound, .tip = text::visible(row.pod)},
                         {.text = text::visible(row.nameSpace), .muted = true},
                         {.text = QString::number(row.gpus)},
                         {.text = QString::number(row.waiting), .strong = row.waiting > 0, .muted = row.waiting == 0},
                         {.text = text::quantity(row.verdict.utilisation, Unit::Ratio),
                          .bar = row.verdict.utilisation,
                          .tick = row.normal,
                          .tip = tr("normal %1").arg(text::quantity(row.normal, Unit::Ratio))},
                         {.text = QString::number(row.verdict.storagePoints + row.verdict.waitPoints),
                          .muted = true,
                          .tip = tr("%1 on the storage side, %2 on the waiting side")
                                     .arg(row.verdict.storagePoints)
                                     .arg(row.verdict.waitPoints)},
                         {.text = row.since.known() ? text::age(row.since, view.range.to) : QString(),
                          .tip = row.since.known() ? tr("since %1").arg(text::dateTime(row.since)) : QString()}},
                        QStringLiteral("compute:") + text::visible(row.nameSpace + "/" + row.pod)});
    }
    m_waiting.setRows(std::move(rows));
    QString note = tr("held against the worst array: no source says who reads which");
    if (diagnosis.serving > 0)
        note += tr(" · %1 serving not judged").arg(diagnosis.serving);
    m_waitingCard->setNote(note);
}

} // namespace andon::ui
