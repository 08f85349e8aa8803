// What the window opens above itself, the palette, the table of all sites, the request log and the notifications, and
// the foot that they are opened from.
#include "models/siteentries.h"
#include "text/plain.h"
#include "ui/shell/bell.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/noticebook.h"
#include "ui/shell/noticelist.h"
#include "ui/shell/savedviews.h"
#include "ui/shell/sitestable.h"
#include "ui/shell/statusarea.h"
#include "ui/theme/style.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{
constexpr std::size_t kMostCommits = 100'000; ///< of a repository that the palette looks through
} // namespace

QLayout *MainWindow::buildFoot(QWidget *parent)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    m_status = new StatusArea(parent);
    row->addWidget(m_status, 1);
    NoticeBook *book = m_host.notices();
    if (!book)
        return row;
    auto *bell = new Bell(tr("What changed on the Floor (Ctrl+Shift+N)"), parent);
    row->addWidget(bell);
    connect(bell, &Bell::clicked, this, &MainWindow::showNotices);
    connect(book, &NoticeBook::changed, bell, [bell, book] { bell->setUnread(book->unread()); });
    bell->setUnread(book->unread());
    return row;
}

void MainWindow::showNotices()
{
    auto *list = new NoticeList(*m_host.notices(), m_host.clock(), this);
    connect(list, &NoticeList::linkRequested, this, &MainWindow::openLink);
    list->open();
}

void MainWindow::openPalette(const QString &asking)
{
    auto *palette = new CommandPalette(
        m_commands, [this](const QString &target) { openLink(target); }, this);
    if (!asking.isEmpty())
        palette->askFor(asking);
    palette->setPlaces(m_places);
    palette->open();
    factory::Site *site = m_host.site();
    if (!site || !asking.isEmpty())
        return;
    std::vector<models::QuickEntry> first;
    for (const SiteTile &tile : m_host.tiles())
        first.push_back(
            {tr("Site"), tile.title, tile.note, QStringLiteral("site:") + QString::fromStdString(tile.name.value)});
    for (const profile::NamedView &saved : m_saved->all())
        first.push_back({tr("View"), text::visible(saved.name), text::visible(saved.view.page),
                         QString::fromStdString(profile::linkOf(saved.view))});
    const auto read = [site, first](const core::Cancel &cancel) {
        return core::Result<models::QuickIndex>(
            models::QuickIndex(models::siteEntries(*site, first, kMostCommits, cancel)));
    };
    m_reading.start(m_host.worker().run<models::QuickIndex>({}, read), palette,
                    [this, palette](core::Result<models::QuickIndex> places) {
                        m_places = std::make_shared<const models::QuickIndex>(std::move(*places));
                        palette->setPlaces(m_places);
                    });
}

void MainWindow::showAllSites()
{
    auto *table = new SitesTable(m_host, this);
    connect(table, &SitesTable::chosen, this, [this](const QString &site, const QString &link) {
        if (!m_host.site() || m_host.site()->name().value != site.toStdString())
            selectSite(site);
        if (link.isEmpty())
            showPage(QStringLiteral("floor"));
        else
            openLink(link);
    });
    table->open();
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
