// Where the window is and has been: views, links and the history.
#include "text/plain.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/rangepicker.h"

#include <QPushButton>

namespace andon::ui
{

profile::View MainWindow::place() const
{
    const Page *page = currentPage();
    factory::Site *site = m_host.site();
    return {.site = site ? site->name().value : std::string(),
            .page = m_entries[static_cast<std::size_t>(m_current)].key.toStdString(),
            .selection = page ? page->selection().toStdString() : std::string(),
            .filter = page ? page->filter().toStdString() : std::string(),
            .from = m_range->words().from.toStdString(),
            .to = m_range->words().to.toStdString(),
            .asOf = m_asOf.toStdString(),
            .shown = page ? page->showing() : std::vector<std::string>()};
}

profile::View MainWindow::view() const
{
    profile::View view = place();
    if (const Page *page = currentPage()) {
        view.columns = page->columns();
        view.expanded = page->expanded();
    }
    return view;
}

void MainWindow::visited()
{
    if (!m_going && currentPage())
        m_history.visit(place());
    enableSteps();
}

void MainWindow::enableSteps()
{
    m_back->setEnabled(m_history.canGo(-1));
    m_forward->setEnabled(m_history.canGo(1));
}

void MainWindow::step(int direction)
{
    if (const auto to = m_history.go(direction))
        go(*to); // no visit: what the page has not read yet would end the way forward
    enableSteps();
}

void MainWindow::openView(const profile::View &view)
{
    go(view);
    if (Page *page = currentPage(); page && view.page == place().page) {
        page->setColumns(view.columns);
        page->setExpanded(view.expanded);
    }
    visited();
}

void MainWindow::go(const profile::View &view)
{
    m_going = true;
    const factory::Site *site = m_host.site();
    if (!view.site.empty() && (!site || site->name().value != view.site)) {
        const auto tiles = m_host.tiles();
        if (std::any_of(tiles.begin(), tiles.end(), [&](const SiteTile &t) { return t.name.value == view.site; }))
            selectSite(QString::fromStdString(view.site));
        else
            say(tr("There is no site \"%1\" here: this one is shown.").arg(text::visible(view.site)));
    }
    if (!view.from.empty() && !view.to.empty()
        && !m_range->setWords({QString::fromStdString(view.from), QString::fromStdString(view.to)}))
        say(tr("The time range %1 to %2 means nothing: it stays as it was.")
                .arg(text::visible(view.from), text::visible(view.to)));
    pin(QString::fromStdString(view.asOf));
    const bool there = showPage(QString::fromStdString(view.page));
    if (!there)
        say(tr("There is no page \"%1\".").arg(text::visible(view.page)));
    else if (!view.selection.empty() && !currentPage()->open(QString::fromStdString(view.selection)))
        say(tr("\"%1\" is nothing that this page could show.").arg(text::visible(view.selection)));
    if (there) {
        currentPage()->setFilter(QString::fromStdString(view.filter));
        currentPage()->setShowing(view.shown);
    }
    m_going = false;
}

} // namespace andon::ui
