#pragma once
#include "core/clock.h"
#include "net/request.h"
#include "roles/seriessource.h"

#include <memory>

namespace andon::net
{
class RequestLog;
class Transport;
} // namespace andon::net

namespace andon::sources::prometheus
{

/// selector: matchers that the site adds to every selector, `site="ams-1"`; may be "".
[[nodiscard]] std::unique_ptr<roles::SeriesSource> make(net::Transport &transport, net::Endpoint endpoint,
                                                        std::string selector, net::RequestLog *log,
                                                        const core::Clock *clock);

} // namespace andon::sources::prometheus
