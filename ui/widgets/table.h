#pragma once
// A QTableView over a CellTable: fixed sections, rows of 24 px, shapes, bars and ticks painted in the cells. GUI
// thread.
#include <QTableView>

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
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void linkRequested(const QString &link);
    void rowSelected(const QString &id);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override; ///< without a name of its own it has its card's
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    void arrange();
    void wrapRows();
    models::CellTable &m_cells;
    bool m_fits = false;
    bool m_wraps = false;
    bool m_quiet = false;
};

} // namespace andon::ui
