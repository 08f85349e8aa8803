#pragma once
// A small table of finished cells: text, alignment, a status, a bar. Rows have an id and are updated by diff, so
// selection and scroll survive a refresh; a filter leaves some of them, a heading that is folded hides those below it.
// GUI thread.
#include "text/filter.h"

#include <QAbstractTableModel>
#include <QSet>

#include <memory>

namespace andon::models
{

struct Cell {
    QString text = {};
    int status = -1; ///< an ui status, shown as its shape before the text; -1: none
    std::optional<double> bar = {}; ///< 0..1, drawn before the text
    std::optional<double> base = {}; ///< 0..1, where the bar begins (a zero in the middle); nothing: at 0
    std::optional<double> tick = {}; ///< 0..1, where normal is
    bool strong = false;
    bool muted = false;
    bool toned = false; ///< text and bar in the colour of the status
    QString tip = {};
    QList<int> strip = {}; ///< ui statuses, oldest first: painted instead of the text, the last of them that fit
    std::optional<double> value = {}; ///< of a Number or Time that is filtered; otherwise read from the text
    bool operator==(const Cell &) const = default;
};

/// Of a time that is known.
[[nodiscard]] inline std::optional<double> timeValue(core::Instant at)
{
    return at.known() ? std::optional(static_cast<double>(at.ms)) : std::nullopt;
}

struct TableRow {
    QString id = {};
    std::vector<Cell> cells = {};
    QString link = {}; ///< opened by a double click or Enter
    bool section = false; ///< a heading of the rows below it: cannot be selected; it goes with the last of them
    bool always = false; ///< whatever the filter, and not counted: totals
    QStringList more = {}; ///< texts of the further fields
    bool operator==(const TableRow &) const = default;
};

struct TableColumn {
    QString title = {};
    int width = 0; ///< px; 0 stretches
    bool right = false;
    int need = 0; ///< px; a narrower table leaves the column out
    text::FilterField field = {}; ///< by which it is filtered; without a name only by words
};

/// By a column instead of the table's own order.
struct TableSort {
    int column = -1; ///< -1: the table's own
    bool descending = false;
    bool operator==(const TableSort &) const = default;
};

class FilterRows;

class CellTable final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role {
        StatusRole = Qt::UserRole + 1,
        BarRole,
        TickRole,
        StrongRole,
        MutedRole,
        LinkRole,
        IdRole,
        BaseRole,
        TonedRole,
        SectionRole,
        FoldedRole, ///< of a heading whose rows are hidden
        StripRole
    };

    explicit CellTable(std::vector<TableColumn> columns, QObject *parent = nullptr);
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    void setRows(std::vector<TableRow> rows);
    /// Fields beyond the columns, whose texts are TableRow::more. Before the first rows.
    void setMoreFields(std::vector<text::FilterField> fields) { m_more = std::move(fields); }
    void setFilter(const text::Filter &filter);
    /// Below each heading; totals stay where they are, and what is missing comes last either way.
    void setSort(const TableSort &sort);
    [[nodiscard]] const TableSort &sort() const { return m_sort; }
    /// The ids of the headings that stand open; nothing: all do. While a filter leaves some rows, all do.
    void setOpen(std::optional<QSet<QString>> ids);
    [[nodiscard]] const std::optional<QSet<QString>> &open() const { return m_open; }
    void toggle(const QString &heading);
    [[nodiscard]] const text::Filter &filter() const { return m_filter; }
    /// What the rows can be filtered by, with the texts that they have.
    [[nodiscard]] std::vector<text::FilterField> fields() const;
    [[nodiscard]] int shown() const; ///< rows that the filter leaves: no headings, no totals
    [[nodiscard]] int total() const; ///< the same without a filter
    [[nodiscard]] int rowOf(const QString &id) const; ///< -1: there is none, or the filter hides it
    [[nodiscard]] bool has(const QString &id) const; ///< hidden or not
    [[nodiscard]] const std::vector<TableColumn> &columns() const { return m_columns; }

Q_SIGNALS:
    void filtered(); ///< shown() or total() may have changed

private:
    [[nodiscard]] std::vector<TableRow> left() const;
    [[nodiscard]] FilterRows texts() const;
    [[nodiscard]] std::vector<TableRow> sorted(std::vector<TableRow> rows) const;
    [[nodiscard]] std::vector<TableRow> unfolded(std::vector<TableRow> rows) const;
    void update();
    void show(const std::vector<TableRow> &rows);

    std::vector<TableColumn> m_columns;
    std::vector<text::FilterField> m_more;
    std::vector<TableRow> m_all;
    std::vector<TableRow> m_rows; ///< that the filter leaves
    text::Filter m_filter;
    TableSort m_sort;
    std::optional<QSet<QString>> m_open;
    int m_shown = 0; ///< folded or not
};

} // namespace andon::models
