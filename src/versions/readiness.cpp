#include "versions/readiness.h"

namespace andon::versions
{

const char *nameOf(Aspect aspect)
{
    static constexpr const char *kNames[] = {"freshness", "completeness", "quality", "consistency"};
    return kNames[static_cast<std::size_t>(aspect)];
}

AspectState judge(Aspect aspect, const std::vector<ReadinessRule> &rules, const ReadinessFigures &figures)
{
    AspectState state;
    bool known = false;
    for (const ReadinessRule &rule : rules) {
        if (rule.aspect != aspect)
            continue;
        const auto figure = figures.find(rule.figure);
        known |= figure != figures.end();
        if (figure != figures.end() && figure->second >= rule.atLeast)
            return {rule.level, rule.id, rule.word, {rule.text}};
        state.texts.push_back(rule.text);
    }
    state.level = known ? Readiness::Ready : Readiness::Unknown;
    return state;
}

SchemaChange schemaChange(const std::vector<Commit> &line)
{
    SchemaChange found;
    for (const Commit &commit : line) {
        const std::string *schema = commit.meta("schema");
        if (!schema || schema->empty())
            continue;
        ++found.named;
        if (found.schema.empty())
            found.schema = *schema;
        if (found.before.empty() && *schema == found.schema)
            found.commit = commit;
        else if (found.before.empty())
            found.before = *schema;
    }
    return found;
}

int schemaChanges(const std::vector<Commit> &line, std::int64_t since)
{
    int changes = 0;
    const Commit *newer = nullptr;
    for (const Commit &commit : line) {
        const std::string *schema = commit.meta("schema");
        if (!schema || schema->empty())
            continue;
        changes += newer && *newer->meta("schema") != *schema && newer->created >= since ? 1 : 0;
        newer = &commit;
    }
    return changes;
}

} // namespace andon::versions
