#include "demo/lakefs/historyfile.h"

#include <QByteArray>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace andon::demo
{

namespace
{

using Json = nlohmann::ordered_json;

/// What is wrong with the file; caught in parseHistories alone.
struct Wrong {
    std::string words;
};

const Json &field(const Json &json, const char *name, const std::string &of)
{
    const auto found = json.is_object() ? json.find(name) : json.end();
    if (found == json.end())
        throw Wrong{of + " has no \"" + name + "\""};
    return *found;
}

std::string text(const Json &json, const char *name, const std::string &of)
{
    const Json &value = field(json, name, of);
    if (!value.is_string())
        throw Wrong{"\"" + std::string(name) + "\" of " + of + " is no text"};
    return value.get<std::string>();
}

std::int64_t number(const Json &json, const char *name, const std::string &of)
{
    const Json &value = field(json, name, of);
    if (!value.is_number_integer())
        throw Wrong{"\"" + std::string(name) + "\" of " + of + " is no whole number"};
    return value.get<std::int64_t>();
}

const Json &list(const Json &json, const char *name, const std::string &of)
{
    static const Json none = Json::array();
    if (json.is_object() && !json.contains(name))
        return none;
    const Json &value = field(json, name, of);
    if (!value.is_array())
        throw Wrong{"\"" + std::string(name) + "\" of " + of + " is no list"};
    return value;
}

Texts texts(const Json &json, const char *name)
{
    Texts all;
    if (const auto found = json.find(name); found != json.end() && found->is_object())
        for (const auto &[key, value] : found->items())
            if (value.is_string())
                all.emplace_back(key, value.get<std::string>());
    std::sort(all.begin(), all.end());
    return all;
}

Oid oid(const std::string &hex)
{
    const auto found = Oid::fromHex(hex);
    if (!found)
        throw Wrong{"\"" + hex + "\" is no commit id"};
    return *found;
}

DemoObject object(const Json &json)
{
    const std::string of = "an object";
    DemoObject out{.path = text(json, "path", of),
                   .size = json.value("size_bytes", std::int64_t(0)),
                   .checksum = json.value("checksum", ""),
                   .mtime = json.value("mtime", std::int64_t(0)),
                   .contentType = json.value("content_type", ""),
                   .address = json.value("physical_address", "")};
    out.metadata = texts(json, "metadata");
    return out;
}

class Reader
{
public:
    explicit Reader(const Json &json)
        : m_json(json)
    {
    }

    History read()
    {
        const Json &repository = field(m_json, "repository", "a repository");
        m_out.name = text(repository, "id", "a repository");
        m_of = "repository " + m_out.name;
        m_out.createdAt = number(repository, "creation_date", m_of);
        m_out.defaultBranch = text(repository, "default_branch", m_of);
        m_out.storageNamespace = repository.value("storage_namespace", "");
        m_out.storageId = repository.value("storage_id", "");
        m_out.readOnly = repository.value("read_only", false);
        commits();
        trees();
        refs();
        microseconds();
        protection();
        runs();
        contents();
        for (const Json &pull : list(m_json, "pulls", m_of))
            m_out.pulls.push_back(pull.dump());
        return std::move(m_out);
    }

private:
    std::int32_t commit(const std::string &id) const
    {
        const std::int32_t n = m_out.find(oid(id));
        if (n < 0)
            throw Wrong{m_of + " speaks of commit " + id + ", which is not in it"};
        return n;
    }

    void commits()
    {
        std::vector<const Json *> all;
        for (const Json &json : list(m_json, "commits", m_of))
            all.push_back(&json);
        // A generation is greater than those of all parents.
        std::stable_sort(all.begin(), all.end(), [this](const Json *a, const Json *b) {
            return number(*a, "generation", m_of) < number(*b, "generation", m_of);
        });
        for (const Json *json : all) {
            const std::string id = text(*json, "id", "a commit of " + m_of);
            const Json &parents = list(*json, "parents", "commit " + id);
            DemoCommit c{.id = oid(id)};
            c.first = parents.empty() ? -1 : commit(parents[0].get<std::string>());
            c.second = parents.size() < 2 ? -1 : commit(parents[1].get<std::string>());
            c.created = number(*json, "creation_date", "commit " + id);
            c.generation = static_cast<std::int32_t>(number(*json, "generation", "commit " + id));
            m_out.addRecorded(c,
                              {.committer = text(*json, "committer", "commit " + id),
                               .message = text(*json, "message", "commit " + id),
                               .metaRange = text(*json, "meta_range_id", "commit " + id),
                               .metadata = texts(*json, "metadata"),
                               .version = json->value("version", 1)});
        }
    }

    void trees()
    {
        const auto all = m_json.find("trees");
        if (all == m_json.end() || !all->is_object())
            return;
        for (const auto &[range, objects] : all->items()) {
            std::vector<DemoObject> &tree = m_out.trees[range];
            for (const Json &json : objects)
                tree.push_back(object(json));
            std::sort(tree.begin(), tree.end(), [](const auto &a, const auto &b) { return a.path < b.path; });
        }
    }

    void refs()
    {
        for (const Json &json : list(m_json, "branches", m_of)) {
            const std::string name = text(json, "id", "a branch of " + m_of);
            m_out.branches[name] = commit(text(json, "commit_id", "branch " + name));
            if (json.value("hidden", false))
                m_out.hidden.insert(name);
            for (const Json &change : list(json, "uncommitted", "branch " + name)) {
                const bool known = change.contains("object");
                m_out.uncommitted[name].push_back({text(change, "type", "an uncommitted change"),
                                                   change.value("size_bytes", std::int64_t(0)),
                                                   object(known ? change["object"] : change)});
            }
        }
        for (const Json &json : list(m_json, "tags", m_of)) {
            const std::string name = text(json, "id", "a tag of " + m_of);
            m_out.tags[name] = commit(text(json, "commit_id", "tag " + name));
        }
    }

    void microseconds()
    {
        const auto all = m_json.find("microseconds");
        if (all == m_json.end() || !all->is_object())
            return;
        for (const auto &[id, micros] : all->items())
            m_out.commits[static_cast<std::size_t>(commit(id))].microseconds = micros.get<std::int32_t>();
    }

    void protection()
    {
        const auto json = m_json.find("branch_protection");
        if (json == m_json.end())
            return;
        for (const Json &rule : list(*json, "rules", "branch_protection"))
            m_out.protection.push_back(text(rule, "pattern", "a protection rule"));
        m_out.protectionTag = json->value("etag", "");
    }

    void contents()
    {
        const auto all = m_json.find("contents");
        if (all == m_json.end() || !all->is_object())
            return;
        for (const auto &[checksum, bytes] : all->items())
            m_out.contents[checksum] =
                QByteArray::fromBase64(QByteArray::fromStdString(bytes.get<std::string>())).toStdString();
    }

    void runs()
    {
        for (const Json &json : list(m_json, "runs", m_of)) {
            const Json &run = field(json, "run", "a run of " + m_of);
            DemoRunRecord record{.id = text(run, "run_id", "a run of " + m_of)};
            const std::string of = "run " + record.id;
            record.branch = text(run, "branch", of);
            record.event = text(run, "event_type", of);
            record.status = text(run, "status", of);
            record.commitId = text(run, "commit_id", of);
            record.commit = record.commitId.empty() ? -1 : m_out.find(oid(record.commitId));
            record.started = text(run, "start_time", of);
            record.ended = run.value("end_time", "");
            for (const Json &entry : list(json, "hooks", of)) {
                const Json &hook = field(entry, "hook", "a hook of " + of);
                record.hooks.push_back({.action = text(hook, "action", of),
                                        .hook = text(hook, "hook_id", of),
                                        .status = text(hook, "status", of),
                                        .output = entry.value("output", ""),
                                        .id = text(hook, "hook_run_id", of),
                                        .started = text(hook, "start_time", of),
                                        .ended = hook.value("end_time", "")});
            }
            m_out.runs.push_back(std::move(record));
        }
        std::sort(m_out.runs.begin(), m_out.runs.end(), [](const auto &a, const auto &b) { return a.id < b.id; });
    }

    const Json &m_json;
    History m_out;
    std::string m_of = "a repository";
};

ServerWords serverWords(const Json &file)
{
    static const Json none = Json::object();
    const Json &server = file.contains("server") ? file["server"] : none;
    const auto words = [&](const char *name) {
        const auto found = server.is_object() ? server.find(name) : server.end();
        if (!server.is_object() || found == server.end())
            return std::string();
        if (!found->is_object())
            throw Wrong{"\"" + std::string(name) + "\" of the server is no object"};
        return found->dump();
    };
    return {.health = server.contains("health") ? text(server, "health", "the server") : std::string(),
            .config = words("config"),
            .setup = words("setup"),
            .user = words("user"),
            .usage = words("usage")};
}

} // namespace

core::Result<Recording> parseHistories(std::string_view body, const std::string &where)
{
    const Json json = Json::parse(body, nullptr, false);
    if (json.is_discarded())
        return core::fail(core::ErrorKind::Invalid, where, "is no JSON");
    try {
        if (text(json, "format", "the file") != "andon-lakefs-history" || number(json, "version", "the file") != 1)
            return core::fail(core::ErrorKind::Invalid, where, "is no lakeFS history of version 1");
        Recording all{.server = serverWords(json)};
        for (const Json &repository : list(json, "repositories", "the file"))
            all.repositories.push_back(Reader(repository).read());
        return all;
    } catch (const Wrong &wrong) {
        return core::fail(core::ErrorKind::Invalid, where, wrong.words);
    } catch (const Json::exception &wrong) {
        return core::fail(core::ErrorKind::Invalid, where, wrong.what());
    }
}

core::Result<Recording> readHistories(const std::string &file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return core::fail(core::ErrorKind::Invalid, file, "cannot be read");
    std::ostringstream text;
    text << in.rdbuf();
    return parseHistories(text.str(), file);
}

} // namespace andon::demo
