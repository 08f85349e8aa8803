#include "lineage/rules.h"

#include <algorithm>
#include <array>

namespace andon::lineage
{

namespace
{

constexpr std::size_t kRules = 6;
constexpr std::size_t kWeakDigest = 8; // hex digits that MLflow keeps of an md5 over at most 10,000 rows

/// What one rule says when it is asked.
struct Candidate {
    std::optional<CommitAt> commit = {};
    std::string detail = {}; ///< the words it went by, or why it says nothing
};

const std::string *firstOf(const Run &run, const std::vector<std::string> &keys)
{
    for (const KeyValues *values : {&run.tags, &run.params})
        for (const std::string &key : keys)
            if (const std::string *value = find(*values, key); value && !value->empty())
                return value;
    return nullptr;
}

class Resolver
{
public:
    Resolver(const TraceInputs &inputs, const DatasetInput *dataset)
        : m_inputs(inputs)
        , m_run(*inputs.run)
        , m_dataset(dataset)
        , m_source(dataset ? parseDataSource(dataset->source) : DataSource{})
        , m_shared(dataset && sharesRow(inputs, *dataset))
    {
    }
    RuleResult resolve();

private:
    [[nodiscard]] Candidate ask(int rule) const;
    [[nodiscard]] Candidate sourceNamesCommit() const;
    [[nodiscard]] Candidate runNamesCommit() const;
    [[nodiscard]] Candidate tagAtStart() const;
    [[nodiscard]] Candidate branchHeadAtStart() const;
    [[nodiscard]] std::optional<CommitAt> named(const RepositoryId &repository, const std::string &text) const;
    [[nodiscard]] bool sourceNamesId() const { return sourceNamesCommit().commit.has_value(); }
    void outcomes(RuleResult &result, int fired, const std::array<std::optional<Candidate>, kRules> &asked) const;
    void findings(RuleResult &result, int fired) const;

    const TraceInputs &m_inputs;
    const Run &m_run;
    const DatasetInput *m_dataset;
    DataSource m_source;
    bool m_shared;
};

std::optional<CommitAt> Resolver::named(const RepositoryId &repository, const std::string &text) const
{
    if (isCommitId(text))
        return CommitAt{repository, CommitId(text)};
    if (!isCommitPrefix(text) || !m_inputs.lookups.commit)
        return std::nullopt;
    const auto commit = m_inputs.lookups.commit(repository, RefName(text));
    // A branch may have such a name; then its head does not begin with it.
    if (!commit || !commit->id.value.starts_with(text))
        return std::nullopt;
    return CommitAt{repository, commit->id};
}

Candidate Resolver::sourceNamesCommit() const
{
    if (m_source.ref.empty())
        return {.detail = m_source.uri};
    return {.commit = named(m_source.repository, m_source.ref.value), .detail = m_source.ref.value};
}

Candidate Resolver::runNamesCommit() const
{
    const std::string *commit = firstOf(m_run, m_inputs.keys.commit);
    if (!commit)
        return {};
    const std::string *repository = firstOf(m_run, m_inputs.keys.repository);
    // A run may read several repositories; its one tag speaks of the one that it names.
    if (repository && !m_source.repository.empty() && m_source.scheme == "lakefs"
        && m_source.repository.value != *repository)
        return {.detail = *repository + "@" + *commit};
    const RepositoryId place = repository ? RepositoryId(*repository) : m_source.repository;
    if (place.empty())
        return {.detail = *commit};
    return {.commit = named(place, *commit), .detail = *commit};
}

Candidate Resolver::tagAtStart() const
{
    if (m_source.ref.empty() || !m_inputs.lookups.tagAt || !m_run.started.known() || sourceNamesId())
        return {};
    const auto commit = m_inputs.lookups.tagAt(m_source.repository, m_source.ref, m_run.started);
    if (!commit)
        return {.detail = m_source.ref.value};
    return {.commit = CommitAt{m_source.repository, *commit}, .detail = m_source.ref.value};
}

Candidate Resolver::branchHeadAtStart() const
{
    if (!m_inputs.lookups.headAt || !m_run.started.known())
        return {};
    RepositoryId repository = m_source.repository;
    RefName branch = sourceNamesId() ? RefName() : m_source.ref;
    if (branch.empty()) {
        const std::string *tag = firstOf(m_run, m_inputs.keys.branch);
        const std::string *place = firstOf(m_run, m_inputs.keys.repository);
        if (!tag || (!place && repository.empty()))
            return {};
        branch = RefName(*tag);
        repository = place ? RepositoryId(*place) : repository;
    }
    const auto commit = m_inputs.lookups.headAt(repository, branch, m_run.started);
    if (!commit)
        return {.detail = branch.value};
    return {.commit = CommitAt{repository, *commit}, .detail = branch.value};
}

Candidate Resolver::ask(int rule) const
{
    const Lookups &lookups = m_inputs.lookups;
    switch (rule) {
    case 1:
        return sourceNamesCommit();
    case 2:
        return runNamesCommit();
    case 3:
        return tagAtStart();
    case 4:
        return {.commit = m_dataset && lookups.sameObjects ? lookups.sameObjects(*m_dataset) : std::nullopt};
    case 5:
        return {.commit = m_dataset && lookups.registered ? lookups.registered(*m_dataset) : std::nullopt};
    default:
        return branchHeadAtStart();
    }
}

void Resolver::outcomes(RuleResult &result, int fired, const std::array<std::optional<Candidate>, kRules> &asked) const
{
    for (int rule = 1; rule <= static_cast<int>(kRules); ++rule) {
        const auto &candidate = asked[static_cast<std::size_t>(rule - 1)];
        RuleOutcome outcome{.rule = rule, .verdict = candidate ? "no" : "not needed"};
        if (candidate)
            outcome.detail = candidate->detail;
        if (rule == fired)
            outcome.verdict = "fired";
        else if (candidate && candidate->commit)
            outcome.verdict = candidate->commit == result.commit ? "agrees" : "disagrees";
        if (outcome.verdict == "disagrees") {
            // The head of a branch moves on: that it is another one is worth a note, not an alarm.
            Finding finding{.severity = rule == 6 ? Severity::Info : Severity::Major, .key = "source-disagrees"};
            finding.values = {{"rule", std::to_string(rule)},
                              {"says", candidate->commit->commit.value},
                              {"used", result.commit->commit.value},
                              {"used_rule", std::to_string(fired)}};
            result.findings.push_back(std::move(finding));
        }
        result.outcomes.push_back(std::move(outcome));
    }
}

void Resolver::findings(RuleResult &result, int fired) const
{
    if (m_dataset && m_dataset->digest.size() <= kWeakDigest)
        result.findings.push_back({.severity = Severity::Warning,
                                   .key = "weak-digest",
                                   .values = {{"dataset", m_dataset->name}, {"digest", m_dataset->digest}}});
    const std::string *branch = firstOf(m_run, m_inputs.keys.branch);
    const bool mutableRef = !m_source.ref.empty() && !sourceNamesId();
    if (mutableRef && (m_source.scheme == "lakefs" || result.commit))
        result.findings.push_back({.severity = Severity::Warning,
                                   .key = "unpinned",
                                   .values = {{"repository", m_source.repository.value}, {"ref", m_source.ref.value}}});
    else if (m_source.ref.empty() && fired == 6 && branch)
        result.findings.push_back({.severity = Severity::Warning, .key = "unpinned", .values = {{"ref", *branch}}});
    const bool bySource = fired == 1 || fired == 3 || (fired == 6 && !m_source.ref.empty());
    if (m_shared && bySource)
        result.findings.push_back({.severity = Severity::Warning,
                                   .key = "shared-dataset-row",
                                   .values = {{"dataset", m_dataset->name}, {"digest", m_dataset->digest}}});
    if (!result.commit)
        result.findings.push_back(
            {.severity = Severity::Major,
             .key = "no-commit",
             .values = {{"dataset", m_dataset ? m_dataset->name : std::string()}, {"source", m_source.uri}}});
}

RuleResult Resolver::resolve()
{
    static constexpr EdgeMethod kMethods[kRules] = {EdgeMethod::Declared,    EdgeMethod::Declared,
                                                    EdgeMethod::Label,       EdgeMethod::UriEqual,
                                                    EdgeMethod::NameMatched, EdgeMethod::Inferred};
    std::array<int, kRules> order = {1, 2, 3, 4, 5, 6};
    if (m_shared)
        std::swap(order[0], order[1]); // the source may be an earlier run's: the run's own words go first
    std::array<std::optional<Candidate>, kRules> asked;
    RuleResult result;
    int fired = 0;
    for (const int rule : order) {
        // What is cheap is asked even after a rule fired: agreement is evidence, disagreement a finding.
        if (fired != 0 && (rule == 4 || rule == 5))
            continue;
        auto &candidate = asked[static_cast<std::size_t>(rule - 1)] = ask(rule);
        if (fired == 0 && candidate->commit) {
            fired = rule;
            result.commit = candidate->commit;
            result.method = kMethods[rule - 1];
        }
    }
    if (m_shared && (fired == 1 || fired == 3))
        result.method = EdgeMethod::NameMatched;
    outcomes(result, fired, asked);
    findings(result, fired);
    return result;
}

} // namespace

bool sharesRow(const TraceInputs &inputs, const DatasetInput &dataset)
{
    const Run &run = *inputs.run;
    return std::any_of(inputs.sharing.begin(), inputs.sharing.end(), [&](const Run &other) {
        if (other.id == run.id || (other.experiment != run.experiment && !inputs.rowsAcrossExperiments))
            return false;
        // Unknown or equal times do not prove that ours came first.
        if (other.started.known() && run.started.known() && other.started > run.started)
            return false;
        return std::any_of(other.inputs.begin(), other.inputs.end(), [&](const DatasetInput &input) {
            return input.name == dataset.name && input.digest == dataset.digest;
        });
    });
}

RuleResult resolveDataset(const TraceInputs &inputs, const DatasetInput *dataset)
{
    return Resolver(inputs, dataset).resolve();
}

} // namespace andon::lineage
