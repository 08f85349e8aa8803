#include "models/celltable.h"

#include <algorithm>

namespace andon::models
{

CellTable::CellTable(std::vector<TableColumn> columns, QObject *parent)
    : QAbstractTableModel(parent)
    , m_columns(std::move(columns))
{
}

int CellTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CellTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant CellTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= static_cast<int>(m_columns.size()))
        return {};
    const TableColumn &column = m_columns[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole)
        return column.title;
    if (role == Qt::TextAlignmentRole)
        return QVariant((column.right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

QVariant CellTable::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !checkIndex(index))
        return {};
    const TableRow &row = m_rows[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<std::size_t>(index.column());
    if (role == IdRole)
        return row.id;
    if (role == LinkRole)
        return row.link;
    if (role == SectionRole)
        return row.section;
    if (role == FoldedRole)
        return row.section && m_open && !m_open->contains(row.id);
    if (column >= row.cells.size()) // a heading has few
        return role == StatusRole ? QVariant(-1) : QVariant();
    const Cell &cell = row.cells[column];
    switch (role) {
    case Qt::DisplayRole:
        return cell.text;
    case Qt::ToolTipRole:
        return cell.tip.isEmpty() ? QVariant() : QVariant(cell.tip.toHtmlEscaped());
    case Qt::TextAlignmentRole:
        return QVariant((m_columns[column].right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case StatusRole:
        return cell.status;
    case BarRole:
        return cell.bar ? QVariant(*cell.bar) : QVariant();
    case TickRole:
        return cell.tick ? QVariant(*cell.tick) : QVariant();
    case BaseRole:
        return cell.base ? QVariant(*cell.base) : QVariant();
    case TonedRole:
        return cell.toned;
    case StripRole:
        return cell.strip.isEmpty() ? QVariant() : QVariant::fromValue(cell.strip);
    case StrongRole:
        return cell.strong;
    case MutedRole:
        return cell.muted;
    default:
        return {};
    }
}

Qt::ItemFlags CellTable::flags(const QModelIndex &index) const
{
    if (!index.isValid() || !checkIndex(index))
        return Qt::NoItemFlags;
    return m_rows[static_cast<std::size_t>(index.row())].section ? Qt::ItemIsEnabled
                                                                 : QAbstractTableModel::flags(index);
}

bool CellTable::has(const QString &id) const
{
    return std::any_of(m_all.begin(), m_all.end(), [&](const TableRow &row) { return row.id == id; });
}

int CellTable::rowOf(const QString &id) const
{
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        if (m_rows[i].id == id)
            return static_cast<int>(i);
    return -1;
}

void CellTable::setRows(std::vector<TableRow> rows)
{
    m_all = std::move(rows);
    update();
}

void CellTable::setFilter(const text::Filter &filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    update();
}

void CellTable::show(const std::vector<TableRow> &rows)
{
    const int last = static_cast<int>(m_columns.size()) - 1;
    QSet<QString> stay;
    for (const TableRow &row : rows)
        stay.insert(row.id);
    // Rows that are gone, from below.
    for (std::size_t i = m_rows.size(); i-- > 0;)
        if (!stay.contains(m_rows[i].id)) {
            beginRemoveRows({}, static_cast<int>(i), static_cast<int>(i));
            m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(i));
            endRemoveRows();
        }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto found = std::find_if(m_rows.begin() + static_cast<std::ptrdiff_t>(std::min(i, m_rows.size())),
                                        m_rows.end(), [&](const TableRow &row) { return row.id == rows[i].id; });
        const int at = static_cast<int>(i);
        if (found == m_rows.end()) {
            beginInsertRows({}, at, at);
            m_rows.insert(m_rows.begin() + at, rows[i]);
            endInsertRows();
            continue;
        }
        const int from = static_cast<int>(found - m_rows.begin());
        if (from != at) {
            beginMoveRows({}, from, from, {}, at);
            std::rotate(m_rows.begin() + at, found, found + 1);
            endMoveRows();
        }
        if (!(m_rows[i] == rows[i])) {
            m_rows[i] = rows[i];
            Q_EMIT dataChanged(index(at, 0), index(at, last));
        }
    }
}

} // namespace andon::models
