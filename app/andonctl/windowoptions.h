#pragma once
// --from and --to: what they take, and the window that they mean.
#include "app/andonctl/command.h"
#include "core/instant.h"
#include "core/result.h"

namespace andon::ctl
{

[[nodiscard]] std::vector<Option> windowOptions();

/// `otherwise` without either option. One end alone: until now, or the day before the end. Ends that move with the
/// clock fall on the grid. Invalid for what is no time, and for a window that ends in the future.
[[nodiscard]] core::Result<core::TimeRange> rangeOf(const QCommandLineParser &parser, core::TimeRange otherwise,
                                                    core::Instant now, std::int64_t gridMs);
/// For figures that are added up: a multiple of five minutes, or Invalid.
[[nodiscard]] core::Result<core::TimeRange> windowOf(const QCommandLineParser &parser, core::TimeRange closedDay,
                                                     core::Instant now);

} // namespace andon::ctl
