#pragma once
// Is a dataset ready to be used: four questions, each answered by the first rule that holds. The rules are a text file
// (resources/readiness.yaml); what they read are figures, and a figure that is not known decides nothing. Pure.
#include "versions/commit.h"

#include <array>
#include <map>
#include <optional>

namespace andon::versions
{

enum class Aspect { Freshness, Completeness, Quality, Consistency };
inline constexpr std::array kAspects{Aspect::Freshness, Aspect::Completeness, Aspect::Quality, Aspect::Consistency};
[[nodiscard]] const char *nameOf(Aspect aspect); ///< "freshness"

enum class Readiness { Ready, Warning, NotReady, Unknown };

struct ReadinessRule {
    std::string id = {};
    Aspect aspect = Aspect::Freshness;
    Readiness level = Readiness::Ready;
    std::string word = {}; ///< "Out of date"
    std::string text = {}; ///< the rule in words
    std::string figure = {};
    double atLeast = 0; ///< it holds from here on
    bool operator==(const ReadinessRule &) const = default;
};

using ReadinessFigures = std::map<std::string, double>; ///< what is not known is not there

struct AspectState {
    Readiness level = Readiness::Unknown;
    std::string rule = {}; ///< that decided; "" when none holds, or none could be asked
    std::string word = {};
    /// Of the rule that decided; else of those that do not hold.
    std::vector<std::string> texts = {};
    bool operator==(const AspectState &) const = default;
};

/// Worst first: the first rule of the aspect that holds decides. Unknown when no rule of it has its figure.
[[nodiscard]] AspectState judge(Aspect aspect, const std::vector<ReadinessRule> &rules,
                                const ReadinessFigures &figures);

/// The newest change of the metadata `schema` along a line of commits, newest first. Commits without it say nothing.
struct SchemaChange {
    std::string schema = {}; ///< the newest; "" when no commit names one
    std::string before = {}; ///< the one it replaced; "" when all that name one name this
    Commit commit = {}; ///< that brought it; of an unchanged one the oldest that names it
    std::size_t named = 0; ///< commits of the line that name a schema
    [[nodiscard]] bool changed() const { return !before.empty(); }
};
[[nodiscard]] SchemaChange schemaChange(const std::vector<Commit> &line);
/// How often it changed in commits made at or after `since` (UTC seconds).
[[nodiscard]] int schemaChanges(const std::vector<Commit> &line, std::int64_t since);

} // namespace andon::versions
