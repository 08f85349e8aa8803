#include "lineage/registry.h"

#include <algorithm>

namespace andon::lineage
{

const std::string *find(const KeyValues &values, std::string_view key)
{
    const auto found = std::find_if(values.begin(), values.end(), [&](const auto &pair) { return pair.first == key; });
    return found == values.end() ? nullptr : &found->second;
}

const char *name(RunStatus status)
{
    switch (status) {
    case RunStatus::Running:
        return "running";
    case RunStatus::Scheduled:
        return "scheduled";
    case RunStatus::Finished:
        return "finished";
    case RunStatus::Failed:
        return "failed";
    case RunStatus::Killed:
        return "killed";
    case RunStatus::Unknown:
        break;
    }
    return "unknown";
}

std::optional<Run> runAt(Run run, Instant at)
{
    if (run.started > at)
        return std::nullopt;
    if (run.ended.known() && run.ended > at) {
        run.ended = {};
        run.status = RunStatus::Running;
    }
    std::erase_if(run.metrics, [at](const Metric &metric) { return metric.at > at; });
    return run;
}

} // namespace andon::lineage
