#include "ui/shell/mainwindow.h"

#include "text/plain.h"
#include "ui/shell/asofbar.h"
#include "ui/shell/rail.h"
#include "ui/shell/rangepicker.h"
#include "ui/shell/roomtabs.h"
#include "ui/shell/savedviews.h"
#include "ui/shell/sitestrip.h"
#include "ui/shell/statusarea.h"
#include "ui/shell/windowcommands.h"
#include "ui/theme/style.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/glyphbutton.h"
#include "ui/widgets/label.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace andon::ui
{

MainWindow::MainWindow(SiteHost &host, std::vector<PageEntry> pages)
    : m_host(host)
    , m_entries(std::move(pages))
    , m_commands(this)
{
    setWindowTitle(tr("Andon"));
    resize(1440, 900);
    setMinimumSize(960, 540); // a screen of 1920x1080 at 200 %
    buildFrame();
    buildPages();
    m_saved = new SavedViews(profile::Profile(host.paths()).viewsFolder(), host.worker(), this);
    connect(m_saved, &SavedViews::notice, this, &MainWindow::say);
    addWindowCommands(*this);
    m_refresh->setToolTip(m_commands.hintOf(QStringLiteral("refresh")));
    connect(&m_tick, &QTimer::timeout, this, &MainWindow::tick);
    m_tick.start(1000);
    show(0);
}

MainWindow::~MainWindow() = default;

QPoint MainWindow::menuCorner() const
{
    return m_menu->mapToGlobal(QPoint(0, m_menu->height() + 4));
}

void MainWindow::changeSettings(const std::function<void(profile::Settings &)> &change)
{
    m_host.changeSettings(change);
    Q_EMIT settingsChanged();
}

std::int64_t MainWindow::refreshMs() const
{
    const factory::Site *site = m_host.site();
    for (const SiteTile &tile : m_host.tiles())
        if (site && tile.name == site->name())
            return tile.refreshMs;
    return SiteTile{}.refreshMs;
}

void MainWindow::restore(WindowState state)
{
    m_state = std::move(state);
    if (!m_state.geometry.isEmpty())
        restoreGeometry(m_state.geometry);
    for (std::size_t i = 0; i < m_pages.size(); ++i)
        if (m_pages[i])
            m_state.restorePage(m_entries[i].key, *m_pages[i]);
    const factory::Site *site = m_host.site();
    const auto left = m_state.sites.find(site ? QString::fromStdString(site->name().value) : QString());
    if (left == m_state.sites.end())
        return;
    m_going = true;
    m_range->setWords({left->second.from, left->second.to});
    showPage(left->second.page);
    m_going = false;
    visited();
}

void MainWindow::keepSite()
{
    for (std::size_t i = 0; i < m_pages.size(); ++i)
        if (m_pages[i])
            m_state.keepPage(m_entries[i].key, *m_pages[i]);
    if (const factory::Site *site = m_host.site())
        m_state.sites[QString::fromStdString(site->name().value)] = {m_entries[static_cast<std::size_t>(m_current)].key,
                                                                     m_range->words().from, m_range->words().to};
}

WindowState MainWindow::state()
{
    keepSite();
    m_state.geometry = saveGeometry();
    m_state.site = m_host.site() ? QString::fromStdString(m_host.site()->name().value) : QString();
    return m_state;
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    Q_EMIT closing();
    QMainWindow::closeEvent(event);
}

void MainWindow::buildFrame()
{
    auto *centre = new QWidget(this);
    setCentralWidget(centre);
    auto *row = new QHBoxLayout(centre);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    m_rail = new Rail(centre);
    row->addWidget(m_rail);
    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    row->addLayout(column, 1);
    m_strip = new SiteStrip(centre);
    column->addWidget(m_strip);

    m_tools = buildTools(centre);
    column->addWidget(m_tools);
    m_tabs = new RoomTabs(centre);
    column->addWidget(m_tabs);
    m_pinBar = new AsOfBar(centre);
    m_pinBar->hide();
    connect(m_pinBar, &AsOfBar::released, this, [this] { pin({}); });
    column->addWidget(m_pinBar);
    auto *scroll = new QScrollArea(centre); // on a small screen, or a zoomed one
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    m_stack = new QStackedWidget(scroll);
    scroll->setWidget(m_stack);
    m_stack->setAutoFillBackground(false);
    column->addWidget(scroll, 1);
    column->addLayout(buildFoot(centre));

    buildRooms();
    connect(m_strip, &SiteStrip::chosen, this, &MainWindow::selectSite);
    connect(m_strip, &SiteStrip::paletteRequested, this, [this] { openPalette(); });
    connect(&m_commands, &CommandRegistry::argumentWanted, this, &MainWindow::openPalette);
    connect(this, &MainWindow::settingsChanged, this, [this] {
        for (Page *page : m_pages)
            if (page)
                page->setSettings(m_host.settings());
    });
    connect(&m_commands, &CommandRegistry::refused, this, &MainWindow::say);
    connect(m_status, &StatusArea::logRequested, this, &MainWindow::showRequestLog);
}

QWidget *MainWindow::buildTools(QWidget *parent)
{
    auto *bar = new QWidget(parent);
    bar->setFixedHeight(metric::kToolbar);
    bar->setAutoFillBackground(true);
    bar->setBackgroundRole(QPalette::Button);
    auto *tools = new QHBoxLayout(bar);
    tools->setContentsMargins(8, 0, 8, 0);
    tools->setSpacing(6);
    const auto button = [&](QPushButton *made, const QString &name, auto does) {
        made->setFixedHeight(26);
        made->setAccessibleName(name);
        made->setToolTip(name);
        connect(made, &QPushButton::clicked, this, does);
        return made;
    };
    m_back = button(new GlyphButton(Glyph::Back, bar), tr("Back (Alt+Left)"), [this] { step(-1); });
    m_forward = button(new GlyphButton(Glyph::Forward, bar), tr("Forward (Alt+Right)"), [this] { step(1); });
    m_refresh = button(new QPushButton(tr("Refresh"), bar), tr("Refresh this page"), [this] { refreshPage(true); });
    m_menu =
        button(new GlyphButton(Glyph::Menu, bar), tr("Menu (F10)"), [this] { m_commands.run(QStringLiteral("menu")); });
    m_held = button(new QPushButton(bar), tr("Let go of this instant (Esc)"), [this] { setCrosshair({}); });
    m_held->setObjectName(QStringLiteral("held"));
    m_held->hide();
    m_title = new Label({}, Tone::Strong, 15, bar);
    m_badge = new FreshnessBadge(bar);
    m_range = new RangePicker(
        [this] {
            factory::Site *site = m_host.site();
            return site ? site->pin().now() : m_host.clock().now();
        },
        bar);
    connect(m_range, &RangePicker::changed, this, [this] {
        visited();
        refreshPage(true);
    });
    for (QWidget *widget : std::initializer_list<QWidget *>{m_back, m_forward})
        tools->addWidget(widget);
    tools->addSpacing(6);
    tools->addWidget(m_title);
    tools->addSpacing(4);
    tools->addWidget(m_badge);
    tools->addStretch(1);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_held, m_range, m_refresh, m_menu})
        tools->addWidget(widget);
    return bar;
}

void MainWindow::buildRooms()
{
    for (const PageEntry &entry : m_entries) {
        const QString &room = entry.room.isEmpty() ? entry.key : entry.room;
        const auto of =
            std::find_if(m_entries.begin(), m_entries.end(), [&](const PageEntry &e) { return e.key == room; });
        m_tabs->add(entry.tab.isEmpty() ? entry.title : entry.tab, static_cast<int>(of - m_entries.begin()));
        if (entry.room.isEmpty())
            m_rail->add(entry.glyph, entry.title, entry.bottom);
    }
    connect(m_rail, &Rail::chosen, this, [this](int item) { show(m_tabs->behind(item)); });
    connect(m_tabs, &RoomTabs::chosen, this, &MainWindow::show);
}

void MainWindow::buildPages()
{
    for (Page *page : m_pages)
        delete page; // before the site they look at
    m_pages.assign(m_entries.size(), nullptr);
}

void MainWindow::adopt(std::size_t index)
{
    if (m_pages[index])
        return;
    Page *page = m_entries[index].make(m_host, m_stack);
    m_pages[index] = page;
    m_stack->addWidget(page);
    m_state.restorePage(m_entries[index].key, *page);
    page->setSettings(m_host.settings());
    page->setRange([this] { return m_range->range(); });
    page->setCrosshair(m_crosshair);
    for (TimeChart *chart : page->findChildren<TimeChart *>())
        connect(chart, &TimeChart::marked, this, &MainWindow::setCrosshair);
    connect(page, &Page::changed, this, [this] {
        if (!m_going)
            m_history.amend(place());
        render();
    });
    connect(page, &Page::chosen, this, &MainWindow::visited);
    connect(page, &Page::notice, this, &MainWindow::say);
    connect(page, &Page::linkRequested, this, &MainWindow::openLink);
    connect(page, &Page::settingsEdited, this, &MainWindow::changeSettings);
    connect(page, &Page::commandRequested, &m_commands, [this](const QString &id) { m_commands.run(id); });
    // Queued: the page that says so is deleted before the site is opened.
    connect(page, &Page::siteChosen, this, &MainWindow::selectSite, Qt::QueuedConnection);
}

Page *MainWindow::currentPage() const
{
    return m_pages[static_cast<std::size_t>(m_current)];
}

void MainWindow::show(int index)
{
    m_current = index;
    const auto at = static_cast<std::size_t>(index);
    adopt(at);
    m_pages[at]->refresh(m_following); // the range may have changed while another page was shown
    m_asked = m_host.clock().now();
    for (Page *page : m_pages) // the room that a hidden one needs is not needed now
        if (page)
            page->setSizePolicy(page == m_pages[at] ? QSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred)
                                                    : QSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored));
    m_stack->setCurrentWidget(m_pages[at]);
    m_tabs->enter(index);
    m_rail->setCurrent(m_tabs->railItem(index));
    visited();
    render();
}

void MainWindow::say(const QString &sentence)
{
    m_status->say(sentence);
}

bool MainWindow::hasPage(const QString &key) const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [&](const PageEntry &e) { return e.key == key; });
}

void MainWindow::comeForward(const QString &link, const QString &token)
{
    if (!link.isEmpty())
        openLink(link);
    if (!token.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8()); // Wayland lets only the launcher's choice come forward
    if (isMinimized())
        showNormal();
    raise();
    activateWindow();
}

bool MainWindow::showPage(const QString &key)
{
    for (std::size_t i = 0; i < m_entries.size(); ++i)
        if (m_entries[i].key == key) {
            show(static_cast<int>(i));
            return true;
        }
    return false;
}

void MainWindow::openLink(const QString &link)
{
    if (link.startsWith(u"andon:")) {
        if (const auto to = profile::viewOfLink(link.toStdString()))
            openView(*to);
        else
            say(text::visible(to.error().detail));
        return;
    }
    if (link.startsWith(u"site:"))
        return selectSite(link.mid(5));
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        adopt(i);
        if (m_pages[i]->open(link))
            return show(static_cast<int>(i));
    }
}

void MainWindow::refreshPage(bool network)
{
    if (Page *page = currentPage())
        page->refresh(network);
    m_asked = m_host.clock().now();
    render();
}

void MainWindow::tick()
{
    const bool due = m_host.clock().now() - m_asked >= refreshMs();
    const Page *page = currentPage();
    if (m_following && m_asOf.isEmpty() && due && page && page->settled() && isVisible() && !isMinimized()
        && text::followsClock(m_range->words()))
        return refreshPage(true);
    render();
}

bool MainWindow::settled() const
{
    return currentPage() && currentPage()->settled();
}

void MainWindow::selectSite(const QString &name)
{
    keepSite();
    buildPages();
    m_places.reset();
    m_reading.stop();
    m_host.select(core::SiteName(name.toStdString()));
    const QString asOf = std::exchange(m_asOf, {}); // the pin is the console's, not the site's
    m_pinBar->hide();
    show(m_current);
    if (asOf.isEmpty())
        refreshPage(true);
    else
        pin(asOf);
}

void MainWindow::render()
{
    const core::Instant now = m_host.clock().now();
    factory::Site *site = m_host.site();
    m_strip->set(m_host.tiles(), site ? site->name() : core::SiteName());
    m_status->set(site ? site->board().states(refreshMs()) : std::vector<factory::SourceState>{}, now,
                  m_host.cacheNote());
    Page *page = currentPage();
    if (!page)
        return;
    m_title->setText(page->title());
    m_range->setVisible(page->usesTimeRange());
    m_badge->set(page->freshness(), now);
    renderHeld();
}

} // namespace andon::ui
