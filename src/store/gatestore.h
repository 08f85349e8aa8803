#pragma once
// Hook runs across all that the cache holds, of every site. Any thread; calls block on disk, so never the GUI thread.
#include "store/versionstore.h"
#include "versions/gates.h"

#include <functional>

namespace andon::store
{

/// A repository of any site of the profile.
struct CachedRepository {
    core::SiteName site = {};
    SourceKey source = {};
    RepositoryKey key = {};
    versions::Repository repository = {}; ///< id and default branch
};

class GateStore
{
public:
    explicit GateStore(DatabaseFile &file)
        : m_file(file)
    {
    }
    /// Those that their sources still name, by site and name.
    [[nodiscard]] core::Result<std::vector<CachedRepository>> repositories();
    /// Calls fn for each hook of each run that had begun at `until`, newest run first.
    [[nodiscard]] core::Result<void> each(RepositoryKey repo, core::Instant until,
                                          const std::function<void(const versions::GateResult &)> &fn);
    /// The newest commits that the default branch went through, by first parents, of those made until then. Empty when
    /// the branch is not there.
    [[nodiscard]] core::Result<std::vector<versions::Commit>> firstParents(const CachedRepository &repo,
                                                                           core::Instant until, int most);

private:
    DatabaseFile &m_file;
};

} // namespace andon::store
