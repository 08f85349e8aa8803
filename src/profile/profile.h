#pragma once
// One folder (or the platform's folders) that holds everything of one person's Andon: site files, cache, records,
// journal and the lock that one process holds (lock.h). Any thread.
#include "core/instant.h"
#include "profile/sitefile.h"

#include <optional>

namespace andon::profile
{

struct Paths {
    std::string config = {}; ///< sites/, settings.yaml, rules
    std::string state = {}; ///< records.db, journal/, lock, socket
    std::string cache = {}; ///< cache.db, quarantine/
};

/// --profile DIR puts everything below DIR; "" uses the platform's folders. Creates them, private to the user.
[[nodiscard]] core::Result<Paths> resolvePaths(const std::string &profileDir);

/// Replaces a file so that a crash leaves the old or the new one, never half. mode: permission bits.
[[nodiscard]] core::Result<void> writeFile(const std::string &path, std::string_view content, unsigned mode = 0600);
[[nodiscard]] core::Result<std::string> readFile(const std::string &path, std::size_t maxBytes = 4 << 20);
/// Renames a file that cannot be used to NAME.broken-<UTC time>, and gives its path. What a person wrote is not lost.
[[nodiscard]] core::Result<std::string> setAside(const std::string &path, core::Instant now);

class Profile
{
public:
    explicit Profile(Paths paths)
        : m_paths(std::move(paths))
    {
    }
    [[nodiscard]] const Paths &paths() const { return m_paths; }
    [[nodiscard]] std::string settingsFile() const { return m_paths.config + "/settings.yaml"; }
    [[nodiscard]] std::string cacheFile() const { return m_paths.cache + "/cache.db"; }
    [[nodiscard]] std::string recordsFile() const { return m_paths.state + "/records.db"; }
    [[nodiscard]] std::string viewsFolder() const { return m_paths.config + "/views"; } ///< of view.h
    [[nodiscard]] std::string journalFolder() const { return m_paths.state + "/journal"; }
    /// Where the process that holds the lock listens for the writes of others.
    [[nodiscard]] std::string socketName() const;

    struct Listed {
        core::SiteName name = {};
        core::Result<SiteConfig> site; ///< a file that cannot be read is listed with its error
    };
    [[nodiscard]] std::vector<Listed> sites() const; ///< by name
    [[nodiscard]] core::Result<SiteConfig> site(const core::SiteName &name) const; ///< NotFound
    [[nodiscard]] core::Result<void> save(const SiteConfig &site) const;
    [[nodiscard]] core::Result<void> remove(const core::SiteName &name) const; ///< NotFound

private:
    [[nodiscard]] std::string siteFile(const core::SiteName &name) const;
    Paths m_paths;
};

} // namespace andon::profile
