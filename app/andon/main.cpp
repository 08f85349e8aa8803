// andon: the desktop console.
#include "app/andon/console.h"
#include "app/andon/faces.h"
#include "app/andon/grab.h"
#include "app/andon/host.h"
#include "app/andon/instance.h"
#include "app/andon/module.h"
#include "app/andon/options.h"
#include "app/andon/stage.h"
#include "net/hygiene.h"
#include "text/errortext.h"
#include "text/language.h"
#include "text/profiletext.h"
#include "ui/theme/style.h"
#include "ui/theme/themechoice.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDir>
#include <QFontDatabase>

#include <cstdio>
#include <ctime>
#include <fontconfig/fontconfig.h>
#include <future>
#include <malloc.h>
#include <thread>

namespace andon::desktop
{

namespace
{

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
        return faceShots(window, parser, window.host().clock().now());
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

/// The site that was open is opened again, when it is still there.
void bringFirst(std::vector<profile::SiteConfig> &sites, const QString &name)
{
    const auto found = std::find_if(sites.begin(), sites.end(),
                                    [&](const auto &site) { return site.name.value == name.toStdString(); });
    if (found != sites.end())
        std::rotate(sites.begin(), found, found + 1);
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
    if (parser.isSet(opt("state")) && !parser.isSet(opt("faces"))) {
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
    static constexpr const char *kScale = "QT_SCALE_FACTOR";
    Stage stage = {};
    std::optional<profile::SettingsRead> read = {};
    std::future<core::Result<void>> done = {};

    void begin(const QStringList &words)
    {
        auto parser = std::make_shared<QCommandLineParser>();
        declare(*parser);
        if (!parser->parse(words)) // Qt's own options are not known here: then it is not early
            return;
        if (!takesPictures(*parser))
            prepare(*parser);
        if (!opensDemo(*parser))
            done = std::async(std::launch::async, [this, parser] { return openStage(stage, *parser); });
    }
    /// Zoom and time zone: Qt and libc take them before there is an application and threads. The settings are read
    /// here, once.
    void prepare(const QCommandLineParser &parser)
    {
        if (opensDemo(parser) && !parser.isSet(opt("profile"))) // which has a folder of its own, without settings
            return;
        const auto paths = profile::resolvePaths(parser.value(opt("profile")).toStdString());
        if (!paths) // opening it says why
            return;
        read = profile::readSettings(profile::Profile(*paths).settingsFile(), core::SystemClock().now());
        if (!read->settings.timeZone.empty()) {
            qputenv("TZ", QByteArray::fromStdString(read->settings.timeZone));
            ::tzset();
        }
        if (read->settings.zoom > 100 && !qEnvironmentVariableIsSet(kScale))
            qputenv(kScale, QByteArray::number(read->settings.zoom / 100.0));
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
    text::speak(app, text::languageFor(parser.value(opt("language")))); // until the settings are read
    if (const auto whole = present("outside"); !whole) // it is loaded with the first request, which is no time to end
        return failed(whole.error());
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
    auto read = opening.read ? std::move(*opening.read)
                             : profile::readSettings(stage.house->profile().settingsFile(), stage.house->clock().now());
    speakAs(app, parser, read.settings);
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
    if (pictures) {
        ui::MainWindow window(host, allPages());
        window.resize(sizeOf(parser.value(opt("size"))));
        return takePictures(parser, host, window, theme);
    }
    return runConsole({.app = app,
                       .parser = parser,
                       .stage = stage,
                       .host = host,
                       .looks = looks,
                       .read = std::move(read),
                       .last = std::move(last)});
}

} // namespace

} // namespace andon::desktop

int main(int argc, char **argv)
{
    ::mallopt(M_TOP_PAD, 2 << 20); // else each thread asks the kernel for its heap page by page, and all wait for that
    ::mallopt(M_MMAP_THRESHOLD, 1 << 20); // which would stay at 128 kB now, and every longer list be pages of its own
    andon::net::hardenProcess();
    if (andon::desktop::onlyAsks(argc, argv))
        return andon::desktop::answer(argc, argv);
    andon::desktop::nameProgram();
    QStringList words;
    for (int i = 0; i < argc; ++i)
        words << QString::fromLocal8Bit(argv[i]);
    andon::desktop::Opening opening;
    opening.begin(words); // which changes the environment: before there are threads
    std::jthread fontConfiguration([] { (void)FcInit(); }); // a third of what fonts take, while Qt finds its display
    QApplication app(argc, argv);
    QApplication::setDesktopFileName(QStringLiteral("io.andon.Console"));
    return andon::desktop::run(app, fontConfiguration, opening);
}
