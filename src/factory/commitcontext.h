#pragma once
// What lies around one commit: who used its data, and which other commits have the very same.
#include "core/result.h"
#include "lineage/uses.h"

namespace andon::factory
{

class RegistryService;
class VersionService;

struct CommitContext {
    std::vector<lineage::Use> uses = {}; ///< newest run first
    std::optional<core::Error> usesError = {}; ///< why the registry could not tell; a site without one has none
    std::vector<core::CommitId> same = {}; ///< newest first, not the commit itself
    bool moreSame = false; ///< there are others
};

/// From the cache alone. Blocks: worker threads only.
[[nodiscard]] core::Result<CommitContext> commitContext(VersionService &versions, RegistryService &registry,
                                                        const core::RepositoryId &repo, const core::CommitId &commit);

} // namespace andon::factory
