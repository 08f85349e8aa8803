#pragma once
// The headline figures in one card: each with its basis, target, coverage, and a way to ask why. GUI thread.
#include <QWidget>

#include <vector>

namespace andon::ui
{

struct KpiCell {
    struct Sub {
        QString name = {};
        QString value = {};
        int status = -1; ///< an ui::Status
        bool operator==(const Sub &) const = default;
    };
    QString title = {};
    QString basis = {}; ///< or, of a figure that is missing, why
    QString digits = {};
    QString unit = {};
    bool missing = false;
    std::vector<Sub> subs = {};
    bool operator==(const KpiCell &) const = default;
};

class KpiStrip final : public QWidget
{
    Q_OBJECT
public:
    explicit KpiStrip(QWidget *parent = nullptr);
    void set(std::vector<KpiCell> cells);
    void setChosen(int index); ///< the one that is explained; -1: none
    [[nodiscard]] QSize sizeHint() const override { return {900, 130}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {480, 130}; }

Q_SIGNALS:
    void asked(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] QRect rectOf(std::size_t index) const;
    [[nodiscard]] int at(const QPoint &point) const;
    void paintCell(QPainter &painter, const KpiCell &cell, const QRect &rect) const;
    void paintSubs(QPainter &painter, const KpiCell &cell, const QRect &area) const;

    std::vector<KpiCell> m_cells;
    int m_chosen = -1;
    int m_hovered = -1;
};

} // namespace andon::ui
