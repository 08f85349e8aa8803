// branches, pulls, pull: refs with all that is known of them, and pull requests.
#include "app/andonctl/listfilter.h"
#include "app/andonctl/versionparts.h"
#include "factory/pullservice.h"
#include "factory/refservice.h"
#include "text/plain.h"
#include "text/times.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

using factory::PullRow;
using factory::RefLine;

std::string countText(const std::optional<std::int64_t> &n)
{
    return n ? std::to_string(*n) : std::string("—");
}

Json orNull(const std::optional<std::int64_t> &n)
{
    return n ? Json(*n) : Json();
}

std::string stateText(const RefLine &line)
{
    std::string out = line.isDefault ? "default" : line.merged ? "merged" : line.squashed ? "squashed" : "";
    if (line.stale)
        out += out.empty() ? "stale" : " stale";
    return out;
}

std::vector<text::FilterField> lineFields()
{
    return {text::wordField("name"),
            {.name = QStringLiteral("kind"),
             .kind = text::FieldKind::Choice,
             .values = {QStringLiteral("branch"), QStringLiteral("tag")}},
            text::wordField("state"),
            text::timeField("time"),
            text::wordField("by"),
            text::numberField("ahead"),
            text::numberField("behind"),
            {.name = QStringLiteral("gate"),
             .kind = text::FieldKind::Choice,
             .values = {QStringLiteral("passed"), QStringLiteral("skipped"), QStringLiteral("failed")}},
            text::wordField("rule"),
            text::wordField("commit"),
            text::wordField("message")};
}

std::vector<ListValue> lineValues(const RefLine &line)
{
    const auto count = [](const std::optional<std::int64_t> &n) {
        return n ? numberValue(static_cast<double>(*n)) : ListValue{};
    };
    return {{line.ref.name.value}, {line.ref.kind == versions::RefKind::Branch ? "branch" : "tag"},
            {stateText(line)},     timeValue(line.at),
            {line.committer},      count(line.ahead),
            count(line.behind),    {gateWord(line.gates)},
            {line.rule},           {line.ref.commit.value},
            {line.subject}};
}

Json lineJson(const RefLine &line, const std::optional<bool> &uncommitted)
{
    Json json = {{"kind", line.ref.kind == versions::RefKind::Branch ? "branch" : "tag"},
                 {"name", line.ref.name.value},
                 {"commit", line.ref.commit.value},
                 {"at", isoTimeOrNull(line.at)},
                 {"committer", line.committer},
                 {"message", line.subject},
                 {"default", line.isDefault},
                 {"merged", line.merged},
                 {"squashed_in", line.squashed ? Json(line.squashed->value) : Json()},
                 {"stale", line.stale},
                 {"ahead", orNull(line.ahead)},
                 {"behind", orNull(line.behind)},
                 {"protected_by", line.rule},
                 {"gates", gatesJson(line.gates)}};
    json["uncommitted"] = uncommitted ? Json(*uncommitted) : Json();
    return json;
}

int runBranches(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    if (!openRepository(session, parser, exit)) // a repository may be new: then the list is asked for
        return exit;
    factory::Site *site = session.site(exit);
    const auto view = site->refs().refs(repoOf(parser), factory::Access::CacheOnly, session.cancel());
    if (!view)
        return session.fail(view.error());
    const auto lines = filtered(parser, lineFields(), view->value.refs, lineValues);
    if (!lines)
        return session.fail(lines.error());
    const std::string asked = parser.value(QStringLiteral("ask")).toStdString();
    std::optional<bool> dirty;
    if (!asked.empty()) {
        const auto answer = site->refs().uncommitted(repoOf(parser), core::RefName(asked), session.cancel());
        if (!answer)
            return session.fail(answer.error());
        dirty = *answer;
    }
    const auto dirtyOf = [&](const RefLine &line) {
        return line.ref.kind == versions::RefKind::Branch && line.ref.name.value == asked ? dirty : std::nullopt;
    };
    if (session.json()) {
        Json list = Json::array();
        for (const RefLine &line : *lines)
            list.push_back(lineJson(line, dirtyOf(line)));
        printJson(
            {{"repository", repoOf(parser).value}, {"freshness", toJson(view->freshness)}, {"refs", std::move(list)}});
        return session.finish(view->freshness);
    }
    const core::Instant now = site->pin().now();
    Table table({"Kind", "Name", "State", "Age", "By", "Ahead", "Behind", "Gates", "Protected by", "Uncommitted"},
                {Align::Left, Align::Left, Align::Left, Align::Right, Align::Left, Align::Right, Align::Right});
    for (const RefLine &line : *lines) {
        const auto one = dirtyOf(line);
        table.row({line.ref.kind == versions::RefKind::Branch ? "branch" : "tag", line.ref.name.value, stateText(line),
                   text::age(line.at, now).toStdString(), line.committer, countText(line.ahead), countText(line.behind),
                   gateWord(line.gates), line.rule,
                   !one       ? "—"
                       : *one ? "yes"
                              : "no"});
    }
    print(table.text());
    return session.finish(view->freshness);
}

std::vector<text::FilterField> pullFields()
{
    return {{.name = QStringLiteral("state"),
             .kind = text::FieldKind::Choice,
             .values = {QStringLiteral("open"), QStringLiteral("merged"), QStringLiteral("closed")}},
            text::wordField("title"),
            text::wordField("repository"),
            text::wordField("from"),
            text::wordField("into"),
            text::wordField("author"),
            text::timeField("opened"),
            text::timeField("closed"),
            text::wordField("id")};
}

std::vector<ListValue> pullValues(const PullRow &row)
{
    const versions::PullRequest &pull = row.pull;
    return {{versions::nameOf(pull.status)},
            {pull.title},
            {row.repository.value},
            {pull.source.value},
            {pull.destination.value},
            {pull.author},
            timeValue(pull.created),
            timeValue(pull.closed),
            {pull.id}};
}

Json pullJson(const PullRow &row)
{
    const versions::PullRequest &pull = row.pull;
    return {{"repository", row.repository.value},
            {"id", pull.id},
            {"status", versions::nameOf(pull.status)},
            {"title", pull.title},
            {"author", pull.author},
            {"created", isoTimeOrNull(pull.created)},
            {"closed", isoTimeOrNull(pull.closed)},
            {"source", pull.source.value},
            {"destination", pull.destination.value}};
}

int runPulls(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    if (!session.offline()) // whose pull requests they are
        if (const auto listed = site->versions().repositories(session.access(), session.cancel()); !listed)
            return session.fail(listed.error());
    const auto view = site->pulls().pulls(session.access(), session.cancel());
    if (!view)
        return session.fail(view.error());
    const auto rows = filtered(parser, pullFields(), view->value.pulls, pullValues);
    if (!rows)
        return session.fail(rows.error());
    if (view->value.absent)
        note(text::visible(view->value.product).toStdString()
             + " has no pull requests: its specification does not name them. lakeFS has them since 1.35.");
    if (session.json()) {
        Json list = Json::array();
        for (const PullRow &row : *rows)
            list.push_back(pullJson(row));
        printJson(
            {{"freshness", toJson(view->freshness)}, {"supported", !view->value.absent}, {"pulls", std::move(list)}});
        return session.finish(view->freshness);
    }
    const core::Instant now = site->pin().now();
    Table table(
        {"State", "Title", "Repository", "From", "Into", "Author", "Opened", "Closed", "Id"},
        {Align::Left, Align::Left, Align::Left, Align::Left, Align::Left, Align::Left, Align::Right, Align::Right});
    for (const PullRow &row : *rows)
        table.row({versions::nameOf(row.pull.status), row.pull.title, row.repository.value, row.pull.source.value,
                   row.pull.destination.value, row.pull.author, text::age(row.pull.created, now).toStdString(),
                   row.pull.closed.known() ? text::age(row.pull.closed, now).toStdString() : "", row.pull.id});
    print(table.text());
    return session.finish(view->freshness);
}

int runPull(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const std::string id = parser.positionalArguments().value(1).toStdString();
    const auto detail = site->pulls().pull(repoOf(parser), id, session.access(), session.cancel());
    if (!detail)
        return session.fail(detail.error());
    const factory::PullDetail &one = detail->value;
    if (session.json()) {
        Json json = pullJson(one.row);
        json["description"] = one.row.pull.description;
        json["merged_commit"] = one.row.pull.merged.value;
        json["brings"] = orNull(one.count);
        json["behind"] = orNull(one.behind);
        json["gates"] = one.count ? gatesJson(one.gates) : Json(); // of what it brings: not known is not none
        json["commits"] = Json::array();
        for (const versions::Commit &commit : one.commits)
            json["commits"].push_back(commit.id.value);
        json["freshness"] = toJson(detail->freshness);
        printJson(json);
        return session.finish(detail->freshness);
    }
    const versions::PullRequest &pull = one.row.pull;
    printLine(text::visible(pull.title).toStdString());
    printLine(text::visible(std::string(versions::nameOf(pull.status)) + ", " + pull.source.value + " into "
                            + pull.destination.value + ", by " + pull.author)
                  .toStdString());
    if (!pull.description.empty())
        print("\n" + text::visibleLines(pull.description).toStdString() + "\n");
    printLine("Opened " + text::dateTime(pull.created).toStdString()
              + (pull.closed.known() ? "; closed " + text::dateTime(pull.closed).toStdString() : "")
              + (pull.merged.empty() ? "" : "; merged as " + text::shortId(pull.merged.value).toStdString()));
    if (one.count)
        printLine("\nBrings " + countText(one.count) + (one.count == 1 ? " commit; gates: " : " commits; gates: ")
                  + (gatesText(one.gates).empty() ? "none ran" : gatesText(one.gates)));
    else
        printLine("\nWhat it brings is not known: its branches or its merge are not in the cache.");
    for (const versions::Commit &commit : one.commits)
        printLine("  " + text::shortId(commit.id.value).toStdString() + "  "
                  + text::visible(versions::subject(commit)).toStdString());
    return session.finish(detail->freshness);
}

} // namespace

std::vector<Command> refCommands()
{
    return {
        {.name = QStringLiteral("branches"),
         .summary = QStringLiteral("List branches and tags with age, author, distance, protection and gates."),
         .arguments = QStringLiteral("REPOSITORY"),
         .details = QStringLiteral("A branch is stale without a commit for 30 days, merged when the default branch has "
                                   "all of its commits.\nExamples:\n    andonctl branches ml-data --filter "
                                   "'kind:branch state:stale'\n    andonctl branches ml-data --ask main"),
         .minArguments = 1,
         .maxArguments = 1,
         .options = {{QStringLiteral("ask"), QStringLiteral("BRANCH"),
                      QStringLiteral("ask the server whether BRANCH has changes that are not committed")}},
         .filter = lineFields(),
         .pins = true,
         .run = runBranches},
        {.name = QStringLiteral("pulls"),
         .summary = QStringLiteral("List pull requests of all repositories."),
         .details = QStringLiteral("Example:\n    andonctl pulls --filter 'state:open author:n.khan'"),
         .filter = pullFields(),
         .pins = true,
         .run = runPulls},
        {.name = QStringLiteral("pull"),
         .summary = QStringLiteral("Show a pull request: description, commits, gates."),
         .arguments = QStringLiteral("REPOSITORY ID"),
         .minArguments = 2,
         .maxArguments = 2,
         .run = runPull},
    };
}

} // namespace andon::ctl
