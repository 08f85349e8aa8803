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
};

struct StationView {
    telemetry::Station station = telemetry::Station::Storage;
    telemetry::StationState state = {};
    Figure headline = {};
    Figure target = {};
    telemetry::Series spark = {};
    std::vector<Figure> facts = {};
};

struct Lane {
    std::string key = {};
    telemetry::Unit unit = telemetry::Unit::None;
    telemetry::Series series = {};
    std::optional<double> limit = {};
};

enum class EventKind { Merge, Commit, GateFailed, GateSkipped, RunStarted, RunFinished, Deployed, Alert };

struct EventMark {
    EventKind kind = EventKind::Commit;
    core::Instant at = {};
    std::string title = {}; ///< server text
    std::string link = {}; ///< "commit:repo@id", "run:id", "model:name@version", "alert:name"
};

/// Something that needs somebody: a key with values for text/, worst first.
struct Attention {
    lineage::Severity severity = lineage::Severity::Warning;
    std::string key =
        {}; ///< "storage-bound", "gate-skipped-model", "model-loses-money", "idle-gpus", "alert", "source-stale"
    lineage::KeyValues values = {};
    core::Instant since = {};
    std::string link = {};
};

struct FloorView {
    core::TimeRange range = {};
    std::vector<StationView> stations = {};
    std::optional<economics::KpiReport> kpi = {}; ///< nothing without a price book
    std::vector<Lane> lanes = {};
    std::vector<EventMark> events = {};
    std::vector<Attention> attention = {};
};

} // namespace andon::factory
