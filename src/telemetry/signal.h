#pragma once
// Canonical signals: one file (resources/signals.yaml) fixes each one's name, unit, kind and how it aggregates.
#include "core/ids.h"
#include "core/result.h"

#include <map>
#include <string>
#include <vector>

namespace andon::telemetry
{

using core::SignalName;

enum class Unit {
    None,
    Ratio,
    Percent,
    Bytes,
    BytesPerSecond,
    PerSecond,
    Seconds,
    Watts,
    Joules,
    Celsius,
    Tokens,
    TokensPerSecond,
    Gpus,
    Requests,
    Count
};
enum class SignalKind { Gauge, Counter, Rate };
enum class Aggregation { Sum, Mean, Max, None }; ///< how values of two label sets become one

struct Signal {
    SignalName name = {};
    std::string title = {}; ///< English, for the signal list; text/ may translate
    Unit unit = Unit::None;
    SignalKind kind = SignalKind::Gauge;
    Aggregation aggregation = Aggregation::None;
    std::vector<std::string> dimensions =
        {}; ///< canonical labels: "node", "gpu", "model", "array", "namespace", "pod" …
    bool operator==(const Signal &) const = default;
};

/// Reads resources/signals.yaml. Invalid with file and line on a bad entry.
[[nodiscard]] core::Result<std::map<SignalName, Signal>> parseSignals(std::string_view yaml, const std::string &file);

} // namespace andon::telemetry
