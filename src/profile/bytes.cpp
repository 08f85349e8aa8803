#include "profile/settings.h"

#include <array>
#include <charconv>
#include <limits>

namespace andon::profile
{

namespace
{

struct Unit {
    const char *name;
    int shift;
};
constexpr std::array<Unit, 4> kUnits{{{"TiB", 40}, {"GiB", 30}, {"MiB", 20}, {"KiB", 10}}};

} // namespace

std::optional<std::int64_t> bytesFrom(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || value < 0)
        return std::nullopt;
    std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
    while (unit.starts_with(' '))
        unit.remove_prefix(1);
    if (unit.empty() || unit == "B")
        return value;
    for (const Unit &known : kUnits)
        if (unit == known.name && value <= (std::numeric_limits<std::int64_t>::max() >> known.shift))
            return value << known.shift;
    return std::nullopt;
}

std::string bytesText(std::int64_t bytes)
{
    for (const Unit &unit : kUnits)
        if (bytes > 0 && bytes % (std::int64_t{1} << unit.shift) == 0)
            return std::to_string(bytes >> unit.shift) + " " + unit.name;
    return std::to_string(bytes);
}

} // namespace andon::profile
