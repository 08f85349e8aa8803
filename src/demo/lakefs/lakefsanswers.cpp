#include "demo/lakefs/lakefsanswers.h"

#include <QDateTime>

#include <algorithm>
#include <charconv>

namespace andon::demo::lakefs
{

Answer ok(const Json &json)
{
    return {.body = json.dump() + "\n"};
}

Answer message(int status, const std::string &words)
{
    return {.status = status, .body = Json{{"message", words}}.dump() + "\n"};
}

std::string param(const Params &params, std::string_view name, const std::string &fallback)
{
    for (const auto &[key, value] : params)
        if (key == name)
            return value;
    return fallback;
}

std::vector<std::string> params(const Params &params, std::string_view name)
{
    std::vector<std::string> all;
    for (const auto &[key, value] : params)
        if (key == name)
            all.push_back(value);
    return all;
}

std::optional<int> amountOf(const Params &params, Answer &problem)
{
    const std::string text = param(params, "amount", "100");
    int amount = 100;
    std::from_chars(text.data(), text.data() + text.size(), amount);
    if (amount > 1000 || amount < -1) {
        problem = message(400,
                          std::string("parameter \"amount\" in query has an error: number must be at ")
                              + (amount > 1000 ? "most 1000" : "least -1")
                              + "\nSchema:\n  {\n    \"default\": 100,\n    \"maximum\": 1000,\n    \"minimum\": "
                                "-1,\n    \"type\": \"integer\"\n  }\n\nValue:\n  "
                              + std::to_string(amount) + "\n");
        return std::nullopt;
    }
    return amount <= 0 ? 100 : amount;
}

Answer pageOf(std::vector<Json> results, bool more, const std::string &next)
{
    const auto count = results.size();
    return ok({{"pagination",
                {{"has_more", more}, {"max_per_page", 1000}, {"next_offset", more ? next : ""}, {"results", count}}},
               {"results", std::move(results)}});
}

Answer page(const Params &params, const std::vector<std::pair<std::string, Json>> &items)
{
    Answer problem;
    const auto amount = amountOf(params, problem);
    if (!amount)
        return problem;
    const std::string after = param(params, "after");
    const std::string prefix = param(params, "prefix");
    std::vector<Json> results;
    std::string last;
    for (const auto &[key, json] : items) {
        if ((!after.empty() && key <= after) || !key.starts_with(prefix))
            continue;
        if (static_cast<int>(results.size()) == *amount)
            return pageOf(std::move(results), true, last);
        results.push_back(json);
        last = key;
    }
    return pageOf(std::move(results), false, {});
}

std::string timeText(std::int64_t ms)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
    std::string text = time.toString(QStringLiteral("yyyy-MM-dd'T'HH:mm:ss")).toStdString();
    if (ms % 1000) {
        char fraction[8];
        std::snprintf(fraction, sizeof fraction, ".%03d", static_cast<int>(ms % 1000));
        text += fraction;
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text + "Z";
}

std::optional<std::int64_t> parseTime(const std::string &text)
{
    const QDateTime time = QDateTime::fromString(QString::fromStdString(text), Qt::ISODateWithMs);
    if (!time.isValid() || text.find('T') == std::string::npos)
        return std::nullopt;
    return time.toSecsSinceEpoch();
}

Json commitJson(const History &history, std::int32_t n)
{
    const DemoCommit &c = history.commits[static_cast<std::size_t>(n)];
    Json parents = Json::array();
    for (const std::int32_t parent : {c.first, c.second})
        if (parent >= 0)
            parents.push_back(history.commits[static_cast<std::size_t>(parent)].id.id().value);
    Json metadata = Json::object();
    for (const auto &[key, value] : history.metadata(n))
        metadata[key] = value;
    return {{"committer", history.committer(n)},
            {"creation_date", c.created},
            {"generation", c.generation},
            {"id", c.id.id().value},
            {"message", history.message(n)},
            {"meta_range_id", history.metaRange(n)},
            {"metadata", metadata},
            {"parents", parents},
            {"version", 1}};
}

Json runJson(const History &history, const DemoRunRecord &run)
{
    return {{"branch", run.branch},
            {"commit_id", run.commit < 0 ? "" : history.commits[static_cast<std::size_t>(run.commit)].id.id().value},
            {"end_time", timeText(run.startedMs + 400 * static_cast<std::int64_t>(run.hooks.size()))},
            {"event_type", run.event},
            {"run_id", run.id},
            {"start_time", timeText(run.startedMs)},
            {"status", run.status}};
}

std::string hookRunId(std::size_t index)
{
    char text[16];
    std::snprintf(text, sizeof text, "0000_%04d", static_cast<int>(index));
    return text;
}

Json hookJson(const DemoRunRecord &run, std::size_t index)
{
    const DemoHook &hook = run.hooks[index];
    Json json = {{"action", hook.action},
                 {"hook_id", hook.hook},
                 {"hook_run_id", hookRunId(index)},
                 {"start_time", "0001-01-01T00:00:00Z"},
                 {"status", hook.status}};
    if (hook.status != "skipped") { // a hook that did not run has no times
        const std::int64_t start = run.startedMs + 400 * static_cast<std::int64_t>(index);
        json["start_time"] = timeText(start);
        json["end_time"] = timeText(start + 380);
    }
    return json;
}

} // namespace andon::demo::lakefs
