#pragma once
// MLflow's filters over the demo registry: which keys there are, what they compare with, what the server refuses. Pure.
#include <tl/expected.hpp>

#include <functional>
#include <string>
#include <vector>

namespace andon::demo::mlflow
{

/// What is searched decides which keys there are.
enum class Searched { Runs, Experiments, Models, Versions, LoggedModels };

/// How the server says no.
struct Refusal {
    enum class Kind { Invalid, Internal, Crash } kind = Kind::Invalid; ///< 400; 500 in JSON; 500 as a page
    std::string message = {};
};
template <typename T> using Parsed = tl::expected<T, Refusal>;
[[nodiscard]] tl::unexpected<Refusal> refuse(std::string message);

/// A key of what is searched: "tags.team" is {tag, team}.
struct FilterKey {
    std::string entity = "attribute"; ///< attribute, tag, parameter, metric, dataset
    std::string name = {};
};

struct FilterClause {
    FilterKey key = {};
    std::string op = {}; ///< = != < <= > >= LIKE ILIKE IN, NOT IN, IS NULL, IS NOT NULL
    std::vector<std::string> values = {}; ///< one, but for IN
};
using Filter = std::vector<FilterClause>;

[[nodiscard]] Parsed<FilterKey> keyOf(const std::string &identifier, Searched searched);
[[nodiscard]] bool isNumeric(const FilterKey &key);
[[nodiscard]] Parsed<Filter> parseFilter(const std::string &text, Searched searched);
/// "Invalid attribute key 'x' specified. Valid keys are '{…}'"
[[nodiscard]] std::string badKey(const std::string &what, const std::string &key,
                                 const std::vector<std::string> &known);
[[nodiscard]] std::string pythonSet(const std::vector<std::string> &items); ///< {'a', 'b'}

/// The values of a key; none when the thing has none: then only IS NULL holds. Numbers are written as text.
using ValuesOf = std::function<std::vector<std::string>(const FilterKey &key)>;
[[nodiscard]] bool matches(const Filter &filter, const ValuesOf &valuesOf);

} // namespace andon::demo::mlflow
