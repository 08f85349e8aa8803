// The samples as text.
#include "demo/prometheus/prometheusdialect.h"
#include "demo/promql/labels.h"

#include <charconv>
#include <map>
#include <ostream>

namespace andon::demo
{

namespace
{

std::string shortest(double value)
{
    char text[64];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

/// name{a="b"} without the metric's name inside.
std::string lineHead(const promql::Labels &labels)
{
    std::string name;
    std::string inner;
    for (const auto &[key, value] : labels) {
        if (key == promql::kMetricName) {
            name = value;
            continue;
        }
        inner += (inner.empty() ? "" : ",") + key + "=\"";
        for (const char c : value)
            inner += c == '\\' || c == '"' ? std::string("\\") + c : c == '\n' ? std::string("\\n") : std::string(1, c);
        inner += '"';
    }
    return name + (inner.empty() ? "" : "{" + inner + "}");
}

/// Series by metric: the formats want families together.
std::map<std::string, std::vector<int>> byMetric(const MetricModel &model)
{
    std::map<std::string, std::vector<int>> metrics;
    for (int series = 0; series < model.size(); ++series)
        metrics[std::string(promql::labelOf(model.labels(series), promql::kMetricName))].push_back(series);
    return metrics;
}

} // namespace

std::string PrometheusDialect::exposition() const
{
    std::string out;
    std::string family;
    for (const auto &[name, members] : byMetric(m_model)) {
        const bool part = !m_model.types().contains(name); // _bucket, _count and _sum of a histogram
        const std::string now = part ? name.substr(0, name.rfind('_')) : name;
        if (now != family)
            out += "# TYPE " + now + " " + m_model.types().at(now) + "\n";
        family = now;
        for (const int series : members) {
            std::vector<std::int64_t> t;
            std::vector<double> v;
            m_model.samples(series, m_model.newest(), m_model.newest(), t, v);
            if (!v.empty())
                out += lineHead(m_model.labels(series)) + " " + shortest(v.back()) + "\n";
        }
    }
    return out;
}

void PrometheusDialect::dumpOpenMetrics(std::ostream &out, std::int64_t fromMs, std::int64_t toMs) const
{
    for (const auto &[name, members] : byMetric(m_model)) {
        // Everything is dumped as untyped: the format would otherwise insist on suffixes that exporters do not have.
        out << "# TYPE " << name << " unknown\n";
        for (const int series : members) {
            std::vector<std::int64_t> t;
            std::vector<double> v;
            m_model.samples(series, fromMs, toMs, t, v);
            const std::string head = lineHead(m_model.labels(series));
            for (std::size_t i = 0; i < t.size(); ++i)
                out << head << ' ' << shortest(v[i]) << ' ' << t[i] / 1000 << '\n';
        }
    }
    out << "# EOF\n";
}

} // namespace andon::demo
