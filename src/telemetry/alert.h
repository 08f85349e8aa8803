#pragma once
#include "telemetry/series.h"

namespace andon::telemetry
{

enum class AlertState { Inactive, Pending, Firing };

struct Alert {
    std::string name = {};
    AlertState state = AlertState::Firing;
    Labels labels = {};
    Labels annotations = {};
    core::Instant activeAt = {};
    double value = 0;
    bool operator==(const Alert &) const = default;
};

struct Rule {
    std::string group = {};
    std::string name = {};
    std::string query = {};
    bool alerting = false;
    std::string health = {}; ///< "ok", "unknown", "err"
    std::string lastError = {};
    bool operator==(const Rule &) const = default;
};

struct Target {
    std::string pool = {};
    std::string url = {};
    Labels labels = {};
    std::string health = {}; ///< "up", "down", "unknown"
    std::string lastError = {};
    core::Instant lastScrape = {};
    bool operator==(const Target &) const = default;
};

struct EngineInfo {
    std::string engine = {}; ///< "Prometheus", "VictoriaMetrics", "Mimir", "Thanos", or "Prometheus-compatible"
    std::string version = {}; ///< may be empty
    bool operator==(const EngineInfo &) const = default;
};

} // namespace andon::telemetry
