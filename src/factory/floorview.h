#pragma once
// What the Floor shows: four stations, the line over time with its events, and what needs somebody. Meaning only; words
// are in text/.
#include "economics/kpi.h"
#include "lineage/chain.h"
#include "telemetry/series.h"
#include "telemetry/signal.h"
#include "telemetry/stations.h"

namespace andon::factory
{

/// A number with its key ("storage.read"), known to text/. No value: `missing` says why ("no-series", "not-configured",
/// "coverage").
struct Figure {
    std::string key = {};
    std::optional<double> value = {};
    telemetry::Unit unit = telemetry::Unit::None;
    std::string missing = {};
    std::optional<double> normal = {}; ///< baseline, when there is one
    std::string text = {}; ///< server text instead of a number (a run's name)
    std::optional<double> of = {}; ///< "3 of 4": the whole it is a part of
    std::string link = {}; ///< to what it counts
};

/// Somebody is on it.
struct Acknowledged {
    std::string who = {};
    std::string note = {};
    core::Instant at = {};
};

struct StationView {
    telemetry::Station station = telemetry::Station::Storage;
    telemetry::StationState state = {};
    Figure headline = {};
    Figure target = {};
    telemetry::Series spark = {};
    std::vector<Figure> facts = {};
    lineage::KeyValues about = {}; ///< names and counts for the sentence that says why: "array", "model", "gpus" …
    std::vector<Figure> numbers = {}; ///< and measures
    core::Instant since = {}; ///< of the state, where it is known
    std::optional<double> gpuHours = {}; ///< that it has cost since then
    std::optional<core::Money> cost = {};
    Figure flow = {}; ///< what goes on to the next station
    std::optional<Acknowledged> ack = {}; ///< of the state that it is in
};

struct Lane {
    std::string key = {};
    telemetry::Unit unit = telemetry::Unit::None;
    telemetry::Series series = {};
    std::optional<double> limit = {};
    std::optional<double> normal = {};
    std::string otherKey = {}; ///< of a second line on the same axis
    telemetry::Series other = {};
};

enum class EventKind { Merge, Commit, GateFailed, GateSkipped, RunStarted, RunFinished, Deployed, Alert };

struct EventMark {
    EventKind kind = EventKind::Commit;
    core::Instant at = {};
    std::string title = {}; ///< server text
    std::string of = {}; ///< where: the repository, the alert's labels
    std::string link = {}; ///< "commit:repo@id", "run:id", "model:name@version", "alert:name"
};

/// Data that was merged although a gate failed or did not run.
struct PassedGate {
    std::string repository = {};
    std::string branch = {};
    std::string hook = {}; ///< the first that did not pass
    core::Instant at = {};
    std::string link = {};
};

/// Something that needs somebody: a key with values for text/, worst first.
struct Attention {
    lineage::Severity severity = lineage::Severity::Warning;
    std::string key = {}; ///< "storage-bound", "gate-skipped", "quality-drop", "model-loses-money", "idle-gpus",
                          ///< "alert", "source-stale"
    lineage::KeyValues values = {};
    core::Instant since = {};
    std::string link = {};
    std::optional<core::Money> perDay = {}; ///< what it costs a day as it is now, where that is known
    lineage::KeyValues details = {}; ///< further names for the second line
    std::vector<Figure> figures = {}; ///< and its numbers
    std::optional<Acknowledged> ack = {};
};

struct FloorView {
    core::TimeRange range = {};
    std::vector<StationView> stations = {};
    std::optional<economics::KpiReport> kpi = {}; ///< nothing without a price book
    std::vector<Lane> lanes = {};
    std::vector<EventMark> events = {};
    std::vector<Attention> attention =
        {}; ///< worst first, the dearest of equals first; what is acknowledged after all others
    bool alertsKnown = false; ///< as they are now: what of them does not stand in `attention` does not fire
    core::Instant waitingSince = {}; ///< GPUs wait for storage since then; unknown when none do
    telemetry::Series notComputing = {}; ///< GPUs that are free, idle or wait, over the range
};

} // namespace andon::factory
