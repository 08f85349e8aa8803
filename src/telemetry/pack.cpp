#include "telemetry/pack.h"

#include "telemetry/yamlreader.h"

#include <algorithm>

namespace andon::telemetry
{

namespace
{

Candidate readCandidate(YamlReader &reader, const YAML::Node &node)
{
    reader.allow(node, {"expr", "requires", "labels", "rename"});
    Candidate candidate{.expr = reader.text(node, "expr", true), .requiresMetrics = reader.list(node, "requires")};
    for (const std::string &pair : reader.list(node, "labels")) { // "metric label"
        const std::size_t space = pair.find(' ');
        if (space == std::string::npos)
            reader.complain(node["labels"], "\"" + pair + "\" must be a metric and a label");
        else
            candidate.requiresLabels.emplace_back(pair.substr(0, space), pair.substr(space + 1));
    }
    if (const YAML::Node rename = node["rename"])
        for (const auto &entry : rename)
            candidate.rename[entry.first.Scalar()] = entry.second.Scalar();
    return candidate;
}

std::string replaced(std::string text, std::string_view what, std::string_view with)
{
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

std::vector<std::string> missingOf(const Candidate &candidate, const Inventory &inventory)
{
    std::vector<std::string> missing;
    for (const std::string &metric : candidate.requiresMetrics)
        if (!inventory.metrics.contains(metric))
            missing.push_back(metric);
    for (const auto &[metric, label] : candidate.requiresLabels) {
        const auto known = inventory.labels.find(metric);
        if (known == inventory.labels.end() || !known->second.contains(label))
            missing.push_back(metric + "{" + label + "}");
    }
    return missing;
}

} // namespace

core::Result<Pack> parsePack(std::string_view yaml, const std::string &file)
{
    YamlReader reader(file);
    Pack pack;
    const auto done = reader.run(yaml, [&](const YAML::Node &root) {
        reader.allow(root, {"id", "title", "fix", "signals"});
        pack.id = reader.text(root, "id", true);
        pack.title = reader.text(root, "title", true);
        pack.fix = reader.text(root, "fix");
        reader.each(root, "signals", [&](const YAML::Node &node) {
            reader.allow(node, {"signal", "candidates"});
            PackSignal signal{.signal = SignalName(reader.text(node, "signal", true))};
            reader.each(node, "candidates", [&](const YAML::Node &candidate) {
                signal.candidates.push_back(readCandidate(reader, candidate));
            });
            if (signal.candidates.empty())
                reader.complain(node, "a signal needs at least one candidate");
            pack.signals.push_back(std::move(signal));
        });
    });
    if (!done)
        return core::fail(done.error());
    return pack;
}

const ResolvedSignal *Resolution::find(const SignalName &signal) const
{
    const auto found =
        std::find_if(resolved.begin(), resolved.end(), [&](const ResolvedSignal &r) { return r.signal == signal; });
    return found == resolved.end() ? nullptr : &*found;
}

Resolution resolve(const std::vector<Pack> &packs, const Inventory &inventory)
{
    Resolution resolution;
    for (const Pack &pack : packs)
        for (const PackSignal &signal : pack.signals) {
            std::vector<std::string> best;
            bool found = false;
            for (const Candidate &candidate : signal.candidates) {
                const std::vector<std::string> missing = missingOf(candidate, inventory);
                if (missing.empty()) {
                    resolution.resolved.push_back({signal.signal, pack.id, candidate});
                    found = true;
                    break;
                }
                if (best.empty() || missing.size() < best.size())
                    best = missing;
            }
            if (!found)
                resolution.missing.push_back({signal.signal, pack.id, best});
        }
    return resolution;
}

std::string expand(const Candidate &candidate, std::string_view window, std::string_view selector)
{
    std::string text = replaced(candidate.expr, "$window", window);
    if (selector.empty()) {
        text = replaced(text, ",$selector", "");
        text = replaced(text, ", $selector", "");
        return replaced(text, "{$selector}", "");
    }
    return replaced(text, "$selector", selector);
}

} // namespace andon::telemetry
