// The commands of the commit log.
#include "ui/shell/mainwindow.h"
#include "ui/shell/windowcommands.h"

#include <QCoreApplication>

namespace andon::ui
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("LogCommands", text);
}

} // namespace

void addLogCommands(MainWindow &window)
{
    using Choices = std::function<std::vector<models::QuickEntry>()>;
    const auto add = [&](const char *id, const QString &title, const QString &description, const char *shipped,
                         const QString &prompt = {}) {
        const QString name = QString::fromLatin1(id);
        const auto offers = [&window, name] { return window.currentPage()->offers(name); };
        window.commands().add({.id = name,
                               .group = tr("Log"),
                               .title = title,
                               .description = description,
                               .keys = QKeySequence(QString::fromLatin1(shipped), QKeySequence::PortableText),
                               .run = [&window, name](const QString &what) { window.currentPage()->act(name, what); },
                               .prompt = prompt,
                               .choices = prompt.isEmpty() ? Choices() : Choices(offers),
                               .whyNot =
                                   [&window, name] {
                                       const Page *page = window.currentPage();
                                       return page && page->knows(name) ? QString()
                                                                        : tr("There is no commit log on this page.");
                                   }});
    };
    add("log.parent", tr("To the parent"), tr("Select the first parent of the commit; → in the log."), "");
    add("log.child", tr("To the child"), tr("Select a commit that stands on this one; ← in the log."), "");
    add("log.older", tr("Older on this line"), tr("Select the next older commit in the same lane."), "]");
    add("log.newer", tr("Newer on this line"), tr("Select the next newer commit in the same lane."), "[");
    add("log.mark.a", tr("Mark A to compare"), tr("Compare from the selected commit; once more takes the mark away."),
        "M");
    add("log.mark.b", tr("Mark B to compare"), tr("Compare to the selected commit; once more takes the mark away."),
        "Shift+M");
    add("log.fold", tr("Fold or unfold"), tr("Hide or show the side of the merge, or the commits of the run."), "");
    add("log.all", tr("Show all commits"), tr("Nothing is folded and no branch is left out."), "");
    add("log.runs", tr("Fold runs"), tr("Commits of one line that nothing else touches become one row."), "");
    add("log.structure", tr("Tips and merges only"), tr("Show what gives the history its structure."), "");
    add("log.merges", tr("Fold merges"), tr("Hide what only the second parents of merges reach, and back."), "");
    add("log.matches", tr("Only matches"),
        tr("Hide what the filter leaves out, or mark what it leaves among the rest."), "");
    add("log.only", tr("Only a branch or tag"), tr("Show only what it reaches, beside others so chosen; and back."), "",
        tr("Only what which branch or tag reaches?"));
    add("log.everywhere", tr("All branches again"), tr("Show what any branch or tag reaches."), "");
}

} // namespace andon::ui
