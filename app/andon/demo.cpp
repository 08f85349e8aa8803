// The module that holds the demo factory: see demomodule.h.
#include "app/andon/demomodule.h"

namespace
{

andon::core::Result<andon::desktop::RunningDemo> start()
{
    auto server = andon::demo::DemoServer::start({});
    if (!server)
        return andon::core::fail(server.error());
    std::shared_ptr<andon::demo::DemoServer> kept = std::move(*server);
    return andon::desktop::RunningDemo{.server = kept, .endpoints = kept->endpoints(), .site = kept->plan().site};
}

} // namespace

extern "C" [[gnu::visibility("default")]] void andonStartDemo(andon::core::Result<andon::desktop::RunningDemo> &running)
{
    running = start();
}
