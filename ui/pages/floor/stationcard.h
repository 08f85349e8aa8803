#pragma once
// One station: state on its upper edge, one figure with its trend, four facts, and a sentence that says why. The card
// and each fact open their list. GUI thread.
#include "factory/floorview.h"
#include "ui/pages/floor/needslist.h"

#include <QWidget>

namespace andon::ui
{

class StationCard final : public QWidget
{
    Q_OBJECT
public:
    explicit StationCard(QWidget *parent = nullptr);
    void set(const factory::StationView &view, const QString &link, core::Instant now);
    void setAcknowledging(bool may) { m_acknowledging = may; } ///< by its menu, when it needs somebody
    [[nodiscard]] QMenu *makeMenu(); ///< deletes itself when it is closed
    [[nodiscard]] QSize sizeHint() const override { return {300, 256}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 256}; }

Q_SIGNALS:
    void linkRequested(const QString &link);
    void acknowledgeRequested(const andon::ui::AckRow &row);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void paintHead(QPainter &painter) const;
    void paintFigure(QPainter &painter, const QRect &area) const;
    void paintFacts(QPainter &painter) const;
    void paintWhy(QPainter &painter) const;
    [[nodiscard]] QRect factRect(int index) const;
    [[nodiscard]] int factAt(const QPoint &at) const; ///< -1: none
    [[nodiscard]] QString tipAt(const QPoint &at) const;

    factory::StationView m_view;
    QString m_link;
    QString m_target;
    QString m_why;
    QString m_ack; ///< who is on it
    bool m_acknowledging = false;
    int m_current = -1; ///< fact under the mouse or chosen by keys
};

/// What goes from one station to the next: its amount, and the state it leaves in by colour and width.
class FlowArrow final : public QWidget
{
    Q_OBJECT
public:
    explicit FlowArrow(QWidget *parent = nullptr);
    void set(const factory::StationView &from, const factory::StationView &to);
    [[nodiscard]] QSize sizeHint() const override { return {58, 60}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_words;
    telemetry::Level m_level = telemetry::Level::Unknown;
};

} // namespace andon::ui
