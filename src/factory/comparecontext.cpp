#include "factory/comparecontext.h"

#include "factory/registryservice.h"

#include <algorithm>

namespace andon::factory
{

namespace
{

constexpr std::size_t kMostPast = 20;

core::Result<CompareContext::Models> modelsOf(RegistryService &registry, const core::RepositoryId &repo,
                                              const core::CommitId &commit)
{
    const auto uses = registry.uses(repo, commit);
    if (!uses)
        return core::fail(uses.error());
    CompareContext::Models models;
    for (auto use = uses->rbegin(); use != uses->rend(); ++use) // they come newest first
        for (const auto &made : use->made)
            if (std::find(models.begin(), models.end(), made) == models.end())
                models.push_back(made);
    return models;
}

core::Result<void> addPast(VersionService &versions, const Comparison &comparison, const RepositoryView &view,
                           CompareContext &context, const core::Cancel &cancel)
{
    const versions::CommitGraph &graph = *view.graph;
    const std::int32_t left = graph.rowOf(comparison.left.commit.id);
    const std::int32_t right = graph.rowOf(comparison.right.commit.id);
    if (left == versions::kNone || right == versions::kNone)
        return {};
    const std::vector<char> ofLeft = graph.ancestry(left);
    const std::vector<char> ofRight = graph.ancestry(right);
    for (std::int32_t row = right; row < graph.size() && !cancel.cancelled(); ++row) {
        const auto at = static_cast<std::size_t>(row);
        const auto gates = !ofRight[at] || ofLeft[at] ? view.gates->end() : view.gates->find(graph.oid(row));
        if (gates == view.gates->end() || (gates->second.failed == 0 && gates->second.skipped == 0))
            continue;
        const auto detail = versions.detail(comparison.repo, graph.oid(row).id(), Access::CacheOnly, cancel);
        if (!detail)
            return core::fail(detail.error());
        auto gated = versions::gatesBefore(detail->commit.id, detail->runs);
        if (gated.failed.empty() && gated.skipped.empty())
            continue; // what ran afterwards kept nothing out
        context.morePast = context.past.size() == kMostPast;
        if (context.morePast)
            break;
        context.past.push_back({std::move(gated), std::string(versions::subject(detail->commit))});
    }
    return {};
}

} // namespace

core::Result<CompareContext> compareContext(VersionService &versions, RegistryService &registry,
                                            const Comparison &comparison, const core::Cancel &cancel)
{
    CompareContext context;
    for (const auto &[side, models] : {std::pair(&comparison.left, &context.left), {&comparison.right, &context.right}})
        if (auto found = modelsOf(registry, comparison.repo, side->commit.id))
            *models = std::move(*found);
        else
            context.modelsError = found.error();
    const auto view = versions.repository(comparison.repo, Access::CacheOnly, cancel);
    if (!view)
        return core::fail(view.error());
    if (view->value.graph && view->value.gates)
        if (auto added = addPast(versions, comparison, view->value, context, cancel); !added)
            return core::fail(added.error());
    return context;
}

} // namespace andon::factory
