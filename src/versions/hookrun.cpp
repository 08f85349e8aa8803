#include "versions/hookrun.h"

namespace andon::versions
{

GateSummary summarize(const std::vector<ActionRun> &runs)
{
    GateSummary sum;
    for (const ActionRun &run : runs)
        for (const HookRun &hook : run.hooks) {
            sum.completed += hook.status == HookStatus::Completed ? 1 : 0;
            sum.failed += hook.status == HookStatus::Failed ? 1 : 0;
            sum.skipped += hook.status == HookStatus::Skipped ? 1 : 0;
        }
    return sum;
}

} // namespace andon::versions
