#pragma once
namespace andon::net
{

/// First thing in main: no key log, no foreign curl or OpenSSL configuration, no core dump with secrets in it, files
/// private by default, no SIGPIPE.
void hardenProcess();

} // namespace andon::net
