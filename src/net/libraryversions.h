#pragma once
#include <string>

namespace andon::net
{

/// "libcurl/7.88.1 OpenSSL/3.0.11 …": those that run, not those it was built with.
[[nodiscard]] std::string libraryVersions();

} // namespace andon::net
