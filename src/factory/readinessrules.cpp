#include "factory/readinessrules.h"

#include "telemetry/yamlreader.h"

#include <algorithm>
#include <array>

namespace andon::factory
{

namespace
{

constexpr std::array kFigures{"freshness.age_days",        "completeness.skipped", "completeness.skipped_merges",
                              "completeness.ungated",      "quality.failed",       "quality.failure_percent",
                              "consistency.schema_changes"};

versions::Aspect aspectOf(telemetry::YamlReader &reader, const YAML::Node &node)
{
    const std::string word = reader.text(node, "aspect", true);
    for (const versions::Aspect aspect : versions::kAspects)
        if (word == versions::nameOf(aspect))
            return aspect;
    reader.complain(node, "\"aspect\" must be freshness, completeness, quality or consistency");
    return {};
}

versions::Readiness levelOf(telemetry::YamlReader &reader, const YAML::Node &node)
{
    const std::string word = reader.text(node, "level", true);
    if (word != "warning" && word != "not-ready")
        reader.complain(node, "\"level\" must be warning or not-ready");
    return word == "warning" ? versions::Readiness::Warning : versions::Readiness::NotReady;
}

} // namespace

core::Result<std::vector<versions::ReadinessRule>> parseReadinessRules(std::string_view yaml, const std::string &file)
{
    telemetry::YamlReader reader(file);
    std::vector<versions::ReadinessRule> rules;
    const auto done = reader.run(yaml, [&](const YAML::Node &root) {
        reader.allow(root, {"rules"});
        reader.each(root, "rules", [&](const YAML::Node &node) {
            reader.allow(node, {"id", "aspect", "level", "word", "text", "figure", "at_least"});
            versions::ReadinessRule rule{.id = reader.text(node, "id", true),
                                         .aspect = aspectOf(reader, node),
                                         .level = levelOf(reader, node),
                                         .word = reader.text(node, "word", true),
                                         .text = reader.text(node, "text", true),
                                         .figure = reader.text(node, "figure", true)};
            const auto limit = reader.number(node, "at_least");
            if (!limit)
                reader.complain(node, "\"at_least\" is missing");
            if (std::find(kFigures.begin(), kFigures.end(), rule.figure) == kFigures.end())
                reader.complain(node, "there is no figure \"" + rule.figure + "\"");
            rule.atLeast = limit.value_or(0);
            rules.push_back(std::move(rule));
        });
    });
    if (!done)
        return core::fail(done.error());
    return rules;
}

} // namespace andon::factory
