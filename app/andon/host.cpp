#include "app/andon/host.h"

#include "app/common/kpidocument.h"
#include "text/errortext.h"
#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"
#include "ui/pages/compare/comparepage.h"
#include "ui/pages/compute/computepage.h"
#include "ui/pages/economics/economicspage.h"
#include "ui/pages/floor/floorpage.h"
#include "ui/pages/gates/gatespage.h"
#include "ui/pages/lineage/lineagepage.h"
#include "ui/pages/objects/objectspage.h"
#include "ui/pages/pulls/pullspage.h"
#include "ui/pages/refs/refspage.h"
#include "ui/pages/reports/reportspage.h"
#include "ui/pages/settings/settingspage.h"
#include "ui/pages/storage/storagepage.h"
#include "ui/pages/versions/versionspage.h"
#include "ui/theme/statusof.h"

#include <QCoreApplication>

namespace andon::desktop
{

namespace
{
constexpr std::int64_t kFreshMs = 3 * core::kMinute; // what the Floor said longer ago is no state of an open site

QString tr(const char *text, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("Host", text, comment, n);
}
} // namespace

Host::Host(app::House &house, profile::Settings settings, std::vector<profile::SiteConfig> sites, bool offline,
           bool demo)
    : m_house(house)
    , m_settings(std::move(settings))
    , m_sites(std::move(sites))
    , m_offline(offline)
    , m_demo(demo)
    , m_desk(m_house, m_worker, demo ? m_sites : std::vector<profile::SiteConfig>{})
    , m_cache(m_house, m_worker)
    , m_preferences(m_cache)
    , m_acks(
          m_house, m_worker, [this] { return m_site ? m_site->name() : core::SiteName(); }, m_settings.person,
          [this](const std::string &person) { changeSettings([person](profile::Settings &s) { s.person = person; }); })
    , m_notices(m_house, m_worker, [this]() -> const profile::Settings & { return m_settings; })
    , m_glances(m_house, m_worker, [this] { return m_sites; })
{
    if (!m_sites.empty())
        select(core::SiteName(m_sites.front().name)); // a copy: the list is read anew
}

Host::~Host() = default;

std::vector<ui::SiteTile> Host::tiles() const
{
    std::vector<ui::SiteTile> tiles;
    for (const profile::SiteConfig &site : m_sites) {
        ui::SiteTile tile{.name = site.name, .title = text::visible(site.title.empty() ? site.name.value : site.title)};
        tile.colour = site.colour.empty() ? static_cast<int>(tiles.size()) : site.colour.back() - '1';
        tile.isProtected = site.isProtected;
        tile.refreshMs = site.refreshSeconds * std::int64_t{1000};
        tile.note = tr("%n source(s)", nullptr, static_cast<int>(site.sources.size()));
        const factory::SiteGlance *seen = m_glances.of(site.name);
        if (m_site && m_site->name() == site.name)
            tellOpen(tile, seen, static_cast<int>(site.sources.size()));
        else if (seen)
            tellClosed(tile, *seen);
        tiles.push_back(std::move(tile));
    }
    return tiles;
}

void Host::tellOpen(ui::SiteTile &tile, const factory::SiteGlance *seen, int sources) const
{
    int answering = 0;
    bool stale = false;
    for (const factory::SourceState &source : m_site->board().states(tile.refreshMs)) {
        answering += source.freshness.state == core::FreshnessState::Live ? 1 : 0;
        stale |= source.freshness.error.has_value();
    }
    tile.status = stale ? ui::Status::Stale : answering > 0 ? ui::Status::Ok : ui::Status::Idle;
    tile.note = stale   ? tr("a source does not answer")
        : answering > 0 ? tr("%1 of %2 sources live").arg(answering).arg(sources)
                        : tr("from the cache");
    const bool fresh = seen && clock().now() - seen->at < kFreshMs;
    if (stale || answering == 0 || !fresh || seen->worst() == telemetry::Level::Unknown)
        return;
    tile.status = ui::statusOf(seen->worst());
    if (tile.status != ui::Status::Ok)
        tile.note = tr("%1 · %2 of %3 live").arg(ui::statusWord(tile.status)).arg(answering).arg(sources);
}

void Host::tellClosed(ui::SiteTile &tile, const factory::SiteGlance &seen) const
{
    tile.cached = true;
    if (!seen.at.known()) {
        tile.note = tr("nothing cached yet");
        return;
    }
    const bool known = seen.worst() != telemetry::Level::Unknown;
    tile.status = ui::statusOf(seen.worst());
    tile.note = tr("%1, cached %2")
                    .arg(known ? ui::statusWord(tile.status) : tr("Not known"), text::ago(seen.at, clock().now()));
}

void Host::reread()
{
    if (m_demo)
        return;
    m_sites.clear();
    for (const ui::SiteListing &site : m_desk.sites())
        if (!site.error)
            m_sites.push_back(site.config);
}

void Host::select(const core::SiteName &name)
{
    reread();
    if (m_site)
        m_left.push_back(std::move(m_site));
    if (m_glances.all()) // the one that is left is told of by the cache from now on
        m_glances.read();
    for (const profile::SiteConfig &config : m_sites)
        if (!m_site && (config.name == name || name.empty())) {
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
        lines << (QStringLiteral("%1  %2  %3  %4  %5  %6 ms  %7")
                      .arg(text::dateTime(entry.at), text::visible(entry.source.value), text::visible(entry.line),
                           entry.error.empty() ? QString::number(entry.status) : text::visible(entry.error),
                           text::bytes(entry.bytes))
                      .arg(entry.elapsedMs)
                      .arg(text::visible(entry.requestId))
                  + (entry.waitedMs > 0 ? tr("  waited %1 for its turn").arg(text::duration(entry.waitedMs))
                                        : QString()));
    return lines;
}

void Host::changeSettings(const std::function<void(profile::Settings &)> &change)
{
    const profile::Settings before = m_settings;
    change(m_settings);
    const bool limits =
        m_settings.cacheCapBytes != before.cacheCapBytes || m_settings.requestsPerMinute != before.requestsPerMinute;
    const std::string file = m_house.profile().settingsFile();
    core::whenDone<profile::Settings>(
        m_worker.run<profile::Settings>(
            {},
            [this, file, change](const core::Cancel &) {
                const std::scoped_lock one(m_writing);
                return profile::changeSettings(file, clock().now(), [&](profile::Settings &kept) -> core::Result<void> {
                    change(kept);
                    return {};
                });
            }),
        QCoreApplication::instance(), [this, limits](const core::Result<profile::Settings> &saved) {
            if (!saved)
                qWarning("%s", qPrintable(text::paragraph(saved.error())));
            else if (limits)
                m_cache.trim();
        });
}

void Host::rereadSettings()
{
    m_settings = profile::readSettings(m_house.profile().settingsFile(), clock().now()).settings;
}

QString Host::cacheNote() const
{
    const QString mode = m_demo ? tr("Demo factory") : tr("Read-only site"); // there are no actions yet
    return mode + QStringLiteral("     ") + m_cache.note() + QStringLiteral("     andon ")
        + QStringLiteral(ANDON_VERSION);
}

reports::KpiDocument completeReport(const Host &host, core::Snapshot<economics::KpiReport> figures)
{
    return app::kpiDocument(*host.site(), std::move(figures));
}

std::vector<ui::MainWindow::PageEntry> allPages()
{
    using ui::Glyph;
    using ui::SiteHost;
    const auto entry = [](const char *key, const QString &title, Glyph glyph, auto make) {
        // Without a site every page is the first start: connect a factory, or look at the demo.
        const auto orFirst = [make](SiteHost &h, QWidget *parent) -> ui::Page * {
            if (h.site())
                return make(h, parent);
            return new ui::SettingsPage(static_cast<Host &>(h).desk(), nullptr, h.worker(), h.clock(), parent);
        };
        return ui::MainWindow::PageEntry{
            .key = QString::fromLatin1(key), .title = title, .glyph = glyph, .make = orFirst};
    };
    const auto ofVersions = [](ui::MainWindow::PageEntry page) {
        page.room = QStringLiteral("versions");
        return page;
    };
    std::vector<ui::MainWindow::PageEntry> pages = {
        entry("floor", tr("Floor"), Glyph::Floor,
              [](SiteHost &h, QWidget *parent) -> ui::Page * {
                  auto *floor = new ui::FloorPage(h.site()->machines(), h.worker(), h.clock(), parent);
                  floor->setAckDesk(&static_cast<Host &>(h).acks());
                  return floor;
              }),
        entry("versions", tr("Versions"), Glyph::Versions,
              [](SiteHost &h, QWidget *parent) -> ui::Page * {
                  return new ui::VersionsPage(h.site()->versions(), h.site()->registry(), h.worker(), h.clock(),
                                              parent);
              }),
        ofVersions(entry("refs", tr("Branches and tags"), Glyph::Branch,
                         [](SiteHost &h, QWidget *parent) -> ui::Page * {
                             return new ui::RefsPage(h.site()->refs(), h.worker(), h.clock(), parent);
                         })),
        ofVersions(entry("objects", tr("Objects"), Glyph::Versions,
                         [](SiteHost &h, QWidget *parent) -> ui::Page * {
                             return new ui::ObjectsPage(h.site()->versions(), h.site()->objects(), h.worker(),
                                                        h.clock(), parent);
                         })),
        ofVersions(entry("compare", tr("Compare"), Glyph::Versions,
                         [](SiteHost &h, QWidget *parent) -> ui::Page * {
                             return new ui::ComparePage({h.site()->versions(), h.site()->comparisons(),
                                                         h.site()->objects(), h.site()->registry()},
                                                        h.worker(), h.clock(), parent);
                         })),
        ofVersions(entry("gates", tr("Quality gates"), Glyph::Versions,
                         [](SiteHost &h, QWidget *parent) -> ui::Page * {
                             return new ui::GatesPage(h.site()->gates(), h.worker(), h.clock(), parent);
                         })),
        ofVersions(entry("pulls", tr("Pull requests"), Glyph::Branch,
                         [](SiteHost &h, QWidget *parent) -> ui::Page * {
                             return new ui::PullsPage(h.site()->pulls(), h.worker(), h.clock(), parent);
                         })),
        entry("lineage", tr("Lineage"), Glyph::Lineage,
              [](SiteHost &h, QWidget *parent) -> ui::Page * {
                  return new ui::LineagePage(h.site()->registry(), h.worker(), h.clock(), parent);
              }),
        entry("compute", tr("Compute"), Glyph::Compute,
              [](SiteHost &h, QWidget *parent) -> ui::Page * {
                  return new ui::ComputePage(h.site()->machines(), h.worker(), h.clock(), parent);
              }),
        entry("storage", tr("Storage"), Glyph::Storage,
              [](SiteHost &h, QWidget *parent) -> ui::Page * {
                  return new ui::StoragePage(h.site()->machines(), h.worker(), h.clock(), parent);
              }),
        entry("economics", tr("Economics"), Glyph::Economics,
              [](SiteHost &h, QWidget *parent) -> ui::Page * {
                  return new ui::EconomicsPage(h.site()->economics(), h.worker(), h.clock(), parent);
              }),
        entry("reports", tr("Reports"), Glyph::Reports,
              [](SiteHost &h, QWidget *parent) -> ui::Page * {
                  const auto complete = [&h](core::Snapshot<economics::KpiReport> figures) {
                      return completeReport(static_cast<const Host &>(h), std::move(figures));
                  };
                  return new ui::ReportsPage(h.site()->economics(), h.worker(), h.clock(), complete, parent);
              }),
        entry("settings", tr("Settings"), Glyph::Settings,
              [](SiteHost &h, QWidget *parent) -> ui::Page * {
                  Host &host = static_cast<Host &>(h);
                  auto *page = new ui::SettingsPage(host.desk(), h.site(), h.worker(), h.clock(), parent);
                  page->setPreferenceDesk(&host.preferences());
                  return page;
              }),
    };
    for (ui::MainWindow::PageEntry &page : pages)
        if (page.key == u"compare" || page.key == u"objects")
            page.room = QStringLiteral("versions");
    pages[1].tab = tr("Commits");
    pages.back().bottom = true;
    return pages;
}

} // namespace andon::desktop
