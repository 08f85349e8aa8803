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
    std::optional<double> bar = {}; ///< 0..1, drawn before the text
    std::optional<double> base = {}; ///< 0..1, where the bar begins (a zero in the middle); nothing: at 0
    std::optional<double> tick = {}; ///< 0..1, where normal is
    bool strong = false;
    bool muted = false;
    bool toned = false; ///< text and bar in the colour of the status
    QString tip = {};
    bool operator==(const Cell &) const = default;
};

struct TableRow {
    QString id = {};
    std::vector<Cell> cells = {};
    QString link = {}; ///< opened by a double click or Enter
    bool section = false; ///< a heading of the rows below it: cannot be selected
    bool operator==(const TableRow &) const = default;
};

struct TableColumn {
    QString title = {};
    int width = 0; ///< px; 0 stretches
    bool right = false;
    int need = 0; ///< px; a narrower table leaves the column out
};

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
        SectionRole
    };

    explicit CellTable(std::vector<TableColumn> columns, QObject *parent = nullptr);
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    void setRows(std::vector<TableRow> rows);
    [[nodiscard]] int rowOf(const QString &id) const; ///< -1: there is none
    [[nodiscard]] const std::vector<TableColumn> &columns() const { return m_columns; }

private:
    std::vector<TableColumn> m_columns;
    std::vector<TableRow> m_rows;
};

} // namespace andon::models
