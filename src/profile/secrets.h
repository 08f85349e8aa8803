#pragma once
// Where the credentials of a source come from: memory, the keychain, the environment, a 0600 file that was asked for.
// Never in site files, logs, exports or argv. Any thread; find() may block on the keychain, so never the GUI thread.
#include "core/ids.h"
#include "core/result.h"

#include <map>
#include <mutex>
#include <string>

namespace andon::profile
{

struct Secret {
    std::string user = {}; ///< basic
    std::string secret = {}; ///< password, or the bearer token
    std::string from = {}; ///< "memory", "keychain", "environment", "file …"; "" when nothing was found
    [[nodiscard]] bool found() const { return !from.empty(); }
};

/// Names of the variables: ANDON_<SITE>_<SOURCE>_USER, _SECRET, _TOKEN; non-alphanumerics as '_'.
[[nodiscard]] std::string variableName(const core::SiteName &site, const core::SourceName &source,
                                       std::string_view what);

class Secrets
{
public:
    /// secretsFile "": none.
    explicit Secrets(std::string secretsFile = {});

    /// Not found is no error: the Secret says so. Invalid when the file is readable by others.
    [[nodiscard]] core::Result<Secret> find(const core::SiteName &site, const core::SourceName &source) const;
    void remember(const core::SiteName &site, const core::SourceName &source, const std::string &user,
                  const std::string &secret);
    /// Into the secrets file when there is one, else into the keychain. Unavailable keychain: Storage with the hint
    /// "no-keychain".
    [[nodiscard]] core::Result<std::string> keep(const core::SiteName &site, const core::SourceName &source,
                                                 const std::string &user, const std::string &secret);
    /// In memory, in the keychain and in the secrets file.
    void forget(const core::SiteName &site, const core::SourceName &source);
    /// The keychain is asked anew: another process may have kept something there.
    void lookAgain(const core::SiteName &site);

private:
    [[nodiscard]] core::Result<std::map<std::string, std::string>> readFileEntries() const;
    [[nodiscard]] core::Result<void> writeFileEntries(const std::map<std::string, std::string> &entries) const;

    std::string m_file;
    mutable std::mutex m_mutex;
    std::map<std::string, Secret> m_memory; ///< "site/source"
    mutable std::map<std::string, Secret> m_fromKeychain; ///< asked once a process
};

} // namespace andon::profile
