#pragma once
// What a test of a connection found: who answers, as whom, what there is, and which signals it gives; or why nothing.
// The calls block: worker threads only.
#include "roles/modelregistry.h"
#include "roles/seriessource.h"
#include "roles/versionsource.h"

namespace andon::factory
{

/// How much of a pack the server's metrics resolve.
struct PackCheck {
    std::string title = {};
    int found = 0;
    int wanted = 0;
    std::string example = {}; ///< a metric that resolved one of its signals; "" when none did
    std::vector<std::string> missing = {}; ///< metrics that the server does not have
    std::string fix = {}; ///< what to do on the server
    bool operator==(const PackCheck &) const = default;
};

struct SourceCheck {
    std::string kind = {};
    std::string product = {};
    std::string version = {};
    std::string user = {}; ///< "" when the product does not tell
    std::string storage = {};
    std::vector<std::string> capabilities = {}; ///< keys, words are in text/
    std::vector<std::pair<std::string, std::int64_t>> found = {}; ///< "repositories" → 3; keys known to text/
    std::vector<PackCheck> packs = {};
    std::int64_t latencyMs = -1; ///< of the first answer
    core::Instant at = {}; ///< when it was asked
    std::optional<core::Error> error = {};
    [[nodiscard]] bool ok() const { return !error; }
    bool operator==(const SourceCheck &) const = default;
};

[[nodiscard]] SourceCheck check(roles::VersionSource &source, const core::Cancel &cancel);
[[nodiscard]] SourceCheck check(roles::ModelRegistry &source, const core::Cancel &cancel);
[[nodiscard]] SourceCheck check(roles::SeriesSource &source, const std::vector<telemetry::Pack> &packs,
                                const core::Cancel &cancel);
/// Of every pack how much the inventory resolves. Pure.
[[nodiscard]] std::vector<PackCheck> packChecks(const std::vector<telemetry::Pack> &packs,
                                                const telemetry::Inventory &inventory);

} // namespace andon::factory
