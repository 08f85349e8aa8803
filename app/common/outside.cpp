#include "app/common/outside.h"

#include "net/libraryversions.h"
#include "net/transport.h"
#include "sources/lakefs/make.h"
#include "sources/mlflow/make.h"
#include "sources/prometheus/make.h"

namespace andon::app
{

namespace
{

class Connected final : public Outside
{
public:
    Connected(net::RequestLog &log, const core::Clock &clock)
        : m_log(log)
        , m_clock(clock)
    {
    }
    std::unique_ptr<roles::VersionSource> versions(net::Endpoint endpoint) override
    {
        return sources::lakefs::make(m_transport, std::move(endpoint), &m_log, &m_clock);
    }
    std::unique_ptr<roles::ModelRegistry> registry(net::Endpoint endpoint) override
    {
        return sources::mlflow::make(m_transport, std::move(endpoint), &m_log, &m_clock);
    }
    std::unique_ptr<roles::SeriesSource> series(net::Endpoint endpoint, std::string selector) override
    {
        return sources::prometheus::make(m_transport, std::move(endpoint), std::move(selector), &m_log, &m_clock);
    }
    std::string libraryVersions() const override { return net::libraryVersions(); }

private:
    net::RequestLog &m_log;
    const core::Clock &m_clock;
    net::Transport m_transport;
};

} // namespace

std::unique_ptr<Outside> makeOutside(net::RequestLog &log, const core::Clock &clock)
{
    return std::make_unique<Connected>(log, clock);
}

} // namespace andon::app
