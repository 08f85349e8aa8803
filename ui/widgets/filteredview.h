#pragma once
// A view of a CellTable with the bar that filters it: keeps both in step, and says when the filter leaves nothing.
// GUI thread.
#include "ui/widgets/filterbar.h"
#include "ui/widgets/panel.h"

class QAbstractItemView;

namespace andon::core
{
class Clock;
}
namespace andon::models
{
class CellTable;
}

namespace andon::ui
{

/// A bar of the table's fields, of the height of a card's header.
[[nodiscard]] FilterBar *filterBarOf(models::CellTable &model, const core::Clock &clock, const QString &name,
                                     QWidget *parent);

class FilteredView final : public Panel
{
    Q_OBJECT
public:
    FilteredView(QAbstractItemView *view, models::CellTable &model, FilterBar *bar, QWidget *parent = nullptr);

private:
    void follow();
    models::CellTable &m_model;
    FilterBar *m_bar = nullptr;
};

} // namespace andon::ui
