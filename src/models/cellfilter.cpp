// What a filter reads of a table, and which rows it leaves.
#include "models/celltable.h"
#include "models/rowfilter.h"
#include "text/filtervalues.h"

#include <algorithm>
#include <set>

namespace andon::models
{

namespace
{

constexpr std::size_t kMostValues = 50; // to complete with

bool counts(const TableRow &row)
{
    return !row.section && !row.always;
}

bool measured(const text::FilterField &field)
{
    return field.kind == text::FieldKind::Number || field.kind == text::FieldKind::Time;
}

QStringList values(const std::vector<TableRow> &rows, const std::function<QString(const TableRow &)> &textOf)
{
    std::set<QString> found;
    for (const TableRow &row : rows)
        if (const QString text = counts(row) ? textOf(row) : QString(); !text.isEmpty() && found.size() < kMostValues)
            found.insert(text);
    return {found.begin(), found.end()};
}

} // namespace

int CellTable::shown() const
{
    return m_shown;
}

void CellTable::update()
{
    std::vector<TableRow> rows = left();
    m_shown = static_cast<int>(std::count_if(rows.begin(), rows.end(), counts));
    show(unfolded(sorted(std::move(rows))));
    Q_EMIT filtered();
}

int CellTable::total() const
{
    return static_cast<int>(std::count_if(m_all.begin(), m_all.end(), counts));
}

std::vector<text::FilterField> CellTable::fields() const
{
    std::vector<text::FilterField> out;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        text::FilterField field = m_columns[i].field;
        if (field.name.isEmpty())
            continue;
        if (!measured(field) && field.values.isEmpty())
            field.values = values(
                m_all, [i](const TableRow &row) { return i < row.cells.size() ? row.cells[i].text : QString(); });
        out.push_back(std::move(field));
    }
    for (std::size_t i = 0; i < m_more.size(); ++i) {
        text::FilterField field = m_more[i];
        if (!measured(field) && field.values.isEmpty())
            field.values =
                values(m_all, [i](const TableRow &row) { return row.more.value(static_cast<qsizetype>(i)); });
        out.push_back(std::move(field));
    }
    return out;
}

FilterRows CellTable::texts() const
{
    std::vector<text::FilterField> fields;
    for (const TableColumn &column : m_columns)
        fields.push_back(column.field);
    fields.insert(fields.end(), m_more.begin(), m_more.end());
    FilterRows out(fields);
    for (const TableRow &row : m_all) {
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const bool further = i >= m_columns.size();
            const Cell *cell = further || i >= row.cells.size() ? nullptr : &row.cells[i];
            const QString text = further ? row.more.value(static_cast<qsizetype>(i - m_columns.size()))
                : cell                   ? cell->text
                                         : QString();
            out.set(i, text == u"—" ? std::string_view() : std::string_view(text.toStdString()));
            if (!measured(fields[i]))
                continue;
            const auto shown = cell && cell->value ? cell->value : text::shownNumber(text, fields[i].unit);
            out.set(i, shown.value_or(std::numeric_limits<double>::quiet_NaN()));
        }
        out.endRow();
    }
    return out;
}

std::vector<TableRow> CellTable::left() const
{
    if (m_filter.empty())
        return m_all;
    const RowNumbers rows = filterRows(texts(), m_filter).value_or(RowNumbers{});
    std::vector<char> stays(m_all.size(), 0);
    for (const std::uint32_t row : rows)
        stays[row] = counts(m_all[row]) ? 1 : 0;
    bool below = false; // of the heading that comes next, from below
    for (std::size_t i = m_all.size(); i-- > 0;) {
        if (m_all[i].always)
            stays[i] = 1;
        else if (m_all[i].section)
            stays[i] = std::exchange(below, false) ? 1 : 0;
        else
            below = below || stays[i] != 0;
    }
    std::vector<TableRow> out;
    for (std::size_t i = 0; i < m_all.size(); ++i)
        if (stays[i])
            out.push_back(m_all[i]);
    return out;
}

} // namespace andon::models
