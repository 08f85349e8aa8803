#pragma once
// How a certificate is judged: constants, for every transfer. There is no switch that turns it off. Network thread
// only.
#include "net/request.h"

#include <curl/curl.h>

namespace andon::net
{

/// TLS 1.2 or newer with forward secrecy, verified against the system's authorities or the endpoint's own, and only
/// certificates that name their hosts (subjectAltName). Tls with a hint when a file of the endpoint cannot be read.
[[nodiscard]] core::Result<void> setTls(CURL *handle, const Endpoint &endpoint, const Request &request);

} // namespace andon::net
