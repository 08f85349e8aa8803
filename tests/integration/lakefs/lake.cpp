#include "tests/integration/lakefs/lake.h"

#include <QUrl>

namespace andon::test
{

std::string encoded(const std::string &text)
{
    return QUrl::toPercentEncoding(QString::fromStdString(text)).toStdString();
}

Json Lake::ask(const std::string &method, const std::string &target, const Json &body, int wanted)
{
    if (!m_wrong.empty())
        return Json::object();
    const auto reply = m_client.ask({.method = method,
                                     .target = "/api/v1/repositories" + target,
                                     .headers = {"Content-Type: application/json"},
                                     .body = body.is_null() ? std::string() : body.dump()});
    if (reply.status != wanted) {
        m_wrong = method + " " + target + " " + body.dump() + " gave " + std::to_string(reply.status) + ", not "
            + std::to_string(wanted) + ": " + reply.body;
        return Json::object();
    }
    Json json = Json::parse(reply.body, nullptr, false);
    return json.is_discarded() ? Json(reply.body) : json;
}

Json Lake::all(const std::string &target)
{
    Json results = Json::array();
    const char join = target.find('?') == std::string::npos ? '?' : '&';
    std::string after;
    do {
        const Json page = get(target + join + "amount=1000&after=" + encoded(after));
        if (!m_wrong.empty())
            return results;
        for (const Json &one : page["results"])
            results.push_back(one);
        after = page["pagination"]["next_offset"].get<std::string>();
    } while (!after.empty());
    return results;
}

void Lake::repository(const std::string &repo, Json more, bool bare)
{
    more["name"] = repo;
    more["storage_namespace"] = "local://" + repo;
    ask("POST", bare ? "?bare=true" : "", more, 201);
}

void Lake::put(const std::string &repo, const std::string &branch, const std::string &path, const std::string &bytes,
               const std::vector<std::string> &headers)
{
    if (!m_wrong.empty())
        return;
    const auto reply = m_client.ask(
        {.method = "POST",
         .target = "/api/v1/repositories/" + repo + "/branches/" + branch + "/objects?path=" + encoded(path),
         .headers = headers,
         .body = bytes});
    if (reply.status != 201)
        m_wrong = "upload of " + path + " to " + repo + " gave " + std::to_string(reply.status) + ": " + reply.body;
}

void Lake::remove(const std::string &repo, const std::string &branch, const std::string &path)
{
    ask("DELETE", "/" + repo + "/branches/" + branch + "/objects?path=" + encoded(path), {}, 204);
}

std::string Lake::commit(const std::string &repo, const std::string &branch, const std::string &message, Json more)
{
    more["message"] = message;
    more["allow_empty"] = true;
    return ask("POST", "/" + repo + "/branches/" + branch + "/commits", more, 201).value("id", "");
}

void Lake::branch(const std::string &repo, const std::string &name, const std::string &source, bool hidden)
{
    ask("POST", "/" + repo + "/branches", {{"name", name}, {"source", source}, {"hidden", hidden}}, 201);
}

void Lake::deleteBranch(const std::string &repo, const std::string &name)
{
    ask("DELETE", "/" + repo + "/branches/" + name, {}, 204);
}

void Lake::tag(const std::string &repo, const std::string &name, const std::string &ref)
{
    ask("POST", "/" + repo + "/tags", {{"id", name}, {"ref", ref}}, 201);
}

std::string Lake::merge(const std::string &repo, const std::string &source, const std::string &into, Json more,
                        int wanted)
{
    const Json answer = ask("POST", "/" + repo + "/refs/" + encoded(source) + "/merge/" + into, more, wanted);
    return answer.is_object() ? answer.value("reference", "") : std::string();
}

void Lake::revert(const std::string &repo, const std::string &branch, const std::string &ref, int parent, Json more)
{
    more["ref"] = ref;
    more["parent_number"] = parent;
    ask("POST", "/" + repo + "/branches/" + branch + "/revert", more, 204);
}

void Lake::cherryPick(const std::string &repo, const std::string &branch, const std::string &ref, Json more)
{
    more["ref"] = ref;
    ask("POST", "/" + repo + "/branches/" + branch + "/cherry-pick", more, 201);
}

void Lake::hardReset(const std::string &repo, const std::string &branch, const std::string &ref)
{
    ask("PUT", "/" + repo + "/branches/" + branch + "/hard_reset?ref=" + encoded(ref), {}, 204);
}

std::string Lake::head(const std::string &repo, const std::string &ref)
{
    const Json commit = get("/" + repo + "/commits/" + encoded(ref));
    return commit.is_object() ? commit.value("id", "") : std::string();
}

} // namespace andon::test
