#pragma once
// A QTableView over a CellTable: rows of 24 px, shapes, bars and ticks painted in the cells. Its columns are chosen,
// moved, sized and sorted by at the header; headings fold the rows below them. GUI thread.
#include <QTableView>

#include <map>
#include <set>

class QMenu;

namespace andon::models
{
class CellTable;
}

namespace andon::ui
{

class Table final : public QTableView
{
    Q_OBJECT
public:
    explicit Table(models::CellTable &model, QWidget *parent = nullptr);
    /// As high as its rows and its header, never less: for a table inside a page that scrolls.
    void setFitsRows(bool fits);
    /// Rows grow until the column that stretches shows all its text: for tables of a few rows.
    void setWraps(bool wraps);
    /// Selects a row without telling rowSelected; an unknown id selects none.
    void choose(const QString &id);
    /// What is shown, in its order: "gpus", "gpus:72" as wide as a person made it, "gpus:down" that it is sorted by.
    /// None: as it was made.
    [[nodiscard]] QStringList columns() const;
    /// What there is none of is skipped. None: as it was made.
    void setColumns(const QStringList &columns);
    /// The headings that stand open: none when all do, one "" when none does.
    [[nodiscard]] QStringList expanded() const;
    void setExpanded(const QStringList &headings);
    [[nodiscard]] QMenu *columnsMenu(); ///< deletes itself when it is closed
    void openColumnsMenu(); ///< below the header
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void linkRequested(const QString &link);
    void rowSelected(const QString &id);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override; ///< without a name of its own it has its card's
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void arrange();
    void wrapRows();
    void connectHeader();
    [[nodiscard]] bool isShown(int column, int most) const;
    [[nodiscard]] int widthOf(int column) const; ///< px; 0 stretches
    [[nodiscard]] bool asMade() const;
    void setShown(int column, bool shown);
    void sortBy(int column);
    void renderSort();
    models::CellTable &m_cells;
    bool m_fits = false;
    bool m_wraps = false;
    bool m_quiet = false;
    bool m_moved = false; ///< the chosen row went: another one is chosen, which is told when all rows are there
    bool m_picked = false; ///< a person chose the columns: none is left out for want of room
    bool m_arranging = false;
    std::set<int> m_hidden;
    std::map<int, int> m_widths; ///< px, that a person made
};

} // namespace andon::ui
