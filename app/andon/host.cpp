#include "app/andon/host.h"

#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"
#include "ui/pages/versions/versionspage.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace andon::desktop
{

namespace
{
QString tr(const char *text)
{
    return QCoreApplication::translate("Host", text);
}
} // namespace

Host::Host(app::House &house, std::vector<profile::SiteConfig> sites, bool offline, bool demo)
    : m_house(house)
    , m_sites(std::move(sites))
    , m_offline(offline)
    , m_demo(demo)
{
    if (!m_sites.empty())
        select(m_sites.front().name);
}

Host::~Host() = default;

std::vector<ui::SiteTile> Host::tiles() const
{
    std::vector<ui::SiteTile> tiles;
    for (const profile::SiteConfig &site : m_sites) {
        ui::SiteTile tile{.name = site.name, .title = text::visible(site.title.empty() ? site.name.value : site.title)};
        tile.note = tr("%n source(s)").replace(QStringLiteral("%n"), QString::number(site.sources.size()));
        if (m_site && m_site->name() == site.name) {
            int answering = 0;
            bool stale = false;
            for (const factory::SourceState &source : m_site->board().states(15'000)) {
                answering += source.freshness.state == core::FreshnessState::Live ? 1 : 0;
                stale |= source.freshness.error.has_value();
            }
            tile.status = stale ? ui::Status::Stale : answering > 0 ? ui::Status::Ok : ui::Status::Idle;
            tile.note = stale   ? tr("a source does not answer")
                : answering > 0 ? tr("%1 of %2 sources live").arg(answering).arg(site.sources.size())
                                : tr("from the cache");
        }
        tiles.push_back(std::move(tile));
    }
    return tiles;
}

void Host::select(const core::SiteName &name)
{
    for (const profile::SiteConfig &config : m_sites)
        if (config.name == name) {
            auto opened = m_house.site(config, m_offline);
            if (!opened) // without its secrets a site still opens from the cache
                opened = m_house.site(config, true);
            m_site = opened ? std::move(*opened) : nullptr;
        }
}

QStringList Host::requestLog() const
{
    QStringList lines;
    for (const net::LogEntry &entry : m_house.requestLog().entries())
        lines << QStringLiteral("%1  %2  %3  %4  %5  %6 ms  %7")
                     .arg(text::dateTime(entry.at), text::visible(entry.source.value), text::visible(entry.line),
                          entry.error.empty() ? QString::number(entry.status) : text::visible(entry.error),
                          text::bytes(entry.bytes))
                     .arg(entry.elapsedMs)
                     .arg(text::visible(entry.requestId));
    return lines;
}

QString Host::cacheNote() const
{
    const QFileInfo file(QString::fromStdString(m_house.profile().cacheFile()));
    const QString mode = m_demo ? tr("Demo factory") : tr("Read-only site");
    return mode + QStringLiteral("     ") + tr("cache %1").arg(text::bytes(file.size())) + QStringLiteral("     andon ")
        + QStringLiteral(ANDON_VERSION);
}

std::vector<ui::MainWindow::PageEntry> allPages()
{
    using ui::Glyph;
    using ui::SiteHost;
    return {
        {.key = QStringLiteral("versions"),
         .title = tr("Versions"),
         .glyph = Glyph::Versions,
         .make = [](SiteHost &host, QWidget *parent) -> ui::Page * {
             return new ui::VersionsPage(host.site()->versions(), host.worker(), host.clock(), parent);
         }},
    };
}

} // namespace andon::desktop
