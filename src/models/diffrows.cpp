#include "models/diffrows.h"

#include <algorithm>
#include <cmath>

namespace andon::models
{

namespace
{

using factory::DiffIndex;
using factory::DiffIndexPage;

/// Rows of a page that the filter leaves, from its first.
core::Result<RowNumbers> filtered(const versions::DiffPage &page, const text::Filter &filter,
                                  const core::Cancel &cancel)
{
    FilterRows rows(diffFields());
    rows.reserve(page.entries.size());
    for (const versions::DiffEntry &entry : page.entries) {
        rows.set(0, entry.path);
        rows.set(1, changeWord(entry.type));
        if (entry.sizeBytes)
            rows.set(2, static_cast<double>(*entry.sizeBytes));
        rows.endRow();
    }
    auto left = filterRows(rows, filter, {.cancel = cancel});
    if (!left)
        return core::fail(core::ErrorKind::Cancelled, "diff", {});
    return std::move(*left);
}

void order(const DiffIndex &index, const DiffQuery &query, RowNumbers &rows)
{
    std::vector<std::int64_t> keys; // by row number minus the first: sizes and kinds without a search each
    keys.reserve(static_cast<std::size_t>(query.count));
    for (const auto &page : index.pages())
        for (std::size_t i = 0; i < page->sizes.size(); ++i)
            if (const auto row = page->firstRow + static_cast<std::int64_t>(i);
                row >= query.first && row < query.first + query.count)
                keys.push_back(query.order == DiffQuery::Order::Size ? page->sizes[i]
                                                                     : static_cast<int>(page->types[i]));
    const auto key = [&](std::uint32_t row) { return keys[static_cast<std::size_t>(row - query.first)]; };
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
        const std::int64_t x = key(a);
        const std::int64_t y = key(b);
        if ((x < 0) != (y < 0))
            return y < 0; // what is not known comes last either way
        return query.descending ? x > y : x < y;
    });
}

} // namespace

std::vector<text::FilterField> diffFields()
{
    return {text::wordField("path"),
            {.name = QStringLiteral("change"),
             .kind = text::FieldKind::Choice,
             .values = {QStringLiteral("added"), QStringLiteral("removed"), QStringLiteral("changed"),
                        QStringLiteral("conflict"), QStringLiteral("prefix_changed")}},
            text::numberField("size", "B")};
}

const char *changeWord(versions::DiffType type)
{
    static constexpr const char *kWords[] = {"added", "removed", "changed", "conflict", "prefix_changed"};
    return kWords[static_cast<int>(type)];
}

core::Result<RowNumbers> diffRows(const DiffIndex &index, const DiffQuery &query, const DiffPageOf &pageOf,
                                  const core::Cancel &cancel)
{
    RowNumbers rows;
    const std::int64_t end = std::min(query.first + query.count, index.size());
    for (const auto &page : index.pages()) {
        if (cancel.cancelled())
            return core::fail(core::ErrorKind::Cancelled, "diff", {});
        const auto size = static_cast<std::int64_t>(page->types.size());
        if (page->firstRow + size <= query.first || page->firstRow >= end)
            continue;
        std::vector<char> wanted(page->types.size(), query.filter.empty() ? 1 : 0);
        if (!query.filter.empty()) {
            const auto entries = pageOf(page->after);
            const auto left = entries ? filtered(*entries, query.filter, cancel) : core::fail(entries.error());
            if (!left)
                return core::fail(left.error());
            for (const std::uint32_t row : *left)
                if (row < wanted.size())
                    wanted[row] = 1;
        }
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            const std::int64_t row = page->firstRow + static_cast<std::int64_t>(i);
            if (wanted[i] && row >= query.first && row < end && (!query.kind || *query.kind == page->types[i]))
                rows.push_back(static_cast<std::uint32_t>(row));
        }
    }
    if (query.order != DiffQuery::Order::Path)
        order(index, query, rows);
    else if (query.descending)
        std::reverse(rows.begin(), rows.end());
    return rows;
}

std::optional<std::uint32_t> diffRow(const DiffIndex &index, const std::string &path, const DiffPageOf &pageOf)
{
    const auto &pages = index.pages(); // by path: each begins behind its `after`
    const auto next =
        std::partition_point(pages.begin(), pages.end(), [&](const auto &page) { return page->after < path; });
    if (path.empty() || next == pages.begin())
        return std::nullopt;
    const factory::DiffIndexPage &page = **std::prev(next);
    const auto asked = pageOf(page.after);
    if (!asked)
        return std::nullopt;
    const auto at = std::find_if(asked->entries.begin(), asked->entries.end(),
                                 [&](const versions::DiffEntry &one) { return one.path == path; });
    const auto row = static_cast<std::size_t>(at - asked->entries.begin());
    return row < page.types.size() ? std::optional(static_cast<std::uint32_t>(page.firstRow) + row) : std::nullopt;
}

} // namespace andon::models
