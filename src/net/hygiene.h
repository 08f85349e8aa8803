#pragma once
#include <string>

namespace andon::net
{

/// First thing in main: no key log, no foreign curl or OpenSSL configuration, no core dump with secrets in it, files
/// private by default, no SIGPIPE.
void hardenProcess();
/// "libcurl/7.88.1 OpenSSL/3.0.11 …": those that run, not those it was built with.
[[nodiscard]] std::string libraryVersions();

} // namespace andon::net
