#pragma once
// How a pull request is told. GUI thread.
#include "factory/pullviews.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/factlayout.h"

namespace andon::ui
{

[[nodiscard]] QString wordOf(versions::PullStatus status); ///< "Open"
[[nodiscard]] Status statusOf(versions::PullStatus status);
[[nodiscard]] QString titleOf(const versions::PullRequest &pull);
[[nodiscard]] std::vector<Fact> pullFacts(const factory::PullDetail &detail, core::Instant now);

} // namespace andon::ui
