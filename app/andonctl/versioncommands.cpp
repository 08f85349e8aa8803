// repos, log, refs: the data, for scripts; commit is in a file of its own.
#include "app/andonctl/commitparts.h"
#include "app/andonctl/listfilter.h"
#include "app/andonctl/versionparts.h"
#include "models/commitrows.h"
#include "models/rowfilter.h"
#include "text/plain.h"
#include "text/times.h"
#include "versions/logshape.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

using factory::RepositoryView;

struct LogPart {
    std::vector<core::CommitId> ids = {}; ///< newest first
    std::optional<std::int64_t> total = 0; ///< how many there are; nothing: more than these, not counted
};

/// What of a history is asked for: of all its refs, or of one.
struct Wanted {
    std::vector<char> rows = {}; ///< 1 for each that is
    std::optional<core::CommitId> head = {}; ///< of the one
};

core::Result<Wanted> wantedRows(factory::Site &site, const RepositoryView &view, const QString &ref)
{
    if (ref.isEmpty())
        return Wanted{std::vector<char>(static_cast<std::size_t>(view.graph->size()), 1)};
    const auto row = rowOfWords(site, view, ref);
    if (!row)
        return core::fail(row.error());
    return Wanted{view.graph->ancestry(*row), view.graph->oid(*row).id()};
}

LogPart logOf(const RepositoryView &view, const Wanted &wanted, int limit)
{
    LogPart part{.total = std::count(wanted.rows.begin(), wanted.rows.end(), 1)};
    for (std::int32_t row = 0; row < view.graph->size() && static_cast<int>(part.ids.size()) < limit; ++row)
        if (wanted.rows[static_cast<std::size_t>(row)])
            part.ids.push_back(view.graph->oid(row).id());
    return part;
}

/// What holds all words, in the order of the log.
core::Result<LogPart> searched(factory::Site &site, const core::RepositoryId &repo, const RepositoryView &view,
                               const Wanted &wanted, const std::string &words, int limit)
{
    // The newest are asked for, and one more; of a part of the history it takes all that hold the words.
    const bool part = site.pin().asOf() || wanted.head || limit == INT_MAX;
    const auto ids = site.versions().search(repo, words, part ? INT_MAX : limit + 1);
    if (!ids)
        return core::fail(ids.error());
    std::vector<std::int32_t> rows;
    for (const core::CommitId &id : *ids) // pinned, what was found may be younger than the log
        if (const std::int32_t row = view.graph->rowOf(id);
            row != versions::kNone && wanted.rows[static_cast<std::size_t>(row)])
            rows.push_back(row);
    std::sort(rows.begin(), rows.end());
    const bool more = rows.size() > static_cast<std::size_t>(limit);
    LogPart found;
    found.total = more && !part ? std::nullopt : std::optional(static_cast<std::int64_t>(rows.size()));
    rows.resize(std::min(rows.size(), static_cast<std::size_t>(limit)));
    for (const std::int32_t row : rows)
        found.ids.push_back(view.graph->oid(row).id());
    return found;
}

/// What --filter leaves of it, at most `limit`.
core::Result<LogPart> filteredLog(factory::Site &site, const QCommandLineParser &parser, const RepositoryView &view,
                                  const Wanted &wanted, const LogPart &part, int limit, factory::Access access,
                                  const core::Cancel &cancel)
{
    const core::RepositoryId repo = repoOf(parser);
    const auto paths = std::make_shared<models::TouchedPaths>(
        view,
        [&](const core::CommitId &head, const std::string &prefix, const core::Cancel &stop) {
            return site.versions().touching(repo, head, prefix, access, stop);
        },
        wanted.head);
    const auto rows = models::commitRows(
        view,
        {.read = [&](const std::vector<core::CommitId> &ids) { return site.versions().commits(repo, ids); },
         .kinds = [&] { return site.versions().kindsByData(repo); }},
        cancel, paths);
    const auto filter = rows ? filterOf(parser, (*rows)->fields()) : core::fail(rows.error());
    if (!filter)
        return core::fail(filter.error());
    if (const auto learnt = paths->learn(*filter, cancel); !learnt)
        return core::fail(learnt.error());
    const auto found = models::filterRows(**rows, *filter, {.cancel = cancel});
    if (!found)
        return core::fail(core::ErrorKind::Cancelled, "log", {});
    LogPart left;
    for (const core::CommitId &id : part.ids)
        if (std::binary_search(found->begin(), found->end(), static_cast<std::uint32_t>(view.graph->rowOf(id)))) {
            ++*left.total;
            if (static_cast<int>(left.ids.size()) < limit)
                left.ids.push_back(id);
        }
    return left;
}

/// The commits that are asked for: of a ref, by words, by a filter.
core::Result<LogPart> wantedLog(Session &session, factory::Site &site, const QCommandLineParser &parser,
                                const RepositoryView &view)
{
    const int limit = limitOf(parser, parser.isSet(QStringLiteral("all")) ? INT_MAX : 50);
    const int first = isFiltered(parser) ? INT_MAX : limit;
    const std::string words = parser.value(QStringLiteral("search")).toStdString();
    const auto wanted = wantedRows(site, view, parser.value(QStringLiteral("ref")));
    if (!wanted)
        return core::fail(wanted.error());
    auto part =
        words.empty() ? logOf(view, *wanted, first) : searched(site, repoOf(parser), view, *wanted, words, first);
    if (!part || !isFiltered(parser))
        return part;
    return filteredLog(site, parser, view, *wanted, *part, limit, session.access(), session.cancel());
}

int runLog(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    const auto snapshot = openRepository(session, parser, exit);
    if (!snapshot)
        return exit;
    const RepositoryView &view = snapshot->value;
    const auto part = wantedLog(session, *session.site(exit), parser, view);
    if (!part)
        return session.fail(part.error());
    const auto commits = session.site(exit)->versions().commits(repoOf(parser), part->ids);
    const auto natures =
        commits ? session.site(exit)->versions().natures(repoOf(parser), *commits) : core::fail(commits.error());
    if (!natures)
        return session.fail(natures.error());
    const std::vector<char> reached = versions::heldBy(*view.graph, plainRefs(view));
    const auto held = [&](const core::CommitId &id) {
        return reached[static_cast<std::size_t>(view.graph->rowOf(id))] != 0; // a log is of rows of the graph
    };
    if (session.json()) {
        Json list = Json::array();
        for (std::size_t i = 0; i < commits->size(); ++i) {
            const versions::Commit &commit = (*commits)[i];
            list.push_back(commitJson(commit, (*natures)[i], gatesOf(view, commit.id), held(commit.id)));
        }
        printJson({{"repository", repoOf(parser).value},
                   {"freshness", toJson(snapshot->freshness)},
                   {"total", part->total ? Json(*part->total) : Json()},
                   {"commits", std::move(list)}});
    } else {
        const core::Instant now = session.site(exit)->pin().now();
        Table table({"Commit", "Age", "Author", "Message", "Kind", "Gates"}, {Align::Left, Align::Right});
        for (std::size_t i = 0; i < commits->size(); ++i) {
            const versions::Commit &commit = (*commits)[i];
            const versions::GateSummary gates = gatesOf(view, commit.id);
            const std::string kind = natureText((*natures)[i]);
            const std::string aside = heldText(held(commit.id), (*natures)[i].kind, gates);
            table.row({text::shortId(commit.id.value).toStdString(),
                       text::age(core::Instant::fromSeconds(commit.created), now).toStdString(), commit.committer,
                       std::string(versions::subject(commit)),
                       kind + (kind.empty() || aside.empty() ? "" : ", ") + aside, gatesText(gates)});
        }
        print(table.text());
        part->total ? noteMore(commits->size(), *part->total) : note(kMore);
    }
    return session.finish(snapshot->freshness);
}

std::vector<text::FilterField> refFields()
{
    return {text::wordField("name"),
            {.name = QStringLiteral("kind"),
             .kind = text::FieldKind::Choice,
             .values = {QStringLiteral("branch"), QStringLiteral("tag")}},
            {.name = QStringLiteral("gate"),
             .kind = text::FieldKind::Choice,
             .values = {QStringLiteral("passed"), QStringLiteral("skipped"), QStringLiteral("failed")}},
            text::timeField("time"),
            text::wordField("commit"),
            text::numberField("ahead"),
            text::numberField("behind")};
}

std::vector<ListValue> refValues(const factory::RefRow &row)
{
    const auto count = [](const std::optional<std::int64_t> &n) {
        return n ? numberValue(static_cast<double>(*n)) : ListValue{};
    };
    return {{row.ref.name.value},   {row.ref.kind == versions::RefKind::Branch ? "branch" : "tag"},
            {gateWord(row.gates)},  timeValue(row.at),
            {row.ref.commit.value}, count(row.ahead),
            count(row.behind)};
}

int runRefs(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    const auto snapshot = openRepository(session, parser, exit);
    if (!snapshot)
        return exit;
    const auto count = [](const std::optional<std::int64_t> &n) { return n ? std::to_string(*n) : std::string("—"); };
    const auto refs = filtered(parser, refFields(), snapshot->value.refs, refValues);
    if (!refs)
        return session.fail(refs.error());
    if (session.json()) {
        Json list = Json::array();
        for (const factory::RefRow &row : *refs)
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
        const core::Instant now = session.site(exit)->pin().now();
        Table table({"Kind", "Name", "Commit", "Age", "Ahead", "Behind", ""},
                    {Align::Left, Align::Left, Align::Left, Align::Right, Align::Right, Align::Right});
        for (const factory::RefRow &row : *refs)
            table.row({row.ref.kind == versions::RefKind::Branch ? "branch" : "tag", row.ref.name.value,
                       text::shortId(row.ref.commit.value).toStdString(), text::age(row.at, now).toStdString(),
                       count(row.ahead), count(row.behind),
                       std::string(row.isDefault ? "default" : "") + (row.isProtected ? " protected" : "")});
        print(table.text());
    }
    return session.finish(snapshot->freshness);
}

std::vector<text::FilterField> repositoryFields()
{
    return {text::wordField("name"),   text::numberField("commits"), text::numberField("branches"),
            text::numberField("tags"), text::timeField("time"),      text::wordField("gate")};
}

std::vector<ListValue> repositoryValues(const factory::RepositoryRow &row)
{
    const auto count = [](std::int64_t n) { return numberValue(static_cast<double>(n)); };
    return {{row.repository.id.value}, count(row.commits),    count(row.branches),
            count(row.tags),           timeValue(row.newest), {gateWord(row.gates)}};
}

int runRepositories(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const auto snapshot = site->versions().repositories(session.access(), session.cancel());
    if (!snapshot)
        return session.fail(snapshot.error());
    const auto rows = filtered(parser, repositoryFields(), snapshot->value, repositoryValues);
    if (!rows)
        return session.fail(rows.error());
    if (session.json()) {
        Json list = Json::array();
        for (const factory::RepositoryRow &row : *rows) {
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
        const core::Instant now = session.site(exit)->pin().now();
        Table table({"Repository", "Commits", "Branches", "Tags", "Newest", "Gates, 30 d"},
                    {Align::Left, Align::Right, Align::Right, Align::Right, Align::Right});
        for (const factory::RepositoryRow &row : *rows)
            table.row({row.repository.id.value, std::to_string(row.commits), std::to_string(row.branches),
                       std::to_string(row.tags), text::age(row.newest, now).toStdString(), gatesText(row.gates)});
        print(table.text());
    }
    return session.finish(snapshot->freshness);
}

} // namespace

std::vector<Command> versionCommands()
{
    const Option limit{QStringLiteral("limit"), QStringLiteral("N"), QStringLiteral("at most N rows (50 otherwise)")};
    return {
        {.name = QStringLiteral("repos"),
         .summary = QStringLiteral("List repositories with their counts."),
         .filter = repositoryFields(),
         .run = runRepositories},
        {.name = QStringLiteral("log"),
         .summary = QStringLiteral("Show commits, newest first, children before parents."),
         .arguments = QStringLiteral("REPOSITORY"),
         .details = QStringLiteral("Examples:\n    andonctl log ml-data --ref main~3 --limit 10\n"
                                   "    andonctl log ml-data --search \"ingest payments\" --json\n"
                                   "    andonctl log ml-data --filter 'author:n.khan time:>now-30d -kind:merge'\n"
                                   "    andonctl log ml-data --filter path:claims/2026/\n"
                                   "Each metadata key is a field too. The server says which commits changed a "
                                   "path: of what --ref reaches, of the branches that branch: names, or else of the "
                                   "default branch. A merge that a gate refused is on no ref; Kind says so."),
         .minArguments = 1,
         .maxArguments = 1,
         .options = {{QStringLiteral("ref"), QStringLiteral("REF"),
                      QStringLiteral("only what REF reaches: branch, tag or commit, with ^ or ~N, or BRANCH@DATE")},
                     {QStringLiteral("search"), QStringLiteral("WORDS"),
                      QStringLiteral("only commits whose message, author or metadata hold all WORDS, or an id prefix")},
                     limit,
                     {QStringLiteral("all"), {}, QStringLiteral("every commit")}},
         .filter = models::commitFields({}),
         .pins = true,
         .run = runLog},
        commitCommand(),
        {.name = QStringLiteral("refs"),
         .summary = QStringLiteral("List branches and tags."),
         .arguments = QStringLiteral("REPOSITORY"),
         .minArguments = 1,
         .maxArguments = 1,
         .filter = refFields(),
         .pins = true,
         .run = runRefs},
    };
}

} // namespace andon::ctl
