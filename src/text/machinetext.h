#pragma once
// Sentences of the machines' pages: why a station is in its state, and what the storage diagnosis found. Pure.
#include "core/money.h"
#include "lineage/chain.h"
#include "telemetry/starvation.h"
#include "telemetry/stations.h"

#include <QString>

namespace andon::text
{

/// What a station's sentence may name.
struct StationFacts {
    lineage::KeyValues about = {}; ///< "array", "gpus", "allocated", "idle", "verdict", "hook", "branch", "model" …
    core::Instant since = {};
    std::optional<double> gpuHours = {};
    std::optional<core::Money> cost = {};
    std::optional<double> now = {}; ///< quality of what serves
    std::optional<double> before = {}; ///< and of the version before it
};

/// Why the station is in its state, with the numbers that decided.
[[nodiscard]] QString stationSentence(const telemetry::StationState &state, const StationFacts &facts,
                                      core::Instant now);
/// The rule and each of its thresholds beside the value, line by line: for the hover.
[[nodiscard]] QString stationRule(const telemetry::StationState &state);
[[nodiscard]] QString readingName(const std::string &figure); ///< "Read ÷ limit"
[[nodiscard]] QString readingValue(const std::string &figure, std::optional<double> value); ///< "99 %", "6.3 ×"

[[nodiscard]] QString starvationTitle(telemetry::Starvation verdict); ///< "Storage-bound, probable"
[[nodiscard]] QString starvationMeaning(telemetry::Starvation verdict); ///< what follows from it
/// Of the signals D1, E1 … E7 of the diagnosis.
[[nodiscard]] QString signalName(const std::string &id);
[[nodiscard]] QString signalMeaning(const std::string &id);
[[nodiscard]] QString signalValue(const std::string &id, std::optional<double> value);
[[nodiscard]] QString signalThreshold(const std::string &id, double value); ///< "≥ 2 ×", "≤ −0.5"
/// How to get a series that a signal or an exclusion lacks.
[[nodiscard]] QString howToEnable(const std::string &id);
/// Of the other causes X1 … X8.
[[nodiscard]] QString rivalName(const std::string &id);
[[nodiscard]] QString rivalMeaning(const std::string &id);

} // namespace andon::text
