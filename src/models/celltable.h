#pragma once
// A small table of finished cells: text, alignment, a status, a bar. Rows have an id and are updated by diff, so
// selection and scroll survive a refresh. GUI thread.
#include <QAbstractTableModel>
#include <QString>

#include <optional>
#include <vector>

namespace andon::models
{

struct Cell {
    QString text = {};
    int status = -1; ///< an ui status, shown as its shape before the text; -1: none
    std::optional<double> bar = {}; ///< 0..1, drawn behind the text
    std::optional<double> tick = {}; ///< 0..1, where normal is
    bool strong = false;
    bool muted = false;
    QString tip = {};
    bool operator==(const Cell &) const = default;
};

struct TableRow {
    QString id = {};
    std::vector<Cell> cells = {};
    QString link = {}; ///< opened by a double click or Enter
    bool operator==(const TableRow &) const = default;
};

struct TableColumn {
    QString title = {};
    int width = 0; ///< px; 0 stretches
    bool right = false;
};

class CellTable final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Role { StatusRole = Qt::UserRole + 1, BarRole, TickRole, StrongRole, MutedRole, LinkRole, IdRole };

    explicit CellTable(std::vector<TableColumn> columns, QObject *parent = nullptr);
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void setRows(std::vector<TableRow> rows);
    [[nodiscard]] const std::vector<TableColumn> &columns() const { return m_columns; }

private:
    std::vector<TableColumn> m_columns;
    std::vector<TableRow> m_rows;
};

} // namespace andon::models
