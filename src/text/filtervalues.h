#pragma once
// Numbers with units and times as they stand in a filter or were shown in a cell. Pure.
#include "text/filter.h"

namespace andon::text
{

struct Quantity {
    double value = 0; ///< in the unit of the field
    double step = 0; ///< what the last digit that was typed counts
};

/// "5ms" of a field in "s" is 0.005; without a unit it is the field's own; k M G T multiply. Nothing when it is no
/// number; `wrongUnit` when it is one of another unit.
[[nodiscard]] std::optional<Quantity> quantity(const QString &words, const QString &unit, bool *wrongUnit = nullptr);
/// The number that a cell shows ("3.10 GB", "1 284", "1 h 20 min", "−4 %"), in `unit`; nothing for "—" and words.
[[nodiscard]] std::optional<double> shownNumber(const QString &shown, const QString &unit);

/// The period that words of a time name: a day, a minute, now/d … A moment has equal ends.
struct Period {
    std::int64_t from = 0; ///< ms since 1970
    std::int64_t to = 0; ///< excluded, unless it equals from
};
[[nodiscard]] std::optional<Period> period(const QString &words, const FilterGrammar &grammar);

/// The known word that is likely to have been meant: few edits apart; "" when none is.
[[nodiscard]] QString nearest(const QString &word, const QStringList &known);

} // namespace andon::text
