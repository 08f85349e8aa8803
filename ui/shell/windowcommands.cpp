#include "ui/shell/windowcommands.h"

#include "text/plain.h"
#include "ui/charts/charttable.h"
#include "ui/charts/lanechart.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/noticebook.h"
#include "ui/shell/rangepicker.h"
#include "ui/shell/savedviews.h"
#include "ui/shell/shortcutsheet.h"
#include "ui/widgets/filterbar.h"

#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QMenu>

namespace andon::ui
{

namespace
{

QString tr(const char *text, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("WindowCommands", text, comment, n);
}

QKeySequence keys(const char *text)
{
    return QKeySequence(QString::fromLatin1(text), QKeySequence::PortableText);
}

/// One group of commands that ask nothing.
struct Group {
    MainWindow &window;
    QString name;
    void operator()(const char *id, const QString &title, const QString &description, const QKeySequence &shipped,
                    std::function<void()> run) const
    {
        window.commands().add({.id = QString::fromLatin1(id),
                               .group = name,
                               .title = title,
                               .description = description,
                               .keys = shipped,
                               .run = [run = std::move(run)](const QString &) { run(); }});
    }
};

void addSites(MainWindow &window)
{
    const QString group = tr("Go");
    window.commands().add(
        {.id = QStringLiteral("site"),
         .group = group,
         .title = tr("Go to a site"),
         .description = tr("Open another site on the same page."),
         .keys = keys("Ctrl+Shift+S"),
         .run = [&window](const QString &name) { window.selectSite(name); },
         .prompt = tr("Which site?"),
         .choices =
             [&window] {
                 std::vector<models::QuickEntry> sites;
                 for (const SiteTile &tile : window.host().tiles())
                     sites.push_back({tr("Site"), tile.title, tile.note, QString::fromStdString(tile.name.value)});
                 return sites;
             },
         .whyNot = [&window] { return window.host().tiles().empty() ? tr("There is no site yet.") : QString(); }});
    const Group add{window, group};
    add("sites.all", tr("What needs you, all sites"), tr("Show what needs somebody at any site, as its cache has it."),
        keys("Ctrl+Shift+E"), [&window] { window.showAllSites(); });
    constexpr int kNumbered = 9;
    for (int n = 1; n <= kNumbered; ++n)
        add(qPrintable(QStringLiteral("site.%1").arg(n)), tr("Go to site %1").arg(n),
            tr("Open the site at this place in the strip."), keys(qPrintable(QStringLiteral("Ctrl+%1").arg(n))),
            [&window, n] {
                const auto tiles = window.host().tiles();
                if (static_cast<std::size_t>(n) <= tiles.size())
                    window.selectSite(QString::fromStdString(tiles[static_cast<std::size_t>(n) - 1].name.value));
                else
                    window.say(tr("There are %n site(s).", nullptr, static_cast<int>(tiles.size())));
            });
}

void addViews(MainWindow &window)
{
    const auto names = [&window] {
        std::vector<models::QuickEntry> entries;
        for (const profile::NamedView &saved : window.savedViews().all())
            entries.push_back({tr("View"), text::visible(saved.name), text::visible(saved.view.page),
                               QString::fromStdString(saved.name)});
        return entries;
    };
    const auto none = [&window] {
        return window.savedViews().all().empty() ? tr("There is no saved view yet: save one with \"Save this view\".")
                                                 : QString();
    };
    const auto add = [&](const char *id, const QString &title, const QString &description, const QKeySequence &shipped,
                         const QString &prompt, bool chooses, std::function<void(const QString &)> run) {
        window.commands().add({.id = QString::fromLatin1(id),
                               .group = tr("View"),
                               .title = title,
                               .description = description,
                               .keys = shipped,
                               .run = std::move(run),
                               .prompt = prompt,
                               .choices = chooses ? std::function(names) : nullptr,
                               .whyNot = chooses ? std::function<QString()>(none) : nullptr});
    };
    add("view.save", tr("Save this view"),
        tr("Keep page, selection, filter, folds, columns and time range under a name."), keys("Ctrl+S"),
        tr("Name of the view"), false,
        [&window](const QString &name) { window.savedViews().save(name, window.view()); });
    add("view.open", tr("Open a view"), tr("Show a saved view."), keys("Ctrl+Shift+O"), tr("Which view?"), true,
        [&window](const QString &name) {
            if (const profile::View *view = window.savedViews().find(name))
                window.openView(*view);
        });
    add("view.start", tr("Start with a view"), tr("Open Andon with this view from now on."), {},
        tr("Which view to start with?"), true, [&window](const QString &name) {
            window.changeSettings([name = name.toStdString()](profile::Settings &s) { s.startView = name; });
            window.say(tr("Andon starts with \"%1\" from now on.").arg(name));
        });
    add("view.remove", tr("Remove a view"), tr("Delete a saved view and its file."), {}, tr("Remove which view?"), true,
        [&window](const QString &name) { window.savedViews().remove(name); });
}

void addLinks(MainWindow &window)
{
    const Group add{window, tr("View")};
    add("link.copy", tr("Copy link"), tr("Copy an andon:// link to what is shown."), keys("Ctrl+Shift+C"), [&window] {
        const QString link = QString::fromStdString(profile::linkOf(window.view()));
        QGuiApplication::clipboard()->setText(link);
        window.say(tr("Copied %1").arg(link));
    });
    window.commands().add({.id = QStringLiteral("link.open"),
                           .group = tr("View"),
                           .title = tr("Open a link"),
                           .description = tr("Show what an andon:// link leads to."),
                           .keys = keys("Ctrl+O"),
                           .run = [&window](const QString &link) { window.openLink(link); },
                           .prompt = tr("Paste an andon:// link"),
                           .choices = {}});
}

/// The chart that has the focus, else the first of the page that is shown.
LaneChart *chartOf(const MainWindow &window)
{
    if (auto *focused = qobject_cast<LaneChart *>(QApplication::focusWidget()))
        return focused;
    const Page *page = window.currentPage();
    for (LaneChart *chart : page ? page->findChildren<LaneChart *>() : QList<LaneChart *>())
        if (chart->isVisible())
            return chart;
    return nullptr;
}

void addLists(MainWindow &window)
{
    window.commands().add({.id = QStringLiteral("columns"),
                           .group = tr("View"),
                           .title = tr("Choose columns"),
                           .description = tr("Show, hide and sort by the columns of the table."),
                           .keys = keys("Ctrl+Shift+H"),
                           .run = [&window](const QString &) { window.currentPage()->chooseColumns(); },
                           .prompt = {},
                           .choices = {},
                           .whyNot =
                               [&window] {
                                   const Page *page = window.currentPage();
                                   return page && page->hasColumns() ? QString()
                                                                     : tr("There is no table on this page.");
                               }});
    const auto match = [&](const char *id, const QString &title, const QString &description, const char *shipped,
                           int step) {
        window.commands().add({.id = QString::fromLatin1(id),
                               .group = tr("View"),
                               .title = title,
                               .description = description,
                               .keys = keys(shipped),
                               .run = [&window, step](const QString &) { window.currentPage()->stepMatch(step); },
                               .prompt = {},
                               .choices = {},
                               .whyNot =
                                   [&window] {
                                       const Page *page = window.currentPage();
                                       return page && page->stepsMatches() ? QString()
                                                                           : tr("This page marks no matches.");
                                   }});
    };
    match("match.next", tr("Next match"), tr("Go to the next row that the filter marks."), "F3", 1);
    match("match.previous", tr("Previous match"), tr("Go to the row before that the filter marks."), "Shift+F3", -1);
}

void addLooks(MainWindow &window)
{
    window.commands().add(
        {.id = QStringLiteral("chart.table"),
         .group = tr("View"),
         .title = tr("Chart as a table"),
         .description = tr("Show the values that the chart paints as rows, to read or to copy."),
         .keys = keys("Ctrl+Shift+T"),
         .run =
             [&window](const QString &) {
                 if (const LaneChart *chart = chartOf(window))
                     (new ChartTable(*chart, &window))->open();
             },
         .prompt = {},
         .choices = {},
         .whyNot = [&window] { return chartOf(window) ? QString() : tr("There is no chart on this page."); }});
    const Group add{window, tr("View")};
    add("refresh", tr("Refresh this page"), tr("Ask the sources again."), keys("F5"),
        [&window] { window.refreshPage(true); });
    window.commands().add({.id = QStringLiteral("filter"),
                           .group = tr("View"),
                           .title = tr("Filter the list"),
                           .description = tr("Type what the list of this page is to hold."),
                           .keys = keys("/"),
                           .run = [&window](const QString &) { window.currentPage()->filterBar()->focusAll(); },
                           .whyNot =
                               [&window] {
                                   const Page *page = window.currentPage();
                                   return page && page->filterBar() ? QString()
                                                                    : tr("This page has no list to filter.");
                               }});
    const std::pair<const char *, QString> themes[] = {{"system", tr("Theme of the desktop")},
                                                       {"dark", tr("Dark theme")},
                                                       {"light", tr("Light theme")},
                                                       {"high-contrast", tr("High contrast theme")}};
    for (const auto &[name, title] : themes)
        add(qPrintable(QStringLiteral("theme.") + QString::fromLatin1(name)), title,
            tr("Draw the console in these colours from now on."), {}, [&window, theme = std::string(name)] {
                window.changeSettings([theme](profile::Settings &settings) { settings.theme = theme; });
            });
    add("fullscreen", tr("Full screen"), tr("Fill the screen with the window, and back."), keys("F11"),
        [&window] { window.isFullScreen() ? window.showNormal() : window.showFullScreen(); });
}

void addRange(MainWindow &window)
{
    const Group add{window, tr("Time")};
    RangePicker &range = window.range();
    add("range.choose", tr("Choose the time range"), tr("A common range, or any other in words such as now-6h."),
        keys("Ctrl+T"), [&range] { range.openPopup(); });
    add("range.earlier", tr("Earlier"), tr("Move the time range back by half its length."), keys("Ctrl+Left"),
        [&range] { range.shift(-1); });
    add("range.later", tr("Later"), tr("Move the time range on by half its length."), keys("Ctrl+Right"),
        [&range] { range.shift(1); });
    add("range.wider", tr("Twice the time range"), tr("Zoom out around the same middle."), keys("Ctrl+-"),
        [&range] { range.zoomOut(); });
    add("range.follow", tr("Follow the present"), tr("End at the present again, and stay there."), keys("Ctrl+L"),
        [&range] { range.follow(); });
    add("range.absolute", tr("Hold this time range"), tr("Keep these two moments, whatever the clock says."),
        keys("Ctrl+Shift+L"), [&range] { range.setWords(text::absolute(range.range())); });
}

void addAsOf(MainWindow &window)
{
    const QString group = tr("Time");
    window.commands().add({.id = QStringLiteral("asof.pin"),
                           .group = group,
                           .title = tr("Look at a moment"),
                           .description = tr("Pin the whole console to a moment that was; Esc releases it."),
                           .keys = keys("Ctrl+Shift+A"),
                           .run = [&window](const QString &words) { window.pin(words); },
                           .prompt = tr("A moment: 2026-11-20 06:00, now-7d, or commit:REPOSITORY@ID"),
                           .choices = {}});
    const auto selection = [&window] {
        const Page *page = window.currentPage();
        const QString chosen = page ? page->selection() : QString();
        return chosen.startsWith(u"commit:") ? chosen : QString();
    };
    window.commands().add(
        {.id = QStringLiteral("asof.commit"),
         .group = group,
         .title = tr("Look at the selected commit"),
         .description = tr("Pin its repository to the commit and all else to its date."),
         .run = [&window, selection](const QString &) { window.pin(selection()); },
         .prompt = {},
         .choices = {},
         .whyNot =
             [selection] { return selection().isEmpty() ? tr("Select a commit on Versions first.") : QString(); }});
    window.commands().add(
        {.id = QStringLiteral("asof.release"),
         .group = group,
         .title = tr("Back to now"),
         .description = tr("Release the pin: everything is of now again."),
         .run = [&window](const QString &) { window.pin({}); },
         .prompt = {},
         .choices = {},
         .whyNot = [&window] { return window.asOf().isEmpty() ? tr("Nothing is pinned.") : QString(); }});
}

void addCrosshair(MainWindow &window)
{
    window.commands().add(
        {.id = QStringLiteral("crosshair.release"),
         .group = tr("Time"),
         .title = tr("Let go of the held instant"),
         .description = tr("A click or Space on a chart holds an instant on every page; this lets go of it."),
         .keys = {},
         .run = [&window](const QString &) { window.setCrosshair({}); },
         .prompt = {},
         .choices = {},
         .whyNot = [&window] { return window.crosshair().held ? QString() : tr("No instant is held."); }});
}

/// The menu is the registry: every command under its group, with the keys in force.
void openMenu(MainWindow &window)
{
    auto *menu = new QMenu(&window);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    std::map<QString, QMenu *> groups;
    for (const UiCommand &command : window.commands().commands()) {
        QMenu *&group = groups[command.group];
        if (!group)
            group = menu->addMenu(command.group);
        QAction *action = group->addAction(command.prompt.isEmpty() ? command.title : command.title + u'…');
        action->setShortcut(window.commands().keysOf(command.id));
        action->setShortcutContext(Qt::WidgetShortcut); // it is shown here and works in the window
        action->setToolTip(command.description);
        action->setEnabled(!command.whyNot || command.whyNot().isEmpty());
        QObject::connect(action, &QAction::triggered, &window,
                         [&window, id = command.id] { window.commands().run(id); });
    }
    menu->popup(window.menuCorner());
}

void addConsole(MainWindow &window)
{
    const Group add{window, tr("Console")};
    add("palette", tr("Run a command"), tr("Find any command, page, site, branch, commit, model or view by its name."),
        keys("Ctrl+K"), [&window] { window.openPalette(); });
    add("shortcuts", tr("Keyboard shortcuts"), tr("Show every command with its keys, and change them."), keys("?"),
        [&window] { (new ShortcutSheet(window.commands(), &window))->open(); });
    add("menu", tr("Menu"), tr("Show all commands by group."), keys("F10"), [&window] { openMenu(window); });
    add("requests", tr("Request log"), tr("Show what was asked of the sources, and how they answered."),
        keys("Ctrl+Shift+R"), [&window] { window.showRequestLog(); });
    add("quit", tr("Quit"), tr("Close the window."), keys("Ctrl+Q"), [&window] { window.close(); });
}

void addNotices(MainWindow &window)
{
    NoticeBook *book = window.host().notices();
    const auto none = [book] { return book ? QString() : tr("Nothing is watched here."); };
    window.commands().add({.id = QStringLiteral("notices"),
                           .group = tr("Console"),
                           .title = tr("Notifications"),
                           .description = tr("Show what changed on the Floor, and go there."),
                           .keys = keys("Ctrl+Shift+N"),
                           .run = [&window](const QString &) { window.showNotices(); },
                           .whyNot = none});
    window.commands().add(
        {.id = QStringLiteral("notices.read"),
         .group = tr("Console"),
         .title = tr("Mark all notifications read"),
         .description = tr("Nothing of what changed until now is unread any more."),
         .run = [book](const QString &) { book->markAllRead(); },
         .whyNot = [book, none] { return book && book->unread() == 0 ? tr("All notifications are read.") : none(); }});
}

} // namespace

void addWindowCommands(MainWindow &window)
{
    addPageCommands(window);
    addSites(window);
    addRange(window);
    addAsOf(window);
    addCrosshair(window);
    addLooks(window);
    addLists(window);
    addLogCommands(window);
    addViews(window);
    addLinks(window);
    addNotices(window);
    addConsole(window);
}

} // namespace andon::ui
