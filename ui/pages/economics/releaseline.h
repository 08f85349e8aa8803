#pragma once
// Releases beside each other from the day they were energised: busy, first token, first paid token, ramped. GUI thread.
#include "economics/kpi.h"

#include <QWidget>

namespace andon::ui
{

class ReleaseLine final : public QWidget
{
    Q_OBJECT
public:
    explicit ReleaseLine(QWidget *parent = nullptr);
    void set(std::vector<economics::ReleaseRow> releases);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {300, sizeHint().height()}; }

Q_SIGNALS:
    void asked(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] int rowAt(const QPoint &point) const;
    [[nodiscard]] int pitch() const;
    [[nodiscard]] double days() const; ///< at the right end of the axis
    void paintRow(QPainter &painter, const economics::ReleaseRow &row, const QRect &rect) const;
    std::vector<economics::ReleaseRow> m_rows; ///< newest first
};

} // namespace andon::ui
