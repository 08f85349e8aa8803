#pragma once
// How a branch or tag is told. GUI thread.
#include "core/error.h"
#include "factory/refviews.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/factlayout.h"

namespace andon::ui
{

/// Whether a branch has changes that are not committed, as far as anybody asked.
struct Uncommitted {
    enum class State { NotAsked, Asking, Clean, Dirty, Failed };
    State state = State::NotAsked;
    core::Instant at = {}; ///< when it was answered
    std::optional<core::Error> error = {};
};

[[nodiscard]] QString stateOf(const factory::RefLine &line); ///< "Default", "Merged, stale", ""
[[nodiscard]] Status statusOf(const versions::GateSummary &gates);
[[nodiscard]] QString gateWord(const versions::GateSummary &gates); ///< "Passed"; "" when there are none
[[nodiscard]] QString wordOf(const Uncommitted &uncommitted); ///< "—" when nobody asked
[[nodiscard]] QString lakefsUri(const core::RepositoryId &repo, const factory::RefLine &line);
[[nodiscard]] QString s3Uri(const core::RepositoryId &repo, const factory::RefLine &line);
[[nodiscard]] QString compareLink(const versions::Repository &repo, const factory::RefLine &line);
[[nodiscard]] std::vector<Fact> refFacts(const versions::Repository &repo, const factory::RefLine &line,
                                         const Uncommitted &uncommitted, core::Instant now);

} // namespace andon::ui
