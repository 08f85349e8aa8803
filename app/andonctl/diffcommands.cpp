// diff: what differs between two trees: a list, a roll-up per folder, CSV. A million changes stream through.
#include "app/andonctl/diffparts.h"
#include "app/andonctl/listfilter.h"
#include "app/andonctl/versionparts.h"
#include "core/clock.h"
#include "models/diffrows.h"
#include "reports/diffcsv.h"
#include "text/comparelink.h"
#include "text/gatetext.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

using factory::Comparison;
using versions::DiffEntry;

std::vector<ListValue> diffValues(const DiffEntry &entry)
{
    return {{entry.path},
            {models::changeWord(entry.type)},
            entry.sizeBytes ? numberValue(static_cast<double>(*entry.sizeBytes)) : ListValue{}};
}

const char *sameWord(factory::SameTree same)
{
    static constexpr const char *kWords[] = {"", "same commit", "same data", "nothing since the merge base"};
    return kWords[static_cast<int>(same)];
}

core::Result<core::Snapshot<Comparison>> comparisonOf(Session &session, factory::Site &site,
                                                      const QCommandLineParser &parser)
{
    factory::CompareAsk ask{.repo = repoOf(parser)};
    for (const auto &[end, at] : {std::pair(&ask.left, 1), {&ask.right, 2}}) {
        const auto side = text::readSide(parser.positionalArguments().at(at), site.clock().now());
        if (!side)
            return core::fail(side.error());
        *end = {core::RefName(side->ref.toStdString()), side->at};
    }
    ask.mode = parser.isSet(QStringLiteral("two-dot")) ? versions::DiffMode::TwoDot : versions::DiffMode::ThreeDot;
    return site.comparisons().resolve(ask, factory::Access::CacheOnly, session.cancel()); // the history was just read
}

Json modelsJson(const factory::CompareContext &context, const factory::CompareContext::Models &models)
{
    Json list = Json::array();
    for (const auto &[model, version] : models)
        list.push_back(model.value + "@" + version.value);
    return context.modelsError ? Json() : list; // not asked is not none
}

Json contextJson(const factory::CompareContext &context)
{
    Json past = Json::array();
    for (const auto &[gated, subject] : context.past)
        past.push_back({{"commit", gated.commit.value},
                        {"subject", subject},
                        {"failed", gated.failed},
                        {"skipped", gated.skipped}});
    return {{"left_models", modelsJson(context, context.left)},
            {"right_models", modelsJson(context, context.right)},
            {"past_gates", std::move(past)},
            {"past_gates_complete", !context.morePast}};
}

int runCsv(Session &session, factory::Site &site, const QCommandLineParser &parser,
           const core::Snapshot<Comparison> &comparison)
{
    print(reports::diffCsvHeader());
    auto left = static_cast<std::size_t>(limitOf(parser, INT_MAX));
    const core::Error enough{.kind = core::ErrorKind::Cancelled, .where = "diff"};
    const auto done = site.comparisons().eachPage(
        comparison.value, parser.value(QStringLiteral("prefix")).toStdString(), session.access(),
        [&](const versions::DiffPage &page, const std::string &) -> core::Result<void> {
            auto entries = filtered(parser, models::diffFields(), page.entries, diffValues);
            if (!entries)
                return core::fail(entries.error());
            const bool more = entries->size() > left;
            entries->resize(std::min(entries->size(), left));
            left -= entries->size();
            print(reports::diffCsv({.entries = std::move(*entries)}));
            return more ? core::fail(enough) : core::Result<void>();
        },
        session.cancel());
    if (!done && done.error() != enough)
        return session.fail(done.error());
    if (!done)
        note(kMore);
    return session.finish(comparison.freshness);
}

int runList(Session &session, factory::Site &site, const QCommandLineParser &parser, const Asked &asked)
{
    const core::Snapshot<Comparison> &comparison = asked.comparison;
    const Comparison &c = comparison.value;
    const int limit = limitOf(parser, INT_MAX);
    std::vector<DiffEntry> entries;
    std::string after;
    for (bool more = c.same == factory::SameTree::No; more;) {
        auto page = site.versions().diff(c.repo, c.left.commit.id, c.right.commit.id, c.mode,
                                         parser.value(QStringLiteral("prefix")).toStdString(), after, session.access(),
                                         session.cancel());
        if (!page)
            return session.fail(page.error());
        entries.insert(entries.end(), page->entries.begin(), page->entries.end());
        after = page->next;
        more = !after.empty() && (isFiltered(parser) || static_cast<int>(entries.size()) < limit);
    }
    auto left = filtered(parser, models::diffFields(), std::move(entries), diffValues);
    if (!left)
        return session.fail(left.error());
    const bool complete = after.empty() && static_cast<int>(left->size()) <= limit;
    left->resize(std::min(left->size(), static_cast<std::size_t>(limit)));
    if (session.json()) {
        Json list = Json::array();
        for (const DiffEntry &entry : *left)
            list.push_back({{"type", models::changeWord(entry.type)},
                            {"path", entry.path},
                            {"path_type", entry.isPrefix ? "common_prefix" : "object"},
                            {"size_bytes", entry.sizeBytes ? Json(*entry.sizeBytes) : Json()}});
        Json all = headOf(asked);
        all["complete"] = complete;
        all["entries"] = std::move(list);
        printJson(all);
    } else {
        Table table({"Change", "Bytes", "Path"}, {Align::Left, Align::Right});
        for (const DiffEntry &entry : *left)
            table.row(
                {models::changeWord(entry.type), entry.sizeBytes ? std::to_string(*entry.sizeBytes) : "—", entry.path});
        print(table.text());
        if (c.same != factory::SameTree::No)
            note(std::string("Nothing was read: ") + sameWord(c.same) + ".");
        noteContext(asked.context);
        if (!complete)
            note(kMore);
    }
    // Between two commits nothing can be out of date, but a ref may have moved.
    return session.finish(comparison.freshness);
}

/// What its options cannot do together.
core::Result<void> checkOptions(const QCommandLineParser &parser)
{
    const auto invalid = [](const char *why) { return core::fail(core::ErrorKind::Invalid, "diff", why); };
    if (!parser.isSet(QStringLiteral("rollup")))
        return {};
    if (isFiltered(parser))
        return invalid("--rollup counts all that differs and takes no --filter: use --prefix to count part of it.");
    if (parser.isSet(QStringLiteral("limit")))
        return invalid("--rollup takes no --limit: --depth says how many levels of folders it prints.");
    return {};
}

int runDiff(Session &session, const QCommandLineParser &parser)
{
    if (const auto wrong = checkOptions(parser); !wrong)
        return session.fail(wrong.error());
    int exit = Ok;
    const auto snapshot = openRepository(session, parser, exit);
    if (!snapshot)
        return exit;
    factory::Site &site = *session.site(exit);
    auto comparison = comparisonOf(session, site, parser);
    if (!comparison)
        return session.fail(namedIn(repoOf(parser), comparison.error()));
    comparison->freshness = snapshot->freshness;
    if (parser.isSet(QStringLiteral("object")))
        return diffObject(session, site, parser.value(QStringLiteral("object")).toStdString(), *comparison);
    if (parser.isSet(QStringLiteral("csv")) && !parser.isSet(QStringLiteral("rollup")))
        return runCsv(session, site, parser, *comparison);
    auto context = factory::compareContext(site.versions(), site.registry(), comparison->value, session.cancel());
    if (!context)
        return session.fail(context.error());
    const Asked asked{std::move(*comparison), std::move(*context)};
    return parser.isSet(QStringLiteral("rollup")) ? diffRollup(session, site, parser, asked)
                                                  : runList(session, site, parser, asked);
}

} // namespace

Json headOf(const Asked &asked)
{
    const Comparison &c = asked.comparison.value;
    Json head{{"left", c.left.commit.id.value},
              {"right", c.right.commit.id.value},
              {"base", c.base ? Json(c.base->id.value) : Json()},
              {"left_commits", c.left.commits},
              {"right_commits", c.right.commits},
              {"same", c.same == factory::SameTree::No ? Json() : Json(sameWord(c.same))},
              {"freshness", toJson(asked.comparison.freshness)}};
    head.update(contextJson(asked.context));
    return head;
}

void noteContext(const factory::CompareContext &context)
{
    for (const auto &[side, models] : {std::pair("LEFT", &context.left), {"RIGHT", &context.right}})
        for (const auto &[model, version] : *models)
            note(std::string(side) + ": " + model.value + "@" + version.value + " was trained on it.");
    for (const auto &[gated, subject] : context.past)
        note("RIGHT: " + text::pastGate(gated, subject).toStdString() + ".");
    if (context.morePast)
        note("RIGHT: more went past a gate.");
}

std::vector<Command> diffCommands()
{
    return {
        {.name = QStringLiteral("diff"),
         .summary = QStringLiteral("List what differs between two refs, commits or dates, or count it per folder."),
         .arguments = QStringLiteral("REPOSITORY LEFT RIGHT"),
         .details = QStringLiteral("What RIGHT has against the merge base of both, or against LEFT itself with "
                                   "--two-dot. BRANCH@DATE is the newest commit of a branch then. Says, too, which "
                                   "models were trained on either side and what came to RIGHT past a gate.\n"
                                   "Examples:\n"
                                   "    andonctl diff ml-data main ingest-42\n"
                                   "    andonctl diff ml-data main@now-7d main --rollup --depth 1\n"
                                   "    andonctl diff ml-data v1 v2 --two-dot --csv > changes.csv"),
         .minArguments = 3,
         .maxArguments = 3,
         .options = {{QStringLiteral("two-dot"), {}, QStringLiteral("compare with LEFT itself")},
                     {QStringLiteral("prefix"), QStringLiteral("P"), QStringLiteral("only paths that begin with P")},
                     {QStringLiteral("object"), QStringLiteral("PATH"),
                      QStringLiteral("one object on both sides: its fields, and which commits changed it last")},
                     {QStringLiteral("rollup"), {}, QStringLiteral("counts and bytes per folder instead of the list")},
                     {QStringLiteral("depth"), QStringLiteral("N"),
                      QStringLiteral("of a roll-up: N levels of folders")},
                     {QStringLiteral("csv"), {}, QStringLiteral("print CSV")},
                     {QStringLiteral("limit"), QStringLiteral("N"), QStringLiteral("at most N rows")}},
         .filter = models::diffFields(),
         .run = runDiff},
    };
}

} // namespace andon::ctl
