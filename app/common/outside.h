#pragma once
// All that asks other machines: the transport, and the sources that speak through it. Any thread.
#include "core/clock.h"
#include "net/request.h"
#include "roles/modelregistry.h"
#include "roles/seriessource.h"
#include "roles/versionsource.h"

#include <memory>

namespace andon::net
{
class RequestLog;
}

namespace andon::app
{

class Outside
{
public:
    virtual ~Outside() = default; ///< aborts what is under way

    [[nodiscard]] virtual std::unique_ptr<roles::VersionSource> versions(net::Endpoint endpoint) = 0;
    [[nodiscard]] virtual std::unique_ptr<roles::ModelRegistry> registry(net::Endpoint endpoint) = 0;
    /// selector: matchers that the site adds to every selector; may be "".
    [[nodiscard]] virtual std::unique_ptr<roles::SeriesSource> series(net::Endpoint endpoint, std::string selector) = 0;
    /// "libcurl/7.88.1 OpenSSL/3.0.11 …": those that run, not those it was built with.
    [[nodiscard]] virtual std::string libraryVersions() const = 0;
};

/// log and clock outlive it. Who links andon_app_common brings it: the library andon_outside, or a module that is
/// loaded when it is called.
[[nodiscard]] std::unique_ptr<Outside> makeOutside(net::RequestLog &log, const core::Clock &clock);

} // namespace andon::app
