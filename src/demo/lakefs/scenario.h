#pragma once
// The histories of the demo factory's repositories, the story among them. Pure; the same plan gives the same commits.
#include "demo/lakefs/history.h"
#include "demo/story/plan.h"

namespace andon::demo
{

/// Exactly plan.repositories[i].commits commits each.
[[nodiscard]] std::vector<History> makeHistories(const Plan &plan);

struct DataCommit {
    std::string repository = {};
    std::string id = {};
    std::int64_t created = 0; ///< UTC seconds
};
/// The commit that a model version was trained on. histories as makeHistories gave them.
[[nodiscard]] DataCommit trainingCommit(const Plan &plan, const std::vector<History> &histories,
                                        const std::string &model, int version);

/// Ids as the server makes them: seconds count down, so a later second sorts first; within one second they count up.
[[nodiscard]] std::string runId(std::int64_t seconds, std::uint32_t counter);

} // namespace andon::demo
