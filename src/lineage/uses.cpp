#include "lineage/uses.h"

#include "lineage/rules.h"

#include <algorithm>
#include <tuple>

namespace andon::lineage
{

namespace
{

/// A registry's row of a dataset: experiment ("" when rows are shared by all), name, digest.
using Row = std::tuple<std::string, std::string, std::string>;

/// Of the runs that share each row those that can be the earlier one of any of them: two that began first and two of
/// which it is not known, for a run is not its own witness. Without what nobody asks of them.
std::map<Row, std::vector<Run>> witnesses(const std::vector<Run> &runs, bool rowsAcross)
{
    std::map<Row, std::vector<Run>> rows;
    for (const Run &run : runs)
        for (const DatasetInput &input : run.inputs)
            if (auto &row = rows[{rowsAcross ? "" : run.experiment.value, input.name, input.digest}];
                row.empty() || row.back().id != run.id)
                row.push_back({.id = run.id, .experiment = run.experiment, .started = run.started, .inputs = {input}});
    for (auto &[row, of] : rows) {
        std::stable_sort(of.begin(), of.end(), [](const Run &a, const Run &b) { return a.started < b.started; });
        const auto known = std::find_if(of.begin(), of.end(), [](const Run &run) { return run.started.known(); });
        of.erase(known + std::min<std::ptrdiff_t>(2, of.end() - known), of.end());
        const auto unknown = std::find_if(of.begin(), of.end(), [](const Run &run) { return run.started.known(); });
        of.erase(of.begin() + std::min<std::ptrdiff_t>(2, unknown - of.begin()), unknown);
    }
    return rows;
}

std::map<RunId, std::vector<std::pair<ModelName, ModelVersionNumber>>> madeBy(const std::vector<ModelVersion> &versions)
{
    std::vector<const ModelVersion *> sorted;
    for (const ModelVersion &version : versions)
        sorted.push_back(&version);
    std::stable_sort(sorted.begin(), sorted.end(), [](auto *a, auto *b) { return a->created < b->created; });
    std::map<RunId, std::vector<std::pair<ModelName, ModelVersionNumber>>> made;
    for (const ModelVersion *version : sorted)
        if (!version->run.empty())
            made[version->run].emplace_back(version->model, version->version);
    return made;
}

} // namespace

Uses usesOf(const std::vector<Run> &runs, const std::vector<ModelVersion> &versions, const Lookups &lookups,
            bool rowsAcross)
{
    const auto sharing = witnesses(runs, rowsAcross);
    const auto made = madeBy(versions);
    Uses uses;
    for (const Run &run : runs) {
        TraceInputs inputs{.run = run, .rowsAcrossExperiments = rowsAcross, .lookups = lookups};
        const auto note = [&](const DatasetInput *dataset) {
            const RuleResult found = resolveDataset(inputs, dataset);
            if (!found.commit)
                return;
            Use use{.run = run.id,
                    .name = run.name,
                    .status = run.status,
                    .started = run.started,
                    .deleted = run.deleted,
                    .dataset = dataset ? dataset->name : std::string(),
                    .method = found.method};
            if (const auto models = made.find(run.id); models != made.end())
                use.made = models->second;
            uses[*found.commit].push_back(std::move(use));
        };
        for (const DatasetInput &input : run.inputs) {
            inputs.sharing = sharing.at({rowsAcross ? "" : run.experiment.value, input.name, input.digest});
            note(&input);
        }
        if (run.inputs.empty())
            note(nullptr);
    }
    for (auto &[commit, of] : uses)
        std::stable_sort(of.begin(), of.end(), [](const Use &a, const Use &b) { return a.started > b.started; });
    return uses;
}

} // namespace andon::lineage
