#pragma once
// One station: state on its upper edge, one figure with its trend, four facts, and the rule that decided. GUI thread.
#include "factory/floorview.h"

#include <QWidget>

namespace andon::ui
{

class StationCard final : public QWidget
{
    Q_OBJECT
public:
    explicit StationCard(QWidget *parent = nullptr);
    void set(const factory::StationView &view);
    [[nodiscard]] QSize sizeHint() const override { return {300, 232}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {210, 232}; }

Q_SIGNALS:
    void clicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void paintHead(QPainter &painter) const;
    void paintFacts(QPainter &painter) const;
    factory::StationView m_view;
};

} // namespace andon::ui
