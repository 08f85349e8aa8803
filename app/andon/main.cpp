// andon: the desktop console.
#include "app/andon/grab.h"
#include "app/andon/host.h"
#include "net/hygiene.h"
#include "text/errortext.h"
#include "ui/theme/style.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTimer>

#include <cstdio>

namespace andon::desktop
{

namespace
{

QString opt(const char *name)
{
    return QString::fromLatin1(name);
}

void declare(QCommandLineParser &parser)
{
    parser.setApplicationDescription(opt("The console for the people who run an AI factory."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOption({opt("profile"), opt("Keep configuration, cache and journal in DIR."), opt("DIR")});
    parser.addOption({opt("site"), opt("Open this site."), opt("NAME")});
    parser.addOption({opt("offline"), opt("Show the cache, ask no source.")});
    parser.addOption({opt("secrets-file"), opt("Read secrets from FILE (mode 0600)."), opt("FILE")});
    parser.addOption({opt("page"), opt("Show page P first."), opt("P")});
    parser.addOption({opt("link"), opt("Open a link such as commit:REPO@ID."), opt("LINK")});
    parser.addOption({opt("grab"), opt("Save the page as a picture and end."), opt("FILE")});
    parser.addOption({opt("size"), opt("Size of the window, 1440x900."), opt("WxH")});
    parser.addOption({opt("theme"), opt("dark or light."), opt("T")});
}

QSize sizeOf(const QString &text)
{
    const QStringList parts = text.split(u'x');
    const QSize size(parts.value(0).toInt(), parts.value(1).toInt());
    return size.width() >= 640 && size.height() >= 400 ? size : QSize(1440, 900);
}

int failed(const core::Error &error)
{
    std::fprintf(stderr, "andon: %s\n", qPrintable(text::paragraph(error)));
    return error.kind == core::ErrorKind::Invalid ? 2 : 1;
}

core::Result<std::vector<profile::SiteConfig>> sitesOf(const profile::Profile &profile, const std::string &first)
{
    std::vector<profile::SiteConfig> sites;
    for (const auto &listed : profile.sites())
        if (listed.site)
            sites.push_back(*listed.site);
    if (first.empty())
        return sites;
    const auto found = std::find_if(sites.begin(), sites.end(), [&](const auto &s) { return s.name.value == first; });
    if (found == sites.end())
        return core::fail(core::ErrorKind::Invalid, "site", "There is no site \"" + first + "\".");
    std::rotate(sites.begin(), found, found + 1);
    return sites;
}

int run(QApplication &app)
{
    QCommandLineParser parser;
    declare(parser);
    parser.process(app);
    const ui::Theme theme = parser.value(opt("theme")) == u"light" ? ui::Theme::Light : ui::Theme::Dark;
    ui::applyTheme(app, theme);
    auto paths = profile::resolvePaths(parser.value(opt("profile")).toStdString());
    if (!paths)
        return failed(paths.error());
    auto house = app::House::open(std::move(*paths), parser.value(opt("secrets-file")).toStdString());
    if (!house)
        return failed(house.error());
    const auto sites = sitesOf((*house)->profile(), parser.value(opt("site")).toStdString());
    if (!sites)
        return failed(sites.error());
    if (sites->empty())
        return failed(
            {.kind = core::ErrorKind::Invalid, .detail = "There is no site yet. Add one with andonctl site add NAME."});
    const bool offline = parser.isSet(opt("offline"));
    Host host(**house, *sites, offline, false);
    ui::MainWindow window(host, allPages());
    window.resize(sizeOf(parser.value(opt("size"))));
    const QString page = parser.value(opt("page"));
    if (parser.isSet(opt("grab"))) {
        takeShots(window,
                  {{.page = page.isEmpty() ? window.pages().front().key : page,
                    .file = parser.value(opt("grab")),
                    .size = sizeOf(parser.value(opt("size"))),
                    .theme = theme,
                    .link = parser.value(opt("link"))}},
                  !offline, [](int code) { QCoreApplication::exit(code); });
        return QApplication::exec();
    }
    if (!page.isEmpty() && !window.showPage(page))
        return failed({.kind = core::ErrorKind::Invalid, .detail = "There is no page of that name."});
    if (parser.isSet(opt("link")))
        window.openLink(parser.value(opt("link")));
    window.QWidget::show();
    window.currentPage()->setFocus();
    if (!offline)
        QTimer::singleShot(0, &window, [&window] { window.refreshPage(true); });
    return QApplication::exec();
}

} // namespace

} // namespace andon::desktop

int main(int argc, char **argv)
{
    andon::net::hardenProcess();
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("andon"));
    QApplication::setApplicationVersion(QStringLiteral(ANDON_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("io.andon.Console"));
    return andon::desktop::run(app);
}
