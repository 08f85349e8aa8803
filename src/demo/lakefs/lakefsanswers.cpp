#include "demo/lakefs/lakefsanswers.h"

#include <QDateTime>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdio>

namespace andon::demo::lakefs
{

namespace
{

/// The server writes what HTML or JavaScript could stumble over as escapes. Outside of strings none of it occurs.
std::string escaped(const std::string &json)
{
    std::string out;
    out.reserve(json.size() + 1);
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '<' || c == '>' || c == '&') {
            out += c == '<' ? "\\u003c" : c == '>' ? "\\u003e" : "\\u0026";
        } else if (c == '\xe2' && json.compare(i, 2, "\xe2\x80") == 0 && (json[i + 2] & 0xfe) == 0xa8) {
            out += json[i + 2] == '\xa8' ? "\\u2028" : "\\u2029";
            i += 2;
        } else {
            out += c;
        }
    }
    return out;
}

void appendString(std::string &out, const std::string &text)
{
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c != '"' && c != '\\'; });
    if (plain)
        out.append("\"").append(text).append("\"");
    else
        out += textOf(text);
}

} // namespace

std::string textOf(const Json &json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Answer ok(const Json &json)
{
    return raw(textOf(json));
}

Answer raw(const std::string &json)
{
    return {.body = escaped(json) + "\n", .headers = {{"X-Content-Type-Options", "nosniff"}}};
}

Answer message(int status, const std::string &words)
{
    Answer answer = ok({{"message", words}});
    answer.status = status;
    return answer;
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
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
    if (error != std::errc() || end != text.data() + text.size()) {
        problem = message(
            400, "parameter \"amount\" in query has an error: value " + text + ": an invalid integer: invalid syntax");
        return std::nullopt;
    }
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

std::optional<bool> flagOf(const Params &params, std::string_view name, Answer &problem)
{
    const std::string text = param(params, name, "false");
    for (const char *word : {"1", "t", "T", "true", "TRUE", "True"})
        if (text == word)
            return true;
    for (const char *word : {"0", "f", "F", "false", "FALSE", "False"})
        if (text == word)
            return false;
    problem = message(400,
                      "parameter \"" + std::string(name) + "\" in query has an error: value " + text
                          + ": an invalid boolean: invalid syntax");
    return std::nullopt;
}

Answer notAllowed(const std::string &where, const std::string &value, const std::vector<std::string> &words,
                  const std::string &fallback, const std::string &text)
{
    std::string list;
    std::string lines;
    for (const std::string &word : words) {
        list += (list.empty() ? "\"" : ",\"") + word + "\"";
        lines += (lines.empty() ? "      \"" : ",\n      \"") + word + "\"";
    }
    return message(400,
                   "parameter " + where + " has an error: value is not one of the allowed values [" + list
                       + "]\nSchema:\n  {\n" + (fallback.empty() ? "" : "    \"default\": \"" + fallback + "\",\n")
                       + (text.empty() ? "" : "    \"description\": \"" + text + "\",\n") + "    \"enum\": [\n" + lines
                       + "\n    ],\n    \"type\": \"string\"\n  }\n\nValue:\n  \"" + value + "\"\n");
}

Answer pageOf(const std::vector<std::string> &results, bool more, const std::string &next)
{
    const Json pagination = {{"has_more", more},
                             {"max_per_page", 1000},
                             {"next_offset", more ? next : std::string()},
                             {"results", results.size()}};
    std::string text = "{\"pagination\":" + textOf(pagination) + ",\"results\":[";
    for (const std::string &result : results) {
        text += &result == &results.front() ? "" : ",";
        text += result;
    }
    return raw(text + "]}");
}

Answer page(const Params &params, const std::vector<std::pair<std::string, Json>> &items)
{
    Answer problem;
    const auto amount = amountOf(params, problem);
    if (!amount)
        return problem;
    const std::string after = param(params, "after");
    const std::string prefix = param(params, "prefix");
    std::vector<std::string> results;
    std::string last;
    for (const auto &[key, json] : items) {
        if ((!after.empty() && key <= after) || !key.starts_with(prefix))
            continue;
        if (static_cast<int>(results.size()) == *amount)
            return pageOf(results, true, last);
        results.push_back(textOf(json));
        last = key;
    }
    return pageOf(results, false, {});
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
    // RFC 3339 with capital T and Z, seconds and a zone.
    static const char kShape[] = "0000-00-00T00:00:00";
    const std::size_t size = sizeof kShape - 1;
    if (text.size() <= size)
        return std::nullopt;
    for (std::size_t i = 0; i < size; ++i)
        if (kShape[i] == '0' ? !std::isdigit(static_cast<unsigned char>(text[i])) : text[i] != kShape[i])
            return std::nullopt;
    std::size_t zone = size;
    if (text[zone] == '.')
        while (++zone < text.size() && std::isdigit(static_cast<unsigned char>(text[zone])))
            continue;
    const bool offset = text.size() == zone + 6 && (text[zone] == '+' || text[zone] == '-');
    if (!offset && text.substr(zone) != "Z")
        return std::nullopt;
    const QDateTime time =
        QDateTime::fromString(QString::fromStdString(text.substr(0, size) + text.substr(zone)), Qt::ISODate);
    return time.isValid() ? std::optional<std::int64_t>(time.toSecsSinceEpoch()) : std::nullopt;
}

std::string commitText(const History &history, std::int32_t n)
{
    const DemoCommit &c = history.at(n);
    std::string out = "{\"committer\":";
    appendString(out, history.committer(n));
    out += ",\"creation_date\":" + std::to_string(c.created) + ",\"generation\":" + std::to_string(c.generation)
        + ",\"id\":\"" + c.id.id().value + "\",\"message\":";
    appendString(out, history.message(n));
    out += ",\"meta_range_id\":\"" + history.metaRange(n) + "\",\"metadata\":{";
    Texts metadata = history.metadata(n);
    std::sort(metadata.begin(), metadata.end());
    for (const auto &[key, value] : metadata) {
        out += out.back() == '{' ? "" : ",";
        appendString(out, key);
        out += ':';
        appendString(out, value);
    }
    out += "},\"parents\":[";
    for (const std::int32_t parent : {c.first, c.second})
        if (parent >= 0)
            out += (out.back() == '[' ? "\"" : ",\"") + history.idOf(parent) + "\"";
    const int version = history.recorded.empty() ? 1 : history.recorded[static_cast<std::size_t>(n)].version;
    return out + "],\"version\":" + std::to_string(version) + "}";
}

Json runJson(const History &history, const DemoRunRecord &run)
{
    const bool made = run.started.empty();
    return {
        {"branch", run.branch},
        {"commit_id", run.commit < 0 ? run.commitId : history.idOf(run.commit)},
        {"end_time", made ? timeText(run.startedMs + 400 * static_cast<std::int64_t>(run.hooks.size())) : run.ended},
        {"event_type", run.event},
        {"run_id", run.id},
        {"start_time", made ? timeText(run.startedMs) : run.started},
        {"status", run.status}};
}

std::string hookRunId(const DemoRunRecord &run, std::size_t index)
{
    if (!run.hooks[index].id.empty())
        return run.hooks[index].id;
    char text[16];
    std::snprintf(text, sizeof text, "0000_%04d", static_cast<int>(index));
    return text;
}

Json hookJson(const DemoRunRecord &run, std::size_t index)
{
    const DemoHook &hook = run.hooks[index];
    Json json = {{"action", hook.action},
                 {"hook_id", hook.hook},
                 {"hook_run_id", hookRunId(run, index)},
                 {"start_time", "0001-01-01T00:00:00Z"},
                 {"status", hook.status}};
    if (!hook.started.empty()) {
        json["start_time"] = hook.started;
        if (!hook.ended.empty())
            json["end_time"] = hook.ended;
    } else if (hook.status != "skipped") { // a hook that did not run has no times
        const std::int64_t start = run.startedMs + 400 * static_cast<std::int64_t>(index);
        json["start_time"] = timeText(start);
        json["end_time"] = timeText(start + 380);
    }
    return json;
}

} // namespace andon::demo::lakefs
