#include "tests/integration/lakefs/recorder.h"

#include <QByteArray>
#include <QDateTime>

#include <set>

namespace andon::test
{

namespace
{

using Ordered = nlohmann::ordered_json; // pulls have an order of their own

class Recorder
{
public:
    Recorder(Lake &lake, std::string repo)
        : m_lake(lake)
        , m_repo(std::move(repo))
    {
    }

    Ordered record()
    {
        m_out["repository"] = ask("");
        refs();
        for (const std::string &head : m_heads)
            for (const Json &commit : m_lake.all(path("/refs/" + head + "/commits")))
                m_commits[commit["id"].get<std::string>()] = commit;
        runs();
        microseconds();
        m_out["commits"] = Json::array();
        for (const auto &[id, commit] : m_commits)
            m_out["commits"].push_back(commit);
        trees();
        protection();
        m_out["contents"] = m_contents;
        Ordered out = m_out;
        out["pulls"] = pulls();
        return out;
    }

private:
    std::string path(const std::string &below) const { return "/" + m_repo + below; }
    Json ask(const std::string &below) { return m_lake.get(path(below)); }
    std::string raw(const std::string &below) { return m_lake.client().get("/api/v1/repositories" + path(below)).body; }

    void refs()
    {
        std::set<std::string> shown;
        for (const Json &branch : m_lake.all(path("/branches")))
            shown.insert(branch["id"].get<std::string>());
        Json branches = Json::array();
        for (const Json &branch : m_lake.all(path("/branches?show_hidden=true"))) {
            const std::string name = branch["id"];
            Json one = branch;
            one["hidden"] = !shown.contains(name);
            one["uncommitted"] = Json::array();
            for (const Json &change : m_lake.all(path("/branches/" + name + "/diff"))) {
                Json kept = change;
                const std::string at = "?path=" + encoded(change["path"].get<std::string>());
                if (change["type"] != "removed") {
                    kept["object"] = ask("/refs/" + name + "/objects/stat" + at);
                    keepBytes("/refs/" + name + "/objects" + at, kept["object"]["checksum"].get<std::string>());
                }
                one["uncommitted"].push_back(kept);
            }
            branches.push_back(one);
            m_heads.insert(branch["commit_id"].get<std::string>());
        }
        m_out["branches"] = branches;
        m_out["tags"] = m_lake.all(path("/tags"));
        for (const Json &tag : m_out["tags"])
            m_heads.insert(tag["commit_id"].get<std::string>());
    }

    /// The latest `since` that gives a commit is its date, finer than the server shows it. To 1/16384 s.
    void microseconds()
    {
        m_out["microseconds"] = Json::object();
        for (const auto &[id, commit] : m_commits) {
            const QDateTime second = QDateTime::fromSecsSinceEpoch(commit["creation_date"].get<qint64>(), Qt::UTC);
            int low = 0; // given
            for (int step = 500'000; step > 30 && m_lake.wrong().empty(); step /= 2) {
                const QString since = second.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss"))
                    + QStringLiteral(".%1Z").arg(low + step, 6, 10, QLatin1Char('0'));
                const Json page = ask("/refs/" + id + "/commits?amount=1&limit=true&since=" + since.toStdString());
                low += m_lake.wrong().empty() && !page["results"].empty() ? step : 0;
            }
            m_out["microseconds"][id] = low;
        }
    }

    void runs()
    {
        m_out["runs"] = Json::array();
        for (const Json &listed : m_lake.all(path("/actions/runs"))) {
            const std::string at = "/actions/runs/" + listed["run_id"].get<std::string>();
            Json one = {{"run", ask(at)}, {"hooks", Json::array()}};
            for (const Json &hook : m_lake.all(path(at + "/hooks")))
                one["hooks"].push_back(
                    {{"hook", hook},
                     {"output", raw(at + "/hooks/" + hook["hook_run_id"].get<std::string>() + "/output")}});
            m_out["runs"].push_back(one);
            const std::string id = listed["commit_id"]; // of a refused merge: no ref reaches it
            if (!id.empty() && !m_commits.contains(id))
                m_commits[id] = ask("/commits/" + id);
        }
    }

    void trees()
    {
        m_out["trees"] = Json::object();
        for (const auto &[id, commit] : m_commits) {
            const std::string range = commit["meta_range_id"];
            if (range.empty() || m_out["trees"].contains(range))
                continue;
            Json tree = Json::array();
            for (const Json &object : m_lake.all(path("/refs/" + id + "/objects/ls?user_metadata=true"))) {
                tree.push_back(object);
                keepBytes("/refs/" + id + "/objects?path=" + encoded(object["path"].get<std::string>()),
                          object["checksum"].get<std::string>());
            }
            m_out["trees"][range] = tree;
        }
    }

    void keepBytes(const std::string &target, const std::string &checksum)
    {
        if (!m_contents.contains(checksum))
            m_contents[checksum] = QByteArray::fromStdString(raw(target)).toBase64().toStdString();
    }

    void protection()
    {
        const std::string below = "/settings/branch_protection";
        m_out["branch_protection"] = {
            {"etag", m_lake.client().get("/api/v1/repositories" + path(below)).headers["etag"]}, {"rules", ask(below)}};
    }

    Ordered pulls()
    {
        Ordered all = Ordered::array();
        for (const Json &pull : m_lake.all(path("/pulls?status=all")))
            all.push_back(Ordered::parse(raw("/pulls/" + pull["id"].get<std::string>()), nullptr, false));
        return all;
    }

    Lake &m_lake;
    std::string m_repo;
    Json m_out = Json::object();
    std::set<std::string> m_heads; ///< commit ids
    std::map<std::string, Json> m_commits; ///< by id
    Json m_contents = Json::object();
};

} // namespace

std::string recordHistory(Lake &lake, const std::vector<std::string> &repositories)
{
    Ordered file = {{"format", "andon-lakefs-history"}, {"version", 1}, {"server", Ordered::object()}};
    for (const auto &[name, target] :
         std::initializer_list<std::pair<const char *, const char *>>{{"health", "/_health"},
                                                                      {"config", "/api/v1/config"},
                                                                      {"setup", "/api/v1/setup_lakefs"},
                                                                      {"user", "/api/v1/user"},
                                                                      {"usage", "/api/v1/usage-report/summary"}}) {
        const std::string body = lake.client().get(target).body;
        const Ordered json = Ordered::parse(body, nullptr, false);
        file["server"][name] = json.is_discarded() ? Ordered(body) : json;
    }
    file["repositories"] = Ordered::array();
    for (const std::string &repository : repositories)
        file["repositories"].push_back(Recorder(lake, repository).record());
    return file.dump(1);
}

} // namespace andon::test
