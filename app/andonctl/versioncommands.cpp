// repos, log, refs: the data, for scripts.
#include "app/andonctl/listfilter.h"
#include "app/andonctl/versionparts.h"
#include "models/commitrows.h"
#include "models/rowfilter.h"
#include "text/plain.h"
#include "text/times.h"
#include "versions/refexpression.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

using factory::RepositoryView;

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

/// "revert of 0123456789ab", "squash of 0123456789ab (by same data)", "squash, by same data, of …"; "" an ordinary one.
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

Json commitJson(const versions::Commit &commit, const versions::CommitNature &nature,
                const versions::GateSummary &gates)
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
            {"kind", word(nature.kind)},
            {"kind_by", word(nature.by)},
            {"about", nature.about.empty() ? Json() : Json(nature.about.value)},
            {"about_by", word(nature.aboutBy)},
            {"gates", gatesJson(gates)}};
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
    // Pinned, what was found may be younger than the log.
    auto ids = site.versions().search(repo, words, site.pin().asOf() ? INT_MAX : limit);
    if (!ids)
        return core::fail(ids.error());
    std::erase_if(*ids, [&](const core::CommitId &id) { return view.graph->rowOf(id) == versions::kNone; });
    std::sort(ids->begin(), ids->end(), [&](const core::CommitId &a, const core::CommitId &b) {
        return view.graph->rowOf(a) < view.graph->rowOf(b);
    });
    const auto total = static_cast<std::int64_t>(ids->size());
    ids->resize(std::min(ids->size(), static_cast<std::size_t>(limit)));
    return LogPart{std::move(*ids), total};
}

/// What --filter leaves of it, at most `limit`.
core::Result<LogPart> filteredLog(factory::Site &site, const QCommandLineParser &parser, const RepositoryView &view,
                                  const LogPart &part, int limit, factory::Access access, const core::Cancel &cancel)
{
    const core::RepositoryId repo = repoOf(parser);
    const auto paths = std::make_shared<models::TouchedPaths>(
        view, [&](const core::CommitId &head, const std::string &prefix, const core::Cancel &stop) {
            return site.versions().touching(repo, head, prefix, access, stop);
        });
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
            ++left.total;
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
    auto part = words.empty() ? logOf(view, parser.value(QStringLiteral("ref")).toStdString(), first)
                              : searched(site, repoOf(parser), view, words, first);
    if (!part || !isFiltered(parser))
        return part;
    return filteredLog(site, parser, view, *part, limit, session.access(), session.cancel());
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
    if (session.json()) {
        Json list = Json::array();
        for (std::size_t i = 0; i < commits->size(); ++i)
            list.push_back(commitJson((*commits)[i], (*natures)[i], gatesOf(view, (*commits)[i].id)));
        printJson({{"repository", repoOf(parser).value},
                   {"freshness", toJson(snapshot->freshness)},
                   {"total", part->total},
                   {"commits", std::move(list)}});
    } else {
        const core::Instant now = core::SystemClock().now();
        Table table({"Commit", "Age", "Author", "Message", "Kind", "Gates"}, {Align::Left, Align::Right});
        for (std::size_t i = 0; i < commits->size(); ++i) {
            const versions::Commit &commit = (*commits)[i];
            table.row({text::shortId(commit.id.value).toStdString(),
                       text::age(core::Instant::fromSeconds(commit.created), now).toStdString(), commit.committer,
                       std::string(versions::subject(commit)), natureText((*natures)[i]),
                       gatesText(gatesOf(view, commit.id))});
        }
        print(table.text());
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
        const core::Instant now = core::SystemClock().now();
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
        const core::Instant now = core::SystemClock().now();
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
    const Option limit{QStringLiteral("limit"), QStringLiteral("N"), QStringLiteral("at most N rows")};
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
                                   "Each metadata key is a field too. The server says which commits of the default "
                                   "branch, or of those that branch: names, changed a path."),
         .minArguments = 1,
         .maxArguments = 1,
         .options = {{QStringLiteral("ref"), QStringLiteral("REF"),
                      QStringLiteral("only what REF reaches: branch, tag, commit, with ^, ~N")},
                     {QStringLiteral("search"), QStringLiteral("WORDS"),
                      QStringLiteral("only commits whose message, author or metadata hold all WORDS, or an id prefix")},
                     limit,
                     {QStringLiteral("all"), {}, QStringLiteral("every commit (50 otherwise)")}},
         .filter = models::commitFields({}),
         .pins = true,
         .run = runLog},
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
