#pragma once
// Functions of one number by their PromQL names. Pure; any thread.
#include <string_view>

namespace andon::demo::promql
{

using Elementwise = double (*)(double value);
using DatePart = double (*)(double epochSeconds);

/// nullptr when there is none: abs, ceil, ln …
[[nodiscard]] Elementwise elementwise(std::string_view name);
/// nullptr when there is none: hour, day_of_week … of UTC. A time that is no date gives NaN.
[[nodiscard]] DatePart datePart(std::string_view name);

} // namespace andon::demo::promql
