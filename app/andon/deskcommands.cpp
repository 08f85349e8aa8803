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

ui::FloorPage *floorOf(const ui::MainWindow &window)
{
    return qobject_cast<ui::FloorPage *>(window.currentPage());
}

} // namespace

void addDeskCommands(ui::MainWindow &window, app::House &house, Host &host)
{
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
         .keys = QKeySequence(QStringLiteral("Ctrl+Shift+A")),
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
