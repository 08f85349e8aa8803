#pragma once
// Packs: data files that say how to get a canonical signal from the metric names that a Prometheus really has.
#include "telemetry/signal.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace andon::telemetry
{

/// One way to ask for a signal. `expr` is PromQL with placeholders: $window (rate window, "5m"), $selector (extra
/// matchers, may be empty, placed as `metric{$selector}` or `metric{a="b",$selector}`), $by (a comma list of labels
/// after renaming, for a grouped form).
struct Candidate {
    std::string expr = {};
    std::vector<std::string> requiresMetrics = {}; ///< all must exist
    std::vector<std::pair<std::string, std::string>> requiresLabels = {}; ///< metric, label that must exist on it
    std::map<std::string, std::string> rename = {}; ///< label of the answer → canonical dimension ("Hostname" → "node")
    bool operator==(const Candidate &) const = default;
};

struct PackSignal {
    SignalName signal = {};
    std::vector<Candidate> candidates = {}; ///< the first that resolves is used
    bool operator==(const PackSignal &) const = default;
};

struct Pack {
    std::string id = {}; ///< "nvidia-dcgm"
    std::string title = {}; ///< "NVIDIA DCGM exporter"
    std::string fix = {}; ///< what to do on the server when it is missing
    std::vector<PackSignal> signals = {};
    bool operator==(const Pack &) const = default;
};

[[nodiscard]] core::Result<Pack> parsePack(std::string_view yaml, const std::string &file);

struct ResolvedSignal {
    SignalName signal = {};
    std::string pack = {};
    Candidate candidate = {};
    bool operator==(const ResolvedSignal &) const = default;
};

struct MissingSignal {
    SignalName signal = {};
    std::string pack = {};
    std::vector<std::string> missing = {}; ///< metric names of the best candidate that the server does not have
    bool operator==(const MissingSignal &) const = default;
};

struct Resolution {
    std::vector<ResolvedSignal> resolved =
        {}; ///< at most one per (signal, pack); the order of the packs decides which is used first
    std::vector<MissingSignal> missing = {};
    [[nodiscard]] const ResolvedSignal *find(const SignalName &signal) const;
};

/// What the server has: metric names, and for asked metrics their label names.
struct Inventory {
    std::set<std::string> metrics = {};
    std::map<std::string, std::set<std::string>> labels = {};
};

/// What the exporter says of a metric; "" where it says nothing. Several exporters can disagree: the first counts.
struct MetricInfo {
    std::string name = {};
    std::string type = {}; ///< "counter", "gauge", "histogram", "summary", "unknown"
    std::string unit = {};
    std::string help = {};
    bool operator==(const MetricInfo &) const = default;
};

[[nodiscard]] Resolution resolve(const std::vector<Pack> &packs, const Inventory &inventory);
/// The PromQL to send. window and by fill the placeholders; selector may be "".
[[nodiscard]] std::string expand(const Candidate &candidate, std::string_view window, std::string_view selector);

} // namespace andon::telemetry
