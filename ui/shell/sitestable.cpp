#include "ui/shell/sitestable.h"

#include "text/plain.h"
#include "text/times.h"
#include "ui/pages/floor/floorwords.h"
#include "ui/widgets/filteredview.h"
#include "ui/widgets/label.h"
#include "ui/widgets/table.h"

#include <QVBoxLayout>

#include <algorithm>

namespace andon::ui
{

namespace
{

constexpr int kTickMs = 1000;

models::TableRow rowOf(const SiteTile &tile, const QString &id, const QString &link)
{
    const QString name = QString::fromStdString(tile.name.value);
    return {.id = name + u' ' + id, .cells = {{.text = tile.title}, {}, {}, {}, {}}, .link = name + u' ' + link};
}

models::TableRow rowOf(const SiteTile &tile, const factory::SiteGlance &seen, std::size_t index, core::Instant now)
{
    const factory::Attention &one = seen.floor.attention[index];
    const Status status = one.key == "source-stale" ? Status::Stale : statusOf(one.severity);
    models::TableRow row = rowOf(tile, QString::number(index), QString::fromStdString(one.link));
    const QString line = attentionLine(one, seen.floor);
    const bool calm = one.ack.has_value();
    row.cells[1] = {.text = attentionHead(one),
                    .status = static_cast<int>(calm ? Status::Maintenance : status),
                    .strong = !calm,
                    .muted = calm,
                    .tip = statusWord(status)};
    row.cells[2] = {.text = line, .muted = calm, .tip = line};
    if (one.since.known())
        row.cells[3] = {.text = text::compactTime(one.since, now),
                        .tip = text::ago(one.since, now),
                        .value = models::timeValue(one.since)};
    return row;
}

} // namespace

std::vector<models::TableRow> needsOfSites(const std::vector<SiteTile> &tiles,
                                           const std::vector<factory::SiteGlance> &glances, core::Instant now)
{
    std::vector<std::pair<int, models::TableRow>> rows; // what is acknowledged, and then nothing, after all others
    for (const SiteTile &tile : tiles)
        for (const factory::SiteGlance &seen : glances) {
            if (seen.site != tile.name)
                continue;
            const std::size_t before = rows.size();
            for (std::size_t i = 0; i < seen.floor.attention.size(); ++i) {
                const factory::Attention &one = seen.floor.attention[i];
                rows.emplace_back(one.ack ? 10 : 9 - static_cast<int>(one.severity), rowOf(tile, seen, i, now));
            }
            if (rows.size() == before) {
                models::TableRow row = rowOf(tile, QString(), QString());
                row.cells[1] = {.text = seen.at.known()
                                    ? SitesTable::tr("Nothing needed anybody")
                                    : SitesTable::tr("Nothing is cached of this site: open it once"),
                                .muted = true};
                rows.emplace_back(11, std::move(row));
            }
            for (std::size_t i = before; i < rows.size() && seen.at.known(); ++i)
                rows[i].second.cells[4] = {
                    .text = text::ago(seen.at, now),
                    .muted = true,
                    .tip = SitesTable::tr("as the cache has it, of %1").arg(text::dateTime(seen.at)),
                    .value = models::timeValue(seen.at)};
        }
    std::stable_sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    std::vector<models::TableRow> out;
    for (auto &[order, row] : rows)
        out.push_back(std::move(row));
    return out;
}

SitesTable::SitesTable(const SiteHost &host, QWidget *parent)
    : QDialog(parent)
    , m_host(host)
    , m_rows({{tr("Site"), 150, false, 0, text::wordField("site")},
              {tr("What"), 0, false, 0, text::wordField("what")},
              {tr("Why"), 0, false, 760, text::wordField("why")},
              {tr("Since"), 96, true, 0, text::timeField("since")},
              {tr("Read"), 110, true, 0, text::timeField("read")}})
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("What needs you, all sites"));
    resize(1080, 520);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(8);
    auto *table = new Table(m_rows, this);
    table->setAccessibleName(windowTitle());
    FilterBar *bar = filterBarOf(m_rows, m_host.clock(), tr("Filter what needs you"), this);
    bar->setFixedHeight(26);
    bar->setMaximumWidth(QWIDGETSIZE_MAX);
    column->addWidget(bar);
    column->addWidget(new FilteredView(table, m_rows, bar, this), 1);
    column->addWidget(
        new Label(tr("As the cache of each site has it; Enter opens the site there and asks its sources."), Tone::Muted,
                  11, this));
    connect(table, &Table::linkRequested, this, [this](const QString &link) {
        const QString site = link.section(u' ', 0, 0);
        const QString to = link.section(u' ', 1);
        close();
        Q_EMIT chosen(site, to);
    });
    connect(&m_tick, &QTimer::timeout, this, &SitesTable::render);
    m_tick.start(kTickMs);
    render();
    table->setFocus();
    table->selectRow(0);
}

void SitesTable::render()
{
    if (const auto glances = m_host.glances())
        m_rows.setRows(needsOfSites(m_host.tiles(), *glances, m_host.clock().now()));
}

} // namespace andon::ui
