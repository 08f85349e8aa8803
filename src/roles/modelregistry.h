#pragma once
// What the factory asks of a model registry. Every call blocks: worker threads only. Any number of threads.
#include "core/cancel.h"
#include "core/evidence.h"
#include "core/result.h"
#include "lineage/registry.h"

namespace andon::roles
{

struct RegistryInfo {
    std::string product = {}; ///< "MLflow"
    std::string version = {};
    bool loggedModels = false; ///< 3.x
    bool rowsAcrossExperiments = false; ///< one dataset row per name and digest for all experiments: 2.x
};

struct RunsAnswer {
    std::vector<lineage::Run> runs = {};
    std::vector<core::Evidence> evidence = {}; ///< one per page
};

class ModelRegistry
{
public:
    virtual ~ModelRegistry() = default;

    virtual core::Result<RegistryInfo> probe(const core::Cancel &cancel) = 0;
    virtual core::Result<std::vector<lineage::Experiment>> experiments(const core::Cancel &cancel) = 0;
    /// Runs of these experiments whose start (or end) is at or after `since`, deleted ones too. since unknown: all.
    virtual core::Result<RunsAnswer> runs(const std::vector<core::ExperimentId> &experiments, core::Instant since,
                                          const core::Cancel &cancel) = 0;
    virtual core::Result<lineage::Run> run(const core::RunId &id, core::Evidence *evidence,
                                           const core::Cancel &cancel) = 0;
    virtual core::Result<std::vector<lineage::RegisteredModel>> models(const core::Cancel &cancel) = 0;
    virtual core::Result<std::vector<lineage::ModelVersion>> versions(const core::Cancel &cancel) = 0;
    virtual core::Result<std::vector<lineage::LoggedModel>>
    loggedModels(const std::vector<core::ExperimentId> &experiments, const core::Cancel &cancel) = 0;
};

} // namespace andon::roles
