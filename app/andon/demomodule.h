#pragma once
// The demo factory of the desktop is a module beside it, loaded when it is asked for: a start without it need not load
// an HTTP server. GUI thread.
#include "core/result.h"
#include "demo/server/demoserver.h"

#include <memory>
#include <string>

namespace andon::desktop
{

struct RunningDemo {
    std::shared_ptr<void> server = {}; ///< runs as long as this lives
    demo::DemoEndpoints endpoints = {};
    std::string site = {}; ///< its name
};

/// Storage when the module cannot be loaded.
[[nodiscard]] core::Result<RunningDemo> startDemo();

/// What the module exports, under this name.
using StartDemo = void(core::Result<RunningDemo> &);
constexpr const char *kStartDemo = "andonStartDemo";

} // namespace andon::desktop
