#include "demo/lakefs/repositorycalls.h"

#include "demo/lakefs/parameters.h"

#include <algorithm>

namespace andon::demo::lakefs
{

namespace
{

Json refJson(const History &history, const std::string &name, std::int32_t commit)
{
    return {{"commit_id", history.idOf(commit)}, {"id", name}};
}

Answer refList(const History &history, const std::map<std::string, std::int32_t> &refs, const Params &params,
               bool withHidden)
{
    std::vector<std::pair<std::string, Json>> items;
    for (const auto &[name, commit] : refs)
        if ((withHidden || !history.hidden.contains(name)) && isOnPage(name, params))
            items.emplace_back(name, refJson(history, name, commit));
    return page(amountOf(params), items);
}

Answer oneRef(const History &history, const std::map<std::string, std::int32_t> &refs, const std::string &name,
              const char *kind)
{
    const auto found = refs.find(name);
    if (found == refs.end())
        return message(404, std::string(kind) + " not found");
    return ok(refJson(history, name, found->second));
}

/// The answer for an expression that stands for no commit, by the words that the server puts before it.
Answer refused(const RefAnswer &at, const std::string &before)
{
    return message(at.status, before + at.words);
}

Answer log(const History &history, const std::string &ref, const Params &given)
{
    LogQuery query{
        .amount = amountOf(given), .limit = flagOf(given, "limit"), .firstParent = flagOf(given, "first_parent")};
    query.objects = params(given, "objects");
    query.prefixes = params(given, "prefixes");
    if (const auto since = parseTime(param(given, "since")))
        query.since = *since;
    const RefAnswer head = resolveExpression(history, ref);
    if (head.status)
        return refused(head, "ref: ");
    query.head = head.commit;
    if (const std::string after = param(given, "after"); !after.empty()) {
        const RefAnswer at = resolveExpression(history, after);
        if (at.status)
            return refused(at, "from ref: ");
        query.after = at.commit;
    }
    if (const std::string stop = param(given, "stop_at"); !stop.empty()) {
        const RefAnswer at = resolveExpression(history, stop);
        if (at.status)
            return refused(at, "stop_at: ");
        query.stopAt = at.commit;
    }
    const LogAnswer found = walkLog(history, query);
    std::vector<std::string> results;
    for (const std::int32_t n : found.commits)
        results.push_back(commitText(history, n));
    const std::string next = found.commits.empty() ? std::string() : history.idOf(found.commits.back());
    Answer answer = pageOf(results, found.more, next);
    answer.walked = found.walked;
    return answer;
}

Answer commit(const History &history, const std::string &ref)
{
    const RefAnswer at = resolveExpression(history, ref);
    if (at.status == 404)
        return message(404, "commit not found");
    if (at.status)
        return message(500, at.words); // the server takes it for a fault of its own
    return raw(commitText(history, at.commit));
}

Answer mergeBase(const History &history, const std::string &source, const std::string &destination)
{
    const RefAnswer b = resolveExpression(history, destination); // looked up first
    if (b.status)
        return message(b.status, "get commit by ref " + destination + ": " + commitWords(b, destination));
    const RefAnswer a = resolveExpression(history, source);
    if (a.status)
        return message(a.status, "get commit by branch " + source + ": " + commitWords(a, source));
    // The server swaps the two heads.
    return ok({{"base_commit_id", history.idOf(history.mergeBase(a.commit, b.commit))},
               {"destination_commit_id", history.idOf(a.commit)},
               {"source_commit_id", history.idOf(b.commit)}});
}

Answer protection(const History &history)
{
    Json rules = Json::array();
    for (const std::string &pattern : history.protection)
        rules.push_back({{"pattern", pattern}});
    Answer answer = ok(rules);
    std::string tag = history.protectionTag;
    if (tag.empty() && !rules.empty())
        tag = Oid::fromBytes(sha256Of(rules.dump()))->id().value;
    answer.headers.emplace_back("ETag", tag);
    return answer;
}

using Ordered = nlohmann::ordered_json; // the server writes pulls in an order of its own

Answer pulls(const History &history, const Params &params)
{
    const std::string status = param(params, "status", "all");
    const int amount = amountOf(params);
    Ordered results = Ordered::array();
    bool more = false;
    for (const std::string &text : history.pulls) {
        Ordered pull = Ordered::parse(text);
        const std::string id = pull.value("id", "");
        if (!isOnPage(id, params) || (status != "all" && (pull.value("status", "") == "open") != (status == "open")))
            continue;
        more = static_cast<int>(results.size()) == amount;
        if (more)
            break;
        pull.erase("description");
        pull.erase("merged_commit_id");
        results.push_back(std::move(pull));
    }
    const std::string next = more ? results.back().value("id", "") : std::string();
    const Ordered pagination = {
        {"has_more", more}, {"max_per_page", 1000}, {"next_offset", next}, {"results", results.size()}};
    return raw(Ordered{{"pagination", pagination}, {"results", results}}.dump());
}

Answer pull(const History &history, const std::string &id)
{
    // Ids are xids: 20 digits of base 32.
    if (id.size() != 20 || id.find_first_not_of("0123456789abcdefghijklmnopqrstuv") != std::string::npos)
        return message(400, "argument pullRequestID: pull request id: invalid value: validation error");
    for (const std::string &text : history.pulls)
        if (Ordered::parse(text).value("id", "") == id)
            return raw(text);
    return message(404, "pull request not found");
}

Answer metaRange(const std::string &id)
{
    Answer answer = ok({{"location", "_lakefs/" + id}});
    answer.headers.emplace_back("Location", "_lakefs/" + id);
    return answer;
}

} // namespace

Answer callRepository(const History &history, TreeMemory &trees, const Found &found, const Params &params,
                      std::string_view range)
{
    const std::string name = found.names.size() > 1 ? found.names[1] : std::string();
    switch (found.call) {
    case Call::RepositoryMetadata:
        return ok(Json::object());
    case Call::Branches:
        return refList(history, history.branches, params, flagOf(params, "show_hidden"));
    case Call::Branch:
        return oneRef(history, history.branches, name, "branch");
    case Call::BranchDiff:
        return branchDiff(history, name, params);
    case Call::Tags:
        return refList(history, history.tags, params, true);
    case Call::Tag:
        return oneRef(history, history.tags, name, "tag");
    case Call::Log:
        return log(history, name, params);
    case Call::Commit:
        return commit(history, name);
    case Call::Diff:
        return diffCall(history, trees, name, found.names[2], params);
    case Call::MergeBase:
        return mergeBase(history, name, found.names[2]);
    case Call::Protection:
        return protection(history);
    case Call::ProtectionAllowed:
        return {.status = 204, .contentType = {}};
    case Call::CollectionRules:
        return message(404, "not found");
    case Call::Pulls:
        return pulls(history, params);
    case Call::Pull:
        return pull(history, name);
    case Call::MetaRange:
        return metaRange(name);
    case Call::Runs:
    case Call::Run:
    case Call::Hooks:
    case Call::HookOutput:
        return actionCall(history, found, params);
    default:
        return objectCall(history, trees, found, params, range);
    }
}

} // namespace andon::demo::lakefs
