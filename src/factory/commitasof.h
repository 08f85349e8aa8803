#pragma once
// A commit as the moment that a site is looked at. Blocks: worker threads only.
#include "factory/pin.h"
#include "factory/versionservice.h"

namespace andon::factory
{

/// Its repository at itself, and all else at its date. NotFound when nobody knows it.
[[nodiscard]] inline core::Result<AsOf> commitAsOf(VersionService &versions, const core::RepositoryId &repo,
                                                   const core::CommitId &id, Access access, const core::Cancel &cancel)
{
    const auto detail = versions.detail(repo, id, access, cancel);
    if (!detail)
        return core::fail(detail.error());
    return AsOf{core::Instant::fromSeconds(detail->commit.created), repo, detail->commit.id};
}

} // namespace andon::factory
