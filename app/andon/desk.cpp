#include "app/andon/desk.h"

#include "app/common/resources.h"
#include "text/plain.h"

#include <QCoreApplication>
#include <QProcess>

namespace andon::desktop
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("Desk", text);
}

core::Result<std::vector<telemetry::Pack>> shippedPacks()
{
    std::vector<telemetry::Pack> packs;
    for (const auto &[name, text] : app::resources())
        if (name.starts_with("packs/")) {
            auto pack = telemetry::parsePack(text, std::string(name));
            if (!pack)
                return core::fail(pack.error());
            packs.push_back(std::move(*pack));
        }
    return packs;
}

factory::SourceCheck checkOf(app::House &house, net::Endpoint endpoint, const profile::SourceConfig &source,
                             const core::Cancel &cancel)
{
    if (source.kind == "lakefs")
        return factory::check(*house.outside().versions(std::move(endpoint)), cancel);
    if (source.kind == "mlflow")
        return factory::check(*house.outside().registry(std::move(endpoint)), cancel);
    const auto packs = shippedPacks();
    if (!packs)
        return {.kind = source.kind, .error = packs.error()};
    return factory::check(*house.outside().series(std::move(endpoint), source.selector), *packs, cancel);
}

/// Nothing may be left of a source that the site goes without.
void forgetGone(app::House &house, const profile::SiteConfig &before, const profile::SiteConfig &after)
{
    for (const profile::SourceConfig &source : before.sources) {
        const bool stays = std::any_of(after.sources.begin(), after.sources.end(), [&](const auto &other) {
            return other.name == source.name && other.auth != profile::SourceConfig::Auth::None;
        });
        if (!stays)
            house.secrets().forget(before.name, source.name);
    }
}

core::Result<ui::SiteSaved> saveSite(app::House &house, const app::Writes &writes, const ui::SiteDraft &draft)
{
    profile::SiteConfig site = draft.config;
    for (const ui::SourceDraft &source : draft.sources)
        site.sources.push_back(source.config);
    if (auto valid = profile::validate(site, "site"); !valid)
        return core::fail(valid.error());
    const auto before = house.profile().site(site.name);
    const profile::Write write{"site.save",
                               {{"yaml", profile::writeSite(site)}, {"replace", draft.replace ? "yes" : ""}}};
    if (auto done = writes.perform(write, {}, {}); !done)
        return core::fail(done.error());
    if (before)
        forgetGone(house, *before, site);
    ui::SiteSaved saved{.name = site.name};
    for (const ui::SourceDraft &source : draft.sources) {
        if (source.config.auth == profile::SourceConfig::Auth::None || source.secret.empty())
            continue;
        const bool bearer = source.config.auth == profile::SourceConfig::Auth::Bearer;
        const auto kept =
            house.secrets().keep(site.name, source.config.name, bearer ? std::string() : source.user, source.secret);
        if (kept)
            saved.kept[source.config.name.value] = *kept;
        else
            saved.notKept[source.config.name.value] = kept.error();
    }
    return saved;
}

} // namespace

Desk::Desk(app::House &house, factory::Worker &worker, std::vector<profile::SiteConfig> demo)
    : m_house(house)
    , m_worker(worker)
    , m_demo(std::move(demo))
    , m_writes(house.profile(), [&house]() -> core::Result<app::House *> { return &house; })
{
}

std::vector<ui::SiteListing> Desk::sites() const
{
    std::vector<ui::SiteListing> all;
    for (const profile::SiteConfig &site : m_demo)
        all.push_back({.name = site.name, .config = site});
    if (m_demo.empty())
        for (const auto &listed : m_house.profile().sites())
            all.push_back({.name = listed.name,
                           .config = listed.site ? *listed.site : profile::SiteConfig{.name = listed.name},
                           .error = listed.site ? std::nullopt : std::optional(listed.site.error())});
    return all;
}

QString Desk::whyNot() const
{
    return tr(
        "The demo factory runs in this process: its sources can be tested, not changed. Start Andon without --demo "
        "to add a site.");
}

QString Desk::variables(const core::SiteName &site, const profile::SourceConfig &source) const
{
    const auto name = [&](const char *what) { return text::visible(profile::variableName(site, source.name, what)); };
    return source.auth == profile::SourceConfig::Auth::Bearer ? name("TOKEN")
                                                              : tr("%1 and %2").arg(name("USER"), name("SECRET"));
}

core::Pending<std::map<std::string, std::string>> Desk::secretsOf(const profile::SiteConfig &site)
{
    using Found = std::map<std::string, std::string>;
    return m_worker.run<Found>({}, [&house = m_house, site](const core::Cancel &) -> core::Result<Found> {
        Found found;
        for (const profile::SourceConfig &source : site.sources)
            if (source.auth != profile::SourceConfig::Auth::None)
                if (const auto secret = house.secrets().find(site.name, source.name); secret && secret->found())
                    found[source.name.value] = secret->from;
        return found;
    });
}

core::Pending<factory::SourceCheck> Desk::test(const core::SiteName &site, const ui::SourceDraft &source)
{
    return m_worker.run<factory::SourceCheck>(
        {}, [&house = m_house, site, source](const core::Cancel &cancel) -> core::Result<factory::SourceCheck> {
            auto endpoint = house.endpoint(site, source.config);
            if (!endpoint)
                return core::fail(endpoint.error());
            if (!source.secret.empty()) {
                endpoint->secret = source.secret;
                endpoint->user = source.user;
            } else if (!source.user.empty()) {
                endpoint->user = source.user;
            }
            factory::SourceCheck check = checkOf(house, std::move(*endpoint), source.config, cancel);
            check.at = house.clock().now();
            return check;
        });
}

core::Pending<ui::SiteSaved> Desk::save(const ui::SiteDraft &site)
{
    return m_worker.run<ui::SiteSaved>({}, [&house = m_house, &writes = m_writes, site](const core::Cancel &) {
        return saveSite(house, writes, site);
    });
}

core::Pending<std::string> Desk::remove(const core::SiteName &site)
{
    return m_worker.run<std::string>({}, [&writes = m_writes, site](const core::Cancel &cancel) {
        return writes.perform({"site.remove", {{"site", site.value}}}, {}, cancel);
    });
}

bool Desk::exploreDemo()
{
    return QProcess::startDetached(QCoreApplication::applicationFilePath(), {QStringLiteral("--demo")});
}

} // namespace andon::desktop
