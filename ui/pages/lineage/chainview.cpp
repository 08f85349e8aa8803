#include "ui/pages/lineage/chainview.h"

#include "text/floortext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <map>

namespace andon::ui
{

namespace
{

constexpr double kWidth = 150;
constexpr double kHeight = 78;
constexpr int kHead = 26;

/// Source, data commit, dataset, run, model version, deployment from left to right: the order of NodeKind.
int layerOf(lineage::NodeKind kind)
{
    return static_cast<int>(kind);
}

Glyph glyphOf(lineage::NodeKind kind)
{
    switch (kind) {
    case lineage::NodeKind::Source:
        return Glyph::Branch;
    case lineage::NodeKind::DataCommit:
        return Glyph::Versions;
    case lineage::NodeKind::Dataset:
        return Glyph::Storage;
    case lineage::NodeKind::Run:
        return Glyph::Compute;
    case lineage::NodeKind::ModelVersion:
        return Glyph::Model;
    case lineage::NodeKind::Deployment:
        return Glyph::Economics;
    }
    return Glyph::Model;
}

} // namespace

ChainView::ChainView(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Lineage"));
}

void ChainView::set(lineage::Chain chain)
{
    m_chain = std::move(chain);
    if (!m_chain.node(m_selected))
        m_selected.clear();
    for (const lineage::Node &node : m_chain.nodes)
        if (m_selected.empty() && node.kind == lineage::NodeKind::DataCommit)
            m_selected = node.id;
    if (m_selected.empty() && !m_chain.nodes.empty())
        m_selected = m_chain.nodes.front().id;
    place();
    update();
    Q_EMIT nodeSelected(QString::fromStdString(m_selected));
}

void ChainView::select(const std::string &node)
{
    m_selected = node;
    update();
    Q_EMIT nodeSelected(QString::fromStdString(node));
}

void ChainView::resizeEvent(QResizeEvent *)
{
    place();
}

void ChainView::place()
{
    m_boxes.clear();
    std::map<int, std::vector<std::size_t>> layers;
    for (std::size_t i = 0; i < m_chain.nodes.size(); ++i)
        layers[layerOf(m_chain.nodes[i].kind)].push_back(i);
    if (layers.empty())
        return;
    const double pitch = (width() - 24.0) / static_cast<double>(layers.size());
    const double boxWidth = std::min(kWidth + 30, pitch - 34);
    int column = 0;
    for (const auto &[layer, nodes] : layers) {
        const double x = 12 + pitch * column++ + (pitch - boxWidth) / 2;
        const double total = static_cast<double>(nodes.size()) * (kHeight + 16) - 16;
        double y = kHead + (height() - kHead - total) / 2;
        for (const std::size_t node : nodes) {
            m_boxes.push_back({QRectF(x, y, boxWidth, kHeight), node});
            y += kHeight + 16;
        }
    }
}

const ChainView::Box *ChainView::boxOf(const std::string &id) const
{
    for (const Box &box : m_boxes)
        if (m_chain.nodes[box.node].id == id)
            return &box;
    return nullptr;
}

void ChainView::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(ui::font(11));
    painter.setPen(t.muted);
    double last = -1;
    for (const Box &box : m_boxes)
        if (box.rect.x() != last) {
            last = box.rect.x();
            painter.drawText(QRectF(box.rect.x() - 20, 4, box.rect.width() + 40, 18), Qt::AlignCenter,
                             text::nodeKind(m_chain.nodes[box.node].kind));
        }
    for (const lineage::Edge &edge : m_chain.edges)
        paintEdge(painter, edge);
    for (const Box &box : m_boxes)
        paintNode(painter, box);
}

void ChainView::paintEdge(QPainter &painter, const lineage::Edge &edge) const
{
    const Box *from = boxOf(edge.from);
    const Box *to = boxOf(edge.to);
    if (!from || !to)
        return;
    const Tokens &t = tokens(this);
    const bool lit = edge.from == m_selected || edge.to == m_selected;
    QPen pen(lit ? t.accent : t.borderStrong, lit ? 2.5 : 1.5);
    switch (edge.method) {
    case lineage::EdgeMethod::UriEqual:
        pen.setDashPattern({9, 3});
        break;
    case lineage::EdgeMethod::NameMatched:
        pen.setDashPattern({4, 3});
        break;
    case lineage::EdgeMethod::Inferred:
        pen.setDashPattern({1.2, 2.4});
        break;
    default:
        break;
    }
    const QPointF a(from->rect.right(), from->rect.center().y());
    const QPointF b(to->rect.left(), to->rect.center().y());
    QPainterPath path(a);
    const double bend = std::max(16.0, (b.x() - a.x()) / 2);
    path.cubicTo(a + QPointF(bend, 0), b - QPointF(bend, 0), b);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(pen);
    painter.drawPath(path);
    painter.setPen(Qt::NoPen);
    painter.setBrush(pen.color());
    painter.drawPolygon(QPolygonF({b, b + QPointF(-7, -4), b + QPointF(-7, 4)}));
    const QPointF middle = path.pointAtPercent(0.5);
    lineage::Severity worst = lineage::Severity::Info;
    for (const lineage::Finding &finding : edge.findings)
        worst = std::max(worst, finding.severity);
    if (worst > lineage::Severity::Info) { // a finding is what matters about an edge
        painter.setBrush(t.surface);
        painter.drawEllipse(middle, 9, 9);
        paintStatus(painter, QRectF(middle.x() - 6, middle.y() - 6, 12, 12),
                    worst >= lineage::Severity::Major ? Status::Major : Status::Warning, t);
    }
}

void ChainView::paintNode(QPainter &painter, const Box &box) const
{
    const Tokens &t = tokens(this);
    const lineage::Node &node = m_chain.nodes[box.node];
    const bool selected = node.id == m_selected;
    painter.setPen(QPen(selected ? t.accent : t.border, selected ? 2 : 1));
    painter.setBrush(selected ? blend(t.accent, t.surface, 0.10) : t.raised);
    painter.drawRoundedRect(box.rect, 4, 4);
    const QRectF inner = box.rect.adjusted(10, 8, -8, -6);
    paintGlyph(painter, QRectF(inner.left(), inner.top() + 1, 15, 15), glyphOf(node.kind), t.text2);
    painter.setFont(ui::font(12, true));
    painter.setPen(t.text);
    painter.drawText(QRectF(inner.left() + 20, inner.top(), inner.width() - 20, 18), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text::visible(node.title), Qt::ElideMiddle,
                                                      static_cast<int>(inner.width()) - 20));
    painter.setFont(ui::font(11));
    painter.setPen(t.muted);
    double y = inner.top() + 22;
    if (node.at.known()) {
        painter.drawText(QRectF(inner.left(), y, inner.width(), 15), Qt::AlignVCenter, text::dateTime(node.at));
        y += 16;
    }
    int shown = 0;
    for (const auto &[key, value] : node.facts) {
        if (value.empty() || shown++ == (node.at.known() ? 1 : 2))
            continue;
        painter.drawText(QRectF(inner.left(), y, inner.width(), 15), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(text::factName(key) + u' ' + text::visible(value),
                                                          Qt::ElideRight, static_cast<int>(inner.width())));
        y += 16;
        if (shown >= 2)
            break;
    }
}

void ChainView::mousePressEvent(QMouseEvent *event)
{
    for (const Box &box : m_boxes)
        if (box.rect.contains(event->position()))
            select(m_chain.nodes[box.node].id);
}

void ChainView::keyPressEvent(QKeyEvent *event)
{
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (step == 0 || m_boxes.empty())
        return QWidget::keyPressEvent(event);
    for (std::size_t i = 0; i < m_boxes.size(); ++i)
        if (m_chain.nodes[m_boxes[i].node].id == m_selected) {
            const auto next = static_cast<std::size_t>(
                std::clamp(static_cast<int>(i) + step, 0, static_cast<int>(m_boxes.size()) - 1));
            return select(m_chain.nodes[m_boxes[next].node].id);
        }
}

} // namespace andon::ui
