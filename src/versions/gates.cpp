#include "versions/gates.h"

#include <algorithm>
#include <tuple>

namespace andon::versions
{

namespace
{

void count(GateSummary &sum, HookStatus status)
{
    sum.completed += status == HookStatus::Completed ? 1 : 0;
    sum.failed += status == HookStatus::Failed ? 1 : 0;
    sum.skipped += status == HookStatus::Skipped ? 1 : 0;
}

int urgency(const GateLine &line)
{
    const HookStatus status = line.latest.empty() ? HookStatus::Unknown : line.latest.front().status;
    return status == HookStatus::Failed ? 0 : status == HookStatus::Skipped ? 1 : 2;
}

} // namespace

std::optional<double> failureRate(const GateSummary &sum)
{
    const int ran = sum.completed + sum.failed;
    return ran > 0 ? std::optional(static_cast<double>(sum.failed) / ran) : std::nullopt;
}

std::optional<double> failureTrend(const GateLine &line)
{
    const GateSummary before{.completed = line.month.completed - line.week.completed,
                             .failed = line.month.failed - line.week.failed,
                             .skipped = line.month.skipped - line.week.skipped};
    const auto now = failureRate(line.week);
    const auto then = failureRate(before);
    return now && then ? std::optional(*now - *then) : std::nullopt;
}

bool isWorse(const GateLine &a, const GateLine &b)
{
    const auto key = [](const GateLine &line) {
        return std::tuple(urgency(line), -failureRate(line.month).value_or(0), line.hook, line.event);
    };
    return key(a) < key(b);
}

bool wentPastSkipped(const GateResult &result)
{
    return result.event == "pre-merge" && result.runStatus == HookStatus::Completed
        && result.status == HookStatus::Skipped && !result.commit.empty();
}

void GateTally::add(const GateResult &result)
{
    auto line = std::find_if(m_lines.begin(), m_lines.end(),
                             [&](const GateLine &l) { return l.hook == result.hook && l.event == result.event; });
    if (line == m_lines.end())
        line = m_lines.insert(line, {.event = result.event, .action = result.action, .hook = result.hook});
    count(line->all, result.status);
    if (result.started > m_now - 7 * core::kDay)
        count(line->week, result.status);
    if (result.started > m_now - 30 * core::kDay)
        count(line->month, result.status);
    if (line->latest.size() < kLatest)
        line->latest.push_back(result);
    if (result.status == HookStatus::Failed && !line->lastFailure)
        line->lastFailure = result;
    if (wentPastSkipped(result))
        m_past.push_back(result);
}

std::vector<GateLine> GateTally::lines() const
{
    std::vector<GateLine> lines = m_lines;
    std::sort(lines.begin(), lines.end(), isWorse);
    return lines;
}

GatedCommit gatesBefore(const core::CommitId &commit, const std::vector<ActionRun> &runs)
{
    GatedCommit gated{.commit = commit};
    for (const ActionRun &run : runs) {
        if (!run.event.starts_with("pre-"))
            continue;
        gated.at = std::max(gated.at, run.started);
        for (const HookRun &hook : run.hooks) {
            count(gated.gates, hook.status);
            if (hook.status == HookStatus::Failed)
                gated.failed.push_back(hook.hook);
            else if (hook.status == HookStatus::Skipped)
                gated.skipped.push_back(hook.hook);
        }
    }
    return gated;
}

} // namespace andon::versions
