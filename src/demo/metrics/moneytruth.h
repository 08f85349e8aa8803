#pragma once
// What is true of the demo factory's money, at the prices of a book. Pure.
#include "demo/story/plan.h"
#include "economics/pricebook.h"

#include <string>

namespace andon::demo
{

/// Cost, revenue and margin of the last closed day, of each model and in total, and what the quota's GPU-hours cost by
/// what they did. Pretty JSON. The book must price every deployed model and every hour of the day.
[[nodiscard]] std::string moneyTruthJson(const Plan &plan, const economics::PriceBook &book);

} // namespace andon::demo
