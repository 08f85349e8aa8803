// The commands that go to pages.
#include "ui/shell/mainwindow.h"
#include "ui/shell/roomtabs.h"
#include "ui/shell/windowcommands.h"

#include <QCoreApplication>

namespace andon::ui
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("WindowCommands", text);
}

} // namespace

void addPageCommands(MainWindow &window)
{
    const QString group = tr("Go");
    int n = 1;
    for (const MainWindow::PageEntry &entry : window.pages()) {
        const QKeySequence digit(entry.room.isEmpty() ? QStringLiteral("Alt+%1").arg(n++) : QString());
        window.commands().add({.id = QStringLiteral("page.") + entry.key,
                               .group = group,
                               .title = tr("Go to %1").arg(entry.title),
                               .description = tr("Show the page %1.").arg(entry.title),
                               .keys = digit,
                               .run = [&window, key = entry.key](const QString &) { window.showPage(key); }});
    }
    const auto add = [&](const char *id, const QString &title, const QString &description, const char *key,
                         std::function<void()> run, std::function<QString()> whyNot) {
        window.commands().add({.id = QString::fromLatin1(id),
                               .group = group,
                               .title = title,
                               .description = description,
                               .keys = QKeySequence(QString::fromLatin1(key), QKeySequence::PortableText),
                               .run = [run = std::move(run)](const QString &) { run(); },
                               .whyNot = std::move(whyNot)});
    };
    const auto alone = [&window] {
        return window.room().count() > 1 ? QString() : tr("This page has its room to itself.");
    };
    add(
        "room.next", tr("Next page of the room"), tr("Show the page whose tab comes next."), "Ctrl+PgDown",
        [&window] { window.room().step(1); }, alone);
    add(
        "room.previous", tr("Previous page of the room"), tr("Show the page whose tab comes before."), "Ctrl+PgUp",
        [&window] { window.room().step(-1); }, alone);
    add("back", tr("Back"), tr("Show what was shown before."), "Alt+Left", [&window] { window.step(-1); }, {});
    add("forward", tr("Forward"), tr("Take the last step back again."), "Alt+Right", [&window] { window.step(1); }, {});
}

} // namespace andon::ui
