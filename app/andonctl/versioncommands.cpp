// repos, log, refs, diff, hooks: the data, for scripts.
#include "app/andonctl/session.h"
#include "text/plain.h"
#include "text/times.h"
#include "versions/refexpression.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

using factory::RepositoryView;

core::RepositoryId repoOf(const QCommandLineParser &parser)
{
    return core::RepositoryId(parser.positionalArguments().value(0).toStdString());
}

int limitOf(const QCommandLineParser &parser, int fallback)
{
    const int limit = parser.value(QStringLiteral("limit")).toInt();
    return limit > 0 ? limit : fallback;
}

const char *word(versions::HookStatus status)
{
    static constexpr const char *kWords[] = {"completed", "failed", "skipped", "unknown"};
    return kWords[static_cast<int>(status)];
}

const char *word(versions::CommitKind kind)
{
    static constexpr const char *kWords[] = {"ordinary", "initial", "merge", "squash", "revert", "cherry-pick"};
    return kWords[static_cast<int>(kind)];
}

Json gatesJson(const versions::GateSummary &gates)
{
    return {{"completed", gates.completed}, {"failed", gates.failed}, {"skipped", gates.skipped}};
}

Json commitJson(const versions::Commit &commit, const versions::GateSummary &gates)
{
    Json parents = Json::array();
    for (const core::CommitId &parent : commit.parents)
        parents.push_back(parent.value);
    Json metadata = Json::object();
    for (const auto &[key, value] : commit.metadata)
        metadata[key] = value;
    return {{"id", commit.id.value},
            {"parents", parents},
            {"committer", commit.committer},
            {"message", commit.message},
            {"creation_date", commit.created},
            {"meta_range_id", commit.metaRangeId},
            {"metadata", metadata},
            {"generation", commit.generation},
            {"kind", word(versions::natureOf(commit).kind)},
            {"gates", gatesJson(gates)}};
}

std::string gatesText(const versions::GateSummary &gates)
{
    std::string out;
    const auto add = [&](int n, const char *what) {
        if (n > 0)
            out += (out.empty() ? "" : " ") + std::to_string(n) + what;
    };
    add(gates.failed, " failed");
    add(gates.skipped, " skipped");
    add(gates.completed, " passed");
    return out;
}

/// The repository's snapshot, refreshed when the session allows it; nullopt after a printed error.
std::optional<core::Snapshot<RepositoryView>> open(Session &session, const QCommandLineParser &parser, int &exit)
{
    factory::Site *site = session.site(exit);
    if (!site)
        return std::nullopt;
    if (!session.offline()) // the list first: a repository may be new
        (void)site->versions().repositories(factory::Access::CacheOnly, session.cancel());
    auto view = site->versions().repository(repoOf(parser), session.access(), session.cancel());
    if (!view && view.error().kind == core::ErrorKind::NotFound && !session.offline()) {
        if (const auto listed = site->versions().sync({}, session.cancel()); !listed) {
            exit = session.fail(listed.error());
            return std::nullopt;
        }
        view = site->versions().repository(repoOf(parser), factory::Access::CacheOnly, session.cancel());
    }
    if (!view) {
        exit = session.fail(view.error());
        return std::nullopt;
    }
    return std::move(*view);
}

std::vector<versions::Ref> plainRefs(const RepositoryView &view)
{
    std::vector<versions::Ref> refs;
    for (const factory::RefRow &row : view.refs)
        refs.push_back(row.ref);
    return refs;
}

versions::GateSummary gatesOf(const RepositoryView &view, const core::CommitId &id)
{
    const auto oid = versions::Oid::fromHex(id.value);
    const auto found = oid ? view.gates->find(*oid) : view.gates->end();
    return found == view.gates->end() ? versions::GateSummary{} : found->second;
}

/// Of the log of a ref (all refs when empty): the first ids, newest first, and how many commits it has.
struct LogPart {
    std::vector<core::CommitId> ids = {};
    std::int64_t total = 0;
};

core::Result<LogPart> logOf(const RepositoryView &view, const std::string &ref, int limit)
{
    std::vector<char> wanted(static_cast<std::size_t>(view.graph->size()), 1);
    if (!ref.empty()) {
        const auto row = versions::resolveRef(ref, plainRefs(view), *view.graph);
        if (!row)
            return core::fail(row.error());
        wanted = view.graph->ancestry(*row);
    }
    LogPart part{.total = std::count(wanted.begin(), wanted.end(), 1)};
    for (std::int32_t row = 0; row < view.graph->size() && static_cast<int>(part.ids.size()) < limit; ++row)
        if (wanted[static_cast<std::size_t>(row)])
            part.ids.push_back(view.graph->oid(row).id());
    return part;
}

/// What holds all words, in the order of the log.
core::Result<LogPart> searched(factory::Site &site, const core::RepositoryId &repo, const RepositoryView &view,
                               const std::string &words, int limit)
{
    auto ids = site.versions().search(repo, words, limit);
    if (!ids)
        return core::fail(ids.error());
    std::sort(ids->begin(), ids->end(), [&](const core::CommitId &a, const core::CommitId &b) {
        return view.graph->rowOf(a) < view.graph->rowOf(b);
    });
    const auto total = static_cast<std::int64_t>(ids->size());
    return LogPart{std::move(*ids), total};
}

int runLog(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    const auto snapshot = open(session, parser, exit);
    if (!snapshot)
        return exit;
    const RepositoryView &view = snapshot->value;
    const int limit = limitOf(parser, parser.isSet(QStringLiteral("all")) ? INT_MAX : 50);
    const std::string words = parser.value(QStringLiteral("search")).toStdString();
    const auto part = words.empty() ? logOf(view, parser.value(QStringLiteral("ref")).toStdString(), limit)
                                    : searched(*session.site(exit), repoOf(parser), view, words, limit);
    if (!part)
        return session.fail(part.error());
    const auto commits = session.site(exit)->versions().commits(repoOf(parser), part->ids);
    if (!commits)
        return session.fail(commits.error());
    if (session.json()) {
        Json list = Json::array();
        for (const versions::Commit &commit : *commits)
            list.push_back(commitJson(commit, gatesOf(view, commit.id)));
        printJson({{"repository", repoOf(parser).value},
                   {"freshness", toJson(snapshot->freshness)},
                   {"total", part->total},
                   {"commits", std::move(list)}});
    } else {
        const core::Instant now = core::SystemClock().now();
        Table table({"Commit", "Age", "Author", "Message", "Gates"}, {Align::Left, Align::Right});
        for (const versions::Commit &commit : *commits)
            table.row({text::shortId(commit.id.value).toStdString(),
                       text::age(core::Instant::fromSeconds(commit.created), now).toStdString(), commit.committer,
                       std::string(versions::subject(commit)), gatesText(gatesOf(view, commit.id))});
        print(table.text());
    }
    return session.finish(snapshot->freshness);
}

int runRefs(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    const auto snapshot = open(session, parser, exit);
    if (!snapshot)
        return exit;
    const auto count = [](const std::optional<std::int64_t> &n) { return n ? std::to_string(*n) : std::string("—"); };
    if (session.json()) {
        Json list = Json::array();
        for (const factory::RefRow &row : snapshot->value.refs)
            list.push_back({{"kind", row.ref.kind == versions::RefKind::Branch ? "branch" : "tag"},
                            {"name", row.ref.name.value},
                            {"commit", row.ref.commit.value},
                            {"at", isoTimeOrNull(row.at)},
                            {"default", row.isDefault},
                            {"protected", row.isProtected},
                            {"ahead", row.ahead ? Json(*row.ahead) : Json()},
                            {"behind", row.behind ? Json(*row.behind) : Json()}});
        printJson({{"repository", repoOf(parser).value},
                   {"freshness", toJson(snapshot->freshness)},
                   {"refs", std::move(list)}});
    } else {
        const core::Instant now = core::SystemClock().now();
        Table table({"Kind", "Name", "Commit", "Age", "Ahead", "Behind", ""},
                    {Align::Left, Align::Left, Align::Left, Align::Right, Align::Right, Align::Right});
        for (const factory::RefRow &row : snapshot->value.refs)
            table.row({row.ref.kind == versions::RefKind::Branch ? "branch" : "tag", row.ref.name.value,
                       text::shortId(row.ref.commit.value).toStdString(), text::age(row.at, now).toStdString(),
                       count(row.ahead), count(row.behind),
                       std::string(row.isDefault ? "default" : "") + (row.isProtected ? " protected" : "")});
        print(table.text());
    }
    return session.finish(snapshot->freshness);
}

int runRepositories(Session &session, const QCommandLineParser &)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const auto snapshot = site->versions().repositories(session.access(), session.cancel());
    if (!snapshot)
        return session.fail(snapshot.error());
    if (session.json()) {
        Json list = Json::array();
        for (const factory::RepositoryRow &row : snapshot->value) {
            const auto counts = site->versions().counts(row.repository.id);
            list.push_back({{"id", row.repository.id.value},
                            {"default_branch", row.repository.defaultBranch.value},
                            {"storage_namespace", row.repository.storageNamespace},
                            {"read_only", row.repository.readOnly},
                            {"commits", row.commits},
                            {"branches", row.branches},
                            {"tags", row.tags},
                            {"runs", counts ? counts->runs : 0},
                            {"newest", isoTimeOrNull(row.newest)},
                            {"gates_30d", gatesJson(row.gates)}});
        }
        printJson({{"freshness", toJson(snapshot->freshness)}, {"repositories", std::move(list)}});
    } else {
        const core::Instant now = core::SystemClock().now();
        Table table({"Repository", "Commits", "Branches", "Tags", "Newest", "Gates, 30 d"},
                    {Align::Left, Align::Right, Align::Right, Align::Right, Align::Right});
        for (const factory::RepositoryRow &row : snapshot->value)
            table.row({row.repository.id.value, std::to_string(row.commits), std::to_string(row.branches),
                       std::to_string(row.tags), text::age(row.newest, now).toStdString(), gatesText(row.gates)});
        print(table.text());
    }
    return session.finish(snapshot->freshness);
}

const char *word(versions::DiffType type)
{
    static constexpr const char *kWords[] = {"added", "removed", "changed", "conflict", "prefix_changed"};
    return kWords[static_cast<int>(type)];
}

int runDiff(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    const auto snapshot = open(session, parser, exit);
    if (!snapshot)
        return exit;
    core::CommitId ends[2];
    for (const int i : {0, 1}) {
        const auto row = versions::resolveRef(parser.positionalArguments().at(1 + i).toStdString(),
                                              plainRefs(snapshot->value), *snapshot->value.graph);
        if (!row)
            return session.fail(row.error());
        ends[i] = snapshot->value.graph->oid(*row).id();
    }
    const auto mode =
        parser.isSet(QStringLiteral("two-dot")) ? versions::DiffMode::TwoDot : versions::DiffMode::ThreeDot;
    const int limit = limitOf(parser, INT_MAX);
    std::vector<versions::DiffEntry> entries;
    std::string after;
    do {
        auto page = session.site(exit)->versions().diff(repoOf(parser), ends[0], ends[1], mode,
                                                        parser.value(QStringLiteral("prefix")).toStdString(), after,
                                                        session.access(), session.cancel());
        if (!page)
            return session.fail(page.error());
        entries.insert(entries.end(), page->entries.begin(), page->entries.end());
        after = page->next;
    } while (!after.empty() && static_cast<int>(entries.size()) < limit);
    if (static_cast<int>(entries.size()) > limit)
        entries.resize(static_cast<std::size_t>(limit));
    if (session.json()) {
        Json list = Json::array();
        for (const versions::DiffEntry &entry : entries)
            list.push_back({{"type", word(entry.type)},
                            {"path", entry.path},
                            {"path_type", entry.isPrefix ? "common_prefix" : "object"},
                            {"size_bytes", entry.sizeBytes ? Json(*entry.sizeBytes) : Json()}});
        printJson({{"left", ends[0].value}, {"right", ends[1].value}, {"complete", after.empty()}, {"entries", list}});
    } else {
        Table table({"Change", "Bytes", "Path"}, {Align::Left, Align::Right});
        for (const versions::DiffEntry &entry : entries)
            table.row({word(entry.type), entry.sizeBytes ? std::to_string(*entry.sizeBytes) : "—", entry.path});
        print(table.text());
        if (!after.empty())
            note("There is more: raise --limit.");
    }
    // Between two commits nothing can be out of date, but a ref may have moved.
    return session.finish(snapshot->freshness);
}

int printOutput(Session &session, const QCommandLineParser &parser, const core::Freshness &freshness)
{
    int exit = Ok;
    const std::string id = parser.value(QStringLiteral("output")).toStdString();
    const auto runs = session.site(exit)->versions().runs(repoOf(parser), {}, INT_MAX);
    if (!runs)
        return session.fail(runs.error());
    const auto run = std::find_if(runs->begin(), runs->end(), [&](const auto &one) { return one.id == id; });
    if (run == runs->end())
        return session.fail({.kind = core::ErrorKind::NotFound,
                             .where = "lakefs hooks",
                             .detail = "there is no run " + id + " in " + repoOf(parser).value});
    Json list = Json::array();
    for (const versions::HookRun &hook : run->hooks) {
        const auto output = session.site(exit)->versions().hookOutput(repoOf(parser), run->id, hook.id,
                                                                      session.access(), session.cancel());
        if (!output)
            return session.fail(output.error());
        list.push_back({{"id", hook.id},
                        {"action", hook.action},
                        {"hook", hook.hook},
                        {"status", word(hook.status)},
                        {"output", *output}});
        if (session.json())
            continue;
        printLine("== " + text::visible(hook.action + " / " + hook.hook).toStdString() + ": " + word(hook.status));
        printLine(text::visibleLines(*output).toStdString());
    }
    if (session.json())
        printJson({{"run", run->id}, {"freshness", toJson(freshness)}, {"hooks", std::move(list)}});
    return session.finish(freshness);
}

int runHooks(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    const auto snapshot = open(session, parser, exit);
    if (!snapshot)
        return exit;
    if (parser.isSet(QStringLiteral("output")))
        return printOutput(session, parser, snapshot->freshness);
    const auto runs = session.site(exit)->versions().runs(repoOf(parser), {}, limitOf(parser, 50));
    if (!runs)
        return session.fail(runs.error());
    if (session.json()) {
        Json list = Json::array();
        for (const versions::ActionRun &run : *runs) {
            Json hooks = Json::array();
            for (const versions::HookRun &hook : run.hooks)
                hooks.push_back({{"id", hook.id},
                                 {"action", hook.action},
                                 {"hook", hook.hook},
                                 {"status", word(hook.status)},
                                 {"started", isoTimeOrNull(hook.started)},
                                 {"ended", isoTimeOrNull(hook.ended)}});
            list.push_back({{"id", run.id},
                            {"event", run.event},
                            {"branch", run.branch.value},
                            {"commit", run.commit.value},
                            {"status", word(run.status)},
                            {"started", isoTimeOrNull(run.started)},
                            {"ended", isoTimeOrNull(run.ended)},
                            {"hooks", std::move(hooks)}});
        }
        printJson({{"repository", repoOf(parser).value},
                   {"freshness", toJson(snapshot->freshness)},
                   {"runs", std::move(list)}});
    } else {
        Table table({"Run", "Started", "Event", "Branch", "Commit", "Status", "Hooks"});
        for (const versions::ActionRun &run : *runs)
            table.row({run.id, text::dateTime(run.started).toStdString(), run.event, run.branch.value,
                       text::shortId(run.commit.value).toStdString(), word(run.status),
                       gatesText(versions::summarize({run}))});
        print(table.text());
    }
    return session.finish(snapshot->freshness);
}

} // namespace

std::vector<Command> versionCommands()
{
    const Option limit{QStringLiteral("limit"), QStringLiteral("N"), QStringLiteral("at most N rows")};
    return {
        {.name = QStringLiteral("repos"),
         .summary = QStringLiteral("List repositories with their counts."),
         .run = runRepositories},
        {.name = QStringLiteral("log"),
         .summary = QStringLiteral("Show commits, newest first, children before parents."),
         .arguments = QStringLiteral("REPOSITORY"),
         .details = QStringLiteral("Examples:\n    andonctl log ml-data --ref main~3 --limit 10\n"
                                   "    andonctl log ml-data --search \"ingest payments\" --json"),
         .minArguments = 1,
         .maxArguments = 1,
         .options = {{QStringLiteral("ref"), QStringLiteral("REF"),
                      QStringLiteral("only what REF reaches: branch, tag, commit, with ^, ~N")},
                     {QStringLiteral("search"), QStringLiteral("WORDS"),
                      QStringLiteral("only commits whose message, author or metadata hold all WORDS, or an id prefix")},
                     limit,
                     {QStringLiteral("all"), {}, QStringLiteral("every commit (50 otherwise)")}},
         .run = runLog},
        {.name = QStringLiteral("refs"),
         .summary = QStringLiteral("List branches and tags."),
         .arguments = QStringLiteral("REPOSITORY"),
         .minArguments = 1,
         .maxArguments = 1,
         .run = runRefs},
        {.name = QStringLiteral("diff"),
         .summary = QStringLiteral("List what changed between two refs."),
         .arguments = QStringLiteral("REPOSITORY LEFT RIGHT"),
         .details = QStringLiteral("What RIGHT has against the merge base of both, or against LEFT itself with "
                                   "--two-dot.\nExample:\n    andonctl diff ml-data main ingest-42"),
         .minArguments = 3,
         .maxArguments = 3,
         .options = {{QStringLiteral("two-dot"), {}, QStringLiteral("compare with LEFT itself")},
                     {QStringLiteral("prefix"), QStringLiteral("P"), QStringLiteral("only paths that begin with P")},
                     limit},
         .run = runDiff},
        {.name = QStringLiteral("hooks"),
         .summary = QStringLiteral("List runs of quality gates, newest first."),
         .arguments = QStringLiteral("REPOSITORY"),
         .minArguments = 1,
         .maxArguments = 1,
         .options = {limit,
                     {QStringLiteral("output"), QStringLiteral("RUN"),
                      QStringLiteral("print what the hooks of RUN wrote")}},
         .run = runHooks},
    };
}

} // namespace andon::ctl
