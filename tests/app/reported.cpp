#include "tests/app/reported.h"

#include <QDateTime>

#include <cmath>

namespace andon::test
{

namespace
{

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

QString option(const char *name)
{
    return QString::fromLatin1(name);
}

json refsOf(const Console &console, const std::string &name)
{
    json branches = json::object();
    json tags = json::object();
    const json answer = console.ask({option("refs"), text(name)});
    for (const json &ref : answer["refs"]) {
        const auto refName = ref["name"].get<std::string>();
        if (ref["kind"] == "tag") {
            tags[refName] = ref["commit"];
            continue;
        }
        const json log =
            console.ask({option("log"), text(name), option("--ref"), text(refName), option("--limit"), option("1")});
        branches[refName] = {
            {"commit", ref["commit"]}, {"commits", log["total"]}, {"ahead", ref["ahead"]}, {"behind", ref["behind"]}};
    }
    return {{"branch_heads", branches}, {"tag_heads", tags}};
}

json nodeOf(const json &node)
{
    const json &facts = node["facts"];
    const std::string kind = node["kind"];
    const auto fact = [&](const char *key) { return facts.value(key, ""); };
    json out = {{"kind", kind}};
    if (kind == "model_version" || kind == "deployment" || kind == "run" || kind == "dataset")
        out["name"] = node["title"];
    if (kind == "model_version" || kind == "run" || kind == "data_commit")
        out["at"] = secondsOf(node["at"]);
    const std::string id = node["id"];
    if (kind == "run")
        out.update({{"id", id.substr(id.find(':') + 1)}, {"user", fact("user")}, {"status", fact("status")}});
    if (kind == "dataset")
        out["digest"] = fact("digest");
    if (kind == "data_commit")
        out.update({{"repository", fact("repository")},
                    {"commit", fact("commit")},
                    {"committer", fact("committer")},
                    {"message", fact("message")}});
    if (kind == "source") {
        const std::string head = fact("head");
        const std::string title = node["title"];
        const bool named = head.empty() || !head.starts_with(title);
        out.update({{"repository", fact("repository")}, {"branch", named ? title : ""}, {"head", head}});
    }
    return out;
}

json findingOf(const json &finding)
{
    json out = {{"key", finding["key"]}};
    const json &values = finding["values"];
    if (finding["key"] == "source-disagrees")
        out.update({{"severity", finding["severity"]}, {"says", values["says"]}});
    if (finding["key"].get<std::string>().starts_with("gate-"))
        out.update({{"hook", values["hook"]}, {"run", values["run"]}, {"by", values["by"]}});
    return out;
}

json sorted(json list)
{
    std::sort(list.begin(), list.end());
    return list;
}

json rowOf(const json &row)
{
    json out = {{"tokens_in", row["tokens_in"]}, {"tokens_out", row["tokens_out"]}, {"gpus", row["gpus"]}};
    for (const char *key : {"cost", "revenue", "margin", "cost_per_mtok", "revenue_per_mtok", "margin_per_mtok"})
        out[key] = row[key]["value"];
    return out;
}

} // namespace

json secondsOf(const json &time)
{
    if (!time.is_string())
        return {};
    return QDateTime::fromString(text(time.get<std::string>()), Qt::ISODateWithMs).toMSecsSinceEpoch() / 1000;
}

json reportedRepository(const Console &console, const std::string &name)
{
    json out = refsOf(console, name);
    json kinds = {{"initial", 0}, {"ordinary", 0}, {"merge", 0}, {"squash", 0}, {"revert", 0}, {"cherry-pick", 0}};
    const json log = console.ask({option("log"), text(name), option("--all")});
    json natures = json::object();
    for (const json &commit : log["commits"]) {
        const auto kind = commit["kind"].get<std::string>();
        kinds[kind].get_ref<std::int64_t &>() += 1;
        if (kind == "squash" || kind == "revert" || kind == "cherry-pick")
            natures[commit["id"].get<std::string>()] = {{"kind", kind}, {"about", commit["about"]}};
    }
    json hooks = {{"completed", 0}, {"failed", 0}, {"skipped", 0}};
    const json runs = console.ask({option("hooks"), text(name), option("--limit"), option("1000000")})["runs"];
    for (const json &run : runs)
        for (const json &hook : run["hooks"])
            hooks[hook["status"].get<std::string>()].get_ref<std::int64_t &>() += 1;
    out["commits"] = log["commits"].size();
    out["merges"] = kinds["merge"];
    out["kinds"] = std::move(kinds);
    out["natures"] = std::move(natures);
    out["runs"] = runs.size();
    out["hooks"] = std::move(hooks);
    const json list = console.ask({option("repos")});
    for (const json &row : list["repositories"])
        if (row["id"] == name && row["commits"] == out["commits"] && row["runs"] == out["runs"])
            out.update({{"branches", row["branches"]}, {"tags", row["tags"]}});
    return out;
}

json reportedRegistry(const Console &console)
{
    const json answer = console.ask({option("models")});
    json aliases = json::object();
    for (const json &model : answer["models"])
        for (const auto &[alias, version] : model["aliases"].items())
            aliases[model["name"].get<std::string>()][alias] = std::stoi(version.get<std::string>());
    json byStatus = json::object();
    for (const auto &[status, count] : answer["runs_by_status"].items())
        byStatus[text(status).toUpper().toStdString()] = count;
    return {{"experiments", answer["experiments"]},
            {"runs", answer["runs"]},
            {"runs_by_status", byStatus},
            {"deleted_runs", answer["deleted_runs"]},
            {"models", answer["models"].size()},
            {"versions", answer["versions"]},
            {"aliases", aliases}};
}

json reportedTrace(const Console &console, const std::string &version)
{
    const json answer = console.ask({option("trace"), text(version)});
    json nodes = json::array();
    json edges = json::array();
    json findings = json::array();
    std::map<std::string, json> kindOf;
    for (const json &node : answer["nodes"]) {
        nodes.push_back(nodeOf(node));
        kindOf[node["id"]] = node["kind"];
    }
    for (const json &edge : answer["edges"]) {
        json found = json::array();
        for (const json &finding : edge["findings"])
            found.push_back(findingOf(finding));
        edges.push_back({{"from", kindOf[edge["from"]]},
                         {"to", kindOf[edge["to"]]},
                         {"known_by", edge["method"]},
                         {"findings", sorted(found)}});
    }
    for (const json &finding : answer["findings"])
        findings.push_back(finding["key"]);
    return {{"nodes", sorted(nodes)}, {"edges", sorted(edges)}, {"findings", sorted(findings)}};
}

json sortedTrace(const json &truth)
{
    json edges = truth["edges"];
    for (json &edge : edges)
        edge["findings"] = sorted(edge["findings"]);
    return {{"nodes", sorted(truth["nodes"])}, {"edges", sorted(edges)}, {"findings", sorted(truth["findings"])}};
}

json reportedMoney(const json &kpi)
{
    json models = json::object();
    json losing = json::array();
    for (const json &row : kpi["models"]) {
        models[row["model"].get<std::string>()] = rowOf(row);
        if (row["loses_money"] == true)
            losing.push_back(row["model"]);
    }
    json cost = json::object();
    for (const auto &[name, part] : kpi["utilisation_tax"].items())
        cost[name] = part["cost"]["value"];
    return {{"currency", kpi["currency"]},
            {"models", models},
            {"totals", rowOf(kpi["totals"])},
            {"loses_money", sorted(losing)},
            {"gpu_cost", cost}};
}

json reportedGpuSeconds(const json &kpi)
{
    json seconds = json::object();
    std::int64_t quota = 0;
    for (const auto &[name, part] : kpi["utilisation_tax"].items()) {
        const auto one = std::llround(part["gpu_hours"].get<double>() * 3600);
        seconds[name] = one;
        quota += one;
    }
    seconds["quota"] = quota;
    return seconds;
}

json reportedArrays(const json &storage)
{
    json arrays = json::object();
    for (const json &row : storage["arrays"])
        arrays[row["array"].get<std::string>()] = {{"read", row["read"]},
                                                   {"write", row["write"]},
                                                   {"iops", row["iops"]},
                                                   {"read_latency", row["read_latency"]},
                                                   {"space", row["space"]}};
    return arrays;
}

} // namespace andon::test
