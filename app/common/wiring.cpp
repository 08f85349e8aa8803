#include "app/common/wiring.h"

#include "net/url.h"
#include "sources/lakefs/make.h"

namespace andon::app
{

core::Result<std::unique_ptr<House>> House::open(profile::Paths paths, const std::string &secretsFile)
{
    auto cache = store::DatabaseFile::open(paths.cache + "/cache.db", store::cacheSchema());
    if (!cache)
        return core::fail(cache.error());
    return std::unique_ptr<House>(new House(std::move(paths), secretsFile, std::move(*cache)));
}

core::Result<net::Endpoint> House::endpoint(const core::SiteName &site, const profile::SourceConfig &source)
{
    net::Endpoint endpoint{.source = source.name,
                           .baseUrl = source.url,
                           .allowPlainHttp = source.allowPlainHttp,
                           .headers = source.headers,
                           .hostHeader = source.hostHeader,
                           .caFile = source.caFile,
                           .clientCertFile = source.clientCert,
                           .clientKeyFile = source.clientKey,
                           .proxy = source.proxy,
                           .maxConnections = source.connections};
    endpoint.gzip = source.kind != "prometheus" || !net::isLoopback(source.url);
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

core::Result<std::unique_ptr<factory::Site>> House::site(const profile::SiteConfig &config, bool offline)
{
    factory::SiteSources sources;
    for (const profile::SourceConfig &source : config.sources) {
        factory::SourceState state{.name = source.name, .kind = source.kind, .server = net::originOf(source.url)};
        state.plainHttp = source.url.starts_with("http://") && !net::isLoopback(source.url);
        sources.states.push_back(std::move(state));
        if (offline)
            continue;
        auto reached = endpoint(config.name, source);
        if (!reached)
            return core::fail(reached.error());
        if (source.kind == "lakefs")
            sources.versions = sources::lakefs::make(m_transport, std::move(*reached), &m_log, &m_clock);
    }
    return std::make_unique<factory::Site>(config.name, m_clock, *m_cache, std::move(sources));
}

} // namespace andon::app
