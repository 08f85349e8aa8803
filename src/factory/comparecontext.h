#pragma once
// What lies around a comparison: the models trained on each of its sides, and what the gates said on the way.
#include "core/cancel.h"
#include "core/result.h"
#include "factory/compareviews.h"
#include "versions/gates.h"

namespace andon::factory
{

class RegistryService;
class VersionService;

/// A commit that was made although a hook before it did not run, or failed.
struct PastGate {
    versions::GatedCommit gated = {};
    std::string subject = {}; ///< first line of its message
};

struct CompareContext {
    using Models = std::vector<std::pair<core::ModelName, core::ModelVersionNumber>>;
    Models left = {}; ///< trained on that very commit, oldest first
    Models right = {};
    std::optional<core::Error> modelsError = {}; ///< why the registry could not tell; a site without one has none
    std::vector<PastGate> past = {}; ///< of the commits that B has and A has not, newest first
    bool morePast = false; ///< there are others
};

/// From the cache alone. Blocks: worker threads only.
[[nodiscard]] core::Result<CompareContext> compareContext(VersionService &versions, RegistryService &registry,
                                                          const Comparison &comparison, const core::Cancel &cancel);

} // namespace andon::factory
