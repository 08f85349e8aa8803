#pragma once
// The chain of a model version, layered from its data to what serves it; each edge says how it is known. GUI thread.
#include "lineage/chain.h"

#include <QWidget>

namespace andon::ui
{

class ChainView final : public QWidget
{
    Q_OBJECT
public:
    explicit ChainView(QWidget *parent = nullptr);
    void set(lineage::Chain chain);
    void select(const std::string &node);
    [[nodiscard]] QSize minimumSizeHint() const override { return {560, 220}; }

Q_SIGNALS:
    void nodeSelected(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Box {
        QRectF rect = {};
        std::size_t node = 0;
    };
    void place();
    void paintEdge(QPainter &painter, const lineage::Edge &edge) const;
    void paintNode(QPainter &painter, const Box &box) const;
    [[nodiscard]] const Box *boxOf(const std::string &id) const;

    lineage::Chain m_chain;
    std::vector<Box> m_boxes;
    std::string m_selected;
};

} // namespace andon::ui
