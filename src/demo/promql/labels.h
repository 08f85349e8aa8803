#pragma once
// Small functions over label sets. Any thread.
#include "demo/promql/values.h"

#include <optional>

namespace andon::demo::promql
{

/// "" when there is no such label.
[[nodiscard]] std::string_view labelOf(const Labels &labels, std::string_view name);
/// Replaces, inserts, or with an empty value removes.
void setLabel(Labels &labels, std::string_view name, std::string_view value);
[[nodiscard]] Labels withoutName(const Labels &labels);
[[nodiscard]] Labels keepLabels(const Labels &labels, const std::vector<std::string> &names);
[[nodiscard]] Labels dropLabels(const Labels &labels, const std::vector<std::string> &names);

/// Equal for equal label sets and for no others.
[[nodiscard]] std::string keyOf(const Labels &labels);
/// As Prometheus writes it in its errors: `{__name__="up", job="node"}`.
[[nodiscard]] std::string textOf(const Labels &labels);
/// As Go's %q, for text that is UTF-8.
[[nodiscard]] std::string quoted(std::string_view text);
/// Go's strconv: 'f' and the shortest digits that read back to the same value.
[[nodiscard]] std::string fixedText(double value);
/// Go's ParseFloat without hexadecimal digits.
[[nodiscard]] std::optional<double> parseFloat(std::string_view text);
/// [a-zA-Z_][a-zA-Z0-9_]*
[[nodiscard]] bool isLabelName(std::string_view text);

} // namespace andon::demo::promql
