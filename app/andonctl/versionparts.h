#pragma once
// What the commands about repositories share.
#include "app/andonctl/session.h"
#include "factory/versionviews.h"

namespace andon::ctl
{

[[nodiscard]] core::RepositoryId repoOf(const QCommandLineParser &parser);
/// Invalid when --limit or --depth is no number that they take: told before anything is asked.
[[nodiscard]] core::Result<void> checkCounts(const QCommandLineParser &parser);
/// --limit, or the fallback.
[[nodiscard]] int limitOf(const QCommandLineParser &parser, int fallback);
[[nodiscard]] int depthOf(const QCommandLineParser &parser); ///< --depth, or all levels
inline constexpr const char *kMore = "There is more: raise --limit.";
/// The same, with how many there are, when not all of them are shown.
void noteMore(std::size_t shown, std::int64_t total);
/// The same error, which says of what repository there is no such ref or moment.
[[nodiscard]] core::Error namedIn(const core::RepositoryId &repo, core::Error error);
/// The repository's snapshot, refreshed when the session allows it; nullopt after a printed error.
[[nodiscard]] std::optional<core::Snapshot<factory::RepositoryView>>
openRepository(Session &session, const QCommandLineParser &parser, int &exit);
[[nodiscard]] std::vector<versions::Ref> plainRefs(const factory::RepositoryView &view);
[[nodiscard]] const char *word(versions::HookStatus status);
[[nodiscard]] Json gatesJson(const versions::GateSummary &gates);
[[nodiscard]] std::string gatesText(const versions::GateSummary &gates);
/// "failed", "skipped", "passed", "": the worst of them.
[[nodiscard]] const char *gateWord(const versions::GateSummary &gates);

} // namespace andon::ctl
