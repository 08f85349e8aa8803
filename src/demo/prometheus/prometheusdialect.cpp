#include "demo/prometheus/prometheusdialect.h"

#include "demo/promql/labels.h"
#include "demo/promql/parser.h"

#include <QDateTime>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

namespace andon::demo
{

namespace
{

using Json = nlohmann::ordered_json;
using Answer = PrometheusDialect::Answer;
using Params = PrometheusDialect::Params;

std::string param(const Params &params, std::string_view name)
{
    for (const auto &[key, value] : params)
        if (key == name)
            return value;
    return {};
}

Answer ok(const std::string &data)
{
    return {.body = R"({"status":"success","data":)" + data + "}"};
}

Answer ok(const Json &data)
{
    return ok(data.dump());
}

Answer problem(int status, const std::string &type, const std::string &words)
{
    return {.status = status,
            .body = R"({"status":"error","errorType":")" + type + R"(","error":)" + Json(words).dump() + "}"};
}

Answer invalid(const std::string &parameter, const std::string &words)
{
    return problem(400, "bad_data", "invalid parameter \"" + parameter + "\": " + words);
}

/// Seconds (also with a fraction) or RFC 3339, to milliseconds.
std::optional<std::int64_t> timeOf(const std::string &text)
{
    double seconds = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (!text.empty() && parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size())
        return static_cast<std::int64_t>(std::llround(seconds * 1000));
    const QDateTime time = QDateTime::fromString(QString::fromStdString(text), Qt::ISODateWithMs);
    return time.isValid() && text.find('T') != std::string::npos ? std::optional(time.toMSecsSinceEpoch())
                                                                 : std::nullopt;
}

/// "15", "0.5", "5m", "1h30m" to milliseconds.
std::optional<std::int64_t> durationOf(const std::string &text)
{
    double seconds = 0;
    const auto plain = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (!text.empty() && plain.ec == std::errc{} && plain.ptr == text.data() + text.size())
        return static_cast<std::int64_t>(std::llround(seconds * 1000));
    static constexpr std::pair<std::string_view, std::int64_t> kUnits[] = {
        {"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}, {"w", 604'800'000}, {"y", 31'536'000'000}};
    std::int64_t total = 0;
    std::string_view rest = text;
    while (!rest.empty()) {
        std::int64_t n = 0;
        const auto number = std::from_chars(rest.data(), rest.data() + rest.size(), n);
        if (number.ec != std::errc{})
            return std::nullopt;
        rest.remove_prefix(static_cast<std::size_t>(number.ptr - rest.data()));
        const std::size_t size = std::min(rest.find_first_of("0123456789"), rest.size());
        const auto unit =
            std::find_if(std::begin(kUnits), std::end(kUnits), [&](const auto &u) { return u.first == rest.substr(0, size); });
        if (unit == std::end(kUnits))
            return std::nullopt;
        total += n * unit->second;
        rest.remove_prefix(size);
    }
    return text.empty() ? std::nullopt : std::optional(total);
}

void writeTime(std::string &out, std::int64_t ms)
{
    out += std::to_string(ms / 1000);
    if (ms % 1000) {
        char text[8];
        std::snprintf(text, sizeof text, ".%03d", static_cast<int>(ms % 1000));
        std::string fraction = text;
        fraction.erase(fraction.find_last_not_of('0') + 1);
        out += fraction;
    }
}

/// Go's 'f' up to 1e21, else 'e': as the server prints values.
void writeValue(std::string &out, double value)
{
    if (std::isnan(value))
        out += "NaN";
    else if (std::isinf(value))
        out += value > 0 ? "+Inf" : "-Inf";
    else if (value != 0 && (std::abs(value) < 1e-6 || std::abs(value) >= 1e21)) {
        char text[40];
        const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::scientific).ptr;
        out.append(text, end);
    } else {
        char text[400];
        const auto end = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed).ptr;
        out.append(text, end);
    }
}

void writePoint(std::string &out, std::int64_t t, double v)
{
    out += '[';
    writeTime(out, t);
    out += ",\"";
    writeValue(out, v);
    out += "\"]";
}

std::string metricJson(const promql::Labels &labels)
{
    Json json = Json::object();
    for (const auto &[name, value] : labels)
        json[name] = value;
    return json.dump();
}

std::string resultJson(const promql::Value &value)
{
    static constexpr const char *kTypes[] = {"scalar", "string", "vector", "matrix"};
    std::string out = std::string(R"({"resultType":")") + kTypes[value.type] + R"(","result":)";
    switch (value.type) {
    case promql::Value::Scalar:
        writePoint(out, value.t, value.scalar);
        break;
    case promql::Value::String:
        out += '[';
        writeTime(out, value.t);
        out += ',' + Json(value.text).dump() + ']';
        break;
    case promql::Value::Vector:
        out += '[';
        for (const promql::Sample &sample : value.vector) {
            out += (out.back() == '[' ? "" : ",") + (R"({"metric":)" + metricJson(sample.labels)) + R"(,"value":)";
            writePoint(out, value.t, sample.v);
            out += '}';
        }
        out += ']';
        break;
    case promql::Value::Matrix: {
        out += '[';
        bool first = true;
        for (const promql::Series &series : value.matrix) {
            out += (first ? "" : ",") + (R"({"metric":)" + metricJson(series.labels)) + R"(,"values":[)";
            first = false;
            for (std::size_t i = 0; i < series.points.size(); ++i) {
                if (i)
                    out += ',';
                writePoint(out, series.points[i].t, series.points[i].v);
            }
            out += "]}";
        }
        out += ']';
        break;
    }
    }
    return out + "}";
}

Answer answered(const core::Result<promql::Value> &value)
{
    if (value)
        return ok(resultJson(*value));
    if (value.error().hint == "execution")
        return problem(422, "execution", value.error().detail);
    return invalid("query", value.error().detail);
}

} // namespace

PrometheusDialect::PrometheusDialect(const Plan &plan)
    : m_plan(plan)
    , m_model(plan)
{
}

Answer PrometheusDialect::instantQuery(const Params &params) const
{
    const std::string time = param(params, "time");
    const auto at = time.empty() ? std::optional(m_plan.now.ms) : timeOf(time);
    if (!at)
        return invalid("time", "cannot parse \"" + time + "\" to a valid timestamp");
    return answered(promql::instant(m_model, param(params, "query"), *at));
}

Answer PrometheusDialect::rangeQuery(const Params &params) const
{
    const auto start = timeOf(param(params, "start"));
    const auto end = timeOf(param(params, "end"));
    const auto step = durationOf(param(params, "step"));
    if (!start)
        return invalid("start", "cannot parse \"" + param(params, "start") + "\" to a valid timestamp");
    if (!end)
        return invalid("end", "cannot parse \"" + param(params, "end") + "\" to a valid timestamp");
    if (*end < *start)
        return invalid("end", "end timestamp must not be before start time");
    if (!step)
        return invalid("step", "cannot parse \"" + param(params, "step") + "\" to a valid duration");
    if (*step <= 0)
        return invalid("step", "zero or negative query resolution step widths are not accepted. Try a positive integer");
    if ((*end - *start) / *step > 11'000)
        return problem(400, "bad_data",
                       "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query "
                       "resolution (?step=XX)");
    return answered(promql::range(m_model, param(params, "query"), *start, *end, *step));
}

std::optional<std::vector<int>> PrometheusDialect::matched(const Params &params, Answer &refused) const
{
    std::set<int> all;
    bool any = false;
    for (const auto &[key, value] : params) {
        if (key != "match[]")
            continue;
        any = true;
        const auto tree = promql::parse(value);
        if (!tree) {
            refused = invalid("match[]", tree.error().detail);
            return std::nullopt;
        }
        for (const int series : m_model.select(promql::unwrapped(**tree).matchers))
            all.insert(series);
    }
    if (!any)
        for (int series = 0; series < m_model.size(); ++series)
            all.insert(series);
    return std::vector<int>(all.begin(), all.end());
}

Answer PrometheusDialect::series(const Params &params) const
{
    if (param(params, "match[]").empty())
        return problem(400, "bad_data", "no match[] parameter provided");
    Answer refused;
    const auto found = matched(params, refused);
    if (!found)
        return refused;
    std::string out = "[";
    for (const int series : *found)
        out += (out.size() > 1 ? "," : "") + metricJson(m_model.labels(series));
    return ok(out + "]");
}

Answer PrometheusDialect::labelNames(const Params &params) const
{
    Answer refused;
    const auto found = matched(params, refused);
    if (!found)
        return refused;
    std::set<std::string> names;
    for (const int series : *found)
        for (const auto &[name, value] : m_model.labels(series))
            names.insert(name);
    return ok(Json(names));
}

Answer PrometheusDialect::labelValues(const std::string &label, const Params &params) const
{
    if (!promql::isLabelName(label))
        return problem(400, "bad_data", "invalid label name: " + Json(label).dump());
    Answer refused;
    const auto found = matched(params, refused);
    if (!found)
        return refused;
    std::set<std::string> values;
    for (const int series : *found)
        if (const auto value = promql::labelOf(m_model.labels(series), label); !value.empty())
            values.emplace(value);
    return ok(Json(values));
}

Answer PrometheusDialect::metadata(const Params &params) const
{
    Json data = Json::object();
    const std::string wanted = param(params, "metric");
    std::map<std::string, std::string> ordered(m_model.types().begin(), m_model.types().end());
    for (const auto &[name, type] : ordered)
        if (wanted.empty() || wanted == name)
            data[name] = Json::array({{{"type", type}, {"help", ""}, {"unit", ""}}});
    return ok(data);
}

Answer PrometheusDialect::handle(std::string_view method, std::string_view path, const Params &params) const
{
    if (path == "/-/ready")
        return {.contentType = "text/plain; charset=utf-8", .body = "Prometheus Server is Ready.\n"};
    if (path == "/-/healthy")
        return {.contentType = "text/plain; charset=utf-8", .body = "Prometheus Server is Healthy.\n"};
    if (path == "/metrics")
        return {.contentType = "text/plain; version=0.0.4; charset=utf-8", .body = exposition()};
    constexpr std::string_view kPrefix = "/api/v1/";
    if (!path.starts_with(kPrefix))
        return {.status = 404, .contentType = "text/plain; charset=utf-8", .body = "404 page not found\n"};
    const std::string call(path.substr(kPrefix.size()));
    if (method != "GET" && method != "POST")
        return {.status = 405, .contentType = "text/plain; charset=utf-8", .body = "Method Not Allowed\n"};
    if (call == "query")
        return instantQuery(params);
    if (call == "query_range")
        return rangeQuery(params);
    if (call == "series")
        return series(params);
    if (call == "labels")
        return labelNames(params);
    if (call.starts_with("label/") && call.ends_with("/values"))
        return labelValues(call.substr(6, call.size() - 13), params);
    if (call == "metadata")
        return metadata(params);
    if (call == "alerts")
        return alerts();
    if (call == "rules")
        return rules();
    if (call == "targets")
        return targets();
    if (call == "status/buildinfo")
        return ok(Json{{"version", "2.42.0"},
                       {"revision", "225c61122d88b01d1f0eaaee0e05b6f3e0567ac0"},
                       {"branch", "HEAD"},
                       {"buildUser", "andon@demo"},
                       {"buildDate", "20230201-07:53:32"},
                       {"goVersion", "go1.19.5"}});
    return {.status = 404, .contentType = "text/plain; charset=utf-8", .body = "404 page not found\n"};
}

} // namespace andon::demo
