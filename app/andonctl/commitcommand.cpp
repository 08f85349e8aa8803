// commit: all that is known of one commit.
#include "app/andonctl/commitparts.h"
#include "app/andonctl/versionparts.h"
#include "core/clock.h"
#include "factory/commitcontext.h"
#include "lineage/registry.h"
#include "text/errortext.h"
#include "text/naturetext.h"
#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"
#include "text/usetext.h"
#include "versions/diffrollup.h"
#include "versions/logshape.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

/// What of its first parent's tree it changed: of the first page of the comparison.
struct Changes {
    versions::DiffRollup rollup = versions::DiffRollup();
    bool whole = true; ///< there are no others
    std::optional<core::Error> error = {}; ///< why they are not known
};

struct Told {
    factory::CommitDetail detail = {};
    factory::CommitContext context = {};
    std::vector<core::CommitId> children = {}; ///< newest first
    std::vector<std::string> branches = {};
    std::vector<std::string> tags = {};
    std::optional<Changes> changes = {}; ///< nothing: it has no parent
    bool held = false; ///< a ref reaches it
};

Changes changesOf(Session &session, factory::Site &site, const core::RepositoryId &repo, const versions::Commit &commit)
{
    Changes changes;
    const auto page = site.versions().diff(repo, commit.parents.front(), commit.id, versions::DiffMode::TwoDot, {}, {},
                                           session.access(), session.cancel());
    if (!page) {
        changes.error = page.error();
        return changes;
    }
    for (const versions::DiffEntry &entry : page->entries)
        changes.whole &= changes.rollup.add(entry);
    changes.whole &= page->next.empty();
    return changes;
}

core::Result<Told> tell(Session &session, factory::Site &site, const factory::RepositoryView &view, std::int32_t row)
{
    const versions::CommitGraph &graph = *view.graph;
    const core::RepositoryId &repo = view.repository.repository.id;
    const core::CommitId id = graph.oid(row).id();
    auto detail = site.versions().detail(repo, id, session.access(), session.cancel());
    auto context =
        detail ? factory::commitContext(site.versions(), site.registry(), repo, id) : core::fail(detail.error());
    if (!context)
        return core::fail(context.error());
    Told told{.detail = std::move(*detail), .context = std::move(*context)};
    for (std::int32_t at = 0; at < row; ++at) // children stand before their parents
        if (graph.topology().first[static_cast<std::size_t>(at)] == row
            || graph.topology().second[static_cast<std::size_t>(at)] == row)
            told.children.push_back(graph.oid(at).id());
    const std::vector<char> reaches = graph.descent(row);
    for (const factory::RefRow &ref : view.refs)
        if (const std::int32_t head = graph.rowOf(ref.ref.commit);
            head != versions::kNone && head <= row && reaches[static_cast<std::size_t>(head)])
            (ref.ref.kind == versions::RefKind::Branch ? told.branches : told.tags).push_back(ref.ref.name.value);
    told.held = versions::heldBy(graph, plainRefs(view))[static_cast<std::size_t>(row)] != 0;
    if (!told.detail.commit.parents.empty())
        told.changes = changesOf(session, site, repo, told.detail.commit);
    return told;
}

/// The folders of the root and, first, all of it.
std::vector<std::pair<std::string, versions::DiffSum>> topFolders(const versions::DiffRollup &rollup)
{
    std::vector<std::pair<std::string, versions::DiffSum>> folders{{"(all)", rollup.total()}};
    for (const std::int32_t at : rollup.inside(0))
        folders.emplace_back(rollup.path(at), rollup.folders()[static_cast<std::size_t>(at)].sum);
    return folders;
}

Json changesJson(const std::optional<Changes> &changes)
{
    if (!changes)
        return {};
    if (changes->error)
        return {{"error", toJson(*changes->error)}};
    Json folders = Json::array();
    for (const auto &[prefix, sum] : topFolders(changes->rollup)) {
        Json row{{"prefix", folders.empty() ? std::string() : prefix}};
        row.update(sumJson(sum));
        folders.push_back(std::move(row));
    }
    return {{"complete", changes->whole}, {"prefixes", std::move(folders)}};
}

Json useJson(const lineage::Use &use)
{
    Json made = Json::array();
    for (const auto &[model, version] : use.made)
        made.push_back(model.value + "@" + version.value);
    return {{"run", use.run.value},
            {"name", use.name},
            {"status", lineage::name(use.status)},
            {"started", isoTimeOrNull(use.started)},
            {"deleted", use.deleted},
            {"dataset", use.dataset},
            {"known_by", methodWord(use.method)},
            {"models", std::move(made)}};
}

Json toldJson(const Told &told)
{
    Json all = commitJson(told.detail.commit, told.detail.nature, told.detail.gates, told.held);
    all["about_known"] = told.detail.aboutCached;
    all["children"] = idsJson(told.children);
    all["branches"] = told.branches;
    all["tags"] = told.tags;
    all["same_data"] = idsJson(told.context.same);
    all["same_data_complete"] = !told.context.moreSame;
    all["runs"] = Json::array();
    for (const versions::ActionRun &run : told.detail.runs)
        all["runs"].push_back(runJson(run));
    all["changes"] = changesJson(told.changes);
    all["used_by"] = Json::array();
    for (const lineage::Use &use : told.context.uses)
        all["used_by"].push_back(useJson(use));
    if (told.context.usesError)
        all["used_by"] = {{"error", toJson(*told.context.usesError)}};
    return all;
}

/// "a, b and 5 others"
std::string listed(const std::vector<std::string> &names)
{
    constexpr std::size_t kMostShown = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(kMostShown, names.size()); ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    return names.size() > kMostShown ? text + " and " + std::to_string(names.size() - kMostShown) + " more" : text;
}

std::string listed(const std::vector<core::CommitId> &ids)
{
    std::vector<std::string> names;
    for (const core::CommitId &id : ids)
        names.push_back(text::shortId(id.value).toStdString());
    return listed(names);
}

std::string aboutText(const factory::CommitDetail &detail)
{
    const QString note = text::aboutNote(detail.nature);
    return text::shortId(detail.nature.about.value).toStdString() + (note.isEmpty() ? "" : ", " + note.toStdString())
        + (detail.aboutCached ? "" : ", in no branch or tag that is here");
}

void printFacts(const Told &told, core::Instant now)
{
    const versions::Commit &commit = told.detail.commit;
    const core::Instant at = core::Instant::fromSeconds(commit.created);
    const std::string aside = heldText(told.held, told.detail.nature.kind, told.detail.gates);
    Table table({"Commit", commit.id.value});
    const auto row = [&](const std::string &name, const std::string &value) {
        if (!value.empty())
            table.row({name, value});
    };
    row("Message", std::string(versions::subject(commit)));
    row("Kind", text::natureText(told.detail.nature).toStdString() + (aside.empty() ? "" : ", ") + aside);
    if (!told.detail.nature.about.empty())
        row(text::aboutTitle(told.detail.nature.kind).toStdString(), aboutText(told.detail));
    row("Committer", commit.committer);
    row("Date", (text::dateTime(at) + QStringLiteral(" · ") + text::ago(at, now)).toStdString());
    row("Parents", listed(commit.parents));
    row("Children", listed(told.children));
    row("Branches", told.held ? listed(told.branches) : "none reaches it");
    row("Tags", listed(told.tags));
    row("Data id", text::shortId(commit.metaRangeId).toStdString());
    row("Same data as", listed(told.context.same) + (told.context.moreSame ? " or more" : ""));
    for (const auto &[key, value] : commit.metadata)
        row("  " + key, value);
    print(table.text());
    const QString rest =
        text::visibleLines(std::string_view(commit.message).substr(versions::subject(commit).size())).trimmed();
    if (!rest.isEmpty())
        printLine("\n" + rest.toStdString());
}

void printHooks(const std::vector<versions::ActionRun> &runs)
{
    if (runs.empty())
        return;
    Table table({"Hook", "Result", "Event", "Started", "Took", "Run", "Hook run"});
    for (const versions::ActionRun &run : runs)
        for (const versions::HookRun &hook : run.hooks)
            table.row({hook.hook, word(hook.status), run.event,
                       hook.started.known() ? text::dateTime(hook.started).toStdString() : "—",
                       hook.started.known() && hook.ended.known()
                           ? text::duration(hook.ended - hook.started).toStdString()
                           : "—",
                       run.id, hook.id});
    print("\n" + table.text());
}

void printChanges(const Changes &changes, const versions::Commit &commit, const core::RepositoryId &repo)
{
    if (changes.error) {
        note("What it changed is not known: " + text::headline(*changes.error).toStdString());
        return;
    }
    Table table(
        {"Against first parent", "Added", "Removed", "Changed", "Bytes added", "Bytes removed", "Bytes changed"},
        {Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right});
    const auto count = [](std::int64_t n) { return n == 0 ? std::string() : std::to_string(n); };
    const auto bytes = [](std::int64_t n) { return n == 0 ? std::string() : text::bytes(n).toStdString(); };
    for (const auto &[prefix, sum] : topFolders(changes.rollup))
        table.row({prefix, count(sum.added), count(sum.removed), count(sum.changed), bytes(sum.addedBytes),
                   bytes(sum.removedBytes), bytes(sum.changedBytes)});
    print("\n" + table.text());
    if (!changes.whole)
        note("There is more; all of it: andonctl diff " + repo.value + " "
             + text::shortId(commit.parents.front().value).toStdString() + " "
             + text::shortId(commit.id.value).toStdString() + " --two-dot --rollup");
}

void printUses(const factory::CommitContext &context, core::Instant now)
{
    if (context.usesError)
        note("Who used it is not known: " + text::headline(*context.usesError).toStdString());
    if (context.uses.empty())
        return;
    Table table({"Used by", "State", "When", "Why", "Models"});
    for (const lineage::Use &use : context.uses) {
        std::vector<std::string> made;
        for (const auto &[model, version] : use.made)
            made.push_back(model.value + "@" + version.value);
        table.row({text::runTitle(use).toStdString(), use.deleted ? "deleted" : lineage::name(use.status),
                   use.started.known() ? text::ago(use.started, now).toStdString() : "—",
                   text::useReason(use).toStdString(), listed(made)});
    }
    print("\n" + table.text());
}

int runCommit(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    const auto snapshot = openRepository(session, parser, exit);
    if (!snapshot)
        return exit;
    factory::Site &site = *session.site(exit);
    const auto row = rowOfWords(site, snapshot->value, parser.positionalArguments().value(1));
    const auto told = row ? tell(session, site, snapshot->value, *row) : core::fail(row.error());
    if (!told)
        return session.fail(told.error());
    if (session.json()) {
        Json all{{"repository", repoOf(parser).value}, {"freshness", toJson(snapshot->freshness)}};
        all.update(toldJson(*told));
        printJson(all);
    } else {
        const core::Instant now = session.site(exit)->pin().now();
        printFacts(*told, now);
        printHooks(told->detail.runs);
        if (told->changes)
            printChanges(*told->changes, told->detail.commit, repoOf(parser));
        printUses(told->context, now);
    }
    return session.finish(snapshot->freshness);
}

} // namespace

Command commitCommand()
{
    return {.name = QStringLiteral("commit"),
            .summary = QStringLiteral("Tell all that is known of one commit."),
            .arguments = QStringLiteral("REPOSITORY COMMIT"),
            .details = QStringLiteral(
                "COMMIT is a branch, a tag, an id or its beginning, with ^ or ~N, or BRANCH@DATE.\n"
                "Its message and metadata, what kind of commit it is and how that is known, its parents and children, "
                "the branches and tags that hold it, what its hooks said, which commits have the same data, what it "
                "changed against its first parent per folder, and which runs and models used it.\n"
                "Examples:\n"
                "    andonctl commit ml-data main\n"
                "    andonctl commit ml-data q4-freeze --json | jq '.used_by[].models[]'\n"
                "    andonctl commit ml-data 67be9d96b934\n"
                "    andonctl commit ml-data main@now-30d\n"
                "\"gate-log REPOSITORY RUN HOOK_RUN\" prints what a hook wrote; Run and Hook run are named here."),
            .minArguments = 2,
            .maxArguments = 2,
            .pins = true,
            .run = runCommit};
}

} // namespace andon::ctl
