#pragma once
// What helps to find a fault, with nothing secret in it: versions, requests, settings, sites, cache, profile. It is
// written to a file and sent nowhere. Blocks on the disk; any thread.
#include "app/common/archive.h"
#include "app/common/wiring.h"

namespace andon::app
{

struct SupportPart {
    std::string name = {}; ///< "versions.json"
    std::string about = {}; ///< what it holds, a few words
    std::string bytes = {};
};

/// requests: of a running Andon that was asked for its log, as requestsJson() gives it; "" for those of `house`.
[[nodiscard]] std::vector<SupportPart> supportParts(House &house, const std::string &requests = {});
[[nodiscard]] core::Result<void> writeSupportBundle(const std::string &file, const std::vector<SupportPart> &parts,
                                                    core::Instant at);
/// "andon-support-20261129T120000Z.tar.gz"
[[nodiscard]] std::string supportFileName(core::Instant at);

/// The newest entries of the log, which was redacted when it was written: a JSON list.
[[nodiscard]] std::string requestsJson(const net::RequestLog &log);
/// Scheme, host, port and path: no credentials, query or fragment.
[[nodiscard]] std::string withoutSecrets(const std::string &url);

} // namespace andon::app
