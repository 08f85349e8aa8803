// In which order a table's rows stand, and which of them their headings hide.
#include "models/celltable.h"
#include "text/filtervalues.h"

#include <algorithm>

namespace andon::models
{

namespace
{

/// A cell as it is sorted: by its number where it has one, else by its text.
struct Key {
    std::optional<double> number = {};
    QString text = {};
    [[nodiscard]] bool missing() const { return !number && text.isEmpty(); }
};

Key keyOf(const TableRow &row, const TableColumn &column, std::size_t index)
{
    if (index >= row.cells.size())
        return {};
    const Cell &cell = row.cells[index];
    const bool measured = column.field.kind == text::FieldKind::Number || column.field.kind == text::FieldKind::Time;
    if (const auto number = cell.value || !measured ? cell.value : text::shownNumber(cell.text, column.field.unit))
        return {.number = number};
    if (cell.text.isEmpty() || cell.text == u"—")
        return {.number = cell.bar};
    return {.text = cell.text.toLower()};
}

bool less(const Key &a, const Key &b, bool descending)
{
    if (a.missing() || b.missing())
        return !a.missing() && b.missing();
    const Key &low = descending ? b : a;
    const Key &high = descending ? a : b;
    if (low.number && high.number)
        return *low.number < *high.number;
    if (low.number || high.number)
        return low.number.has_value();
    return low.text < high.text;
}

} // namespace

void CellTable::setSort(const TableSort &sort)
{
    if (m_sort == sort)
        return;
    m_sort = sort;
    update();
}

void CellTable::setOpen(std::optional<QSet<QString>> ids)
{
    m_open = std::move(ids);
    update();
    for (int row = 0; row < rowCount(); ++row) // a heading looks different folded
        if (m_rows[static_cast<std::size_t>(row)].section)
            Q_EMIT dataChanged(index(row, 0), index(row, columnCount() - 1));
}

void CellTable::toggle(const QString &heading)
{
    QSet<QString> all;
    for (const TableRow &row : m_all)
        if (row.section)
            all.insert(row.id);
    QSet<QString> open = m_open.value_or(all);
    if (!open.remove(heading))
        open.insert(heading);
    setOpen(open.contains(all) ? std::nullopt : std::optional(open));
}

std::vector<TableRow> CellTable::sorted(std::vector<TableRow> rows) const
{
    if (m_sort.column < 0 || m_sort.column >= columnCount())
        return rows;
    const auto column = static_cast<std::size_t>(m_sort.column);
    const auto fixed = [](const TableRow &row) { return row.section || row.always; };
    for (auto first = rows.begin(); first != rows.end();) {
        first = std::find_if_not(first, rows.end(), fixed);
        const auto last = std::find_if(first, rows.end(), fixed);
        std::vector<std::pair<Key, TableRow>> part;
        for (auto row = first; row != last; ++row)
            part.emplace_back(keyOf(*row, m_columns[column], column), std::move(*row));
        std::stable_sort(part.begin(), part.end(),
                         [this](const auto &a, const auto &b) { return less(a.first, b.first, m_sort.descending); });
        for (auto &[key, row] : part)
            *first++ = std::move(row);
    }
    return rows;
}

std::vector<TableRow> CellTable::unfolded(std::vector<TableRow> rows) const
{
    if (!m_open || !m_filter.empty())
        return rows;
    std::vector<TableRow> out;
    bool hidden = false;
    for (TableRow &row : rows) {
        if (row.section)
            hidden = !m_open->contains(row.id);
        if (row.section || row.always || !hidden)
            out.push_back(std::move(row));
    }
    return out;
}

} // namespace andon::models
