#pragma once
// Which changes of a comparison a list shows, and in which order: row numbers, not rows. Paths are read page by page
// and not kept. Any thread but the GUI's.
#include "factory/compareviews.h"
#include "models/rowfilter.h"

#include "core/result.h"

namespace andon::models
{

struct DiffQuery {
    enum class Order { Path, Kind, Size };
    std::int64_t first = 0; ///< rows of one folder
    std::int64_t count = 0;
    text::Filter filter = {};
    std::optional<versions::DiffType> kind = {}; ///< only these
    Order order = Order::Path;
    bool descending = false;
    bool operator==(const DiffQuery &) const = default;
};

/// By path, change and size.
[[nodiscard]] std::vector<text::FilterField> diffFields();
/// The word of a change in filters and files: "added".
[[nodiscard]] const char *changeWord(versions::DiffType type);

using DiffPageOf = std::function<core::Result<versions::DiffPage>(const std::string &after)>;
/// Pages are asked for only when the filter looks at more than the kind.
[[nodiscard]] core::Result<RowNumbers> diffRows(const factory::DiffIndex &index, const DiffQuery &query,
                                                const DiffPageOf &pageOf, const core::Cancel &cancel);

/// The row of an object. nullopt: it does not differ, is not listed, or its page cannot be had.
[[nodiscard]] std::optional<std::uint32_t> diffRow(const factory::DiffIndex &index, const std::string &path,
                                                   const DiffPageOf &pageOf);

} // namespace andon::models
