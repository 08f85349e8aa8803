#pragma once
// One key figure: what it is, its digits and unit, a sentence of context, its trend or its share of a whole. A click
// asks why or opens what it counts. GUI thread.
#include "ui/theme/shapes.h"

#include "telemetry/series.h"

#include <QWidget>

#include <optional>

namespace andon::ui
{

class Tile final : public QWidget
{
    Q_OBJECT
public:
    explicit Tile(QWidget *parent = nullptr);
    void set(const QString &title, const QString &digits, const QString &unit, const QString &note,
             int noteStatus = -1);
    void setTrend(telemetry::Series series);
    /// A bar under the note, 0..1; tick: where normal is; status colours it, -1: none.
    void setBar(std::optional<double> share, std::optional<double> tick = {}, int status = -1);
    void setAsked(bool asked); ///< shows that it can be asked why
    /// Says what a click opens; "" when it opens nothing.
    void setOpens(const QString &what);
    [[nodiscard]] QSize sizeHint() const override { return {220, 84}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {130, 84}; }

Q_SIGNALS:
    void clicked();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void paintFigure(QPainter &painter, const QRect &area) const;
    void paintNote(QPainter &painter, QRect area) const;
    void paintBar(QPainter &painter, const QRect &area) const;

    QString m_title, m_digits, m_unit, m_note, m_opens;
    int m_noteStatus = -1;
    std::optional<double> m_share;
    std::optional<double> m_tick;
    int m_barStatus = -1;
    telemetry::Series m_series;
};

/// For setToolTip(): plain text whatever it holds, its lines kept.
[[nodiscard]] QString tipOf(const QString &text);
/// A trend in one line: its shape is all that it tells. Nothing with fewer than three samples.
void paintSpark(QPainter &painter, const QRectF &area, const telemetry::Series &series, const QColor &colour);

} // namespace andon::ui
