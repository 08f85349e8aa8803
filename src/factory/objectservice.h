#pragma once
// Objects at a ref: folders page by page, one object, its first bytes, how much a folder holds. Between commits nothing
// changes: what is asked of a commit is kept in the cache. Every call blocks: worker threads only. Any number of
// threads.
#include "core/later.h"
#include "factory/access.h"
#include "factory/objectpreview.h"
#include "factory/siteparts.h"
#include "roles/versionsource.h"

#include <mutex>

namespace andon::factory
{

class VersionService;
struct CompareEnd;

/// A folder at a ref.
struct FolderView {
    core::RepositoryId repo = {};
    core::RefName ref = {}; ///< as it was asked for
    core::Instant moment = {}; ///< it was asked for as it was then
    std::optional<versions::Commit> commit = {}; ///< that the ref is; nothing: the server alone knows
    std::string folder = {}; ///< "" or "claims/"
    std::vector<versions::ObjectEntry> entries = {};
    std::string next = {}; ///< "" when that is all
    /// Of whom pages and objects are asked: the commit when it is known.
    [[nodiscard]] core::RefName at() const { return commit ? core::RefName(commit->id.value) : ref; }
};

struct FolderSize {
    std::int64_t objects = 0;
    std::int64_t bytes = 0;
    std::int64_t unsized = 0;
    core::Instant newest = {};
    int pages = 0;
    bool complete = false;
};

class ObjectService
{
public:
    /// source: nothing when the site has none.
    ObjectService(SiteParts parts, core::SourceName name, core::Later<roles::VersionSource> source,
                  VersionService &versions);

    /// The first page of a folder. repo and ref may be empty: the largest repository, its default branch.
    [[nodiscard]] core::Result<core::Snapshot<FolderView>> folder(const core::RepositoryId &repo, const CompareEnd &end,
                                                                  const std::string &folder, Access access,
                                                                  const core::Cancel &cancel);
    /// 1000 objects below a prefix, or with "/" what is in the folder.
    [[nodiscard]] core::Result<versions::ObjectPage> page(const core::RepositoryId &repo, const core::RefName &ref,
                                                          const std::string &prefix, const std::string &delimiter,
                                                          const std::string &after, Access access,
                                                          const core::Cancel &cancel);
    [[nodiscard]] core::Result<versions::ObjectEntry> stat(const core::RepositoryId &repo, const core::RefName &ref,
                                                           const std::string &path, Access access,
                                                           const core::Cancel &cancel);
    /// Of the first bytes, as many as its kind needs; of a Parquet file the last ones.
    [[nodiscard]] core::Result<ObjectPreview> preview(const core::RepositoryId &repo, const core::RefName &ref,
                                                      const std::string &path, Access access,
                                                      const core::Cancel &cancel);
    /// Reads the whole list of a folder; onProgress is told after each page.
    [[nodiscard]] core::Result<FolderSize> measure(const core::RepositoryId &repo, const core::RefName &ref,
                                                   const std::string &folder, Access access,
                                                   const std::function<void(const FolderSize &)> &onProgress,
                                                   const core::Cancel &cancel);

private:
    template <typename T, typename Ask> core::Result<T> asked(const std::string &what, Access access, Ask ask);
    [[nodiscard]] core::Result<ObjectPreview> parquet(const core::RepositoryId &repo, const core::RefName &ref,
                                                      versions::ObjectEntry entry, Access access,
                                                      const core::Cancel &cancel);
    [[nodiscard]] core::Result<store::SourceKey> key();
    [[nodiscard]] core::Result<std::optional<std::string>> kept(const std::string &what);
    void keep(const std::string &what, std::string body);

    SiteParts m_parts;
    core::SourceName m_name;
    core::Later<roles::VersionSource> m_source;
    VersionService &m_versions;
    store::VersionStore m_sources;
    store::SyncStore m_store;
};

} // namespace andon::factory
