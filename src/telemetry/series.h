#pragma once
// Time series as the charts want them: sorted times and values side by side. Absent samples are absent, never 0 and
// never NaN.
#include "core/instant.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace andon::telemetry
{

/// Sorted by name; `__name__` is one of them when the answer had it.
class Labels
{
public:
    Labels() = default;
    explicit Labels(std::vector<std::pair<std::string, std::string>> pairs); ///< sorts
    [[nodiscard]] std::string_view get(std::string_view name) const; ///< "" when absent, as Prometheus has it
    void set(std::string name, std::string value);
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>> &pairs() const { return m_pairs; }
    [[nodiscard]] std::string text() const; ///< {a="b",c="d"}
    auto operator<=>(const Labels &) const = default;

private:
    std::vector<std::pair<std::string, std::string>> m_pairs;
};

struct Series {
    Labels labels = {};
    std::vector<std::int64_t> t = {}; ///< UTC milliseconds, strictly ascending
    std::vector<double> v = {}; ///< finite or ±Inf; NaN samples are dropped by the decoder
    bool operator==(const Series &) const = default;
};

struct Matrix {
    std::vector<Series> series = {};
    std::int64_t stepMs = 0; ///< of the query; 0 when raw. A distance above 1.5 steps between two samples is a gap
    std::vector<std::string> warnings = {}; ///< of the server
    bool operator==(const Matrix &) const = default;
};

/// One value per label set at one instant.
struct Sample {
    Labels labels = {};
    core::Instant at = {};
    double value = 0;
    bool operator==(const Sample &) const = default;
};

/// Statistics over what is there.
[[nodiscard]] std::optional<double> last(const Series &series);
[[nodiscard]] std::optional<double> mean(const Series &series);
/// Share of the steps in the range that have a sample, 0..1. A step of 0 gives 0.
[[nodiscard]] double coverage(const Series &series, core::TimeRange range, std::int64_t stepMs);
/// Σ of positive differences; a fall is a counter reset and counts from 0. nullopt with fewer than two samples.
[[nodiscard]] std::optional<double> counterDelta(const Series &series);

} // namespace andon::telemetry
