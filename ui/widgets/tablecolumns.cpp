// What a person does at a table's header and headings: columns chosen, moved, sized, sorted by; rows folded.
#include "models/celltable.h"
#include "ui/theme/style.h"
#include "ui/widgets/table.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>

#include <algorithm>

namespace andon::ui
{

namespace
{

using models::CellTable;
using models::TableColumn;
using models::TableSort;

constexpr int kMostWidth = 2000; // px; of a file that was written by hand

/// What a column is called in a view: by its filter, else by its place.
QString keyOf(const CellTable &table, int column)
{
    const QString &name = table.columns()[static_cast<std::size_t>(column)].field.name;
    return name.isEmpty() ? QStringLiteral("#%1").arg(column + 1) : name;
}

int columnOf(const CellTable &table, const QString &key)
{
    for (int i = 0; i < table.columnCount(); ++i)
        if (keyOf(table, i) == key)
            return i;
    return -1;
}

/// For the menu: a column without a title is the bar of the one before.
QString titleOf(const CellTable &table, int column)
{
    const QString &title = table.columns()[static_cast<std::size_t>(column)].title;
    return !title.isEmpty() || column == 0 ? title : Table::tr("%1, as a bar").arg(titleOf(table, column - 1));
}

} // namespace

void Table::connectHeader()
{
    QHeaderView *header = horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setSortIndicatorShown(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    header->setFixedHeight(metric::kRow);
    header->setHighlightSections(false);
    header->setFont(ui::font(11));
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::customContextMenuRequested, this,
            [this, header](const QPoint &at) { columnsMenu()->popup(header->mapToGlobal(at)); });
    connect(header, &QHeaderView::sectionClicked, this, &Table::sortBy);
    connect(header, &QHeaderView::sectionResized, this, [this](int column, int, int width) {
        if (m_arranging || width <= 0)
            return;
        m_widths[column] = width;
        arrange();
    });
}

bool Table::asMade() const
{
    for (int i = 0; i < m_cells.columnCount(); ++i)
        if (horizontalHeader()->visualIndex(i) != i)
            return false;
    return !m_picked && m_widths.empty() && m_cells.sort().column < 0;
}

QStringList Table::columns() const
{
    QStringList words;
    if (asMade())
        return words;
    for (int place = 0; place < m_cells.columnCount(); ++place) {
        const int column = horizontalHeader()->logicalIndex(place);
        if (m_picked && m_hidden.contains(column))
            continue;
        QString word = keyOf(m_cells, column);
        if (const auto own = m_widths.find(column); own != m_widths.end())
            word += QStringLiteral(":%1").arg(own->second);
        if (m_cells.sort().column == column)
            word += m_cells.sort().descending ? QStringLiteral(":down") : QStringLiteral(":up");
        words << word;
    }
    return words;
}

void Table::setColumns(const QStringList &columns)
{
    QHeaderView *header = horizontalHeader();
    m_widths.clear();
    m_hidden.clear();
    TableSort sort;
    int place = 0;
    std::set<int> named;
    for (const QString &word : columns) {
        const QStringList parts = word.split(u':');
        const int column = columnOf(m_cells, parts.front());
        if (column < 0 || !named.insert(column).second)
            continue;
        header->moveSection(header->visualIndex(column), place++);
        for (const QString &part : parts.mid(1))
            if (part == u"up" || part == u"down")
                sort = {column, part == u"down"};
            else if (const int width = part.toInt(); width > 0)
                m_widths[column] = std::clamp(width, header->minimumSectionSize(), kMostWidth);
    }
    for (int i = 0; i < m_cells.columnCount(); ++i) {
        if (named.empty())
            header->moveSection(header->visualIndex(i), i);
        else if (!named.contains(i))
            m_hidden.insert(i);
    }
    m_picked = !m_hidden.empty();
    setHorizontalScrollBarPolicy(m_picked ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    m_cells.setSort(sort);
    renderSort();
    arrange();
}

void Table::setShown(int column, bool shown)
{
    if (!m_picked) // from what is seen
        for (int i = 0; i < m_cells.columnCount(); ++i)
            if (isColumnHidden(i))
                m_hidden.insert(i);
    m_picked = true;
    shown ? static_cast<void>(m_hidden.erase(column)) : static_cast<void>(m_hidden.insert(column));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    arrange();
}

void Table::sortBy(int column)
{
    const TableSort &now = m_cells.sort();
    const bool again = now.column == column;
    m_cells.setSort(!again ? TableSort{column, false} : !now.descending ? TableSort{column, true} : TableSort{});
    renderSort();
}

void Table::renderSort()
{
    horizontalHeader()->setSortIndicator(m_cells.sort().column,
                                         m_cells.sort().descending ? Qt::DescendingOrder : Qt::AscendingOrder);
}

QMenu *Table::columnsMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto *sorting = new QMenu(tr("Sort by"), menu);
    int shown = 0;
    for (int i = 0; i < m_cells.columnCount(); ++i)
        shown += isColumnHidden(i) ? 0 : 1;
    bool headings = false;
    for (int i = 0; i < m_cells.rowCount(); ++i)
        headings |= m_cells.index(i, 0).data(CellTable::SectionRole).toBool();
    for (int place = 0; place < m_cells.columnCount(); ++place) {
        const int column = horizontalHeader()->logicalIndex(place);
        QAction *action = menu->addAction(titleOf(m_cells, column));
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        // A table of no columns could not be asked back, a heading without its name could not be told.
        action->setEnabled(isColumnHidden(column) || (shown > 1 && !(column == 0 && headings)));
        connect(action, &QAction::toggled, this, [this, column](bool on) { setShown(column, on); });
        QAction *by = sorting->addAction(titleOf(m_cells, column));
        by->setCheckable(true);
        by->setChecked(m_cells.sort().column == column);
        connect(by, &QAction::triggered, this, [this, column] { sortBy(column); });
    }
    menu->addSeparator();
    menu->addMenu(sorting);
    QAction *reset = menu->addAction(tr("As it was made"), this, [this] { setColumns({}); });
    reset->setEnabled(!asMade());
    return menu;
}

void Table::openColumnsMenu()
{
    columnsMenu()->popup(mapToGlobal(QPoint(8, horizontalHeader()->height())));
}

void Table::contextMenuEvent(QContextMenuEvent *event)
{
    if (event->reason() == QContextMenuEvent::Keyboard)
        openColumnsMenu();
}

QStringList Table::expanded() const
{
    QStringList headings;
    if (!m_cells.open())
        return headings;
    for (const QString &id : *m_cells.open())
        if (m_cells.total() == 0 || m_cells.has(id))
            headings << id;
    headings.sort();
    return headings.isEmpty() ? QStringList{QString()} : headings;
}

void Table::setExpanded(const QStringList &headings)
{
    if (headings.isEmpty())
        m_cells.setOpen(std::nullopt);
    else
        m_cells.setOpen(QSet<QString>(headings.begin(), headings.end()));
}

void Table::keyPressEvent(QKeyEvent *event)
{
    const QModelIndex at = currentIndex();
    if (!at.data(CellTable::SectionRole).toBool() || event->modifiers() != Qt::NoModifier)
        return QTableView::keyPressEvent(event);
    const bool folded = at.data(CellTable::FoldedRole).toBool();
    const int key = event->key();
    const bool toggles = key == Qt::Key_Return || key == Qt::Key_Space || (key == Qt::Key_Left && !folded)
        || (key == Qt::Key_Right && folded);
    if (toggles)
        m_cells.toggle(at.data(CellTable::IdRole).toString());
    else if (key != Qt::Key_Left && key != Qt::Key_Right)
        QTableView::keyPressEvent(event);
}

} // namespace andon::ui
