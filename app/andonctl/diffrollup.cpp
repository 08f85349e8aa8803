// diff --rollup: counts and bytes per folder.
#include "app/andonctl/commitparts.h"
#include "app/andonctl/diffparts.h"
#include "app/andonctl/versionparts.h"
#include "reports/diffcsv.h"
#include "text/units.h"

#include <QCommandLineParser>
#include <QElapsedTimer>

namespace andon::ctl
{

namespace
{

struct Read {
    versions::DiffRollup rollup = versions::DiffRollup();
    int pages = 0;
    std::int64_t elapsedMs = 0;
    std::optional<core::Error> error = {}; ///< why it ended before its end
};

Read read(Session &session, factory::Site &site, const std::string &prefix, const factory::Comparison &comparison)
{
    Read read;
    Progress progress;
    QElapsedTimer timer;
    timer.start();
    const auto done = site.comparisons().eachPage(
        comparison, prefix, session.access(),
        [&](const versions::DiffPage &page, const std::string &) -> core::Result<void> {
            for (const versions::DiffEntry &entry : page.entries)
                (void)read.rollup.add(entry); // ascends: eachPage has looked
            ++read.pages;
            progress.show("lakefs",
                          std::to_string(read.rollup.total().objects()) + " paths in " + std::to_string(read.pages)
                              + " pages");
            return {};
        },
        session.cancel());
    read.elapsedMs = timer.elapsed();
    if (!done)
        read.error = done.error();
    return read;
}

Json rollupJson(const Asked &asked, const Read &read, int depth)
{
    Json folders = Json::array();
    for (std::size_t i = 0; i < read.rollup.folders().size(); ++i)
        if (const versions::DiffFolder &folder = read.rollup.folders()[i]; folder.depth <= depth) {
            Json row{{"prefix", read.rollup.path(static_cast<std::int32_t>(i))}};
            row.update(sumJson(folder.sum));
            row["folded"] = folder.folded;
            folders.push_back(std::move(row));
        }
    Json all = headOf(asked);
    all["complete"] = !read.error;
    all["pages"] = read.pages;
    all["elapsed_ms"] = read.elapsedMs;
    all["prefixes"] = std::move(folders);
    return all;
}

void printRollup(const versions::DiffRollup &rollup, int depth)
{
    std::vector<Align> align(10, Align::Right);
    align.front() = Align::Left;
    Table table({"Prefix", "Objects", "Added", "Removed", "Changed", "Conflict", "Bytes added", "Bytes removed",
                 "Bytes changed", "Without size"},
                align);
    const auto count = [](std::int64_t n) { return n == 0 ? std::string() : std::to_string(n); };
    const auto bytes = [](std::int64_t n) { return n == 0 ? std::string() : text::bytes(n).toStdString(); };
    for (std::size_t i = 0; i < rollup.folders().size(); ++i) {
        const versions::DiffFolder &folder = rollup.folders()[i];
        if (folder.depth > depth)
            continue;
        const versions::DiffSum &sum = folder.sum;
        const std::string path = rollup.path(static_cast<std::int32_t>(i));
        table.row({path.empty() ? "(all)" : path, count(sum.objects()), count(sum.added), count(sum.removed),
                   count(sum.changed), count(sum.conflict), bytes(sum.addedBytes), bytes(sum.removedBytes),
                   bytes(sum.changedBytes), count(sum.unsized)});
    }
    print(table.text());
}

} // namespace

int diffRollup(Session &session, factory::Site &site, const QCommandLineParser &parser, const Asked &asked)
{
    const Read all = read(session, site, parser.value(QStringLiteral("prefix")).toStdString(), asked.comparison.value);
    if (all.error && (all.pages == 0 || all.error->kind == core::ErrorKind::Cancelled))
        return session.fail(*all.error);
    const int depth = depthOf(parser);
    if (parser.isSet(QStringLiteral("csv"))) {
        print(reports::rollupCsv(all.rollup));
    } else if (session.json()) {
        printJson(rollupJson(asked, all, depth));
    } else {
        printRollup(all.rollup, depth);
        noteContext(asked.context);
    }
    return all.error ? session.fail(*all.error) : session.finish(asked.comparison.freshness);
}

} // namespace andon::ctl
