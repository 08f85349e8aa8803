#include "telemetry/stations.h"

#include "telemetry/yamlreader.h"

#include <algorithm>

namespace andon::telemetry
{

namespace
{

std::optional<double> valueOf(const std::string &figure, const Figures &figures)
{
    const auto found = figures.find(figure);
    return found == figures.end() ? std::nullopt : std::optional(found->second);
}

Reading readingOf(const Condition &condition, const Figures &figures)
{
    Reading reading{condition.figure, valueOf(condition.figure, figures), condition.op, condition.value};
    if (!condition.of.empty()) {
        const auto other = valueOf(condition.of, figures);
        reading.bound = other ? std::optional(condition.value * *other) : std::nullopt;
    }
    return reading;
}

std::optional<bool> holds(const Reading &reading)
{
    if (!reading.value || !reading.bound)
        return std::nullopt;
    const double a = *reading.value;
    const double b = *reading.bound;
    return reading.op == ">=" ? a >= b : reading.op == ">" ? a > b : reading.op == "<=" ? a <= b : a < b;
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
    std::vector<Reading> mildest;
    for (const StationRule &rule : rules) {
        if (rule.station != station)
            continue;
        bool all = true;
        bool complete = true;
        std::vector<Reading> readings;
        for (const Condition &condition : rule.when) {
            readings.push_back(readingOf(condition, figures));
            const auto verdict = holds(readings.back());
            complete &= verdict.has_value();
            all &= verdict.value_or(false);
        }
        known |= complete;
        if (complete && all)
            return {rule.level, rule.id, rule.word, rule.text, std::move(readings)};
        for (Reading &reading : readings) { // rules are worst first: the last of a figure is what is reached first
            std::erase_if(mildest, [&](const Reading &r) { return r.figure == reading.figure; });
            mildest.push_back(std::move(reading));
        }
    }
    return known ? StationState{Level::Ok, "", "Running", "No rule of this station holds.", std::move(mildest)}
                 : StationState{Level::Unknown, "", "Unknown", "The figures that the rules need are missing.",
                                std::move(mildest)};
}

} // namespace andon::telemetry
