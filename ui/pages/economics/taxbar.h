#pragma once
// Where the GPU-hours of the quota went: one stacked bar of four classes, each with its shape, word, money and hours.
// GUI thread.
#include "economics/kpi.h"

#include <QWidget>

namespace andon::ui
{

class TaxBar final : public QWidget
{
    Q_OBJECT
public:
    explicit TaxBar(QWidget *parent = nullptr);
    void set(const economics::Tax &tax);
    [[nodiscard]] QSize sizeHint() const override { return {420, 116}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {300, 116}; }

Q_SIGNALS:
    void asked(const QString &key); ///< of a class

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] int classAt(const QPoint &point) const;
    void paintClass(QPainter &painter, std::size_t index, const QRect &rect) const;
    economics::Tax m_tax;
    std::vector<QRect> m_rects; ///< of the last painting, by class: bar and legend
    std::vector<QRect> m_bars;
};

} // namespace andon::ui
