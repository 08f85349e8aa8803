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
    /// As high as its rows: for a table inside a scrolling page.
    void setFitsRows(bool fits);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void linkRequested(const QString &link);
    void rowSelected(const QString &id);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    models::CellTable &m_cells;
    bool m_fits = false;
};

} // namespace andon::ui
