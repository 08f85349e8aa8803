#pragma once
// What needs somebody: two lines a row, the worst first; Enter or a click opens it. GUI thread.
#include "factory/floorview.h"
#include "models/celltable.h"

#include <QListView>

namespace andon::ui
{

class NeedsList final : public QListView
{
    Q_OBJECT
public:
    explicit NeedsList(QWidget *parent = nullptr);
    void set(const factory::FloorView &view, core::Instant now);
    [[nodiscard]] int count() const { return m_rows.total(); }
    [[nodiscard]] models::CellTable &rows() { return m_rows; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 100}; }

Q_SIGNALS:
    void linkRequested(const QString &link);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    models::CellTable m_rows; ///< title, second line, since, next step
};

} // namespace andon::ui
