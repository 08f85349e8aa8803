#include "ui/pages/economics/economicspage.h"

#include "text/kpitext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/table.h"
#include "ui/widgets/tile.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{

models::Cell cell(const economics::Kpi &kpi, bool strong = false)
{
    return {.text = text::kpiValue(kpi), .strong = strong, .muted = !kpi.value, .tip = text::kpiMissing(kpi)};
}

models::Cell tokensCell(const economics::KpiRow &row)
{
    if (!row.inputTokens || !row.outputTokens)
        return {.text = QStringLiteral("—"), .muted = true};
    return {.text = text::compact(static_cast<double>(*row.inputTokens + *row.outputTokens))};
}

} // namespace

EconomicsPage::EconomicsPage(factory::EconomicsService &economics, factory::Worker &worker, const core::Clock &clock,
                             QWidget *parent)
    : LivePage(
        worker, clock,
        [&economics](factory::Access access, const core::Cancel &cancel) {
            return economics.kpi(economics.closedDay(), access, cancel);
        },
        parent)
    , m_models({{tr("Model"), 0},
                {tr("GPUs"), 48, true},
                {tr("Tokens"), 70, true},
                {tr("Cost / 1 M"), 80, true},
                {tr("Revenue / 1 M"), 94, true},
                {tr("Cost"), 84, true},
                {tr("Revenue"), 84, true},
                {tr("Margin"), 84, true},
                {tr("Margin %"), 76, true},
                {tr("Utilisation"), 80, true}})
    , m_tax({{tr("GPU-hours of the quota"), 0}, {tr("Hours"), 150}, {tr("Cost"), 90, true}})
    , m_releases({{tr("Release"), 0},
                  {tr("GPUs"), 50, true},
                  {tr("Energised"), 90, true},
                  {tr("First paid"), 90, true},
                  {tr("Days"), 60, true},
                  {tr("Carry"), 90, true}})
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_panel = new Panel(this);
    outer->addWidget(m_panel);
    auto *body = new QWidget(m_panel);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(12, 10, 12, 12);
    column->setSpacing(10);
    m_window = new Label({}, Tone::Muted, 12, body);
    column->addWidget(m_window);
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(8);
    for (int i = 0; i < 5; ++i) {
        auto *tile = new Tile(body);
        tile->setAsked(true);
        m_tiles.push_back(tile);
        tiles->addWidget(tile);
    }
    const auto ask = [this](int tile, economics::Kpi economics::KpiRow::*kpi) {
        connect(m_tiles[static_cast<std::size_t>(tile)], &Tile::clicked, this,
                [this, kpi] { explain(m_report.totals.*kpi, tr("All models")); });
    };
    ask(0, &economics::KpiRow::costPerMtok);
    ask(1, &economics::KpiRow::revenuePerMtok);
    ask(2, &economics::KpiRow::grossMargin);
    connect(m_tiles[3], &Tile::clicked, this, [this] { explain(m_report.timeToMonetization, tr("Last release")); });
    connect(m_tiles[4], &Tile::clicked, this, [this] { explain(m_report.tax.total, tr("Whole quota")); });
    column->addLayout(tiles);
    auto *models = new Card(tr("Margin by model"), body);
    models->setNote(tr("cost by allocation, smallest margin first; select a row to ask why"));
    auto *table = new Table(m_models, models);
    table->setFitsRows(true);
    models->body()->addWidget(table);
    column->addWidget(models);
    connect(table, &Table::rowSelected, this, [this](const QString &id) {
        for (const economics::KpiRow &row : m_report.models)
            if (text::visible(row.model.value) == id)
                explain(row.margin, text::visible(row.model.value));
    });
    auto *low = new QHBoxLayout;
    low->setSpacing(12);
    auto *left = new QVBoxLayout;
    left->setSpacing(12);
    auto *tax = new Card(tr("Utilisation tax"), body);
    tax->setNote(tr("each GPU-hour falls into the first that holds"));
    auto *taxTable = new Table(m_tax, tax);
    taxTable->setFitsRows(true);
    tax->body()->addWidget(taxTable);
    auto *releases = new Card(tr("Releases"), body);
    releases->setNote(tr("from energised to the first paid token"));
    auto *releaseTable = new Table(m_releases, releases);
    releaseTable->setFitsRows(true);
    releases->body()->addWidget(releaseTable);
    left->addWidget(tax);
    left->addWidget(releases);
    left->addStretch(1);
    low->addLayout(left, 1);
    auto *why = new Card(tr("Why this number"), body);
    why->body()->setContentsMargins(12, 8, 12, 8);
    auto *scroll = new QScrollArea(why);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    auto *inside = new QWidget(scroll);
    auto *lines = new QVBoxLayout(inside);
    lines->setContentsMargins(0, 0, 0, 0);
    m_whyTitle = new Label(tr("Select a figure"), Tone::Strong, 13, inside);
    m_whyBody = new Label(tr("Its formula, its inputs with their coverage, and the answers it was counted from."),
                          Tone::Second, 12, inside);
    m_whyBody->setWordWrap(true);
    m_whyBody->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    lines->addWidget(m_whyTitle);
    lines->addWidget(m_whyBody, 1);
    scroll->setWidget(inside);
    why->body()->addWidget(scroll);
    low->addWidget(why, 1);
    column->addLayout(low, 1);
    m_panel->setContent(body);
    m_panel->setEmptyText(tr("No figures yet"), tr("Give the site a price book and a Prometheus source."));
    connect(m_panel, &Panel::retryRequested, this, [this] { refresh(true); });
}

void EconomicsPage::explain(const economics::Kpi &kpi, const QString &of)
{
    m_whyTitle->setText(text::kpiTitle(kpi.key) + QStringLiteral(", ") + of + QStringLiteral(" = ")
                        + text::kpiValue(kpi));
    QStringList lines{tr("Formula: %1").arg(text::kpiFormula(kpi.formula))};
    if (!kpi.value)
        lines << tr("There is none because %1.").arg(text::kpiMissing(kpi));
    lines << QString();
    for (const economics::KpiInput &input : kpi.inputs) {
        lines << text::kpiInput(input);
        for (const core::Evidence &e : input.evidence)
            lines << tr("    answered %1, sha256 %2…, %3")
                         .arg(text::dateTime(e.at), text::visible(std::string_view(e.sha256).substr(0, 12)),
                              text::visible(std::string_view(e.request).substr(0, 80)));
    }
    m_whyBody->setText(lines.join(u'\n'));
}

void EconomicsPage::fillModels(const economics::KpiReport &report)
{
    std::vector<models::TableRow> rows;
    const auto add = [&](const economics::KpiRow &row, const QString &id, const QString &name, bool strong) {
        rows.push_back({id,
                        {{.text = name,
                          .status = row.losesMoney ? static_cast<int>(Status::Warning) : -1,
                          .strong = strong,
                          .tip = row.losesMoney ? tr("It costs more than it earns.") : QString()},
                         {.text = text::number(row.gpus, 0)},
                         tokensCell(row),
                         cell(row.costPerMtok),
                         cell(row.revenuePerMtok),
                         cell(row.cost),
                         cell(row.revenue),
                         cell(row.margin, true),
                         cell(row.grossMargin),
                         cell(row.utilisation)}});
    };
    for (const economics::KpiRow &row : report.models)
        add(row, text::visible(row.model.value),
            text::visible(row.model.value + (row.version.empty() ? "" : "@" + row.version.value)), false);
    add(report.totals, QStringLiteral("*"), tr("All models"), true);
    m_models.setRows(std::move(rows));
}

void EconomicsPage::render(const core::Snapshot<economics::KpiReport> &snapshot)
{
    const economics::KpiReport &report = m_report = snapshot.value;
    const bool has = report.window.valid();
    m_panel->show(snapshot.freshness, now(), has);
    if (!has)
        return;
    m_window->setText(tr("Closed window %1 to %2 · %3 · cost by allocation · one ratio of sums, never a mean of ratios")
                          .arg(text::dateTime(report.window.from), text::dateTime(report.window.to),
                               text::visible(report.currency.code)));
    const auto tile = [&](std::size_t i, const QString &title, const economics::Kpi &kpi, const QString &unit) {
        QString note = kpi.value ? QString() : text::kpiMissing(kpi);
        int status = -1;
        if (kpi.value && kpi.target) {
            const economics::Kpi target{.unit = kpi.unit, .value = kpi.target};
            note = tr("target %1").arg(text::kpiValue(target));
        }
        m_tiles[i]->set(title, text::kpiValue(kpi), unit, note, status);
    };
    tile(0, tr("Cost per 1 M tokens"), report.totals.costPerMtok, tr("blended"));
    tile(1, tr("Revenue per 1 M tokens"), report.totals.revenuePerMtok, {});
    tile(2, tr("Gross margin"), report.totals.grossMargin, {});
    tile(3, tr("Time to monetization"), report.timeToMonetization, tr("last release"));
    tile(4, tr("Starved, idle and unallocated GPUs"), report.tax.total, tr("24 h"));
    fillModels(report);
    std::vector<models::TableRow> rows;
    for (const economics::TaxClass &part : report.tax.classes) {
        const double share = report.tax.quotaMicroHours > 0
            ? static_cast<double>(part.microHours) / static_cast<double>(report.tax.quotaMicroHours)
            : 0;
        rows.push_back({text::visible(part.key),
                        {{.text = text::visible(part.key)},
                         {.text = text::number(static_cast<double>(part.microHours) / 1e6, 1), .bar = share},
                         cell(part.cost)}});
    }
    m_tax.setRows(std::move(rows));
    rows.clear();
    const auto day = [](core::Instant at) { return at.known() ? text::dateTime(at).left(10) : QStringLiteral("—"); };
    for (const economics::ReleaseRow &row : report.releases)
        rows.push_back({text::visible(row.release.name),
                        {{.text = text::visible(row.release.name)},
                         {.text = QString::number(row.release.gpus)},
                         {.text = day(row.release.energised)},
                         {.text = day(row.release.firstPaid)},
                         cell(row.sinceEnergised, true),
                         cell(row.carry)}});
    m_releases.setRows(std::move(rows));
    if (!report.models.empty() && m_whyTitle->text() == tr("Select a figure"))
        explain(report.totals.costPerMtok, tr("All models"));
}

} // namespace andon::ui
