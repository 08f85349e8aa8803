#pragma once
// The chain of a model version, layered from its data to what serves it, beside that of the last good one; each edge
// says how it is known. Arrows move along it. GUI thread.
#include "ui/pages/lineage/chainlayout.h"

#include "core/instant.h"

#include <QPainterPath>
#include <QWidget>

#include <optional>

namespace andon::ui
{

struct Tokens;

/// A node or an edge of a band.
struct ChainChoice {
    std::size_t band = 0;
    bool edge = false;
    std::size_t index = 0;
    bool operator==(const ChainChoice &) const = default;
};

class ChainView final : public QWidget
{
    Q_OBJECT
public:
    explicit ChainView(QWidget *parent = nullptr);
    void set(std::vector<ChainBand> bands, core::Instant now);
    [[nodiscard]] const std::vector<ChainBand> &bands() const { return m_bands; }
    [[nodiscard]] std::optional<ChainChoice> choice() const { return m_choice; }
    void choose(const ChainChoice &choice);
    [[nodiscard]] const ChainLayout &chainLayout() const { return m_layout; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {620, 260}; }
    [[nodiscard]] QSize sizeHint() const override { return {1000, 400}; }
    void setViewHeight(int height); ///< what is seen of it without scrolling

Q_SIGNALS:
    void chosen(); ///< by a person, or because what was chosen is gone

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    void place();
    [[nodiscard]] QPainterPath pathOf(const ChainLayout::Wire &wire) const;
    [[nodiscard]] std::optional<ChainChoice> at(const QPointF &point) const;
    [[nodiscard]] ChainChoice first() const;
    [[nodiscard]] std::optional<ChainChoice> beside(int step) const;
    [[nodiscard]] std::optional<ChainChoice> above(int step) const;
    [[nodiscard]] QString describe() const;
    [[nodiscard]] QString tipOf(const ChainChoice &choice) const;
    void paintBand(QPainter &painter, std::size_t band) const;
    void paintWire(QPainter &painter, const ChainLayout::Wire &wire) const;
    void paintBadge(QPainter &painter, const QPointF &middle, const lineage::Edge &edge, const QColor &ring) const;
    void paintCard(QPainter &painter, const ChainLayout::Card &card) const;
    void paintCardFacts(QPainter &painter, const ChainLayout::Card &card, QRectF inner) const;
    void paintLegend(QPainter &painter) const;

    std::vector<ChainBand> m_bands;
    ChainLayout m_layout;
    std::optional<ChainChoice> m_choice;
    core::Instant m_now = {};
    int m_viewHeight = 0;
};

} // namespace andon::ui
