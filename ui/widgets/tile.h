#pragma once
// One key figure: what it is, its digits and unit, a sentence of context, its trend. A click asks why. GUI thread.
#include "ui/theme/shapes.h"

#include "telemetry/series.h"

#include <QWidget>

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
    void setAsked(bool asked); ///< shows that it can be asked why
    [[nodiscard]] QSize sizeHint() const override { return {220, 84}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {150, 84}; }

Q_SIGNALS:
    void clicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString m_title, m_digits, m_unit, m_note;
    int m_noteStatus = -1;
    bool m_asked = false;
    telemetry::Series m_series;
};

} // namespace andon::ui
