#pragma once
// What log, commit and others say of a commit.
#include "app/andonctl/output.h"
#include "core/result.h"
#include "factory/versionviews.h"
#include "lineage/chain.h"
#include "versions/diffrollup.h"

class QString;

namespace andon::factory
{
class Site;
}

namespace andon::ctl
{

/// The row of a ref expression or of BRANCH@DATE. An error says of what repository there is none.
[[nodiscard]] core::Result<std::int32_t> rowOfWords(factory::Site &site, const factory::RepositoryView &view,
                                                    const QString &words);

[[nodiscard]] const char *word(versions::CommitKind kind);
[[nodiscard]] Json word(versions::KnownBy by); ///< null: nothing tells it
/// "revert of 0123456789ab", "squash of 0123456789ab (by same data)", "squash, by same data, of …"; "" an ordinary one.
[[nodiscard]] std::string natureText(const versions::CommitNature &nature);
[[nodiscard]] versions::GateSummary gatesOf(const factory::RepositoryView &view, const core::CommitId &id);
/// "on no ref", or "refused by a gate" of a merge that one failed on; "" when a ref reaches it.
[[nodiscard]] std::string heldText(bool held, versions::CommitKind kind, const versions::GateSummary &gates);
[[nodiscard]] Json idsJson(const std::vector<core::CommitId> &ids);
[[nodiscard]] Json commitJson(const versions::Commit &commit, const versions::CommitNature &nature,
                              const versions::GateSummary &gates, bool held);
[[nodiscard]] Json runJson(const versions::ActionRun &run); ///< with its hooks
[[nodiscard]] Json sumJson(const versions::DiffSum &sum); ///< what a folder differs in
[[nodiscard]] const char *methodWord(lineage::EdgeMethod method); ///< how it is known who used its data

} // namespace andon::ctl
