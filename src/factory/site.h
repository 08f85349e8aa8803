#pragma once
// A site at run time: its services over one cache. Lives on the GUI thread or in a command; the services are called
// from worker threads.
#include "factory/sourceboard.h"
#include "factory/versionservice.h"

namespace andon::factory
{

/// What the composition root hands in: sources that are not configured (or not wanted) are nullptr.
struct SiteSources {
    std::vector<SourceState> states = {};
    std::unique_ptr<roles::VersionSource> versions = {};
};

class Site
{
public:
    Site(core::SiteName name, const core::Clock &clock, store::DatabaseFile &cache, SiteSources sources);

    [[nodiscard]] const core::SiteName &name() const { return m_name; }
    [[nodiscard]] const core::Clock &clock() const { return m_clock; }
    [[nodiscard]] SourceBoard &board() { return m_board; }
    /// Product and version of the source of a kind, asked now. Invalid when the site has none.
    [[nodiscard]] core::Result<std::string> probe(const std::string &kind, const core::Cancel &cancel);
    [[nodiscard]] VersionService &versions() { return *m_versions; }

private:
    core::SiteName m_name;
    const core::Clock &m_clock;
    SourceBoard m_board;
    std::unique_ptr<VersionService> m_versions;
};

} // namespace andon::factory
