#include "demo/prometheus/prometheusdialect.h"

#include "demo/promql/labels.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace andon::demo
{

namespace
{

using Answer = PrometheusAnswer;

constexpr std::int64_t kMostPoints = 11'000;

/// The sentence that stands before a bad time of these calls.
std::string timeProblem(const std::string &name, const core::Error &error)
{
    return "invalid parameter \"" + name + "\": Invalid time value for '" + name + "': " + error.detail;
}

Answer failed(const core::Error &error, bool namesParameter)
{
    if (error.hint == "execution")
        return refused(422, "execution", error.detail);
    return namesParameter ? badParameter("query", error.detail) : badData(error.detail);
}

/// Nothing when `timeout` can be read; it is not needed, an answer never takes that long.
std::optional<Answer> badTimeout(const PrometheusParams &params)
{
    const std::string text = parameter(params, "timeout");
    if (text.empty())
        return std::nullopt;
    const auto timeout = readDuration(text);
    return timeout ? std::nullopt : std::optional(badParameter("timeout", timeout.error().detail));
}

std::string listOf(const std::set<std::string> &words)
{
    std::string out = "[";
    for (const std::string &word : words)
        out += (out.size() > 1 ? "," : "") + jsonText(word);
    return out + "]";
}

} // namespace

PrometheusDialect::PrometheusDialect(const Plan &plan)
    : m_plan(plan)
    , m_model(plan)
{
}

Answer PrometheusDialect::instantQuery(const Params &params) const
{
    const std::string text = parameter(params, "time");
    const auto time = text.empty() ? core::Result<std::int64_t>(m_plan.now.ms) : readTime(text);
    if (!time)
        return badData(timeProblem("time", time.error()));
    if (auto bad = badTimeout(params))
        return *bad;
    const auto value = promql::instant(m_model, parameter(params, "query"), *time);
    return value ? succeeded(jsonOf(*value)) : failed(value.error(), true);
}

Answer PrometheusDialect::rangeQuery(const Params &params) const
{
    const auto start = readTime(parameter(params, "start"));
    if (!start)
        return badParameter("start", start.error().detail);
    const auto end = readTime(parameter(params, "end"));
    if (!end)
        return badParameter("end", end.error().detail);
    if (*end < *start)
        return badParameter("end", "end timestamp must not be before start time");
    const auto step = readDuration(parameter(params, "step"));
    if (!step)
        return badParameter("step", step.error().detail);
    if (*step <= 0)
        return badParameter("step",
                            "zero or negative query resolution step widths are not accepted. Try a positive integer");
    if (static_cast<double>(*end - *start) * 1e6 / static_cast<double>(*step) >= static_cast<double>(kMostPoints + 1))
        return badData("exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query "
                       "resolution (?step=XX)");
    if (auto bad = badTimeout(params))
        return *bad;
    if (*step < 1'000'000) // the engine counts in milliseconds
        return refused(422, "execution", "unexpected error: runtime error: integer divide by zero");
    const auto value = promql::range(m_model, parameter(params, "query"), *start, *end, *step / 1'000'000);
    return value ? succeeded(jsonOf(*value)) : failed(value.error(), false);
}

core::Result<std::vector<int>> PrometheusDialect::matched(const Params &params) const
{
    std::int64_t window[] = {INT64_MIN, INT64_MAX};
    const char *names[] = {"start", "end"};
    for (int i = 0; i < 2; ++i)
        if (const std::string text = parameter(params, names[i]); !text.empty()) {
            const auto time = readTime(text);
            if (!time)
                return core::fail(core::ErrorKind::Invalid, names[i], timeProblem(names[i], time.error()));
            window[i] = *time;
        }
    std::set<int> all;
    bool any = false;
    for (const auto &[key, value] : params) {
        if (key != "match[]")
            continue;
        any = true;
        const auto matchers = readSelector(value);
        if (!matchers)
            return core::fail(core::ErrorKind::Invalid, "match[]", matchers.error().detail);
        const std::vector<int> found = m_model.select(*matchers);
        all.insert(found.begin(), found.end());
    }
    for (int series = 0; !any && series < m_model.size(); ++series)
        all.insert(series);
    std::vector<int> there;
    std::copy_if(all.begin(), all.end(), std::back_inserter(there),
                 [&](int series) { return m_model.exists(series, window[0], window[1]); });
    return there;
}

Answer PrometheusDialect::series(const Params &params) const
{
    const auto isMatch = [](const auto &p) { return p.first == "match[]"; };
    if (std::none_of(params.begin(), params.end(), isMatch))
        return badData("no match[] parameter provided");
    auto found = matched(params);
    if (!found)
        return found.error().where == "match[]" ? badParameter("match[]", found.error().detail)
                                                : badData(found.error().detail);
    std::sort(found->begin(), found->end(), [&](int a, int b) { return m_model.labels(a) < m_model.labels(b); });
    std::string out = "[";
    for (const int series : *found)
        out += (out.size() > 1 ? "," : "") + jsonOf(m_model.labels(series));
    return succeeded(out + "]");
}

Answer PrometheusDialect::labelNames(const Params &params) const
{
    const auto found = matched(params);
    if (!found)
        return badData(found.error().detail);
    std::set<std::string> names;
    for (const int series : *found)
        for (const auto &[name, value] : m_model.labels(series))
            names.insert(name);
    return succeeded(listOf(names));
}

Answer PrometheusDialect::labelValues(const std::string &label, const Params &params) const
{
    if (!promql::isLabelName(label))
        return badData("invalid label name: " + promql::quoted(label));
    const auto found = matched(params);
    if (!found)
        return badData(found.error().detail);
    std::set<std::string> values;
    for (const int series : *found)
        if (const auto value = promql::labelOf(m_model.labels(series), label); !value.empty())
            values.emplace(value);
    return succeeded(listOf(values));
}

Answer PrometheusDialect::metadata(const Params &params) const
{
    const std::string wanted = parameter(params, "metric");
    const std::string most = parameter(params, "limit");
    int limit = -1;
    if (!most.empty()) {
        const auto read = std::from_chars(most.data(), most.data() + most.size(), limit);
        if (read.ec != std::errc{} || read.ptr != most.data() + most.size())
            return badData("limit must be a number");
    }
    const std::map<std::string, std::string> ordered(m_model.types().begin(), m_model.types().end());
    std::string out = "{";
    for (const auto &[name, type] : ordered) {
        if (limit == 0)
            break;
        if (!wanted.empty() && wanted != name)
            continue;
        --limit;
        out += (out.size() > 1 ? "," : "") + jsonText(name) + R"(:[{"type":")" + type + R"(","help":"","unit":""}])";
    }
    return succeeded(out + "}");
}

Answer PrometheusDialect::handle(std::string_view method, std::string_view path, const Params &params) const
{
    const bool get = method == "GET";
    const bool getOrPost = get || method == "POST";
    if (path == "/-/ready" && get)
        return plainText(200, "Prometheus Server is Ready.");
    if (path == "/-/healthy" && get)
        return plainText(200, "Prometheus Server is Healthy.");
    if (path == "/metrics" && get)
        return {.contentType = "text/plain; version=0.0.4; charset=utf-8", .body = exposition()};
    constexpr std::string_view kPrefix = "/api/v1/";
    const std::string call(path.starts_with(kPrefix) ? path.substr(kPrefix.size()) : std::string_view());
    const bool values = call.starts_with("label/") && call.ends_with("/values") && call.size() > 13;
    static const std::set<std::string> forms = {"query", "query_range", "series", "labels"};
    static const std::set<std::string> others = {"metadata", "alerts", "rules", "targets", "status/buildinfo"};
    if (!forms.contains(call) && !others.contains(call) && !values)
        return plainText(404, "404 page not found");
    if (!(forms.contains(call) ? getOrPost : get))
        return plainText(405, "Method Not Allowed");
    if (call == "query")
        return instantQuery(params);
    if (call == "query_range")
        return rangeQuery(params);
    if (call == "series")
        return series(params);
    if (call == "labels")
        return labelNames(params);
    if (values)
        return labelValues(call.substr(6, call.size() - 13), params);
    if (call == "metadata")
        return metadata(params);
    if (call == "alerts")
        return alerts();
    if (call == "rules")
        return rules(params);
    if (call == "targets")
        return targets(params);
    return succeeded(R"({"version":"2.42.0","revision":"225c61122d88b01d1f0eaaee0e05b6f3e0567ac0","branch":"HEAD",)"
                     R"("buildUser":"andon@demo","buildDate":"20230201-07:53:32","goVersion":"go1.19.5"})");
}

} // namespace andon::demo
