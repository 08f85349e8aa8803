#pragma once
// The sources and libcurl are in a module beside the desktop: a start from the cache need not load them.
#include "app/common/outside.h"

namespace andon::desktop
{

/// What the module exports, under this name.
using MakeOutside = void(std::unique_ptr<app::Outside> &, net::RequestLog &, const core::Clock &);
constexpr const char *kMakeOutside = "andonMakeOutside";

} // namespace andon::desktop
