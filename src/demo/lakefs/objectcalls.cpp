// Objects and differences between trees of them.
#include "demo/lakefs/parameters.h"
#include "demo/lakefs/parquetfile.h"
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

/// The least text above all that begins with this.
std::string pastAll(std::string start)
{
    while (!start.empty() && static_cast<unsigned char>(start.back()) == 0xff)
        start.pop_back();
    if (!start.empty())
        ++start.back();
    return start;
}

/// One page: folds what is below the next delimiter into one prefix. `after` leaves out what begins with it as a
/// prefix, too.
std::vector<std::pair<std::string, Json>> folded(TreeRead items, const Params &params, bool withRight)
{
    const std::string prefix = param(params, "prefix");
    const std::string delimiter = param(params, "delimiter");
    const std::string after = param(params, "after");
    const std::string below = after.ends_with(delimiter) ? after : after + delimiter;
    const auto most = static_cast<std::size_t>(amountOf(params)) + 1; // the last one says that there is more
    std::vector<std::pair<std::string, Json>> out;
    items.seek(std::max(prefix, after));
    while (const DiffItem *item = items.item()) {
        if (!item->path.starts_with(prefix) || out.size() == most)
            break;
        if (!after.empty() && item->path == after) {
            items.step();
        } else if (!after.empty() && !delimiter.empty() && item->path.starts_with(below)) {
            items.seek(pastAll(below));
        } else if (const std::size_t cut = foldAt(item->path, params); cut == std::string::npos) {
            out.emplace_back(item->path, diffJson(*item, withRight));
            items.step();
        } else {
            const std::string key = item->path.substr(0, cut);
            out.emplace_back(key, diffJson({"prefix_changed", key, true, {}}, false));
            items.seek(pastAll(key));
        }
    }
    return out;
}

TreeRead readOf(std::vector<DiffItem> items)
{
    return {std::make_shared<const std::vector<DiffItem>>(std::move(items)), {}};
}

/// A local block store has no URLs of its own for objects.
bool cannotSign(const History &history, const Params &params)
{
    return flagOf(params, "presign") && history.storageNamespace.starts_with("local://");
}

Answer notSigned()
{
    return message(400, "local adapter presigned URL: operation not supported");
}

/// Here `after` is where the walk begins: a prefix comes again unless it is `after` itself.
Answer list(const History &history, TreeRead objects, const Params &params)
{
    const std::string prefix = param(params, "prefix");
    const std::string after = param(params, "after");
    const bool withMetadata = flagOf(params, "user_metadata", true);
    const auto most = static_cast<std::size_t>(amountOf(params)) + 1;
    std::vector<std::pair<std::string, Json>> items;
    bool any = false;
    objects.seek(std::max(prefix, after));
    while (const DiffItem *item = objects.item()) {
        const DemoObject &object = item->object;
        if (!object.path.starts_with(prefix) || items.size() == most)
            break;
        const std::size_t cut = foldAt(object.path, params);
        const std::string key = object.path.substr(0, cut);
        const bool wanted = after.empty() || key != after;
        if (wanted && cut == std::string::npos) {
            any = true;
            items.emplace_back(key, objectJson(object));
            if (withMetadata && !object.metadata.empty())
                items.back().second["metadata"] = metadataJson(object);
        } else if (wanted) {
            items.emplace_back(key,
                               Json{{"checksum", ""},
                                    {"mtime", 0},
                                    {"path", key},
                                    {"path_type", "common_prefix"},
                                    {"physical_address", ""}});
        }
        if (cut == std::string::npos)
            objects.step();
        else
            objects.seek(pastAll(key));
    }
    return any && cannotSign(history, params) ? notSigned() : page(amountOf(params), items);
}

std::string httpDate(std::int64_t seconds)
{
    return QLocale::c()
        .toString(QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC), QStringLiteral("ddd, dd MMM yyyy HH:mm:ss 'GMT'"))
        .toStdString();
}

/// A whole number without a sign; nullopt for anything else.
std::optional<std::int64_t> wholeNumber(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

struct ByteRange {
    bool readable = false; ///< it is one of "bytes=A-B", "bytes=A-" and "bytes=-N"
    std::int64_t from = 0;
    std::int64_t to = -1; ///< the last byte; before `from`: there is none
    [[nodiscard]] bool isThere() const { return readable && from <= to; }
};

ByteRange rangeIn(std::string_view range, std::int64_t size)
{
    const std::string_view text = range.substr(std::string_view("bytes=").size());
    const std::size_t dash = std::min(text.find('-'), text.size());
    const auto first = wholeNumber(text.substr(0, dash));
    const auto last = wholeNumber(text.substr(std::min(dash + 1, text.size())));
    const bool fromEnd = dash == 0 && last;
    return {.readable = fromEnd || (first && (dash + 1 == text.size() || (last && *last >= *first))),
            .from = fromEnd ? std::max<std::int64_t>(0, size - *last) : first.value_or(0),
            .to = fromEnd ? size - 1 : std::min(last.value_or(size - 1), size - 1)};
}

Answer notInRange(const ByteRange &range, std::int64_t size, Answer answer)
{
    auto headers = std::move(answer.headers);
    answer = message(416, "Requested Range Not Satisfiable");
    answer.headers = std::move(headers);
    if (range.readable)
        answer.headers.emplace_back("Content-Range", "bytes */" + std::to_string(size));
    return answer;
}

Answer bytes(const History &history, const RefAnswer &at, const DemoObject &object, std::string_view asked)
{
    const auto content = contentOf(history, at.commit, object);
    const std::int64_t size = content ? static_cast<std::int64_t>(content->size()) : object.size;
    const bool part = asked.starts_with("bytes=");
    const ByteRange range = part ? rangeIn(asked, size) : ByteRange{true, 0, size - 1};
    Answer answer{.contentType = object.contentType,
                  .headers = {{"Cache-Control", "no-store, must-revalidate"},
                              {"ETag", "\"" + object.checksum + "\""},
                              {"Last-Modified", httpDate(object.mtime)},
                              {"X-Content-Type-Options", "nosniff"},
                              {"X-Frame-Options", "SAMEORIGIN"}}};
    if (part && size == 0 && asked.starts_with("bytes=-"))
        return message(500, "bad index"); // so does the server
    if (part && !range.isThere())
        return content || tableOf(history, object) ? notInRange(range, size, std::move(answer)) : message(410, "gone");
    const std::int64_t count = range.to - range.from + 1;
    auto body = content
        ? std::optional(content->substr(static_cast<std::size_t>(range.from), static_cast<std::size_t>(count)))
        : parquetBytes(history, object, range.from, count);
    if (!body)
        return message(410, "gone"); // a demo keeps no bytes of its big files
    answer.body = std::move(*body);
    if (part) {
        answer.status = 206;
        answer.headers.emplace_back("Content-Range",
                                    "bytes " + std::to_string(range.from) + "-" + std::to_string(range.to) + "/"
                                        + std::to_string(size));
    }
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
    return page(amountOf(params), folded(readOf(std::move(items)), params, false));
}

Answer diffCall(const History &history, TreeMemory &trees, const std::string &left, const std::string &right,
                const Params &params)
{
    const bool threeDot = param(params, "type") != "two_dot";
    const bool withRight = flagOf(params, "include_right_stats");
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
        return page(
            amountOf(params),
            folded(readOf(diffWithStaged(history, a.commit, right.substr(0, right.size() - 1))), params, withRight));
    if (b.status)
        return refused(b, right, "");
    return page(amountOf(params), folded(trees.diff(history, a.commit, b.commit, threeDot), params, withRight));
}

Answer objectCall(const History &history, TreeMemory &trees, const Found &found, const Params &params,
                  std::string_view range)
{
    const std::string path = param(params, "path");
    const RefAnswer at = resolveExpression(history, found.names[1]);
    const bool wholeBranch = at.staging && at.commit >= 0;
    if (at.status && !wholeBranch)
        return message(at.status, at.words);
    const std::string branch = found.names[1].substr(0, found.names[1].find('$'));
    TreeRead objects = wholeBranch ? readOf(listed(objectsOn(history, branch))) : trees.list(history, at.commit);
    if (found.call == Call::ObjectList)
        return list(history, std::move(objects), params);
    objects.seek(path);
    const DiffItem *item = objects.item();
    if (!item || item->path != path)
        return message(404, "not found");
    if (found.call == Call::ObjectProperties)
        return ok({{"storage_class", nullptr}});
    if (cannotSign(history, params))
        return notSigned();
    if (found.call == Call::Objects)
        return bytes(history, at, item->object, range);
    Json json = objectJson(item->object);
    json["metadata"] = flagOf(params, "user_metadata", true) ? metadataJson(item->object) : Json::object();
    return ok(json);
}

} // namespace andon::demo::lakefs
