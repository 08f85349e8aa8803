#pragma once
// Two trees of a repository against each other: what they are, what differs, streamed page by page through the cache
// and rolled up. Every call blocks: worker threads only. Any number of threads.
#include "core/freshness.h"
#include "factory/access.h"
#include "factory/compareviews.h"
#include "factory/versionviews.h"

#include "core/cancel.h"
#include "core/result.h"

#include <functional>

namespace andon::factory
{

class ObjectService;
class VersionService;

class CompareService
{
public:
    CompareService(VersionService &versions, ObjectService &objects);

    /// The default branch of the largest repository (or of `repo`) against its newest tag, else against what it was
    /// before its last merge.
    [[nodiscard]] core::Result<CompareAsk> proposal(const core::RepositoryId &repo, const core::Cancel &cancel);
    /// Both sides, their merge base and the commits on the way, from the cached history.
    [[nodiscard]] core::Result<core::Snapshot<Comparison>> resolve(const CompareAsk &ask, Access access,
                                                                   const core::Cancel &cancel);
    /// Reads all that differs. onRead is told what is there every quarter of a second. What a failure left is in the
    /// value; without any page it is the error. Nothing is read when the trees are the same.
    [[nodiscard]] core::Result<DiffRead> read(const Comparison &comparison, Access access,
                                              const std::function<void(const DiffRead &)> &onRead,
                                              const core::Cancel &cancel);
    [[nodiscard]] core::Result<versions::DiffPage> page(const Comparison &comparison, const std::string &after,
                                                        Access access, const core::Cancel &cancel);
    using OnPage = std::function<core::Result<void>(const versions::DiffPage &page, const std::string &after)>;
    /// Every page in order; paths must ascend. Only those below a prefix, when there is one.
    [[nodiscard]] core::Result<void> eachPage(const Comparison &comparison, const std::string &prefix, Access access,
                                              const OnPage &onPage, const core::Cancel &cancel);
    /// For what changed in rows [first, first + count), which are of one folder. Asks for each when there are few, else
    /// lists the folder, to a limit.
    [[nodiscard]] core::Result<SizesBefore> sizesBefore(const DiffRead &read, const std::string &folder,
                                                        std::int64_t first, std::int64_t count, Access access,
                                                        const core::Cancel &cancel);
    /// For the sides that stand beside each other: the merge base is nobody's change. Without one nothing is asked.
    [[nodiscard]] core::Result<ChangedLast> changedLast(const Comparison &comparison, const versions::DiffEntry &entry,
                                                        Access access, const core::Cancel &cancel);
    /// What the comparison says of one path; nothing: it does not differ.
    [[nodiscard]] core::Result<std::optional<versions::DiffEntry>>
    entry(const Comparison &comparison, const std::string &path, Access access, const core::Cancel &cancel);

private:
    VersionService &m_versions;
    ObjectService &m_objects;
};

/// The row of a side in a repository's history.
[[nodiscard]] core::Result<std::int32_t> rowOf(const CompareEnd &end, const RepositoryView &view);

} // namespace andon::factory
