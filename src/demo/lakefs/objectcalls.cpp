// Objects and differences between trees of them.
#include "demo/lakefs/repositorycalls.h"
#include "demo/lakefs/tree.h"

#include <QDateTime>
#include <QLocale>

#include <charconv>

namespace andon::demo::lakefs
{

namespace
{

Json metadataJson(const DemoObject &object)
{
    Json json = Json::object();
    for (const auto &[key, value] : object.metadata)
        json[key] = value;
    return json;
}

Json objectJson(const DemoObject &object)
{
    return {{"checksum", object.checksum}, {"content_type", object.contentType},
            {"mtime", object.mtime},       {"path", object.path},
            {"path_type", "object"},       {"physical_address", object.address},
            {"size_bytes", object.size}};
}

Json diffJson(const DiffItem &item, bool withRight)
{
    if (item.isPrefix)
        return {{"path", item.path}, {"path_type", "common_prefix"}, {"type", item.type}};
    Json json = {{"path", item.path}, {"path_type", "object"}, {"size_bytes", item.object.size}, {"type", item.type}};
    if (withRight) // of what was removed: its last stats
        json["right"] = {{"checksum", item.object.checksum},
                         {"content_type", item.object.contentType},
                         {"metadata", metadataJson(item.object)},
                         {"mtime", item.object.mtime}};
    return json;
}

/// Where the part of a path that the delimiter folds ends; npos: not folded.
std::size_t foldAt(const std::string &path, const Params &params)
{
    const std::string delimiter = param(params, "delimiter");
    if (delimiter.empty())
        return std::string::npos;
    const std::size_t cut = path.find(delimiter, param(params, "prefix").size());
    return cut == std::string::npos ? cut : cut + delimiter.size();
}

/// Folds what is below the next delimiter into one prefix.
std::vector<std::pair<std::string, Json>> folded(const std::vector<DiffItem> &items, const Params &params,
                                                 bool withRight)
{
    const std::string prefix = param(params, "prefix");
    std::vector<std::pair<std::string, Json>> out;
    for (const DiffItem &item : items) {
        if (!item.path.starts_with(prefix))
            continue;
        const std::size_t cut = foldAt(item.path, params);
        const std::string key = item.path.substr(0, cut);
        if (cut == std::string::npos)
            out.emplace_back(key, diffJson(item, withRight));
        else if (out.empty() || out.back().first != key)
            out.emplace_back(key, diffJson({"prefix_changed", key, true, {}}, false));
    }
    return out;
}

Answer list(const std::vector<DemoObject> &objects, const Params &params)
{
    Answer problem;
    const auto metadata = flagOf(params, "user_metadata", problem);
    if (!metadata)
        return problem;
    const std::string prefix = param(params, "prefix");
    const bool withMetadata = *metadata || param(params, "user_metadata").empty();
    std::vector<std::pair<std::string, Json>> items;
    for (const DemoObject &object : objects) {
        if (!object.path.starts_with(prefix))
            continue;
        const std::size_t cut = foldAt(object.path, params);
        const std::string key = object.path.substr(0, cut);
        if (cut == std::string::npos) {
            items.emplace_back(key, objectJson(object));
            if (withMetadata && !object.metadata.empty())
                items.back().second["metadata"] = metadataJson(object);
        } else if (items.empty() || items.back().first != key) {
            items.emplace_back(key,
                               Json{{"checksum", ""},
                                    {"mtime", 0},
                                    {"path", key},
                                    {"path_type", "common_prefix"},
                                    {"physical_address", ""}});
        }
    }
    return page(params, items);
}

std::string httpDate(std::int64_t seconds)
{
    return QLocale::c()
        .toString(QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"))
        .toStdString();
}

/// Cuts the bytes to "bytes=A-B"; 416 when nothing of it is there.
void applyRange(Answer &answer, std::string_view range)
{
    const std::int64_t size = static_cast<std::int64_t>(answer.body.size());
    const std::string_view text = range.substr(6);
    const std::size_t dash = std::min(text.find('-'), text.size());
    std::int64_t from = -1;
    std::int64_t to = size - 1;
    std::from_chars(text.data(), text.data() + dash, from);
    if (dash < text.size())
        std::from_chars(text.data() + dash + 1, text.data() + text.size(), to);
    if (from < 0) { // "-N": the last N
        from = std::max<std::int64_t>(0, size - to);
        to = size - 1;
    }
    if (from >= size || from > to) {
        const auto headers = answer.headers;
        answer = message(416, "Requested Range Not Satisfiable");
        answer.headers.insert(answer.headers.end(), headers.begin(), headers.end());
        answer.headers.emplace_back("Content-Range", "bytes */" + std::to_string(size));
        return;
    }
    to = std::min(to, size - 1);
    answer.status = 206;
    answer.body = answer.body.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from + 1));
    answer.headers.emplace_back(
        "Content-Range", "bytes " + std::to_string(from) + "-" + std::to_string(to) + "/" + std::to_string(size));
}

Answer bytes(const History &history, const RefAnswer &at, const DemoObject &object, std::string_view range)
{
    auto content = contentOf(history, at.commit, object.path);
    if (!content)
        return message(410, "gone"); // a demo keeps no bytes of its big files
    Answer answer{.contentType = object.contentType,
                  .body = std::move(*content),
                  .headers = {{"Cache-Control", "no-store, must-revalidate"},
                              {"ETag", "\"" + object.checksum + "\""},
                              {"Last-Modified", httpDate(object.mtime)},
                              {"X-Frame-Options", "SAMEORIGIN"}}};
    if (range.starts_with("bytes="))
        applyRange(answer, range);
    return answer;
}

} // namespace

std::string commitWords(const RefAnswer &at, const std::string &ref)
{
    return at.staging ? "reference '" + ref + "': reference to staging area with $ is not a commit" : at.words;
}

Answer branchDiff(const History &history, const std::string &branch, const Params &params)
{
    if (!history.branches.contains(branch))
        return message(404, "branch not found");
    std::vector<DiffItem> items;
    if (const auto pending = history.uncommitted.find(branch); pending != history.uncommitted.end())
        for (const RecordedChange &change : pending->second) {
            items.push_back({change.type, change.object.path, false, change.object});
            items.back().object.size = change.size;
        }
    return page(params, folded(items, params, false));
}

Answer diffCall(const History &history, const std::string &left, const std::string &right, const Params &params)
{
    const std::string type = param(params, "type", "three_dot");
    if (type != "two_dot" && type != "three_dot")
        return notAllowed("\"type\" in query", type, {"two_dot", "three_dot"}, "three_dot");
    Answer problem;
    const auto withRight = flagOf(params, "include_right_stats", problem);
    if (!withRight)
        return problem;
    const bool threeDot = type == "three_dot";
    const RefAnswer a = resolveExpression(history, left);
    const RefAnswer b = resolveExpression(history, right);
    const auto refused = [&](const RefAnswer &at, const std::string &ref, const char *what) {
        return message(at.status, (threeDot ? what + ref + ": " : std::string()) + commitWords(at, ref));
    };
    if (threeDot && b.status)
        return refused(b, right, "get commit by ref ");
    if (a.status)
        return refused(a, left, "get commit by branch ");
    if (b.commit >= 0 && b.staging && right.ends_with('$'))
        return page(params,
                    folded(diffWithStaged(history, a.commit, right.substr(0, right.size() - 1)), params, *withRight));
    if (b.status)
        return refused(b, right, "");
    return page(params, folded(diffOf(history, a.commit, b.commit, threeDot), params, *withRight));
}

Answer objectCall(const History &history, const Found &found, const Params &params, std::string_view range)
{
    const std::string path = param(params, "path", "\n"); // no path has that
    const bool one = found.call != Call::ObjectList;
    if (one && (path.empty() || path == "\n"))
        return message(400,
                       std::string("parameter \"path\" in query has an error: ")
                           + (path.empty() ? "empty value is not allowed" : "value is required but missing"));
    const RefAnswer at = resolveExpression(history, found.names[1]);
    const bool wholeBranch = at.staging && at.commit >= 0;
    if (at.status && !wholeBranch)
        return message(at.status, at.words);
    const std::string branch = found.names[1].substr(0, found.names[1].find('$'));
    const auto objects = wholeBranch ? objectsOn(history, branch) : objectsAt(history, at.commit);
    if (!one)
        return list(objects, params);
    for (const DemoObject &object : objects) {
        if (object.path != path)
            continue;
        if (found.call == Call::ObjectProperties)
            return ok({{"storage_class", nullptr}});
        if (found.call == Call::Objects)
            return bytes(history, at, object, range);
        Json json = objectJson(object);
        json["metadata"] = metadataJson(object);
        return ok(json);
    }
    return message(404, "not found");
}

} // namespace andon::demo::lakefs
