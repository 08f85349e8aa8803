#include "demo/lakefs/repositorycalls.h"

#include "demo/lakefs/walk.h"

#include <algorithm>

namespace andon::demo::lakefs
{

namespace
{

std::string idOf(const History &history, std::int32_t n)
{
    return history.commits[static_cast<std::size_t>(n)].id.id().value;
}

Answer refList(const History &history, const std::map<std::string, std::int32_t> &refs, const Params &params)
{
    std::vector<std::pair<std::string, Json>> items;
    for (const auto &[name, commit] : refs)
        items.emplace_back(name, Json{{"commit_id", idOf(history, commit)}, {"id", name}});
    return page(params, items);
}

Answer oneRef(const History &history, const std::map<std::string, std::int32_t> &refs, const std::string &name,
              const char *kind)
{
    const auto found = refs.find(name);
    if (found == refs.end())
        return message(404, std::string(kind) + " not found");
    return ok({{"commit_id", idOf(history, found->second)}, {"id", name}});
}

Answer log(const History &history, const std::string &ref, const Params &params_)
{
    Answer problem;
    const auto amount = amountOf(params_, problem);
    if (!amount)
        return problem;
    const RefAnswer head = resolveExpression(history, ref);
    if (head.status == 400)
        return message(400, "ref: ref: invalid value: validation error: should point to a commit");
    if (head.status)
        return message(404, "ref: not found");
    LogQuery query{.head = head.commit, .after = param(params_, "after"), .amount = *amount};
    query.limit = param(params_, "limit") == "true";
    query.firstParent = param(params_, "first_parent") == "true";
    query.objects = params(params_, "objects");
    query.prefixes = params(params_, "prefixes");
    if (const std::string since = param(params_, "since"); !since.empty()) {
        const auto time = parseTime(since);
        if (!time)
            return message(400,
                           "parameter \"since\" in query has an error: string doesn't match the format "
                           "\"date-time\"");
        query.since = *time;
    }
    if (const std::string stop = param(params_, "stop_at"); !stop.empty()) {
        const RefAnswer at = resolveExpression(history, stop);
        if (at.status)
            return message(404, "ref: not found");
        query.stopAt = at.commit;
    }
    if (!query.after.empty()) {
        const auto oid = Oid::fromHex(query.after);
        if (!oid || history.find(*oid) < 0)
            return message(404, "from ref: not found");
    }
    const LogAnswer found = walkLog(history, query);
    std::vector<Json> results;
    for (const std::int32_t n : found.commits)
        results.push_back(commitJson(history, n));
    const std::string next = found.commits.empty() ? std::string() : idOf(history, found.commits.back());
    return pageOf(std::move(results), found.more, next);
}

Json diffJson(const DiffItem &item)
{
    if (item.isPrefix)
        return {{"path", item.path}, {"path_type", "common_prefix"}, {"type", item.type}};
    return {{"path", item.path}, {"path_type", "object"}, {"size_bytes", item.object.size}, {"type", item.type}};
}

/// Folds what is below the next delimiter into one prefix.
std::vector<std::pair<std::string, Json>> folded(const std::vector<DiffItem> &items, const Params &params)
{
    const std::string prefix = param(params, "prefix");
    const std::string delimiter = param(params, "delimiter");
    std::vector<std::pair<std::string, Json>> out;
    for (const DiffItem &item : items) {
        if (!item.path.starts_with(prefix))
            continue;
        const std::size_t cut = delimiter.empty() ? std::string::npos : item.path.find(delimiter, prefix.size());
        if (cut == std::string::npos) {
            out.emplace_back(item.path, diffJson(item));
            continue;
        }
        const std::string folder = item.path.substr(0, cut + delimiter.size());
        if (out.empty() || out.back().first != folder)
            out.emplace_back(folder, diffJson({"prefix_changed", folder, true, {}}));
    }
    return out;
}

Answer diff(const History &history, const std::string &left, const std::string &right, const Params &params)
{
    const std::string type = param(params, "type", "three_dot");
    if (type != "two_dot" && type != "three_dot")
        return message(400,
                       "parameter \"type\" in query has an error: value is not one of the allowed values "
                       "[\"two_dot\",\"three_dot\"]");
    const RefAnswer a = resolveExpression(history, left);
    const RefAnswer b = resolveExpression(history, right);
    if (a.status || b.status)
        return message(404, "get commit by ref " + (a.status ? left : right) + ": not found");
    return page(params, folded(diffOf(history, a.commit, b.commit, type == "three_dot"), params));
}

Answer mergeBase(const History &history, const std::string &source, const std::string &destination)
{
    const RefAnswer a = resolveExpression(history, source);
    const RefAnswer b = resolveExpression(history, destination);
    if (a.status || b.status)
        return message(404, "get commit by ref " + (a.status ? source : destination) + ": not found");
    // The server swaps the two heads.
    return ok({{"base_commit_id", idOf(history, history.mergeBase(a.commit, b.commit))},
               {"destination_commit_id", idOf(history, a.commit)},
               {"source_commit_id", idOf(history, b.commit)}});
}

Json objectJson(const History &history, const DemoObject &object)
{
    return {{"checksum", object.checksum},
            {"content_type", "application/octet-stream"},
            {"mtime", history.createdAt},
            {"path", object.path},
            {"path_type", "object"},
            {"physical_address", "s3://ams-1-data/" + history.name + "/data/" + object.checksum},
            {"size_bytes", object.size}};
}

Answer objects(const History &history, const std::vector<std::string> &path, const Params &params)
{
    const RefAnswer at = resolveExpression(history, path[1]);
    if (at.status)
        return message(404, "ref: not found");
    const bool list = path.size() == 4 && path[3] == "ls";
    if (!list && !(path.size() == 4 && path[3] == "stat"))
        return message(404, "invalid API endpoint");
    const std::vector<DemoObject> all = objectsAt(history, at.commit);
    if (!list) {
        for (const DemoObject &object : all)
            if (object.path == param(params, "path")) {
                Json json = objectJson(history, object);
                json["metadata"] = Json::object();
                return ok(json);
            }
        return message(404, "not found");
    }
    const std::string prefix = param(params, "prefix");
    const std::string delimiter = param(params, "delimiter");
    std::vector<std::pair<std::string, Json>> items;
    for (const DemoObject &object : all) {
        if (!object.path.starts_with(prefix))
            continue;
        const std::size_t cut = delimiter.empty() ? std::string::npos : object.path.find(delimiter, prefix.size());
        const std::string key = cut == std::string::npos ? object.path : object.path.substr(0, cut + delimiter.size());
        if (cut == std::string::npos)
            items.emplace_back(key, objectJson(history, object));
        else if (items.empty() || items.back().first != key)
            items.emplace_back(key,
                               Json{{"checksum", ""},
                                    {"mtime", 0},
                                    {"path", key},
                                    {"path_type", "common_prefix"},
                                    {"physical_address", ""}});
    }
    return page(params, items);
}

Answer actions(const History &history, const std::vector<std::string> &path, const Params &params)
{
    if (path.size() < 2 || path[1] != "runs")
        return message(404, "invalid API endpoint");
    if (path.size() == 2) {
        const std::string branch = param(params, "branch");
        const std::string commit = param(params, "commit");
        if (!branch.empty() && !commit.empty())
            return message(400, "can't use both branchID and MergedCommitID: parameters conflict");
        std::vector<std::pair<std::string, Json>> items;
        for (const DemoRunRecord &run : history.runs)
            if ((branch.empty() || run.branch == branch)
                && (commit.empty() || (run.commit >= 0 && idOf(history, run.commit) == commit)))
                items.emplace_back(run.id, runJson(history, run));
        return page(params, items);
    }
    const auto run = std::lower_bound(history.runs.begin(), history.runs.end(), path[2],
                                      [](const DemoRunRecord &r, const std::string &id) { return r.id < id; });
    if (run == history.runs.end() || run->id != path[2])
        return message(404, "not found: not found");
    if (path.size() == 3)
        return ok(runJson(history, *run));
    if (path.size() == 4) {
        std::vector<std::pair<std::string, Json>> items;
        for (std::size_t i = 0; i < run->hooks.size(); ++i)
            items.emplace_back(hookRunId(i), hookJson(*run, i));
        return page(params, items);
    }
    for (std::size_t i = 0; i < run->hooks.size(); ++i)
        if (hookRunId(i) == path[4] && path.size() == 6 && path[5] == "output") {
            const DemoHook &hook = run->hooks[i];
            return {.contentType = hook.output.empty() ? std::string() : "application/octet-stream",
                    .body = hook.output};
        }
    return message(404, "not found: not found");
}

} // namespace

Answer callRepository(const History &history, const std::vector<std::string> &path, const Params &params)
{
    const std::size_t n = path.size();
    if (path[0] == "metadata" && n == 1)
        return ok(Json::object());
    if (path[0] == "branches")
        return n == 1                     ? refList(history, history.branches, params)
            : n == 2                      ? oneRef(history, history.branches, path[1], "branch")
            : path[2] == "diff" && n == 3 ? page(params, {}) // nothing uncommitted
                                          : message(404, "invalid API endpoint");
    if (path[0] == "tags")
        return n == 1 ? refList(history, history.tags, params) : oneRef(history, history.tags, path[1], "tag");
    if (path[0] == "commits" && n == 2) {
        const RefAnswer at = resolveExpression(history, path[1]);
        return at.status ? message(404, "commit not found") : ok(commitJson(history, at.commit));
    }
    if (path[0] == "refs" && n == 3 && path[2] == "commits")
        return log(history, path[1], params);
    if (path[0] == "refs" && n == 4 && path[2] == "diff")
        return diff(history, path[1], path[3], params);
    if (path[0] == "refs" && n == 4 && path[2] == "merge")
        return mergeBase(history, path[1], path[3]);
    if (path[0] == "refs" && n >= 3 && path[2] == "objects")
        return objects(history, path, params);
    if (path[0] == "settings" && n == 2 && path[1] == "branch_protection") {
        Json rules = Json::array();
        for (const std::string &pattern : history.protection)
            rules.push_back({{"pattern", pattern}});
        return ok(rules);
    }
    if (path[0] == "actions")
        return actions(history, path, params);
    return message(404, "invalid API endpoint");
}

} // namespace andon::demo::lakefs
