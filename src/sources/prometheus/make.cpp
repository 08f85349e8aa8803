#include "sources/prometheus/make.h"

#include "sources/prometheus/prometheusclient.h"

namespace andon::sources::prometheus
{

std::unique_ptr<roles::SeriesSource> make(net::Transport &transport, net::Endpoint endpoint, std::string selector,
                                          net::RequestLog *log, const core::Clock *clock)
{
    return std::make_unique<PrometheusClient>(
        std::make_unique<net::HttpClient>(transport, std::move(endpoint), log, clock), std::move(selector));
}

} // namespace andon::sources::prometheus
