#include "factory/registryservice.h"

#include "factory/registrycodec.h"
#include "versions/refexpression.h"

#include <algorithm>
#include <chrono>

namespace andon::factory
{

namespace
{

constexpr const char *kRowsAcross = "dataset rows across experiments";

std::int64_t steadyMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

std::int64_t numberOf(const core::ModelVersionNumber &version)
{
    return std::atoll(version.value.c_str());
}

/// A search for versions leaves their aliases out: the model has them.
lineage::ModelVersion named(lineage::ModelVersion version, const std::vector<lineage::Alias> &aliases)
{
    for (const lineage::Alias &alias : aliases)
        if (alias.version == version.version
            && std::find(version.aliases.begin(), version.aliases.end(), alias.name) == version.aliases.end())
            version.aliases.push_back(alias.name);
    return version;
}

} // namespace

RegistryService::RegistryService(SiteParts parts, core::SourceName name, core::Later<roles::ModelRegistry> registry,
                                 VersionService &versions)
    : m_parts(std::move(parts))
    , m_name(std::move(name))
    , m_registry(std::move(registry))
    , m_versions(versions)
    , m_sources(m_parts.cache)
    , m_store(m_parts.cache)
{
}

template <typename T, typename Ask> core::Result<T> RegistryService::asked(Ask ask)
{
    const std::int64_t start = steadyMs();
    core::Result<T> answer = ask();
    if (answer)
        m_parts.board.answered("mlflow", steadyMs() - start);
    else if (answer.error().kind != core::ErrorKind::NotFound)
        m_parts.board.failed("mlflow", answer.error());
    return answer;
}

core::Result<void> RegistryService::configured() const
{
    if (m_registry)
        return {};
    return core::fail(core::ErrorKind::Invalid, "mlflow", "this site has no MLflow source");
}

core::Result<store::SourceKey> RegistryService::key()
{
    return m_sources.source(m_parts.site, m_name);
}

core::Result<roles::RegistryInfo> RegistryService::probe(const core::Cancel &cancel)
{
    if (auto ready = configured(); !ready)
        return core::fail(ready.error());
    auto info = asked<roles::RegistryInfo>([&] { return m_registry->probe(cancel); });
    if (info)
        m_parts.board.product("mlflow", info->product + " " + info->version);
    return info;
}

core::Result<RegistrySyncStats> RegistryService::sync(const OnProgress &progress, const core::Cancel &cancel)
{
    const std::scoped_lock syncing(m_syncing);
    const auto source = key();
    const auto info = probe(cancel);
    if (const auto error = core::firstError(source, info))
        return core::fail(*error);
    const core::Instant began = m_parts.clock.now();
    const auto experiments = asked<std::vector<lineage::Experiment>>([&] { return m_registry->experiments(cancel); });
    if (!experiments)
        return core::fail(experiments.error());
    std::vector<core::ExperimentId> ids;
    std::vector<std::pair<std::string, std::string>> rows;
    for (const lineage::Experiment &experiment : *experiments) {
        ids.push_back(experiment.id);
        rows.emplace_back(experiment.id.value, experiment.name);
    }
    if (auto saved = m_store.replaceAnswers(*source, "experiment", began, rows); !saved)
        return core::fail(saved.error());
    if (progress)
        progress({"mlflow", "runs", 0});
    const auto last = m_store.state(*source, "registry");
    if (!last)
        return core::fail(last.error());
    // An hour of overlap: the server's clock is not ours.
    const core::Instant since = last->at.known() ? last->at - core::kHour : core::Instant{};
    const auto runs = asked<roles::RunsAnswer>([&] { return m_registry->runs(ids, since, cancel); });
    if (!runs)
        return core::fail(runs.error());
    rows.clear();
    for (const lineage::Run &run : runs->runs)
        rows.emplace_back(run.id.value, packRun(run));
    if (auto saved = m_store.addAnswers(*source, "run", began, rows); !saved)
        return core::fail(saved.error());
    const auto models = asked<std::vector<lineage::RegisteredModel>>([&] { return m_registry->models(cancel); });
    const auto versions = asked<std::vector<lineage::ModelVersion>>([&] { return m_registry->versions(cancel); });
    if (const auto error = core::firstError(models, versions))
        return core::fail(*error);
    rows.clear();
    for (const lineage::RegisteredModel &model : *models)
        rows.emplace_back(model.name.value, packModel(model));
    if (auto saved = m_store.replaceAnswers(*source, "model", began, rows); !saved)
        return core::fail(saved.error());
    rows.clear();
    for (const lineage::ModelVersion &version : *versions)
        rows.emplace_back(version.model.value + "@" + version.version.value, packVersion(version));
    if (auto saved = m_store.replaceAnswers(*source, "version", began, rows); !saved)
        return core::fail(saved.error());
    if (auto marked = m_store.mark(*source, "registry", began, info->rowsAcrossExperiments ? kRowsAcross : ""); !marked)
        return core::fail(marked.error());
    return RegistrySyncStats{.experiments = static_cast<std::int64_t>(experiments->size()),
                             .models = static_cast<std::int64_t>(models->size()),
                             .versions = static_cast<std::int64_t>(versions->size()),
                             .runs = static_cast<std::int64_t>(runs->runs.size())};
}

core::Result<std::vector<lineage::ModelVersion>> RegistryService::versionRows()
{
    const auto source = key();
    const auto stored = source ? m_store.answers(*source, "version") : core::fail(source.error());
    if (!stored)
        return core::fail(stored.error());
    std::vector<lineage::ModelVersion> all;
    for (const auto &[name, answer] : *stored) {
        auto version = unpackVersion(answer.body);
        if (!version)
            return core::fail(version.error());
        all.push_back(std::move(*version));
    }
    std::sort(all.begin(), all.end(), [](const auto &a, const auto &b) {
        return a.model != b.model ? a.model < b.model : numberOf(a.version) > numberOf(b.version);
    });
    return all;
}

core::Result<std::vector<lineage::Run>> RegistryService::runs()
{
    const auto source = key();
    const auto stored = source ? m_store.answers(*source, "run") : core::fail(source.error());
    if (!stored)
        return core::fail(stored.error());
    const auto asOf = m_parts.pin.asOf();
    std::vector<lineage::Run> all;
    for (const auto &[id, answer] : *stored) {
        auto run = unpackRun(answer.body);
        if (!run)
            return core::fail(run.error());
        if (!asOf)
            all.push_back(std::move(*run));
        else if (auto then = lineage::runAt(std::move(*run), asOf->at))
            all.push_back(std::move(*then));
    }
    std::sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.started > b.started; });
    return all;
}

core::Result<RegistryCounts> RegistryService::counts()
{
    const auto source = key();
    const auto experiments = source ? m_store.answers(*source, "experiment") : core::fail(source.error());
    const auto models = source ? m_store.answers(*source, "model") : core::fail(source.error());
    const auto versions = versionRows();
    const auto all = runs();
    if (const auto error = core::firstError(experiments, models, versions, all))
        return core::fail(*error);
    RegistryCounts counts{.experiments = static_cast<std::int64_t>(experiments->size()),
                          .models = static_cast<std::int64_t>(models->size()),
                          .versions = static_cast<std::int64_t>(versions->size()),
                          .runs = static_cast<std::int64_t>(all->size())};
    for (const lineage::Run &run : *all) {
        counts.deletedRuns += run.deleted ? 1 : 0;
        ++counts.byStatus[run.status];
    }
    return counts;
}

core::Result<core::Snapshot<std::vector<ModelRow>>> RegistryService::models(Access access, const core::Cancel &cancel)
{
    const auto source = key();
    if (!source)
        return core::fail(source.error());
    if (access == Access::Refresh && m_registry)
        (void)sync({}, cancel); // its error is on the board and comes back with the snapshot
    const auto stored = m_store.answers(*source, "model");
    const auto versions = versionRows();
    const auto state = m_store.state(*source, "registry");
    if (const auto error = core::firstError(stored, versions, state))
        return core::fail(*error);
    core::Snapshot<std::vector<ModelRow>> snapshot;
    for (const auto &[name, answer] : *stored) {
        const auto model = unpackModel(answer.body);
        if (!model)
            return core::fail(model.error());
        ModelRow row{.model = model->name, .aliases = model->aliases};
        for (const lineage::ModelVersion &version : *versions)
            if (version.model == model->name && version.created <= m_parts.pin.now())
                row.versions.push_back(named(version, model->aliases));
        if (!row.versions.empty() || !m_parts.pin.asOf())
            snapshot.value.push_back(std::move(row));
    }
    snapshot.freshness = cachedFreshness(state->at, m_parts.board, "mlflow");
    if (m_parts.pin.asOf() && !snapshot.freshness.error) {
        snapshot.freshness.state = core::FreshnessState::Partial;
        snapshot.freshness.notes.push_back("as-of-aliases");
    }
    return snapshot;
}

core::Result<std::vector<lineage::Use>> RegistryService::uses(const core::RepositoryId &repo,
                                                              const core::CommitId &commit)
{
    const auto source = key();
    const auto state = source ? m_store.state(*source, "registry") : core::fail(source.error());
    if (!state)
        return core::fail(state.error());
    const auto asOf = m_parts.pin.asOf();
    const std::scoped_lock lock(m_mutex);
    if (const core::Instant at = asOf ? asOf->at : core::Instant{};
        !m_uses.uses || m_uses.read != state->at || m_uses.at != at) {
        const auto all = runs();
        auto versions = versionRows();
        if (const auto error = core::firstError(all, versions))
            return core::fail(*error);
        std::erase_if(*versions, [&](const auto &version) { return version.created > m_parts.pin.now(); });
        m_uses = {state->at, at,
                  std::make_shared<const lineage::Uses>(
                      lineage::usesOf(*all, *versions, lookups(), state->value == kRowsAcross))};
    }
    const auto found = m_uses.uses->find({repo, commit});
    return found == m_uses.uses->end() ? std::vector<lineage::Use>{} : found->second;
}

lineage::Lookups RegistryService::lookups()
{
    // Each repository is read once for all that is looked up.
    const auto views = std::make_shared<std::map<core::RepositoryId, std::optional<RepositoryView>>>();
    const auto viewOf = [this, views](const core::RepositoryId &repo) -> const std::optional<RepositoryView> & {
        const auto [known, isNew] = views->try_emplace(repo);
        if (isNew)
            if (auto view = m_versions.repository(repo, Access::CacheOnly, {}); view && view->value.graph)
                known->second = std::move(view->value);
        return known->second;
    };
    const auto refsOf = [](const RepositoryView &view) {
        std::vector<versions::Ref> refs;
        for (const RefRow &row : view.refs)
            refs.push_back(row.ref);
        return refs;
    };
    lineage::Lookups lookups;
    lookups.commit = [this, viewOf, refsOf](const core::RepositoryId &repo,
                                            const core::RefName &ref) -> std::optional<versions::Commit> {
        const auto &view = viewOf(repo);
        const auto row = view ? versions::resolveRef(ref.value, refsOf(*view), *view->graph)
                              : core::fail(core::ErrorKind::NotFound, "cache", "");
        if (!row)
            return std::nullopt;
        auto detail = m_versions.detail(repo, view->graph->oid(*row).id(), Access::CacheOnly, {});
        return detail ? std::optional(std::move(detail->commit)) : std::nullopt;
    };
    lookups.headAt = [viewOf, refsOf](const core::RepositoryId &repo, const core::RefName &ref,
                                      core::Instant at) -> std::optional<core::CommitId> {
        // The branch's first-parent chain as it is now, back to the time that is asked for.
        const auto &view = viewOf(repo);
        const auto head = view ? versions::resolveRef(ref.value, refsOf(*view), *view->graph)
                               : core::fail(core::ErrorKind::NotFound, "cache", "");
        std::int32_t row = head.value_or(versions::kNone);
        while (row != versions::kNone && view->graph->created(row) > at.seconds())
            row = view->graph->topology().first[static_cast<std::size_t>(row)];
        return row == versions::kNone ? std::nullopt : std::optional(view->graph->oid(row).id());
    };
    lookups.hookRuns = [this](const core::RepositoryId &repo, const core::CommitId &commit) {
        auto detail = m_versions.detail(repo, commit, Access::CacheOnly, {});
        return detail ? std::move(detail->runs) : std::vector<versions::ActionRun>{};
    };
    return lookups;
}

core::Result<lineage::TraceInputs> RegistryService::inputsOf(const lineage::ModelVersion &version, Access access,
                                                             const core::Cancel &cancel)
{
    const auto source = key();
    const auto all = runs();
    if (const auto error = core::firstError(source, all))
        return core::fail(*error);
    const auto last = m_store.state(*source, "registry");
    if (!last)
        return core::fail(last.error());
    lineage::TraceInputs inputs{.version = version, .rowsAcrossExperiments = last->value == kRowsAcross};
    const std::string evidenceKey = "run:" + version.run.value;
    if (access == Access::Refresh && m_registry && !version.run.empty()) {
        core::Evidence evidence;
        const auto run = asked<lineage::Run>([&] { return m_registry->run(version.run, &evidence, cancel); });
        if (run) {
            const auto asOf = m_parts.pin.asOf();
            inputs.run = asOf ? lineage::runAt(*run, asOf->at) : *run;
            if (auto saved = m_store.saveAnswer(*source, "evidence", evidenceKey,
                                                {m_parts.clock.now(), packEvidence({evidence})});
                !saved)
                return core::fail(saved.error());
        }
    }
    for (const lineage::Run &run : *all)
        if (!inputs.run && run.id == version.run)
            inputs.run = run;
    const auto kept = m_store.answer(*source, "evidence", evidenceKey);
    if (kept && *kept)
        inputs.runEvidence = unpackEvidence((*kept)->body);
    for (const lineage::Run &run : *all)
        for (const lineage::DatasetInput &input : run.inputs)
            for (const lineage::DatasetInput &mine :
                 inputs.run ? inputs.run->inputs : std::vector<lineage::DatasetInput>{})
                if (input.name == mine.name && input.digest == mine.digest)
                    inputs.sharing.push_back(run);
    for (const std::string &alias : version.aliases)
        inputs.deployments.push_back({.name = "alias " + alias, .since = version.updated, .facts = {{"alias", alias}}});
    inputs.lookups = lookups();
    return inputs;
}

core::Result<core::Snapshot<LineageView>> RegistryService::trace(const core::ModelName &model,
                                                                 const core::ModelVersionNumber &version, Access access,
                                                                 const core::Cancel &cancel)
{
    auto list = models(Access::CacheOnly, cancel);
    if (!list)
        return core::fail(list.error());
    if (access == Access::Refresh && m_registry && list->value.empty())
        list = models(access, cancel);
    if (!list)
        return core::fail(list.error());
    for (const ModelRow &row : list->value)
        for (const lineage::ModelVersion &candidate : row.versions)
            if (row.model == model && (version.empty() || candidate.version == version)) {
                const auto inputs = inputsOf(candidate, access, cancel);
                if (!inputs)
                    return core::fail(inputs.error());
                core::Snapshot<LineageView> snapshot;
                snapshot.value = {.models = list->value,
                                  .model = model,
                                  .version = candidate.version,
                                  .chain = lineage::trace(*inputs)};
                snapshot.freshness = cachedFreshness(list->freshness.at, m_parts.board, "mlflow");
                if (access == Access::Refresh && m_registry && !snapshot.freshness.error)
                    snapshot.freshness = {.state = core::FreshnessState::Live, .at = m_parts.clock.now()};
                if (m_parts.pin.asOf() && !snapshot.freshness.error) {
                    snapshot.freshness.state = core::FreshnessState::Partial;
                    snapshot.freshness.notes = list->freshness.notes;
                }
                return snapshot;
            }
    return core::fail(core::ErrorKind::NotFound, "mlflow",
                      std::string(m_parts.pin.asOf() ? "there was no version \"" : "there is no version \"")
                          + model.value + (version.empty() ? "" : "@" + version.value)
                          + (m_parts.pin.asOf() ? "\" then" : "\""));
}

} // namespace andon::factory
