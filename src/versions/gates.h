#pragma once
// Quality gates over many runs: one line per hook with its latest results, how often it fails and which way that goes;
// and the merges that went past a hook that was skipped. Pure.
#include "versions/hookrun.h"

namespace andon::versions
{

/// One result of one hook, with the run it was part of.
struct GateResult {
    std::string run = {};
    std::string hookRun = {};
    std::string event = {}; ///< "pre-merge", …
    std::string action = {};
    std::string hook = {};
    HookStatus status = HookStatus::Unknown;
    HookStatus runStatus = HookStatus::Unknown;
    core::Instant started = {}; ///< of the run: a skipped hook has no time of its own
    core::Instant hookStarted = {};
    core::Instant hookEnded = {};
    core::RefName branch = {}; ///< may be empty (tag events)
    core::CommitId commit = {}; ///< may be empty (refused before there was one)
    bool operator==(const GateResult &) const = default;
};

struct GateLine {
    std::string event = {};
    std::string action = {}; ///< of its latest run
    std::string hook = {};
    GateSummary all = {};
    GateSummary week = {}; ///< of the last 7 days
    GateSummary month = {}; ///< of the last 30 days
    std::vector<GateResult> latest = {}; ///< newest first
    std::optional<GateResult> lastFailure = {};
    bool operator==(const GateLine &) const = default;
};

/// Failed of those that ran: a skipped hook neither passed nor failed. nullopt when none ran.
[[nodiscard]] std::optional<double> failureRate(const GateSummary &sum);
/// What fails comes before what was skipped, then what fails often.
[[nodiscard]] bool isWorse(const GateLine &a, const GateLine &b);
/// How much more often a hook failed in the last 7 days than in the 23 before; nullopt when it did not run in either.
[[nodiscard]] std::optional<double> failureTrend(const GateLine &line);
/// A merge that was let through although one of the hooks before it did not run.
[[nodiscard]] bool wentPastSkipped(const GateResult &result);

/// Adds results up. They come newest first; each counts for the days before `now`.
class GateTally
{
public:
    static constexpr std::size_t kLatest = 24; ///< results that a line keeps

    explicit GateTally(core::Instant now)
        : m_now(now)
    {
    }
    void add(const GateResult &result);
    [[nodiscard]] std::vector<GateLine> lines() const; ///< worst first
    [[nodiscard]] const std::vector<GateResult> &pastSkipped() const { return m_past; } ///< newest first

private:
    core::Instant m_now;
    std::vector<GateLine> m_lines;
    std::vector<GateResult> m_past;
};

/// What the gates before a commit or merge said of one commit.
struct GatedCommit {
    core::CommitId commit = {};
    core::Instant at = {}; ///< when they ran
    GateSummary gates = {};
    std::vector<std::string> failed = {}; ///< names of hooks
    std::vector<std::string> skipped = {};
};
/// Of the runs of a commit, those before it was made.
[[nodiscard]] GatedCommit gatesBefore(const core::CommitId &commit, const std::vector<ActionRun> &runs);

} // namespace andon::versions
