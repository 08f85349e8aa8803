// objects: what is in a tree at a ref.
#include "app/andonctl/listfilter.h"
#include "app/andonctl/previewoutput.h"
#include "app/andonctl/versionparts.h"
#include "core/clock.h"
#include "text/comparelink.h"
#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

using versions::ObjectEntry;

std::vector<text::FilterField> objectFields()
{
    return {text::wordField("path"), text::numberField("size", "B"), text::timeField("time"), text::wordField("type")};
}

std::vector<ListValue> objectValues(const ObjectEntry &entry)
{
    return {{entry.path},
            entry.sizeBytes ? numberValue(static_cast<double>(*entry.sizeBytes)) : ListValue{},
            timeValue(entry.modified),
            {entry.contentType}};
}

Json objectJson(const ObjectEntry &entry)
{
    if (entry.isPrefix)
        return {{"path", entry.path}, {"path_type", "common_prefix"}};
    Json metadata = Json::object();
    for (const auto &[key, value] : entry.metadata)
        metadata[key] = value;
    return {{"path", entry.path},
            {"path_type", "object"},
            {"size_bytes", entry.sizeBytes ? Json(*entry.sizeBytes) : Json()},
            {"modified", isoTimeOrNull(entry.modified)},
            {"checksum", entry.checksum},
            {"content_type", entry.contentType},
            {"physical_address", entry.address},
            {"metadata", std::move(metadata)}};
}

struct Place {
    core::RepositoryId repo = {};
    core::RefName ref = {}; ///< the commit when it is known
    std::string path = {};
    core::Freshness freshness = {};
    std::optional<core::Error> unknown = {}; ///< why the ref is not in the cache
};

/// What the cache and the server do not know has no such name.
int failOf(Session &session, const Place &place, const core::Error &error)
{
    return session.fail(error.kind == core::ErrorKind::NotFound && place.unknown ? *place.unknown : error);
}

core::Result<Place> placeOf(Session &session, factory::Site &site, const QCommandLineParser &parser)
{
    Place place{.repo = repoOf(parser), .path = parser.positionalArguments().value(2).toStdString()};
    const auto side = text::readSide(parser.positionalArguments().value(1), site.clock().now());
    if (!side)
        return core::fail(side.error());
    const auto view = site.versions().repository(place.repo, factory::Access::CacheOnly, session.cancel());
    if (!view)
        return core::fail(view.error());
    place.freshness = view->freshness;
    const core::RefName named =
        side->ref.isEmpty() ? view->value.repository.repository.defaultBranch : core::RefName(side->ref.toStdString());
    const auto row = factory::rowOf({named, side->at}, view->value);
    if (!row)
        place.unknown = namedIn(place.repo, row.error());
    if (!row && side->at.known())
        return core::fail(*place.unknown);
    place.ref = row ? core::RefName(view->value.graph->oid(*row).id().value) : named; // the server may know it
    return place;
}

int runStat(Session &session, factory::Site &site, const Place &place)
{
    const auto entry = site.objects().stat(place.repo, place.ref, place.path, session.access(), session.cancel());
    if (!entry)
        return failOf(session, place, entry.error());
    Json all = objectJson(*entry);
    all["ref"] = place.ref.value;
    if (session.json()) {
        printJson(all);
    } else {
        Table table({"Fact", ""});
        for (const auto &[key, value] : all.items())
            table.row({key, value.is_string() ? value.get<std::string>() : value.dump()});
        print(table.text());
    }
    return session.finish(place.freshness);
}

int runPreview(Session &session, factory::Site &site, const Place &place)
{
    const auto preview = site.objects().preview(place.repo, place.ref, place.path, session.access(), session.cancel());
    if (!preview)
        return failOf(session, place, preview.error());
    if (session.json()) {
        Json all{{"ref", place.ref.value}, {"path", place.path}};
        all.update(previewJson(*preview));
        printJson(all);
    } else {
        print(previewText(*preview));
    }
    return session.finish(place.freshness);
}

int runSize(Session &session, factory::Site &site, const Place &place)
{
    core::Result<factory::FolderSize> size = core::fail(core::ErrorKind::Cancelled, {}, {});
    {
        Progress progress;
        size = site.objects().measure(
            place.repo, place.ref, place.path, session.access(),
            [&](const factory::FolderSize &so) {
                progress.show("lakefs",
                              std::to_string(so.objects) + " objects, " + text::bytes(so.bytes).toStdString());
            },
            session.cancel());
    }
    if (!size)
        return failOf(session, place, size.error());
    if (session.json())
        printJson({{"ref", place.ref.value},
                   {"prefix", place.path},
                   {"objects", size->objects},
                   {"bytes", size->bytes},
                   {"without_size", size->unsized},
                   {"newest", isoTimeOrNull(size->newest)},
                   {"pages", size->pages}});
    else
        printLine(std::to_string(size->objects) + " objects, " + text::bytes(size->bytes).toStdString() + ", newest "
                  + text::dateTime(size->newest).toStdString());
    return session.finish(place.freshness);
}

int runList(Session &session, factory::Site &site, const QCommandLineParser &parser, const Place &place)
{
    const int limit = limitOf(parser, 1000);
    const std::string delimiter = parser.isSet(QStringLiteral("recursive")) ? "" : "/";
    std::vector<ObjectEntry> entries;
    std::string after;
    do {
        auto page = site.objects().page(place.repo, place.ref, place.path, delimiter, after, session.access(),
                                        session.cancel());
        if (!page)
            return failOf(session, place, page.error());
        entries.insert(entries.end(), page->entries.begin(), page->entries.end());
        after = page->next;
    } while (!after.empty() && (isFiltered(parser) || static_cast<int>(entries.size()) < limit));
    auto left = filtered(parser, objectFields(), std::move(entries), objectValues);
    if (!left)
        return session.fail(left.error());
    const bool complete = after.empty() && static_cast<int>(left->size()) <= limit;
    left->resize(std::min(left->size(), static_cast<std::size_t>(limit)));
    if (session.json()) {
        Json list = Json::array();
        for (const ObjectEntry &entry : *left)
            list.push_back(objectJson(entry));
        printJson({{"ref", place.ref.value},
                   {"freshness", toJson(place.freshness)},
                   {"prefix", place.path},
                   {"complete", complete},
                   {"objects", std::move(list)}});
    } else {
        const core::Instant now = core::SystemClock().now();
        Table table({"Bytes", "Modified", "Path"}, {Align::Right, Align::Right});
        for (const ObjectEntry &entry : *left)
            table.row({entry.isPrefix        ? ""
                           : entry.sizeBytes ? std::to_string(*entry.sizeBytes)
                                             : "—",
                       entry.modified.known() ? text::compactTime(entry.modified, now).toStdString() : "", entry.path});
        print(table.text());
        if (!complete)
            note(kMore);
    }
    return session.finish(place.freshness);
}

int runObjects(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    const auto snapshot = openRepository(session, parser, exit);
    if (!snapshot)
        return exit;
    factory::Site &site = *session.site(exit);
    auto place = placeOf(session, site, parser);
    if (!place)
        return session.fail(place.error());
    place->freshness = snapshot->freshness;
    if (parser.isSet(QStringLiteral("stat")))
        return runStat(session, site, *place);
    if (parser.isSet(QStringLiteral("preview")))
        return runPreview(session, site, *place);
    return parser.isSet(QStringLiteral("size")) ? runSize(session, site, *place)
                                                : runList(session, site, parser, *place);
}

} // namespace

std::vector<Command> objectCommands()
{
    return {
        {.name = QStringLiteral("objects"),
         .summary = QStringLiteral(
             "List the objects of a folder at a ref, what one is and holds, or how much a folder holds."),
         .arguments = QStringLiteral("REPOSITORY [REF [PATH]]"),
         .details = QStringLiteral("REF is a branch, tag or commit, or BRANCH@DATE; the default branch otherwise.\n"
                                   "Examples:\n"
                                   "    andonctl objects ml-data main claims/\n"
                                   "    andonctl objects ml-data main claims/ --size\n"
                                   "    andonctl objects ml-data main claims/part-1.parquet --preview\n"
                                   "    andonctl objects ml-data main@now-30d manifest.json --stat --json"),
         .minArguments = 1,
         .maxArguments = 3,
         .options = {{QStringLiteral("recursive"), {}, QStringLiteral("all below PATH, not folder by folder")},
                     {QStringLiteral("size"),
                      {},
                      QStringLiteral("count all objects below PATH and add their sizes up")},
                     {QStringLiteral("stat"), {}, QStringLiteral("what the object PATH is")},
                     {QStringLiteral("preview"),
                      {},
                      QStringLiteral("what the object PATH holds: text, JSON, the fields of CSV and Parquet")},
                     {QStringLiteral("limit"), QStringLiteral("N"), QStringLiteral("at most N rows (1000 otherwise)")}},
         .filter = objectFields(),
         .run = runObjects},
    };
}

} // namespace andon::ctl
