#pragma once
// How results of gates and the readiness of datasets are told: shapes, words, rules. GUI thread.
#include "core/error.h"
#include "factory/gateviews.h"
#include "ui/theme/statusof.h"
#include "ui/widgets/factlayout.h"

namespace andon::ui
{

[[nodiscard]] Status statusOf(versions::Readiness level);
[[nodiscard]] QString wordOf(versions::HookStatus status); ///< "Failed"
[[nodiscard]] QString wordOf(versions::Aspect aspect); ///< "Freshness"
/// Of a share: "4.2 %"; "—" without a value.
[[nodiscard]] QString percent(std::optional<double> share);
/// "+4 pts": percentage points.
[[nodiscard]] QString points(std::optional<double> change);
/// What a dataset's aspect says in a few words: "Ageing · 8 d", "3 of 3 ran".
[[nodiscard]] QString aspectValue(const factory::DatasetRow &row, versions::Aspect aspect, core::Instant now);
/// The rule that decided, else those that do not hold.
[[nodiscard]] QString aspectRule(const versions::AspectState &state);
/// "failed 1, skipped 0, passed 23".
[[nodiscard]] QString countsOf(const versions::GateSummary &sum);

struct GateChoice {
    core::SiteName site = {};
    core::RepositoryId repository = {};
    versions::GateResult result = {};
    std::string committer = {}; ///< "" not known
    bool here = true; ///< of the site that is open: its commits can be shown
};
/// output: nullopt while it is read; error: why there is none.
[[nodiscard]] std::vector<Fact> resultFacts(const GateChoice &choice, const std::optional<std::string> &output,
                                            const std::optional<core::Error> &error, core::Instant now);
[[nodiscard]] std::vector<Fact> datasetFacts(const factory::DatasetRow &row, bool here, core::Instant now);

} // namespace andon::ui
