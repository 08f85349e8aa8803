#include "telemetry/stations.h"

#include "telemetry/yamlreader.h"

#include <algorithm>

namespace andon::telemetry
{

namespace
{

std::optional<bool> holds(const Condition &condition, const Figures &figures)
{
    const auto figure = figures.find(condition.figure);
    const auto other = condition.of.empty() ? figures.end() : figures.find(condition.of);
    if (figure == figures.end() || (!condition.of.empty() && other == figures.end()))
        return std::nullopt;
    const double a = figure->second;
    const double b = condition.of.empty() ? condition.value : condition.value * other->second;
    return condition.op == ">=" ? a >= b : condition.op == ">" ? a > b : condition.op == "<=" ? a <= b : a < b;
}

template <typename T>
T wordOf(YamlReader &reader, const YAML::Node &node, const char *key, const std::map<std::string, T> &words)
{
    const auto found = words.find(reader.text(node, key, true));
    if (found == words.end()) {
        reader.complain(node, std::string("\"") + key + "\" has an unknown word");
        return words.begin()->second;
    }
    return found->second;
}

} // namespace

core::Result<std::vector<StationRule>> parseStationRules(std::string_view yaml, const std::string &file)
{
    static const std::map<std::string, Station> stations{{"storage", Station::Storage},
                                                         {"compute", Station::Compute},
                                                         {"training", Station::Training},
                                                         {"deployment", Station::Deployment}};
    static const std::map<std::string, Level> levels{{"ok", Level::Ok},
                                                     {"info", Level::Info},
                                                     {"warning", Level::Warning},
                                                     {"major", Level::Major},
                                                     {"critical", Level::Critical}};
    YamlReader reader(file);
    std::vector<StationRule> rules;
    const auto done = reader.run(yaml, [&](const YAML::Node &root) {
        reader.allow(root, {"rules"});
        reader.each(root, "rules", [&](const YAML::Node &node) {
            reader.allow(node, {"id", "station", "level", "word", "text", "when"});
            StationRule rule{.id = reader.text(node, "id", true),
                             .station = wordOf(reader, node, "station", stations),
                             .level = wordOf(reader, node, "level", levels),
                             .word = reader.text(node, "word", true),
                             .text = reader.text(node, "text", true)};
            reader.each(node, "when", [&](const YAML::Node &when) {
                reader.allow(when, {"figure", "op", "value", "of", "factor"});
                Condition condition{.figure = reader.text(when, "figure", true), .op = reader.text(when, "op", true)};
                condition.of = reader.text(when, "of");
                condition.value = reader.number(when, condition.of.empty() ? "value" : "factor").value_or(1);
                if (condition.op != ">=" && condition.op != ">" && condition.op != "<=" && condition.op != "<")
                    reader.complain(when, "\"op\" must be >=, >, <= or <");
                rule.when.push_back(std::move(condition));
            });
            rules.push_back(std::move(rule));
        });
    });
    if (!done)
        return core::fail(done.error());
    return rules;
}

StationState stateOf(Station station, const std::vector<StationRule> &rules, const Figures &figures)
{
    bool known = false;
    for (const StationRule &rule : rules) {
        if (rule.station != station)
            continue;
        bool all = true;
        bool complete = true;
        for (const Condition &condition : rule.when) {
            const auto verdict = holds(condition, figures);
            complete &= verdict.has_value();
            all &= verdict.value_or(false);
        }
        known |= complete;
        if (complete && all)
            return {rule.level, rule.id, rule.word, rule.text};
    }
    return known ? StationState{Level::Ok, "", "Running", "No rule of this station holds."}
                 : StationState{Level::Unknown, "", "Unknown", "The figures that the rules need are missing."};
}

} // namespace andon::telemetry
