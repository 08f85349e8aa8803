#include "ui/shell/mainwindow.h"

#include "ui/shell/rail.h"
#include "ui/shell/rangepicker.h"
#include "ui/shell/sitestrip.h"
#include "ui/shell/statusarea.h"
#include "ui/theme/style.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/label.h"

#include <QApplication>
#include <QDialog>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{
constexpr std::int64_t kRefreshMs = 15'000;
}

MainWindow::MainWindow(SiteHost &host, std::vector<PageEntry> pages)
    : m_host(host)
    , m_entries(std::move(pages))
{
    setWindowTitle(tr("Andon"));
    resize(1440, 900);
    setMinimumSize(1024, 640);
    buildFrame();
    buildPages();
    addCommands();
    addRangeCommands();
    connect(&m_tick, &QTimer::timeout, this, &MainWindow::tick);
    m_tick.start(1000);
    show(0);
}

MainWindow::~MainWindow() = default;

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

    m_tools = new QWidget(centre);
    m_tools->setFixedHeight(metric::kToolbar);
    m_tools->setAutoFillBackground(true);
    m_tools->setBackgroundRole(QPalette::Button);
    auto *tools = new QHBoxLayout(m_tools);
    tools->setContentsMargins(12, 0, 8, 0);
    tools->setSpacing(10);
    m_title = new Label({}, Tone::Strong, 15, m_tools);
    m_badge = new FreshnessBadge(m_tools);
    m_refresh = new QPushButton(tr("Refresh"), m_tools);
    m_refresh->setFixedHeight(26);
    m_refresh->setToolTip(tr("Ask the sources again (F5)"));
    connect(m_refresh, &QPushButton::clicked, this, [this] { refreshPage(true); });
    tools->addWidget(m_title);
    tools->addWidget(m_badge);
    tools->addStretch(1);
    m_range = new RangePicker([this] { return m_host.clock().now(); }, m_tools);
    tools->addWidget(m_range);
    connect(m_range, &RangePicker::changed, this, [this] { refreshPage(true); });
    tools->addWidget(m_refresh);
    column->addWidget(m_tools);
    m_stack = new QStackedWidget(centre);
    column->addWidget(m_stack, 1);
    m_status = new StatusArea(centre);
    column->addWidget(m_status);

    for (const PageEntry &entry : m_entries)
        m_rail->add(entry.glyph, entry.title, entry.bottom);
    connect(m_rail, &Rail::chosen, this, &MainWindow::show);
    connect(m_strip, &SiteStrip::chosen, this, &MainWindow::selectSite);
    connect(m_strip, &SiteStrip::paletteRequested, this, [this] { (new CommandPalette(m_commands, this))->open(); });
    connect(m_status, &StatusArea::logRequested, this, &MainWindow::showRequestLog);
}

void MainWindow::buildPages()
{
    for (Page *page : m_pages)
        delete page; // before the site they look at
    m_pages.assign(m_entries.size(), nullptr);
}

void MainWindow::addCommands()
{
    int n = 1;
    for (std::size_t i = 0; i < m_entries.size(); ++i)
        m_commands.add(this,
                       {.id = QStringLiteral("page.") + m_entries[i].key,
                        .title = tr("Go to %1").arg(m_entries[i].title),
                        .keys = QKeySequence(QStringLiteral("Alt+%1").arg(n++)),
                        .run = [this, i] { show(static_cast<int>(i)); }});
    m_commands.add(this,
                   {.id = QStringLiteral("refresh"),
                    .title = tr("Refresh this page"),
                    .keys = QKeySequence(Qt::Key_F5),
                    .run = [this] { refreshPage(true); }});
    m_commands.add(this,
                   {.id = QStringLiteral("palette"),
                    .title = tr("Run a command"),
                    .keys = QKeySequence(Qt::CTRL | Qt::Key_K),
                    .run = [this] { (new CommandPalette(m_commands, this))->open(); }});
    m_commands.add(this, {.id = QStringLiteral("theme.dark"), .title = tr("Dark theme"), .run = [] {
                              applyTheme(*qApp, Theme::Dark);
                          }});
    m_commands.add(this, {.id = QStringLiteral("theme.light"), .title = tr("Light theme"), .run = [] {
                              applyTheme(*qApp, Theme::Light);
                          }});
    m_commands.add(this, {.id = QStringLiteral("requests"), .title = tr("Show the request log"), .run = [this] {
                              showRequestLog();
                          }});
    m_commands.add(this,
                   {.id = QStringLiteral("fullscreen"),
                    .title = tr("Full screen"),
                    .keys = QKeySequence(Qt::Key_F11),
                    .run = [this] { isFullScreen() ? showNormal() : showFullScreen(); }});
    m_commands.add(
        this,
        {.id = QStringLiteral("quit"), .title = tr("Quit"), .keys = QKeySequence(Qt::CTRL | Qt::Key_Q), .run = [this] {
             close();
         }});
}

void MainWindow::addRangeCommands()
{
    const auto add = [this](const char *id, const QString &title, const QKeySequence &keys, auto run) {
        m_commands.add(this, {.id = QString::fromLatin1(id), .title = title, .keys = keys, .run = run});
    };
    add("range.choose", tr("Choose the time range"), QKeySequence(Qt::CTRL | Qt::Key_T),
        [this] { m_range->openPopup(); });
    add("range.earlier", tr("Earlier, by half the time range"), QKeySequence(Qt::CTRL | Qt::Key_Left),
        [this] { m_range->shift(-1); });
    add("range.later", tr("Later, by half the time range"), QKeySequence(Qt::CTRL | Qt::Key_Right),
        [this] { m_range->shift(1); });
    add("range.wider", tr("Twice the time range"), QKeySequence(Qt::CTRL | Qt::Key_Minus),
        [this] { m_range->zoomOut(); });
    add("range.follow", tr("Follow the present"), QKeySequence(Qt::CTRL | Qt::Key_L), [this] { m_range->follow(); });
}

void MainWindow::adopt(std::size_t index)
{
    if (m_pages[index])
        return;
    Page *page = m_entries[index].make(m_host, m_stack);
    m_pages[index] = page;
    m_stack->addWidget(page);
    page->setRange([this] { return m_range->range(); });
    connect(page, &Page::changed, this, &MainWindow::render);
    connect(page, &Page::linkRequested, this, &MainWindow::openLink);
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
    m_stack->setCurrentWidget(m_pages[at]);
    m_rail->setCurrent(index);
    render();
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
    const bool due = m_host.clock().now() - m_asked >= kRefreshMs;
    const Page *page = currentPage();
    if (m_following && due && page && page->settled() && isVisible() && !isMinimized()
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
    for (Page *&page : m_pages) {
        delete page;
        page = nullptr;
    }
    m_host.select(core::SiteName(name.toStdString()));
    show(m_current);
    refreshPage(true);
}

void MainWindow::render()
{
    const core::Instant now = m_host.clock().now();
    factory::Site *site = m_host.site();
    m_strip->set(m_host.tiles(), site ? site->name() : core::SiteName());
    m_status->set(site ? site->board().states(kRefreshMs) : std::vector<factory::SourceState>{}, now,
                  m_host.cacheNote());
    Page *page = currentPage();
    if (!page)
        return;
    m_title->setText(page->title());
    m_range->setVisible(page->usesTimeRange());
    m_badge->set(page->freshness(), now);
}

void MainWindow::showRequestLog()
{
    auto *dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Request log"));
    dialog->resize(960, 480);
    auto *column = new QVBoxLayout(dialog);
    auto *view = new QPlainTextEdit(dialog);
    view->setReadOnly(true);
    view->setFont(monoFont(11));
    view->setLineWrapMode(QPlainTextEdit::NoWrap);
    view->setPlainText(m_host.requestLog().join(u'\n'));
    column->addWidget(view);
    dialog->open();
}

} // namespace andon::ui
