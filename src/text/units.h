#pragma once
// Numbers as people read them: three significant digits, SI prefixes, a no-break space before the unit, a
// minus sign (no hyphen) before what is negative, the decimal mark of QLocale(), the default locale. The same on
// screen, in andonctl and in a PDF. Pure but for that.
#include <QString>

#include <cstdint>
#include <optional>

namespace andon::text
{

/// Grouped in threes with a narrow no-break space: "1 284.50".
[[nodiscard]] QString number(double value, int decimals);
[[nodiscard]] QString count(std::int64_t value); ///< "100 000"
/// "12.4 k", "3.10 M": three significant digits.
[[nodiscard]] QString compact(double value);
[[nodiscard]] QString bytes(std::optional<std::int64_t> value); ///< "3.10 GB" (powers of 1000); "—" without a value

} // namespace andon::text
