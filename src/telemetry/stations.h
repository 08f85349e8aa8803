#pragma once
// How each of the four stations is doing, decided by rules in a text file that people can read and change. Pure.
#include "core/result.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace andon::telemetry
{

enum class Station { Storage, Compute, Training, Deployment };
enum class Level { Ok, Info, Warning, Major, Critical, Unknown };

/// One comparison: figure OP value, or figure OP factor × another figure.
struct Condition {
    std::string figure = {};
    std::string op = {}; ///< ">=", ">", "<=", "<"
    double value = 0; ///< or the factor of `of`
    std::string of = {}; ///< another figure, "" for none
};

struct StationRule {
    std::string id = {};
    Station station = Station::Storage;
    Level level = Level::Ok;
    std::string word = {}; ///< what the pill says: "Saturated"
    std::string text = {}; ///< the rule in words, for the tooltip
    std::vector<Condition> when = {}; ///< all must hold
};

/// Worst first per station; the first whose conditions all hold decides.
[[nodiscard]] core::Result<std::vector<StationRule>> parseStationRules(std::string_view yaml, const std::string &file);

/// A condition with what it was given: why a station is in its state.
struct Reading {
    std::string figure = {};
    std::optional<double> value = {}; ///< nullopt: not known
    std::string op = {};
    std::optional<double> bound = {}; ///< the value, or factor × the other figure when that is known
    bool operator==(const Reading &) const = default;
};

struct StationState {
    Level level = Level::Unknown;
    std::string rule = {}; ///< id of the rule that decided, "" when none could
    std::string word = {};
    std::string text = {};
    std::vector<Reading> readings = {}; ///< of the rule that decided; else one per figure of the station's mildest rule
    bool operator==(const StationState &) const = default;
};

using Figures = std::map<std::string, double>; ///< by key; what is not known is not there

/// Unknown when every rule of the station lacks a figure; Ok ("Running") when none holds.
[[nodiscard]] StationState stateOf(Station station, const std::vector<StationRule> &rules, const Figures &figures);

} // namespace andon::telemetry
