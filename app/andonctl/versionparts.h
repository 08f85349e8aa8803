#pragma once
// What the commands about repositories share.
#include "app/andonctl/session.h"
#include "factory/versionviews.h"

namespace andon::ctl
{

[[nodiscard]] core::RepositoryId repoOf(const QCommandLineParser &parser);
/// --limit, or the fallback.
[[nodiscard]] int limitOf(const QCommandLineParser &parser, int fallback);
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
