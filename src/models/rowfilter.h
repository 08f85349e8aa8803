#pragma once
// Which rows a filter leaves: chunk after chunk, so that the first are there before the last are looked at. Values
// only; any thread, and the caller decides which.
#include "core/cancel.h"
#include "models/filterrows.h"

#include <memory>

namespace andon::models
{

using RowNumbers = std::vector<std::uint32_t>; ///< ascending

struct FilterRun {
    core::Cancel cancel = {};
    /// Told after each chunk that left some: those rows, and how many were looked at so far.
    std::function<void(const RowNumbers &rows, std::uint32_t looked)> onChunk = {};
    const RowNumbers *within = nullptr; ///< only these are looked at
};

/// Nothing when it was cancelled. A term of a field that the rows have not holds for none of them.
[[nodiscard]] std::optional<RowNumbers> filterRows(const FilterRows &rows, const text::Filter &filter,
                                                   const FilterRun &run = {});

/// Each row that `after` leaves `before` leaves too: it says more of the last word, or has more terms.
[[nodiscard]] bool narrows(const text::Filter &before, const text::Filter &after);

/// Remembers the last answer, in which the next keystroke looks when it only narrows it. One thread at a time.
class RowFilter
{
public:
    explicit RowFilter(std::shared_ptr<const FilterRows> rows);
    /// Nothing when it was cancelled; the last answer stays.
    [[nodiscard]] std::shared_ptr<const RowNumbers> apply(const text::Filter &filter, FilterRun run = {});
    [[nodiscard]] const FilterRows &rows() const { return *m_rows; }

private:
    std::shared_ptr<const FilterRows> m_rows;
    text::Filter m_filter;
    std::shared_ptr<const RowNumbers> m_answer; ///< null: none yet
};

} // namespace andon::models
