#include "app/andon/deskcommands.h"

#include "app/common/supportbundle.h"
#include "text/errortext.h"
#include "text/plain.h"
#include "ui/pages/floor/floorpage.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>

namespace andon::desktop
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("DeskCommands", text);
}

void saveBundle(ui::MainWindow &window, app::House &house, Host &host, const QString &file)
{
    core::whenDone<std::string>(
        host.worker().run<std::string>({},
                                       [&house, path = file.toStdString()](const core::Cancel &) {
                                           const auto written = app::writeSupportBundle(path, app::supportParts(house),
                                                                                        house.clock().now());
                                           return written ? core::Result<std::string>(path)
                                                          : core::fail(written.error());
                                       }),
        &window, [&window](const core::Result<std::string> &written) {
            window.say(written ? tr("The support bundle is in %1. Nothing was sent anywhere; look through it before "
                                    "you hand it on.")
                                     .arg(text::visible(*written))
                               : text::headline(written.error()));
        });
}

void askWhere(ui::MainWindow &window, app::House &house, Host &host)
{
    auto *dialog = new QFileDialog(&window, tr("Save the support bundle"), QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Compressed archive (*.tar.gz)"), tr("Zip archive (*.zip)")});
    dialog->selectFile(QString::fromStdString(app::supportFileName(host.clock().now())));
    QObject::connect(dialog, &QFileDialog::fileSelected, &window,
                     [&window, &house, &host](const QString &file) { saveBundle(window, house, host, file); });
    dialog->open();
}

/// How large the cache may grow: one of the common sizes; any other is a setting.
void addCacheCap(ui::MainWindow &window, Host &host)
{
    const auto change = [&window](const QString &words) {
        const auto bytes = profile::bytesFrom(words.trimmed().toStdString());
        profile::Settings probe;
        if (!bytes || !profile::setSetting(probe, "cache_cap", words.trimmed().toStdString()))
            return window.say(tr("The cap of the cache is a size of at least 1 MiB, like 2 GiB."));
        window.changeSettings([bytes](profile::Settings &settings) { settings.cacheCapBytes = *bytes; });
    };
    const auto sizes = [&host] {
        std::vector<models::QuickEntry> all;
        const std::string now = profile::bytesText(host.settings().cacheCapBytes);
        for (const char *size : {"512 MiB", "1 GiB", "2 GiB", "5 GiB", "10 GiB", "50 GiB"})
            all.push_back({tr("Cache"), QString::fromLatin1(size), now == size ? tr("as it is now") : QString(),
                           QString::fromLatin1(size)});
        return all;
    };
    window.commands().add({.id = QStringLiteral("cache.cap"),
                           .group = tr("View"),
                           .title = tr("Set the cap of the cache"),
                           .description = tr("Above it the oldest series go first, then comparisons and hook outputs."),
                           .run = change,
                           .prompt = tr("How large may the cache grow?"),
                           .choices = sizes});
}

ui::FloorPage *floorOf(const ui::MainWindow &window)
{
    return qobject_cast<ui::FloorPage *>(window.currentPage());
}

} // namespace

void addDeskCommands(ui::MainWindow &window, app::House &house, Host &host)
{
    addCacheCap(window, host);
    window.commands().add({.id = QStringLiteral("support.bundle"),
                           .group = tr("Help"),
                           .title = tr("Save a support bundle"),
                           .description = tr("Write versions, the redacted request log, settings and sites without "
                                             "secrets into a file. Nothing is sent."),
                           .run = [&window, &house, &host](const QString &) { askWhere(window, house, host); }});
    window.commands().add(
        {.id = QStringLiteral("floor.acknowledge"),
         .group = tr("Floor"),
         .title = tr("Acknowledge"),
         .description = tr("Say that somebody is on what is chosen in Needs you, or that nobody is any more."),
         .keys = QKeySequence(QStringLiteral("Ctrl+Shift+K")),
         .run =
             [&window](const QString &) {
                 if (ui::FloorPage *floor = floorOf(window))
                     floor->acknowledgeChosen();
             },
         .whyNot =
             [&window] {
                 const ui::FloorPage *floor = floorOf(window);
                 return floor && floor->canAcknowledge() ? QString()
                                                         : tr("Choose something in Needs you on the Floor first.");
             }});
}

} // namespace andon::desktop
