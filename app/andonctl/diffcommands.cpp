// diff: what differs between two trees: a list, a roll-up per folder, CSV. A million changes stream through.
#include "app/andonctl/listfilter.h"
#include "app/andonctl/previewoutput.h"
#include "app/andonctl/versionparts.h"
#include "core/clock.h"
#include "factory/comparecontext.h"
#include "models/diffrows.h"
#include "reports/diffcsv.h"
#include "text/comparelink.h"
#include "text/gatetext.h"
#include "text/plain.h"
#include "text/units.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

using factory::Comparison;
using versions::DiffEntry;

struct Asked {
    core::Snapshot<Comparison> comparison = {};
    factory::CompareContext context = {};
};

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

/// Who was trained on the sides, and what came to RIGHT past a gate.
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

Json headOf(const Asked &asked)
{
    const Comparison &c = asked.comparison.value;
    Json head{{"left", c.left.commit.id.value},
              {"right", c.right.commit.id.value},
              {"base", c.base ? Json(c.base->id.value) : Json()},
              {"left_commits", c.left.commits},
              {"right_commits", c.right.commits},
              {"same", c.same == factory::SameTree::No ? Json() : Json(sameWord(c.same))}};
    head.update(contextJson(asked.context));
    return head;
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

void printRollup(const versions::DiffRollup &rollup, int depth)
{
    Table table({"Prefix", "Objects", "Added", "Removed", "Changed", "Conflict", "Bytes added", "Bytes removed"},
                {Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right,
                 Align::Right});
    for (std::size_t i = 0; i < rollup.folders().size(); ++i) {
        const versions::DiffFolder &folder = rollup.folders()[i];
        if (folder.depth > depth)
            continue;
        const auto count = [](std::int64_t n) { return n == 0 ? std::string() : std::to_string(n); };
        const std::string path = rollup.path(static_cast<std::int32_t>(i));
        table.row({path.empty() ? "(all)" : path, count(folder.sum.objects()), count(folder.sum.added),
                   count(folder.sum.removed), count(folder.sum.changed), count(folder.sum.conflict),
                   text::bytes(folder.sum.addedBytes).toStdString(),
                   text::bytes(folder.sum.removedBytes).toStdString()});
    }
    print(table.text());
}

/// Counts while the pages pass: memory does not grow with the changes.
int runRollup(Session &session, factory::Site &site, const QCommandLineParser &parser, const Asked &asked)
{
    const core::Snapshot<Comparison> &comparison = asked.comparison;
    core::Result<factory::DiffRead> read = core::fail(core::ErrorKind::Cancelled, {}, {});
    {
        Progress progress;
        read = site.comparisons().read(
            comparison.value, session.access(),
            [&](const factory::DiffRead &so) {
                progress.show("lakefs",
                              std::to_string(so.rollup.total().objects()) + " paths in " + std::to_string(so.pages)
                                  + " pages");
            },
            session.cancel());
    }
    if (!read)
        return session.fail(read.error());
    const int depth = parser.isSet(QStringLiteral("depth")) ? parser.value(QStringLiteral("depth")).toInt() : INT_MAX;
    if (parser.isSet(QStringLiteral("csv"))) {
        print(reports::rollupCsv(read->rollup));
    } else if (session.json()) {
        Json folders = Json::array();
        for (std::size_t i = 0; i < read->rollup.folders().size(); ++i)
            if (const versions::DiffFolder &folder = read->rollup.folders()[i]; folder.depth <= depth) {
                Json row{{"prefix", read->rollup.path(static_cast<std::int32_t>(i))}};
                row.update(sumJson(folder.sum));
                row["folded"] = folder.folded;
                folders.push_back(std::move(row));
            }
        Json all = headOf(asked);
        all["complete"] = read->complete;
        all["pages"] = read->pages;
        all["elapsed_ms"] = read->elapsedMs;
        all["prefixes"] = std::move(folders);
        printJson(all);
    } else {
        printRollup(read->rollup, depth);
        noteContext(asked.context);
    }
    if (read->error)
        return session.fail(*read->error);
    return session.finish(comparison.freshness);
}

int runCsv(Session &session, factory::Site &site, const QCommandLineParser &parser,
           const core::Snapshot<Comparison> &comparison)
{
    print(reports::diffCsvHeader());
    const auto done = site.comparisons().eachPage(
        comparison.value, parser.value(QStringLiteral("prefix")).toStdString(), session.access(),
        [](const versions::DiffPage &page, const std::string &) -> core::Result<void> {
            print(reports::diffCsv(page));
            return {};
        },
        session.cancel());
    return done ? session.finish(comparison.freshness) : session.fail(done.error());
}

Json idOrNull(const std::optional<versions::Commit> &commit)
{
    return commit ? Json(commit->id.value) : Json();
}

void noteChanged(const char *side, const std::optional<versions::Commit> &commit)
{
    if (commit)
        note(std::string(side) + ": changed last in " + commit->id.value.substr(0, 12) + " by "
             + text::visible(commit->committer).toStdString() + ", "
             + text::visible(versions::subject(*commit)).toStdString() + ".");
}

/// One object on both sides, as Compare shows it: beside RIGHT stands the merge base, with two dots or in a conflict
/// LEFT.
int runObject(Session &session, factory::Site &site, const std::string &path,
              const core::Snapshot<Comparison> &comparison)
{
    const Comparison &c = comparison.value;
    const auto entry = site.comparisons().entry(c, path, session.access(), session.cancel());
    if (!entry)
        return session.fail(entry.error());
    std::optional<factory::ObjectPreview> sides[2];
    const core::CommitId ids[2] = {*entry ? c.beside((*entry)->type) : c.before(), c.right.commit.id};
    for (std::size_t i = 0; i < 2; ++i) {
        auto preview =
            site.objects().preview(c.repo, core::RefName(ids[i].value), path, session.access(), session.cancel());
        if (!preview && preview.error().kind != core::ErrorKind::NotFound)
            return session.fail(preview.error());
        if (preview)
            sides[i] = std::move(*preview);
        else if (i == 1 && !sides[0])
            return session.fail(preview.error());
    }
    core::Result<factory::ChangedLast> last = factory::ChangedLast{};
    if (*entry)
        last = site.comparisons().changedLast(c, **entry, session.access(), session.cancel());
    const auto *left = sides[0] ? &*sides[0] : nullptr;
    const auto *right = sides[1] ? &*sides[1] : nullptr;
    if (session.json()) {
        printJson({{"left", ids[0].value},
                   {"right", ids[1].value},
                   {"path", path},
                   {"type", *entry ? Json(models::changeWord((*entry)->type)) : Json()},
                   {"left_changed_in", last ? idOrNull(last->left) : Json()},
                   {"right_changed_in", last ? idOrNull(last->right) : Json()},
                   {"object", pairJson(left, right)}});
    } else {
        print(pairText(left, right));
        if (!*entry)
            note("It is the same on both sides.");
        if (last) {
            noteChanged("LEFT", last->left);
            noteChanged("RIGHT", last->right);
        }
    }
    if (!last && last.error().kind != core::ErrorKind::Offline) // the sides are told; who changed them is not
        return session.fail(last.error());
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
            note("There is more: raise --limit.");
    }
    // Between two commits nothing can be out of date, but a ref may have moved.
    return session.finish(comparison.freshness);
}

int runDiff(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    const auto snapshot = openRepository(session, parser, exit);
    if (!snapshot)
        return exit;
    factory::Site &site = *session.site(exit);
    auto comparison = comparisonOf(session, site, parser);
    if (!comparison)
        return session.fail(comparison.error());
    comparison->freshness = snapshot->freshness;
    if (parser.isSet(QStringLiteral("object")))
        return runObject(session, site, parser.value(QStringLiteral("object")).toStdString(), *comparison);
    if (parser.isSet(QStringLiteral("csv")) && !parser.isSet(QStringLiteral("rollup")))
        return runCsv(session, site, parser, *comparison);
    auto context = factory::compareContext(site.versions(), site.registry(), comparison->value, session.cancel());
    if (!context)
        return session.fail(context.error());
    const Asked asked{std::move(*comparison), std::move(*context)};
    return parser.isSet(QStringLiteral("rollup")) ? runRollup(session, site, parser, asked)
                                                  : runList(session, site, parser, asked);
}

} // namespace

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
