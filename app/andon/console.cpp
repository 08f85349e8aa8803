#include "app/andon/console.h"

#include "app/andon/deskcommands.h"
#include "app/andon/endsignals.h"
#include "app/andon/firstframe.h"
#include "app/andon/latency.h"
#include "app/andon/options.h"
#include "app/andon/watching.h"
#include "app/andon/writer.h"
#include "text/errortext.h"
#include "text/language.h"
#include "text/plain.h"
#include "text/profiletext.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/savedviews.h"

#include <QApplication>
#include <QTimer>

#include <cstdio>

namespace andon::desktop
{

namespace
{

/// Gives each window the direction of the language. The application keeps its own: painters begin with that, and ids,
/// figures and axes of time never mirror.
class WindowDirection final : public QObject
{
public:
    WindowDirection(QApplication &app, Qt::LayoutDirection direction)
        : QObject(&app)
        , m_direction(direction)
    {
        app.installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *object, QEvent *event) override
    {
        auto *widget = event->type() == QEvent::Polish ? qobject_cast<QWidget *>(object) : nullptr;
        if (widget && widget->isWindow() && !widget->testAttribute(Qt::WA_SetLayoutDirection))
            widget->setLayoutDirection(m_direction);
        return QObject::eventFilter(object, event);
    }

private:
    Qt::LayoutDirection m_direction;
};

constexpr int kSpeakAnew = 1000; // leaves the event loop, not the program

/// Shows the window when its page has something to show, so that nobody sees it painted twice, or when that takes long.
void appear(ui::MainWindow &window)
{
    constexpr int kPatienceMs = 50;
    auto *waiting = new QObject(&window);
    const auto show = [&window, waiting] {
        delete waiting;
        window.QWidget::show();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::UpdateLater); // else all is painted twice
        window.currentPage()->setFocus();
    };
    const ui::Page *page = window.currentPage();
    if (page->settled())
        return show();
    QObject::connect(page, &ui::Page::changed, waiting, [page, show] {
        if (page->freshness().at.known() || page->settled())
            show();
    });
    QTimer::singleShot(kPatienceMs, waiting, show);
}

/// The keys that the person chose, the window as it was left, and what to say of files that could not be read.
void keepState(ui::MainWindow &window, LastTime last, const profile::SettingsRead &read)
{
    QStringList notices;
    const QString file = last.file;
    const QString &broken = last.broken;
    window.restore(std::move(last.state));
    for (const QString &title : window.commands().setOwnKeys(read.settings.shortcuts))
        notices << QObject::tr("The keys of \"%1\" are taken by another command.").arg(title);
    if (!broken.isEmpty())
        notices << text::fileNotice({.kind = core::ErrorKind::Invalid, .detail = file.toStdString()},
                                    broken.toStdString());
    for (const core::Error &problem : read.problems)
        notices << text::fileNotice(problem, read.setAside);
    if (!notices.isEmpty())
        window.say(notices.join(u' '));
    QObject::connect(&window, &ui::MainWindow::closing, &window,
                     [&window, file] { (void)ui::writeWindowState(file, window.state()); });
    QObject::connect(&window.commands(), &ui::CommandRegistry::keysChanged, &window, [&window] {
        window.changeSettings([keys = window.commands().ownKeys()](profile::Settings &s) { s.shortcuts = keys; });
    });
}

/// What the window begins with: a link, else a page that was asked for, else the person's start view.
void openFirst(ui::MainWindow &window, const std::string &startView, const QString &link, const QString &page)
{
    if (!link.isEmpty())
        return window.openLink(link);
    if (!page.isEmpty())
        return (void)window.showPage(page);
    if (startView.empty())
        return;
    for (const auto &listed : profile::Views(profile::Profile(window.host().paths()).viewsFolder()).all())
        if (listed.view && listed.view->name == startView)
            return window.openView(listed.view->view);
    window.say(QObject::tr("There is no view \"%1\" to start with.").arg(text::visible(startView)));
}

text::Language languageOf(const QCommandLineParser &parser, const profile::Settings &settings)
{
    return text::languageFor(parser.isSet(opt("language")) ? parser.value(opt("language"))
                                                           : QString::fromStdString(settings.language));
}

/// What the window and its settings tell the rest of the desktop.
void connectSettings(Console &console, ui::MainWindow &window, Writer &writer)
{
    Host &host = console.host;
    QObject::connect(&writer, &Writer::settingsChanged, &window, [&host, &window] {
        host.rereadSettings();
        (void)window.commands().setOwnKeys(host.settings().shortcuts);
        Q_EMIT window.settingsChanged();
    });
    const QString spoken = languageOf(console.parser, host.settings()).code;
    QObject::connect(&window, &ui::MainWindow::settingsChanged, &console.looks, [&console, spoken] {
        console.looks.set(console.host.settings().theme);
        if (languageOf(console.parser, console.host.settings()).code != spoken)
            QCoreApplication::exit(kSpeakAnew);
    });
    QObject::connect(&writer, &Writer::settingsChanged, &host.cache(), &CacheKeeping::trim);
}

void startWork(Console &console, ui::MainWindow &window, Watching &watching)
{
    constexpr int kAfterFirstFrameMs = 300; // what the desktop says, saved views and notifications can wait for it
    QTimer::singleShot(kAfterFirstFrameMs, &window, [&looks = console.looks, &host = console.host, &window, &watching] {
        looks.follow();
        host.lookAround();
        window.savedViews().reload();
        watching.begin();
    });
    closeOnSignals(&window, [&window] { window.close(); });
    const bool offline = console.parser.isSet(opt("offline"));
    window.setFollowing(!offline);
    if (!offline)
        QTimer::singleShot(0, &window, [&window] { window.refreshPage(true); });
}

/// One window, from its making to its end. `back`: where it was before the language changed; set when it changes.
int runWindow(Console &console, std::optional<profile::View> &back)
{
    const QCommandLineParser &parser = console.parser;
    Host &host = console.host;
    ui::MainWindow window(host, allPages());
    window.resize(sizeOf(parser.value(opt("size"))));
    const QString page = parser.value(opt("page"));
    if (!page.isEmpty() && !window.hasPage(page))
        return failed({.kind = core::ErrorKind::Invalid, .detail = "There is no page of that name."});
    if (parser.isSet(opt("first-frame")))
        reportFirstFrame(window, [](int code) { QCoreApplication::exit(code); });
    Writer writer(*console.stage.holder, *console.stage.house, host, window);
    if (const auto listening = writer.start(); !listening)
        return failed(listening.error());
    addDeskCommands(window, *console.stage.house, host);
    connectSettings(console, window, writer);
    keepState(window, console.last, console.read);
    host.cache().start();
    if (back)
        window.openView(*back);
    else
        openFirst(window, console.read.settings.startView, linkOf(parser), page);
    appear(window);
    std::optional<Latency> latency;
    if (parser.isSet(opt("latency")))
        latency.emplace(parser.value(opt("latency")));
    Watching watching(host, window);
    startWork(console, window, watching);
    const int code = QApplication::exec();
    if (code == kSpeakAnew) {
        back = window.view();
        console.last.state = window.state();
        console.last.broken.clear(); // said already
        console.read.problems.clear();
        console.read.settings = host.settings();
    }
    return code;
}

} // namespace

int failed(const core::Error &error)
{
    std::fprintf(stderr, "andon: %s\n", qPrintable(text::paragraph(error)));
    return error.kind == core::ErrorKind::Invalid ? 2 : 1;
}

void speakAs(QApplication &app, const QCommandLineParser &parser, const profile::Settings &settings)
{
    const text::Language language = languageOf(parser, settings);
    text::speak(app, language);
    const QString name = QStringLiteral("direction");
    delete app.findChild<QObject *>(name, Qt::FindDirectChildrenOnly);
    if (language.direction == Qt::RightToLeft) // left to right is as windows are made
        (new WindowDirection(app, language.direction))->setObjectName(name);
}

int runConsole(Console console)
{
    std::optional<profile::View> back;
    for (;;) {
        const int code = runWindow(console, back);
        if (code != kSpeakAnew)
            return code;
        speakAs(console.app, console.parser, console.read.settings);
    }
}

} // namespace andon::desktop
