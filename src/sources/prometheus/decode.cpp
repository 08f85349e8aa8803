#include "sources/prometheus/decode.h"

#include "sources/prometheus/matrix.h"
#include "sources/shared/json.h"

namespace andon::sources::prometheus
{

namespace
{

/// Parses the envelope and hands `data` to fn(Object root): the values are under root's key "data".
template <typename T, typename Fn> core::Result<T> readEnvelope(std::string_view body, const std::string &where, Fn fn)
{
    const auto json = parseJson(body, where);
    if (!json)
        return core::fail(json.error());
    Decode decode(where);
    const Object root(*json, decode, "$");
    const std::string status = root.str("status");
    if (status == "error")
        return core::fail(errorOf(root.strOr("errorType"), root.strOr("error"), where));
    if (status != "success")
        decode.fail("$.status", "neither success nor error");
    T out = fn(root);
    return decode.result(std::move(out));
}

core::Instant time(const Object &object, const char *key)
{
    const auto parsed = parseRfc3339(object.strOr(key));
    if (!parsed)
        object.decode().fail(object.path() + "." + key, "a time was expected");
    return parsed.value_or(core::Instant{});
}

telemetry::AlertState stateOf(const std::string &word)
{
    if (word == "inactive")
        return telemetry::AlertState::Inactive;
    return word == "pending" ? telemetry::AlertState::Pending : telemetry::AlertState::Firing;
}

} // namespace

core::Result<std::vector<std::string>> decodeStrings(std::string_view body, const std::string &where)
{
    return readEnvelope<std::vector<std::string>>(body, where, [](const Object &root) {
        if (!root.has("data"))
            root.decode().fail("$.data", "missing");
        return root.strings("data");
    });
}

core::Result<std::vector<telemetry::Alert>> decodeAlerts(std::string_view body)
{
    return readEnvelope<std::vector<telemetry::Alert>>(body, "prometheus alerts", [](const Object &root) {
        std::vector<telemetry::Alert> out;
        root.object("data").each("alerts", true, [&](const Object &alert) {
            telemetry::Alert one{.state = stateOf(alert.str("state")),
                                 .labels = telemetry::Labels(alert.pairs("labels")),
                                 .annotations = telemetry::Labels(alert.pairs("annotations")),
                                 .activeAt = time(alert, "activeAt"),
                                 .value = alert.real("value").value_or(0)};
            one.name = std::string(one.labels.get("alertname"));
            out.push_back(std::move(one));
        });
        return out;
    });
}

core::Result<std::vector<telemetry::MetricInfo>> decodeMetadata(std::string_view body)
{
    return readEnvelope<std::vector<telemetry::MetricInfo>>(body, "prometheus metadata", [](const Object &root) {
        std::vector<telemetry::MetricInfo> out;
        const Object data = root.object("data");
        for (const auto &[name, entries] : data.json().items())
            data.each(name.c_str(), true, [&, &metric = name](const Object &entry) {
                if (out.empty() || out.back().name != metric)
                    out.push_back({.name = metric,
                                   .type = entry.strOr("type"),
                                   .unit = entry.strOr("unit"),
                                   .help = entry.strOr("help")});
            });
        return out;
    });
}

core::Result<std::vector<telemetry::Rule>> decodeRules(std::string_view body)
{
    return readEnvelope<std::vector<telemetry::Rule>>(body, "prometheus rules", [](const Object &root) {
        std::vector<telemetry::Rule> out;
        root.object("data").each("groups", true, [&](const Object &group) {
            const std::string name = group.str("name");
            group.each("rules", false, [&](const Object &rule) {
                out.push_back({.group = name,
                               .name = rule.str("name"),
                               .query = rule.strOr("query"),
                               .alerting = rule.strOr("type") == "alerting",
                               .health = rule.strOr("health"),
                               .lastError = rule.strOr("lastError")});
            });
        });
        return out;
    });
}

core::Result<std::vector<telemetry::Target>> decodeTargets(std::string_view body)
{
    return readEnvelope<std::vector<telemetry::Target>>(body, "prometheus targets", [](const Object &root) {
        std::vector<telemetry::Target> out;
        root.object("data").each("activeTargets", true, [&](const Object &target) {
            out.push_back({.pool = target.strOr("scrapePool"),
                           .url = target.str("scrapeUrl"),
                           .labels = telemetry::Labels(target.pairs("labels")),
                           .health = target.str("health"),
                           .lastError = target.strOr("lastError"),
                           .lastScrape = time(target, "lastScrape")});
        });
        return out;
    });
}

core::Result<BuildInfo> decodeBuildInfo(std::string_view body)
{
    return readEnvelope<BuildInfo>(body, "prometheus buildinfo", [](const Object &root) {
        const Object data = root.object("data");
        return BuildInfo{.version = data.strOr("version"), .application = data.strOr("application")};
    });
}

std::pair<std::string, std::string> errorEnvelope(std::string_view body)
{
    const std::size_t start = body.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos || body[start] != '{')
        return {};
    const auto json = parseJson(body, "prometheus");
    if (!json)
        return {};
    Decode decode("prometheus");
    const Object root(*json, decode, "$");
    if (root.strOr("status") != "error" || !root.has("errorType"))
        return {};
    return {root.strOr("errorType"), root.strOr("error")};
}

} // namespace andon::sources::prometheus
