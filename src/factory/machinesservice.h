#pragma once
// What Floor, Compute and Storage show, made of signals, alerts and the rules of the stations. Every call blocks:
// worker threads only.
#include "factory/asking.h"
#include "factory/economicsservice.h"
#include "factory/machineviews.h"
#include "factory/registryservice.h"
#include "factory/remembered.h"

namespace andon::factory
{

/// One query of a page: its range ends now and has this length.
struct PanelQuery {
    SignalQuery query = {};
    std::int64_t length = core::kDay;
    std::int64_t stepMs = 5 * core::kMinute;
};

class MachinesService
{
public:
    MachinesService(SiteParts parts, TelemetryService &telemetry, EconomicsService &economics,
                    RegistryService &registry, VersionService &versions, Known known);

    /// All that the pages ask by default: a sync asks them so that the pages open from the cache.
    [[nodiscard]] std::vector<PanelQuery> queries() const;
    /// Of a length, ending at the last whole half minute.
    [[nodiscard]] core::TimeRange range(std::int64_t length) const;
    /// Ends on whole half minutes, so that asking twice within one asks the same.
    [[nodiscard]] static core::TimeRange aligned(core::TimeRange range);

    // Ranges as aligned() or range() give them.

    [[nodiscard]] core::Result<core::Snapshot<ComputeView>> compute(core::TimeRange range, Access access,
                                                                    const core::Cancel &cancel);
    [[nodiscard]] core::Result<core::Snapshot<StorageView>> storage(core::TimeRange range, Access access,
                                                                    const core::Cancel &cancel);
    /// Keeps what it gives for Access::Remembered.
    [[nodiscard]] core::Result<core::Snapshot<FloorView>> floor(core::TimeRange range, Access access,
                                                                const core::Cancel &cancel);

private:
    [[nodiscard]] ComputeView computeOf(AskSignals &ask, core::TimeRange range) const;
    [[nodiscard]] StorageView storageOf(AskSignals &ask, core::TimeRange range) const;
    void gpusThatWait(StorageView &view, AskSignals &ask, std::int64_t step) const;
    [[nodiscard]] StationView storageStation(AskSignals &ask, const StorageView &storage) const;
    [[nodiscard]] StationView computeStation(const ComputeView &compute, const StorageView &storage) const;
    [[nodiscard]] StationView trainingStation(const FloorView &view) const;
    [[nodiscard]] StationView deploymentStation(AskSignals &ask, const FloorView &view) const;
    /// Newest first. nullopt when no repository is known.
    [[nodiscard]] std::optional<std::vector<PassedGate>> gatesPassedBy(core::Instant since) const;
    using Alerts = std::vector<telemetry::Alert>;
    void events(FloorView &view, const Alerts &alerts) const;
    void mergesAndGates(FloorView &view) const;
    void attention(FloorView &view, const ComputeView &compute, const StorageView &storage, const Alerts &alerts) const;
    void acknowledged(FloorView &view) const; ///< who is on it, as the records say now
    void machinesNeed(FloorView &view, const ComputeView &compute, const StorageView &storage) const;
    [[nodiscard]] telemetry::StationState state(telemetry::Station station, const telemetry::Figures &figures) const;

    SiteParts m_parts;
    TelemetryService &m_telemetry;
    EconomicsService &m_economics;
    RegistryService &m_registry;
    VersionService &m_versions;
    Remembered m_remembered;
    Known m_known;
};

} // namespace andon::factory
