#pragma once
// Quality gates: runs of lakeFS actions and of the hooks in them. Runs exist only when finished.
#include "core/ids.h"
#include "core/instant.h"

#include <optional>
#include <string>
#include <vector>

namespace andon::versions
{

enum class HookStatus { Completed, Failed, Skipped, Unknown };

struct HookRun {
    std::string id = {}; ///< "0000_0001": action and hook index
    std::string action = {};
    std::string hook = {};
    HookStatus status = HookStatus::Unknown;
    core::Instant started = {}; ///< unknown when the hook was skipped
    core::Instant ended = {};
    bool operator==(const HookRun &) const = default;
};

struct ActionRun {
    std::string id = {};
    core::RefName branch = {}; ///< may be empty (tag events)
    core::CommitId commit = {}; ///< may be empty (failed pre-commit)
    std::string event = {}; ///< "pre-merge", …
    HookStatus status = HookStatus::Unknown;
    core::Instant started = {};
    core::Instant ended = {};
    std::vector<HookRun> hooks = {};
    bool operator==(const ActionRun &) const = default;
};

/// Counts over the hooks of the runs of one commit.
struct GateSummary {
    int completed = 0;
    int failed = 0;
    int skipped = 0;
    bool operator==(const GateSummary &) const = default;
};

[[nodiscard]] GateSummary summarize(const std::vector<ActionRun> &runs);

} // namespace andon::versions
