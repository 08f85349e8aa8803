#include "app/common/wiring.h"

#include "app/common/resources.h"
#include "factory/readinessrules.h"

#include <QUrl>

namespace andon::app
{

core::Result<std::unique_ptr<House>> House::open(profile::Paths paths, const std::string &secretsFile, Holder *holder)
{
    auto cache = openCache(paths, holder != nullptr);
    if (!cache)
        return core::fail(cache.error());
    return std::unique_ptr<House>(new House(std::move(paths), secretsFile, std::move(*cache), holder));
}

store::DatabaseFile *House::records()
{
    if (m_holder)
        return &m_holder->records();
    std::call_once(m_recordsOpened, [this] {
        auto opened = store::DatabaseFile::open(m_profile.recordsFile(), store::recordsSchema(), store::Rights::Guest);
        if (opened)
            m_records = std::move(*opened);
    });
    return m_records.get();
}

profile::Settings House::settings() const
{
    return profile::readSettings(m_profile.settingsFile(), m_clock.now()).settings;
}

core::Result<store::Eviction> House::trimCache(const core::Cancel &cancel)
{
    return store::CacheKeeper(*m_cache).trim(settings().cacheCapBytes, m_clock.now(), cancel);
}

namespace
{

/// Where a source is, for the screen. What is sent where is decided in net, by libcurl's reading of the URL, which a
/// start does without.
struct Whereabouts {
    std::string origin = {}; ///< scheme://host[:port]
    bool loopback = false;
};

Whereabouts whereabouts(const std::string &text)
{
    QUrl url(QString::fromStdString(text));
    if (url.port() == (url.scheme() == u"https" ? 443 : 80))
        url.setPort(-1);
    const QString host = url.host();
    return {.origin = url.toString(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment)
                          .toStdString(),
            .loopback = host == u"localhost" || host == u"::1" || host.startsWith(u"127.")};
}

} // namespace

std::shared_ptr<net::Budget> House::budgetOf(const core::SiteName &site, const profile::SourceConfig &source)
{
    const bool loopback = whereabouts(source.url).loopback;
    const int perMinute = settings().budget(loopback);
    const std::scoped_lock lock(m_mutex);
    Budgeted &known = m_budgets[site.value + "/" + source.name.value];
    if (!known.budget)
        known.budget = std::make_shared<net::Budget>(perMinute);
    known.loopback = loopback;
    known.budget->setPerMinute(perMinute);
    return known.budget;
}

void House::applyBudgets()
{
    const profile::Settings now = settings();
    const std::scoped_lock lock(m_mutex);
    for (const auto &[name, known] : m_budgets)
        known.budget->setPerMinute(now.budget(known.loopback));
}

core::Result<net::Endpoint> House::endpoint(const core::SiteName &site, const profile::SourceConfig &source)
{
    net::Endpoint endpoint{.source = source.name,
                           .baseUrl = source.url,
                           .allowPlainHttp = source.allowPlainHttp,
                           .headers = source.headers,
                           .hostHeader = source.hostHeader,
                           .caFile = source.caFile,
                           .crlFile = source.crlFile,
                           .clientCertFile = source.clientCert,
                           .clientKeyFile = source.clientKey,
                           .proxy = source.proxy,
                           .maxConnections = source.connections,
                           .budget = budgetOf(site, source)};
    endpoint.gzip = source.kind != "prometheus" || !whereabouts(source.url).loopback;
    if (source.auth == profile::SourceConfig::Auth::None)
        return endpoint;
    const auto secret = m_secrets.find(site, source.name);
    if (!secret)
        return core::fail(secret.error());
    endpoint.auth = source.auth == profile::SourceConfig::Auth::Basic ? net::Endpoint::AuthKind::Basic
                                                                      : net::Endpoint::AuthKind::Bearer;
    endpoint.user = secret->user;
    endpoint.secret = secret->secret;
    return endpoint;
}

core::Result<factory::Knowledge> readKnowledge()
{
    factory::Knowledge all;
    for (const auto &[name, text] : resources())
        if (name.starts_with("packs/")) {
            auto pack = telemetry::parsePack(text, std::string(name));
            if (!pack)
                return core::fail(pack.error());
            all.packs.push_back(std::move(*pack));
        }
    auto signalList = telemetry::parseSignals(resource("signals.yaml"), "signals.yaml");
    auto rules = telemetry::parseStationRules(resource("stations.yaml"), "stations.yaml");
    auto readiness = factory::parseReadinessRules(resource("readiness.yaml"), "readiness.yaml");
    if (const auto error = core::firstError(signalList, rules, readiness))
        return core::fail(*error);
    all.readiness = std::move(*readiness);
    all.signalList = std::move(*signalList);
    all.rules = std::move(*rules);
    return all;
}

void House::addPriceBook(factory::SiteSources &sources, const profile::SiteConfig &config) const
{
    if (config.priceBook.empty())
        return;
    // A relative name is beside the site file; "demo:" is the one that comes with the demo factory.
    const bool demo = config.priceBook == "demo:";
    const std::string file =
        config.priceBook.starts_with('/') ? config.priceBook : m_profile.paths().config + "/sites/" + config.priceBook;
    const auto text =
        demo ? core::Result<std::string>(std::string(resource("demo/pricebook.yaml"))) : profile::readFile(file);
    auto book = text ? economics::parsePriceBook(*text, demo ? "demo/pricebook.yaml" : file) : core::fail(text.error());
    if (book)
        sources.priceBook = std::move(*book);
    else // the rest of the site works without it; Economics says what is wrong
        sources.priceBookError = book.error();
}

core::Result<std::unique_ptr<factory::Site>> House::site(const profile::SiteConfig &config, bool offline,
                                                         net::Urgency urgency)
{
    using core::Later;
    factory::SiteSources sources;
    sources.known = m_knowledge;
    addPriceBook(sources, config);
    sources.records = [this] { return records(); };
    for (const profile::SourceConfig &source : config.sources) {
        const Whereabouts at = whereabouts(source.url);
        factory::SourceState state{.name = source.name, .kind = source.kind, .server = at.origin};
        state.plainHttp = source.url.starts_with("http://") && !at.loopback;
        sources.states.push_back(std::move(state));
        if (offline)
            continue;
        auto reached = endpoint(config.name, source);
        if (!reached)
            return core::fail(reached.error());
        reached->urgency = urgency;
        if (source.kind == "lakefs")
            sources.versions = Later<roles::VersionSource>([this, to = *reached] { return outside().versions(to); });
        else if (source.kind == "mlflow")
            sources.registry = Later<roles::ModelRegistry>([this, to = *reached] { return outside().registry(to); });
        else if (source.kind == "prometheus")
            sources.series = Later<roles::SeriesSource>(
                [this, to = *reached, only = source.selector] { return outside().series(to, only); });
    }
    return std::make_unique<factory::Site>(config.name, m_clock, *m_cache, std::move(sources));
}

} // namespace andon::app
