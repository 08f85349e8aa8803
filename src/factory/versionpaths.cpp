// Which commits changed what lies below a path: the server alone knows.
#include "factory/told.h"
#include "factory/versionservice.h"

namespace andon::factory
{

namespace
{

constexpr const char *kKind = "touching";
constexpr const char *kLast = "changed last";
constexpr int kPage = 1000;

std::string pack(const std::vector<core::CommitId> &ids)
{
    std::string lines;
    for (const core::CommitId &id : ids)
        lines += id.value + "\n";
    return lines;
}

std::vector<core::CommitId> unpack(std::string_view lines)
{
    std::vector<core::CommitId> ids;
    for (std::size_t end = lines.find('\n'); end != std::string_view::npos; end = lines.find('\n')) {
        ids.emplace_back(std::string(lines.substr(0, end)));
        lines.remove_prefix(end + 1);
    }
    return ids;
}

} // namespace

core::Result<std::vector<core::CommitId>> VersionService::touching(const core::RepositoryId &repo,
                                                                   const core::CommitId &head,
                                                                   const std::string &prefix, Access access,
                                                                   const core::Cancel &cancel)
{
    const auto source = key();
    if (!source)
        return core::fail(source.error());
    const std::string what = repo.value + "@" + head.value + "/" + prefix;
    const auto kept = m_sync.answer(*source, kKind, what);
    if (!kept)
        return core::fail(kept.error());
    if (*kept)
        return unpack((*kept)->body);
    if (!m_source || !asks(access))
        return core::fail(core::ErrorKind::Offline, "lakefs logCommits", "this is not in the cache");
    std::vector<core::CommitId> ids;
    std::string after;
    do {
        const auto page = told<roles::LogPage>(m_parts.board, "lakefs", [&] {
            return m_source->touching(repo, core::RefName(head.value), prefix, after, kPage, cancel);
        });
        if (!page)
            return core::fail(page.error());
        for (const versions::Commit &commit : page->commits)
            ids.push_back(commit.id);
        after = page->next;
    } while (!after.empty());
    (void)m_sync.saveAnswer(*source, kKind, what, {m_parts.clock.now(), pack(ids)}); // else it is asked again
    return ids;
}

core::Result<std::optional<versions::Commit>> VersionService::changedLast(const core::RepositoryId &repo,
                                                                          const core::CommitId &head,
                                                                          const std::string &path, core::Instant since,
                                                                          Access access, const core::Cancel &cancel)
{
    using Found = std::optional<versions::Commit>;
    const auto source = key();
    if (!source)
        return core::fail(source.error());
    const std::string what = repo.value + "@" + head.value + ">" + std::to_string(since.ms) + "/" + path;
    const auto kept = m_sync.answer(*source, kLast, what);
    if (!kept)
        return core::fail(kept.error());
    if (*kept && (*kept)->body.empty())
        return Found();
    if (*kept) {
        const core::CommitId id((*kept)->body);
        const auto known = commits(repo, {id});
        if (!known)
            return core::fail(known.error());
        return known->empty() ? versions::Commit{.id = id} : known->front();
    }
    if (!m_source || !asks(access))
        return core::fail(core::ErrorKind::Offline, "lakefs logCommits", "this is not in the cache");
    const auto found = told<Found>(m_parts.board, "lakefs", [&] {
        return m_source->changedLast(repo, core::RefName(head.value), path, since, cancel);
    });
    if (found) // what cannot be kept is asked again
        (void)m_sync.saveAnswer(*source, kLast, what, {m_parts.clock.now(), *found ? (*found)->id.value : ""});
    return found;
}

} // namespace andon::factory
