#include "factory/site.h"

namespace andon::factory
{

namespace
{
core::SourceName nameOf(const std::vector<SourceState> &states, const char *kind)
{
    for (const SourceState &state : states)
        if (state.kind == kind)
            return state.name;
    return core::SourceName(kind);
}
} // namespace

Site::Site(core::SiteName name, const core::Clock &clock, store::DatabaseFile &cache, SiteSources sources)
    : m_name(std::move(name))
    , m_clock(clock)
    , m_board(clock)
{
    for (const SourceState &state : sources.states)
        m_board.add(state);
    const SiteParts parts{m_name, m_clock, cache, m_board};
    m_versions = std::make_unique<VersionService>(parts, nameOf(sources.states, "lakefs"), std::move(sources.versions));
}

core::Result<std::string> Site::probe(const std::string &kind, const core::Cancel &cancel)
{
    if (kind == "lakefs") {
        const auto info = m_versions->probe(cancel);
        if (!info)
            return core::fail(info.error());
        return info->product + " " + info->version + (info->user.empty() ? "" : " as " + info->user);
    }
    return core::fail(core::ErrorKind::Invalid, kind, "this site has no source of the kind \"" + kind + "\"");
}

} // namespace andon::factory
