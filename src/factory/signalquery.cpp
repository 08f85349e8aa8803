#include "factory/signalquery.h"

#include <algorithm>

namespace andon::factory
{

namespace
{
std::string_view word(telemetry::Aggregation aggregation)
{
    switch (aggregation) {
    case telemetry::Aggregation::Sum:
        return "sum";
    case telemetry::Aggregation::Mean:
        return "avg";
    case telemetry::Aggregation::Max:
        return "max";
    case telemetry::Aggregation::None:
        return "";
    }
    return "";
}
} // namespace

std::string rateWindow(std::int64_t stepMs)
{
    const std::int64_t seconds = std::max<std::int64_t>(300, stepMs / 1000);
    return seconds == 300 ? "5m" : std::to_string(seconds) + "s";
}

std::string promql(const SignalQuery &query, const telemetry::ResolvedSignal &resolved, std::int64_t stepMs,
                   const std::string &selector)
{
    const std::string inner = telemetry::expand(resolved.candidate, rateWindow(stepMs), selector);
    if (query.aggregation == telemetry::Aggregation::None)
        return inner;
    std::vector<std::string> labels;
    for (const std::string &dimension : query.by) {
        bool renamed = false;
        for (const auto &[from, to] : resolved.candidate.rename)
            if (to == dimension) {
                labels.push_back(from);
                renamed = true;
            }
        if (!renamed)
            labels.push_back(dimension);
    }
    std::string out(word(query.aggregation));
    if (!labels.empty()) {
        out += " by (";
        for (std::size_t i = 0; i < labels.size(); ++i)
            out += (i ? ", " : "") + labels[i];
        out += ")";
    }
    return out + " (" + inner + ")";
}

telemetry::Labels canonical(const telemetry::Labels &labels, const telemetry::Candidate &candidate)
{
    telemetry::Labels out;
    for (const auto &[name, value] : labels.pairs()) {
        if (name == "__name__" || value.empty())
            continue;
        const auto renamed = candidate.rename.find(name);
        out.set(renamed == candidate.rename.end() ? name : renamed->second, value);
    }
    return out;
}

} // namespace andon::factory
