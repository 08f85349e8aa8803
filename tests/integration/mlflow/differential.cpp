#include "tests/integration/mlflow/differential.h"

#include <QFile>
#include <QUrl>

#include <algorithm>

namespace andon::test
{

namespace
{

using Json = nlohmann::json;
const char kApi[] = "/api/2.0/mlflow/";

Json experimentIds(const Filled &filled)
{
    Json ids = Json::array({"0"});
    for (const auto &[name, id] : filled.experiments)
        ids.push_back(id);
    return ids;
}

/// The text with the members of each {'a', 'b'} in order.
std::string withSortedSets(std::string text)
{
    for (std::size_t from = text.find("{'"); from != std::string::npos; from = text.find("{'", from + 1)) {
        const std::size_t to = text.find("'}", from);
        if (to == std::string::npos)
            break;
        std::vector<std::string> members;
        for (std::size_t at = from + 2; at <= to;) {
            const std::size_t end = std::min(text.find("', '", at), to);
            members.push_back(text.substr(at, end - at));
            at = end + 4;
        }
        std::sort(members.begin(), members.end());
        std::string sorted = "{'";
        for (const std::string &member : members)
            sorted += (sorted.size() > 2 ? "', '" : "") + member;
        text.replace(from, to - from, sorted);
    }
    return text;
}

/// {run:alpha}, {experiment:old}, {logged:fraud-xgb} → the id.
std::string withIds(std::string line, const Filled &filled)
{
    for (const auto &[kind, ids] :
         {std::pair("run", &filled.runs), {"experiment", &filled.experiments}, {"logged", &filled.logged}})
        for (const auto &[name, id] : *ids) {
            const std::string word = std::string("{") + kind + ":" + name + "}";
            for (std::size_t at = line.find(word); at != std::string::npos; at = line.find(word))
                line.replace(at, word.size(), id);
        }
    return line;
}

std::string encoded(const std::string &text)
{
    return QUrl::toPercentEncoding(QString::fromStdString(text)).toStdString();
}

/// What the lines of calls.txt stand for; its head says it.
Call callOf(const std::string &kind, const std::string &rest, const Filled &filled)
{
    const bool whole = rest.starts_with('{');
    Json body = whole ? Json::parse(rest) : Json{{"filter", rest}};
    if (kind == "models" || kind == "versions") {
        const std::string call = kind == "models" ? "registered-models/search?" : "model-versions/search?";
        return {"GET", kApi + call + (rest.starts_with('?') ? rest.substr(1) : "filter=" + encoded(rest)), {}};
    }
    if (kind == "experiments") {
        body.update({{"max_results", body.value("max_results", Json(100))}});
        return {"POST", std::string(kApi) + "experiments/search", body.dump()};
    }
    if (!body.contains("experiment_ids"))
        body["experiment_ids"] = experimentIds(filled);
    if (kind == "runs" && !body.contains("run_view_type"))
        body["run_view_type"] = "ALL";
    return {"POST", kApi + kind + (kind == "runs" ? "/search" : "-models/search"), body.dump()};
}

} // namespace

demo::Registry readBack(Client &client, const Filled &filled)
{
    demo::Registry registry;
    const auto post = [&](const char *call, const Json &body) {
        return Json::parse(client.post(std::string(kApi) + call, body.dump()).body, nullptr, false);
    };
    const auto get = [&](const std::string &call) { return Json::parse(client.get(kApi + call).body, nullptr, false); };
    const Json ids = experimentIds(filled);
    learn(registry, post("experiments/search", {{"max_results", 1000}, {"view_type", "ALL"}}));
    // Oldest first, as they logged their datasets.
    learn(registry,
          post("runs/search",
               {{"experiment_ids", ids}, {"run_view_type", "ALL"}, {"order_by", {"attributes.start_time ASC"}}}));
    for (const demo::DemoRun &run : std::vector<demo::DemoRun>(registry.runs))
        learn(registry, get("runs/get?run_id=" + run.id)); // the search leaves model inputs out
    learn(registry, get("registered-models/search?max_results=1000"));
    learn(registry, get("model-versions/search?max_results=10000"));
    for (const char *call : {"registered-models/search?filter=", "model-versions/search?filter="})
        learn(registry, get(call + encoded("tags.`mlflow.prompt.is_prompt` = 'true'")));
    if (const Json logged = post("logged-models/search", {{"experiment_ids", ids}}); logged.is_object())
        learn(registry, logged);
    for (const demo::DemoRun &run : std::vector<demo::DemoRun>(registry.runs))
        for (const demo::DemoMetric &metric : run.metrics)
            learnHistory(registry, run.id, get("metrics/get-history?run_id=" + run.id + "&metric_key=" + metric.key));
    registry.index();
    return registry;
}

std::vector<Call> calls(const Filled &filled)
{
    QFile file(QStringLiteral(ANDON_SOURCE_DIR "/tests/integration/mlflow/calls.txt"));
    std::vector<Call> all;
    if (!file.open(QIODevice::ReadOnly))
        return all;
    for (const QByteArray &raw : file.readAll().split('\n')) {
        const std::string line = withIds(raw.toStdString(), filled);
        if (line.empty() || line.front() == '#')
            continue;
        const std::size_t space = line.find(' ');
        const std::string kind = line.substr(0, space);
        const std::string rest = space == std::string::npos ? std::string() : line.substr(space + 1);
        const std::size_t body = rest.find(' ');
        if (kind == "GET" || kind == "POST" || kind == "DELETE" || kind == "PUT")
            all.push_back({kind, rest.substr(0, body), body == std::string::npos ? "" : rest.substr(body + 1)});
        else
            all.push_back(callOf(kind, rest, filled));
    }
    return all;
}

std::vector<std::string> differences(Client &real, const demo::MlflowDialect &dialect, const std::vector<Call> &calls)
{
    std::vector<std::string> found;
    for (const Call &call : calls) {
        std::vector<std::string> headers;
        if (call.method == "POST")
            headers.push_back("Content-Type: application/json");
        const Reply theirs =
            real.ask({.method = call.method, .target = call.target, .headers = headers, .body = call.body});
        auto request = mlflowRequest(call.method, call.target, call.body);
        request.host = "127.0.0.1";
        const auto ours = dialect.handle(request);
        const auto type = theirs.headers.find("content-type");
        const std::string wanted = std::to_string(theirs.status) + " "
            + (type == theirs.headers.end() ? "" : type->second) + "\n" + withSortedSets(theirs.body);
        const std::string got = std::to_string(ours.status) + " " + ours.contentType + "\n" + withSortedSets(ours.body);
        if (wanted == got)
            continue;
        const auto at = std::mismatch(wanted.begin(), wanted.end(), got.begin(), got.end());
        const auto around = [](const std::string &text, std::ptrdiff_t where) {
            return text.substr(static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, where - 120)), 400);
        };
        found.push_back(call.method + " " + call.target + " " + call.body + "\n--- MLflow\n"
                        + around(wanted, at.first - wanted.begin()) + "\n--- demo\n"
                        + around(got, at.second - got.begin()));
    }
    return found;
}

std::string missingShape(const Json &real, const Json &demo, const std::string &where)
{
    const bool numbers = real.is_number() && demo.is_number();
    if (real.type() != demo.type() && !numbers)
        return where + " is " + real.type_name() + ", not " + demo.type_name();
    if (real.is_array() && !real.empty())
        return demo.empty() ? where + " is empty" : missingShape(real.front(), demo.front(), where + "[0]");
    if (!real.is_object())
        return {};
    for (const auto &[key, value] : real.items()) {
        if (!demo.contains(key))
            return where + "." + key + " is missing";
        if (auto wrong = missingShape(value, demo.at(key), where + "." + key); !wrong.empty())
            return wrong;
    }
    return {};
}

} // namespace andon::test
