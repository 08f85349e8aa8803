#include "sources/lakefs/make.h"

#include "sources/lakefs/lakefsclient.h"

namespace andon::sources::lakefs
{

std::unique_ptr<roles::VersionSource> make(net::Transport &transport, net::Endpoint endpoint, net::RequestLog *log,
                                           const core::Clock *clock)
{
    return std::make_unique<LakeFsClient>(
        std::make_unique<net::HttpClient>(transport, std::move(endpoint), log, clock));
}

} // namespace andon::sources::lakefs
