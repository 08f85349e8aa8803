#include "demo/lakefs/lakefsanswers.h"

#include <QDateTime>

#include <algorithm>
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

Answer page(int amount, const std::vector<std::pair<std::string, Json>> &items)
{
    std::vector<std::string> results;
    for (const auto &[key, json] : items) {
        if (static_cast<int>(results.size()) == amount)
            return pageOf(results, true, items[results.size() - 1].first);
        results.push_back(textOf(json));
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

bool looksLikeTime(const std::string &text)
{
    static const char kShape[] = "0000-00-00T00:00:00";
    const std::size_t size = sizeof kShape - 1;
    if (text.size() < size)
        return false;
    const auto digit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
    for (std::size_t i = 0; i < size; ++i)
        if (kShape[i] == '0' ? !digit(i) : text[i] != kShape[i])
            return false;
    const auto between = [&](std::size_t at, int low, int high) {
        const int number = (text[at] - '0') * 10 + text[at + 1] - '0';
        return number >= low && number <= high;
    };
    if (!between(5, 1, 12) || !between(8, 1, 31) || !between(11, 0, 23) || !between(14, 0, 59) || !between(17, 0, 60))
        return false;
    std::size_t zone = size;
    if (zone < text.size() && text[zone] == '.') {
        if (!digit(++zone))
            return false;
        while (digit(zone))
            ++zone;
    }
    const std::string rest = text.substr(zone);
    return rest.empty() || rest == "Z"
        || (rest.size() == 6 && (rest[0] == '+' || rest[0] == '-') && rest[3] == ':' && digit(zone + 1)
            && digit(zone + 2) && digit(zone + 4) && digit(zone + 5));
}

std::optional<Moment> parseTime(const std::string &text)
{
    if (!looksLikeTime(text))
        return std::nullopt;
    constexpr std::size_t kSeconds = 19; // characters up to the fraction
    const std::size_t zone = text.find_first_of("Z+-", kSeconds);
    if (zone == std::string::npos)
        return std::nullopt; // RFC 3339 asks for one, though the pattern does not
    const QDateTime time =
        QDateTime::fromString(QString::fromStdString(text.substr(0, kSeconds) + text.substr(zone)), Qt::ISODate);
    if (!time.isValid())
        return std::nullopt;
    std::string micros = zone > kSeconds ? text.substr(kSeconds + 1, zone - kSeconds - 1) : std::string();
    micros.resize(6, '0');
    return Moment{time.toSecsSinceEpoch(), std::stoi(micros)};
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
