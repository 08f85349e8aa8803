#pragma once
// What andonctl reports, in the form in which the demo factory's truth says it.
#include "tests/app/console.h"

namespace andon::test
{

/// A repository: commits and their kinds, refs, runs and hooks by result.
[[nodiscard]] json reportedRepository(const Console &console, const std::string &name);
[[nodiscard]] json reportedRegistry(const Console &console);
/// A model version's nodes, edges and findings, each list sorted.
[[nodiscard]] json reportedTrace(const Console &console, const std::string &version);
/// The truth's own of a version, sorted alike.
[[nodiscard]] json sortedTrace(const json &truth);
/// Models and totals, what loses money, and GPU time of the truth's window.
[[nodiscard]] json reportedMoney(const json &kpi);
[[nodiscard]] json reportedGpuSeconds(const json &kpi);
[[nodiscard]] json reportedArrays(const json &storage);

/// Seconds since 1970 of "2026-11-24T10:14:00Z"; null when it is none.
[[nodiscard]] json secondsOf(const json &time);

} // namespace andon::test
