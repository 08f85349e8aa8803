#include "app/andon/stage.h"

#include "app/andon/options.h"
#include "text/profiletext.h"

#include <algorithm>
#include <cstdio>

namespace andon::desktop
{

namespace
{

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

core::Result<void> openProfile(Stage &stage, const QCommandLineParser &parser, const std::string &folder)
{
    auto paths = profile::resolvePaths(folder);
    if (!paths)
        return core::fail(paths.error());
    if (!takesPictures(parser)) {
        auto holder = app::Holder::open(profile::Profile(*paths), "andon");
        if (!holder)
            return core::fail(holder.error());
        stage.holder = std::move(*holder);
    }
    auto house =
        app::House::open(std::move(*paths), parser.value(opt("secrets-file")).toStdString(), stage.holder.get());
    if (!house)
        return core::fail(house.error());
    stage.house = std::move(*house);
    if (const std::string &aside = stage.house->cache().quarantined(); !aside.empty())
        std::fprintf(stderr, "andon: %s\n", qPrintable(text::quarantined(aside)));
    return {};
}

core::Result<void> openDemo(Stage &stage, const QCommandLineParser &parser)
{
    auto server = startDemo();
    if (!server)
        return core::fail(server.error());
    stage.demo = std::move(*server);
    stage.folder = std::make_unique<QTemporaryDir>();
    const std::string folder =
        parser.isSet(opt("profile")) ? parser.value(opt("profile")).toStdString() : stage.folder->path().toStdString();
    if (auto opened = openProfile(stage, parser, folder); !opened)
        return opened;
    const demo::DemoEndpoints &at = stage.demo->endpoints;
    profile::SiteConfig site{.name = core::SiteName(stage.demo->site), .title = "ams-1, demo factory"};
    site.sources = {{.name = core::SourceName("lakefs"),
                     .kind = "lakefs",
                     .url = at.lakefs,
                     .auth = profile::SourceConfig::Auth::Basic},
                    {.name = core::SourceName("mlflow"), .kind = "mlflow", .url = at.mlflow},
                    {.name = core::SourceName("prometheus"), .kind = "prometheus", .url = at.prometheus}};
    site.priceBook = "demo:";
    stage.house->secrets().remember(site.name, core::SourceName("lakefs"), at.accessKeyId, at.secretAccessKey);
    stage.sites = {site};
    return {};
}

} // namespace

bool opensDemo(const QCommandLineParser &parser)
{
    return parser.isSet(opt("demo"))
        || ((parser.isSet(opt("tour")) || parser.isSet(opt("faces"))) && !parser.isSet(opt("site")));
}

core::Result<void> openStage(Stage &stage, const QCommandLineParser &parser)
{
    if (opensDemo(parser))
        return openDemo(stage, parser);
    if (auto opened = openProfile(stage, parser, parser.value(opt("profile")).toStdString()); !opened)
        return opened;
    auto sites = sitesOf(stage.house->profile(), parser.value(opt("site")).toStdString());
    if (!sites)
        return core::fail(sites.error());
    stage.sites = std::move(*sites);
    return {};
}

} // namespace andon::desktop
