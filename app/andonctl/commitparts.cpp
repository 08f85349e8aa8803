#include "app/andonctl/commitparts.h"

#include "app/andonctl/versionparts.h"
#include "text/comparelink.h"
#include "text/plain.h"

namespace andon::ctl
{

core::Result<std::int32_t> rowOfWords(factory::Site &site, const factory::RepositoryView &view, const QString &words)
{
    const auto side = text::readSide(words, site.clock().now());
    if (!side)
        return core::fail(side.error());
    auto row = factory::rowOf({core::RefName(side->ref.toStdString()), side->at}, view);
    if (!row)
        return core::fail(namedIn(view.repository.repository.id, row.error()));
    return row;
}

const char *word(versions::CommitKind kind)
{
    static constexpr const char *kWords[] = {"ordinary", "initial", "merge", "squash", "revert", "cherry-pick"};
    return kWords[static_cast<int>(kind)];
}

Json word(versions::KnownBy by)
{
    static constexpr const char *kWords[] = {"parents", "metadata", "message", "same-data"};
    return by == versions::KnownBy::Nothing ? Json() : Json(kWords[static_cast<int>(by)]);
}

std::string natureText(const versions::CommitNature &nature)
{
    using versions::KnownBy;
    if (nature.kind == versions::CommitKind::Ordinary)
        return {};
    const bool all = nature.by == KnownBy::SameData;
    std::string words = std::string(word(nature.kind)) + (all ? ", by same data," : "");
    if (!nature.about.empty())
        words += " of " + text::shortId(nature.about.value).toStdString();
    return words + (!all && nature.aboutBy == KnownBy::SameData ? " (by same data)" : "");
}

Json idsJson(const std::vector<core::CommitId> &ids)
{
    Json list = Json::array();
    for (const core::CommitId &id : ids)
        list.push_back(id.value);
    return list;
}

Json commitJson(const versions::Commit &commit, const versions::CommitNature &nature,
                const versions::GateSummary &gates, bool held)
{
    Json metadata = Json::object();
    for (const auto &[key, value] : commit.metadata)
        metadata[key] = value;
    return {{"id", commit.id.value},
            {"parents", idsJson(commit.parents)},
            {"committer", commit.committer},
            {"message", commit.message},
            {"creation_date", commit.created},
            {"meta_range_id", commit.metaRangeId},
            {"metadata", metadata},
            {"generation", commit.generation},
            {"kind", word(nature.kind)},
            {"kind_by", word(nature.by)},
            {"about", nature.about.empty() ? Json() : Json(nature.about.value)},
            {"about_by", word(nature.aboutBy)},
            {"gates", gatesJson(gates)},
            {"held", held}};
}

versions::GateSummary gatesOf(const factory::RepositoryView &view, const core::CommitId &id)
{
    const auto oid = versions::Oid::fromHex(id.value);
    const auto found = oid ? view.gates->find(*oid) : view.gates->end();
    return found == view.gates->end() ? versions::GateSummary{} : found->second;
}

std::string heldText(bool held, versions::CommitKind kind, const versions::GateSummary &gates)
{
    if (held)
        return {};
    const bool merge = kind == versions::CommitKind::Merge || kind == versions::CommitKind::Squash;
    return merge && gates.failed > 0 ? "refused by a gate" : "on no ref";
}

Json runJson(const versions::ActionRun &run)
{
    Json hooks = Json::array();
    for (const versions::HookRun &hook : run.hooks)
        hooks.push_back({{"id", hook.id},
                         {"action", hook.action},
                         {"hook", hook.hook},
                         {"status", word(hook.status)},
                         {"started", isoTimeOrNull(hook.started)},
                         {"ended", isoTimeOrNull(hook.ended)}});
    return {{"id", run.id},
            {"event", run.event},
            {"branch", run.branch.value},
            {"commit", run.commit.value},
            {"status", word(run.status)},
            {"started", isoTimeOrNull(run.started)},
            {"ended", isoTimeOrNull(run.ended)},
            {"hooks", std::move(hooks)}};
}

Json sumJson(const versions::DiffSum &sum)
{
    return {{"objects", sum.objects()},
            {"added", sum.added},
            {"removed", sum.removed},
            {"changed", sum.changed},
            {"conflict", sum.conflict},
            {"bytes_added", sum.addedBytes},
            {"bytes_removed", sum.removedBytes},
            {"bytes_changed_after", sum.changedBytes},
            {"without_size", sum.unsized}};
}

const char *methodWord(lineage::EdgeMethod method)
{
    static constexpr const char *kWords[] = {"declared", "label", "uri_equal", "name_matched", "inferred", "asserted"};
    return kWords[static_cast<int>(method)];
}

} // namespace andon::ctl
