// andon: the desktop console.
#include "app/andon/deskcommands.h"
#include "app/andon/endsignals.h"
#include "app/andon/faces.h"
#include "app/andon/firstframe.h"
#include "app/andon/grab.h"
#include "app/andon/host.h"
#include "app/andon/instance.h"
#include "app/andon/latency.h"
#include "app/andon/options.h"
#include "app/andon/stage.h"
#include "app/andon/writer.h"
#include "net/hygiene.h"
#include "text/errortext.h"
#include "text/plain.h"
#include "text/profiletext.h"
#include "ui/shell/savedviews.h"
#include "ui/theme/style.h"
#include "ui/theme/themechoice.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDir>
#include <QFontDatabase>
#include <QTimer>

#include <cstdio>
#include <fontconfig/fontconfig.h>
#include <future>
#include <thread>

namespace andon::desktop
{

namespace
{

int failed(const core::Error &error)
{
    std::fprintf(stderr, "andon: %s\n", qPrintable(text::paragraph(error)));
    return error.kind == core::ErrorKind::Invalid ? 2 : 1;
}

std::vector<Shot> shotsOf(const QCommandLineParser &parser, const ui::MainWindow &window, ui::Theme theme)
{
    const QSize size = sizeOf(parser.value(opt("size")));
    if (parser.isSet(opt("grab"))) {
        const QString page = parser.value(opt("page"));
        return {{.page = page.isEmpty() ? window.pages().front().key : page,
                 .file = parser.value(opt("grab")),
                 .texts = parser.value(opt("texts")),
                 .size = size,
                 .theme = theme,
                 .link = linkOf(parser)}};
    }
    if (parser.isSet(opt("faces")))
        return faceShots(window, parser.value(opt("faces")), window.host().clock().now());
    std::vector<Shot> shots;
    const QDir folder(parser.value(opt("tour")));
    for (const ui::Theme each : {ui::Theme::Dark, ui::Theme::Light})
        for (const auto &entry : window.pages())
            shots.push_back(
                {.page = entry.key,
                 .file = folder.filePath(entry.key + (each == ui::Theme::Dark ? opt("-dark.png") : opt("-light.png"))),
                 .size = size,
                 .theme = each});
    return shots;
}

/// The KPI report of the tour: kpi.pdf, kpi.csv, kpi.json.
int writeReport(Host &host, const QString &folder)
{
    if (!host.site())
        return 0;
    factory::EconomicsService &economics = host.site()->economics();
    auto figures = economics.kpi(economics.closedDay(), factory::Access::CacheOnly, {});
    if (!figures)
        return failed(figures.error());
    const reports::KpiDocument document = completeReport(host, std::move(*figures));
    const std::string base = QDir(folder).filePath(opt("kpi")).toStdString();
    for (const auto &done :
         {reports::writePdf(document, base + ".pdf"), profile::writeFile(base + ".csv", reports::toCsv(document), 0644),
          profile::writeFile(base + ".json", reports::toJson(document), 0644)})
        if (!done)
            return failed(done.error());
    for (const char *suffix : {".pdf", ".csv", ".json"})
        std::printf("%s%s\n", base.c_str(), suffix);
    return 0;
}

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

/// How the window was left.
struct LastTime {
    QString file = {};
    QString broken = {}; ///< where a file that could not be read lies now
    ui::WindowState state = {};
};

/// The site that was open is opened again, when it is still there.
void bringFirst(std::vector<profile::SiteConfig> &sites, const QString &name)
{
    const auto found = std::find_if(sites.begin(), sites.end(),
                                    [&](const auto &site) { return site.name.value == name.toStdString(); });
    if (found != sites.end())
        std::rotate(sites.begin(), found, found + 1);
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

/// --help and --version need no display.
bool onlyAsks(int argc, char **argv)
{
    return std::any_of(argv + 1, argv + std::max(argc, 1), [](std::string_view word) {
        return word == "--help" || word == "-h" || word == "--help-all" || word == "--version" || word == "-v";
    });
}

void nameProgram()
{
    QCoreApplication::setApplicationName(QStringLiteral("andon"));
    QCoreApplication::setApplicationVersion(QStringLiteral(ANDON_VERSION));
}

int answer(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    nameProgram();
    QCommandLineParser parser;
    declare(parser);
    parser.process(app);
    return 0;
}

int takePictures(const QCommandLineParser &parser, Host &host, ui::MainWindow &window, ui::Theme theme)
{
    const bool offline = parser.isSet(opt("offline"));
    const QString folder = parser.value(opt("tour"));
    if (!offline && host.site() && !parser.isSet(opt("grab"))) // the pages show one moment: everything is read first
        (void)host.site()->sync({}, core::Cancel());
    host.lookAround();
    std::vector<Shot> shots = shotsOf(parser, window, theme);
    if (parser.isSet(opt("state"))) {
        const auto state = pageState(parser.value(opt("state")), host.clock().now());
        if (!state)
            return failed(state.error());
        for (Shot &shot : shots)
            shot.state = *state;
    }
    takeShots(window, std::move(shots), !offline, [&host, folder](int code) {
        QCoreApplication::exit(code == 0 && !folder.isEmpty() ? writeReport(host, folder) : code);
    });
    return QApplication::exec();
}

/// The profile, opened while Qt looks for its display. The demo factory needs the application first.
struct Opening {
    Stage stage = {};
    std::future<core::Result<void>> done = {};

    void begin(const QStringList &words)
    {
        auto parser = std::make_shared<QCommandLineParser>();
        declare(*parser);
        if (parser->parse(words) && !opensDemo(*parser)) // Qt's own options are not known here: then it is not early
            done = std::async(std::launch::async, [this, parser] { return openStage(stage, *parser); });
    }
    core::Result<void> finish(const QCommandLineParser &parser)
    {
        return done.valid() ? done.get() : openStage(stage, parser);
    }
};

int run(QApplication &app, std::jthread &fontConfiguration, Opening &opening)
{
    QCommandLineParser parser;
    declare(parser);
    parser.process(app);
    // Qt reads the fonts of the system when it first needs one: beside the profile, not after it.
    const std::jthread fonts([&fontConfiguration] {
        fontConfiguration.join();
        (void)QFontDatabase::families();
    });
    // Accessibility asks for the session's bus with the first widget that has a name, and waits for it.
    const std::jthread bus([] { (void)QDBusConnection::sessionBus(); });
    Stage &stage = opening.stage;
    if (auto opened = opening.finish(parser); !opened) {
        const auto paths = profile::resolvePaths(parser.value(opt("profile")).toStdString());
        const bool elsewhere = opened.error().hint == "held" && !parser.isSet(opt("demo")) && paths;
        return elsewhere && shownByAnother(*paths, linkOf(parser)) ? 0 : failed(opened.error());
    }
    const bool pictures = takesPictures(parser);
    const profile::Paths &paths = stage.house->profile().paths();
    auto read = profile::readSettings(stage.house->profile().settingsFile(), stage.house->clock().now());
    ui::ThemeChoice looks(app);
    const auto chosen = ui::themeNamed(parser.value(opt("theme")).toStdString());
    if (parser.isSet(opt("theme")) && !chosen)
        return failed({.kind = core::ErrorKind::Invalid, .detail = "There is no theme of that name."});
    const ui::Theme theme = chosen.value_or(ui::Theme::Dark);
    looks.set(chosen || pictures ? ui::nameOf(theme) : read.settings.theme);
    const bool offline = parser.isSet(opt("offline"));
    LastTime last{.file = QString::fromStdString(paths.state) + opt("/window.ini")};
    if (!pictures)
        last.state = ui::readWindowState(last.file, last.broken);
    if (!parser.isSet(opt("site")))
        bringFirst(stage.sites, last.state.site);
    Host host(*stage.house, read.settings, stage.sites, offline, stage.demo.has_value());
    ui::MainWindow window(host, allPages());
    window.resize(sizeOf(parser.value(opt("size"))));
    if (pictures)
        return takePictures(parser, host, window, theme);
    const QString page = parser.value(opt("page"));
    if (!page.isEmpty() && !window.hasPage(page))
        return failed({.kind = core::ErrorKind::Invalid, .detail = "There is no page of that name."});
    if (parser.isSet(opt("first-frame")))
        reportFirstFrame(window, [](int code) { QCoreApplication::exit(code); });
    Writer writer(*stage.holder, *stage.house, host, window);
    if (const auto listening = writer.start(); !listening)
        return failed(listening.error());
    QObject::connect(&writer, &Writer::settingsChanged, &window, [&host, &window] {
        host.rereadSettings();
        (void)window.commands().setOwnKeys(host.settings().shortcuts);
        Q_EMIT window.settingsChanged();
    });
    addDeskCommands(window, *stage.house, host);
    keepState(window, std::move(last), read);
    QObject::connect(&window, &ui::MainWindow::settingsChanged, &looks,
                     [&looks, &host] { looks.set(host.settings().theme); });
    QObject::connect(&writer, &Writer::settingsChanged, &host.cache(), &CacheKeeping::trim);
    host.cache().start();
    openFirst(window, read.settings.startView, linkOf(parser), page);
    appear(window);
    constexpr int kAfterFirstFrameMs = 300; // the desktop's wish and the saved views can wait for it
    QTimer::singleShot(kAfterFirstFrameMs, &window, [&looks, &window, &host] {
        looks.follow();
        host.lookAround();
        window.savedViews().reload();
    });
    std::optional<Latency> latency;
    if (parser.isSet(opt("latency")))
        latency.emplace(parser.value(opt("latency")));
    closeOnSignals(&window, [&window] { window.close(); });
    window.setFollowing(!offline);
    if (!offline)
        QTimer::singleShot(0, &window, [&window] { window.refreshPage(true); });
    return QApplication::exec();
}

} // namespace

} // namespace andon::desktop

int main(int argc, char **argv)
{
    andon::net::hardenProcess();
    if (andon::desktop::onlyAsks(argc, argv))
        return andon::desktop::answer(argc, argv);
    std::jthread fontConfiguration([] { (void)FcInit(); }); // a third of what fonts take, while Qt finds its display
    andon::desktop::nameProgram();
    QStringList words;
    for (int i = 0; i < argc; ++i)
        words << QString::fromLocal8Bit(argv[i]);
    andon::desktop::Opening opening;
    opening.begin(words);
    QApplication app(argc, argv);
    QApplication::setDesktopFileName(QStringLiteral("io.andon.Console"));
    return andon::desktop::run(app, fontConfiguration, opening);
}
