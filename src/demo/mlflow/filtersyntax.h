#pragma once
// The shape of MLflow's filter language: comparisons, with AND or nothing between them. Knows no keys. Pure.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace andon::demo::mlflow
{

struct Comparison {
    std::string identifier = {}; ///< as written: tags.`a b`
    std::string op = {}; ///< upper case: = != < <= > >= == <> LIKE ILIKE IN, also with NOT, IS NULL, IS NOT NULL
    std::string value = {}; ///< as written: 'text', 5, word or (…); "" after IS
};

struct Shape {
    std::vector<Comparison> comparisons = {};
    std::vector<std::string> left = {}; ///< words that belong to no comparison: then the filter is refused
};

[[nodiscard]] Shape shapeOf(std::string_view text);
[[nodiscard]] std::string upper(std::string text);
[[nodiscard]] bool isNumber(const std::string &text);
/// The text between quotes of the given kinds; nullopt when there are none around it.
[[nodiscard]] std::optional<std::string> unquoted(const std::string &text, std::string_view kinds = "'\"");
/// The quoted texts of "('a', "b")"; nullopt for another kind of list.
[[nodiscard]] std::optional<std::vector<std::string>> listOf(const std::string &text);
/// As Python prints a string: in single quotes, or in double ones when there is a single one inside.
[[nodiscard]] std::string pythonText(const std::string &text);
[[nodiscard]] std::string pythonList(const std::vector<std::string> &items); ///< ['a', 'b']

} // namespace andon::demo::mlflow
