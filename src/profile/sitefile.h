#pragma once
// A site as a YAML file that people write: which sources, where, how to reach them. No secrets in it. Pure.
#include "core/ids.h"
#include "core/result.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace andon::profile
{

struct SourceConfig {
    enum class Auth { None, Basic, Bearer };
    core::SourceName name = {}; ///< unique in the site
    std::string kind = {}; ///< "lakefs", "mlflow", "prometheus"
    std::string url = {};
    Auth auth = Auth::None;
    std::vector<std::pair<std::string, std::string>> headers = {}; ///< custom and tenant headers, no secrets
    std::string hostHeader = {};
    std::string caFile = {};
    std::string crlFile = {}; ///< revocation lists
    std::string clientCert = {};
    std::string clientKey = {};
    std::string proxy = {};
    std::string selector = {}; ///< prometheus: matchers added to every query, `site="ams-1"`
    bool allowPlainHttp = false; ///< the operator agreed to it once
    int connections = 4;
    bool operator==(const SourceConfig &) const = default;
};

struct SiteConfig {
    core::SiteName name = {};
    std::string title = {}; ///< what people call it; "" = the name
    std::string priceBook = {}; ///< file, relative to the site file; "" = none
    std::string colour = {}; ///< its series colour, "S1" to "S8"; "" = by its place among the sites
    int refreshSeconds = 15; ///< how often an open page asks
    bool readOnly = true; ///< guarded actions are absent
    bool isProtected = false; ///< an action asks for the site's name to be typed
    std::vector<SourceConfig> sources = {};
    [[nodiscard]] const SourceConfig *source(std::string_view kind) const; ///< the first of a kind, or nullptr
    bool operator==(const SiteConfig &) const = default;
};

/// Invalid with "file:line" in `where` on anything unknown or missing: a misspelt key is an error, not ignored.
[[nodiscard]] core::Result<SiteConfig> parseSite(std::string_view yaml, const std::string &file);
[[nodiscard]] std::string writeSite(const SiteConfig &site);
/// One of the site's own values by its key in the file (title, price_book, colour, refresh_seconds, access, protected);
/// "" is its default. Invalid with a sentence.
[[nodiscard]] core::Result<void> setSiteValue(SiteConfig &site, const std::string &key, const std::string &value);
/// [a-z0-9-], 1 to 40, no dash at the ends: it is a file name.
[[nodiscard]] bool isSiteName(std::string_view name);
/// Invalid with a sentence when the site cannot work: no sources, names twice, a URL that is none.
[[nodiscard]] core::Result<void> validate(const SiteConfig &site, const std::string &file);

} // namespace andon::profile
