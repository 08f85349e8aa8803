#pragma once
// Bodies of query and query_range as series and samples, through a scanner of our own: a matrix is the one hot format
// (24 h of 4,096 GPUs). Pure; Protocol on anything odd.
#include "core/result.h"
#include "telemetry/series.h"

#include <string_view>

namespace andon::sources::prometheus
{

/// The answer of query_range, or of query with a range selector. NaN samples are dropped; stepMs is left 0. Native
/// histograms are left out with a warning. An error envelope gives the error that errorOf() gives.
[[nodiscard]] core::Result<telemetry::Matrix> decodeMatrix(std::string_view body);

struct Vector {
    std::vector<telemetry::Sample> samples = {};
    std::vector<std::string> warnings = {};
};

/// The answer of query: a vector, or a scalar as one sample without labels. A string gives no samples; a range vector
/// is Protocol. NaN samples are dropped.
[[nodiscard]] core::Result<Vector> decodeVector(std::string_view body);

/// What an error envelope says: "bad_data", "execution" → Invalid; "timeout" → Timeout; "unavailable", "internal",
/// "canceled" → Server … A parse error of the expression has the hint "promql".
[[nodiscard]] core::Error errorOf(std::string_view errorType, std::string words, const std::string &where);

} // namespace andon::sources::prometheus
