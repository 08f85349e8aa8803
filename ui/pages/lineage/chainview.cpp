#include "ui/pages/lineage/chainview.h"

#include "text/floortext.h"
#include "text/lineagetext.h"
#include "ui/theme/style.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace andon::ui
{

namespace
{

lineage::Severity worstOf(const lineage::Edge &edge)
{
    lineage::Severity worst = lineage::Severity::Info;
    for (const lineage::Finding &finding : edge.findings)
        worst = std::max(worst, finding.severity);
    return worst;
}

} // namespace

ChainView::ChainView(QWidget *parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // ids, figures and time never mirror
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Lineage"));
}

void ChainView::set(std::vector<ChainBand> bands, core::Instant now)
{
    m_now = now;
    if (bands == m_bands)
        return update(); // ages move on
    const auto idOf = [](const std::vector<ChainBand> &all, const ChainChoice &choice) -> std::string {
        const lineage::Chain &chain = all[choice.band].chain;
        return choice.edge ? chain.edges[choice.index].from + "→" + chain.edges[choice.index].to
                           : chain.nodes[choice.index].id;
    };
    const auto before = m_choice;
    const std::string wanted = before ? idOf(m_bands, *before) : std::string();
    m_bands = std::move(bands);
    m_choice.reset();
    for (std::size_t band = 0; band < m_bands.size(); ++band) { // the same thing stays chosen
        const lineage::Chain &chain = m_bands[band].chain;
        const std::size_t count = before && before->edge ? chain.edges.size() : chain.nodes.size();
        for (std::size_t i = 0; before && before->band == band && i < count; ++i)
            if (idOf(m_bands, {band, before->edge, i}) == wanted)
                m_choice = ChainChoice{band, before->edge, i};
    }
    if (!m_choice && !m_bands.empty() && !m_bands.front().chain.nodes.empty())
        m_choice = first();
    place();
    setAccessibleDescription(describe());
    update();
    Q_EMIT chosen();
}

/// The edge that most needs an explanation, else the one that leads to the data, else the first node.
ChainChoice ChainView::first() const
{
    const lineage::Chain &chain = m_bands.front().chain;
    std::size_t best = 0;
    lineage::Severity worst = lineage::Severity::Info;
    for (std::size_t i = 0; i < chain.edges.size(); ++i) {
        const lineage::Severity severity = worstOf(chain.edges[i]);
        const lineage::Node *to = chain.node(chain.edges[i].to);
        if (severity > worst || (worst == lineage::Severity::Info && to && to->kind == lineage::NodeKind::Dataset)) {
            worst = severity;
            best = i;
        }
    }
    return {0, !chain.edges.empty(), chain.edges.empty() ? 0 : best};
}

void ChainView::choose(const ChainChoice &choice)
{
    if (choice.band >= m_bands.size())
        return;
    const lineage::Chain &chain = m_bands[choice.band].chain;
    if (choice.index >= (choice.edge ? chain.edges.size() : chain.nodes.size()) || m_choice == choice)
        return;
    m_choice = choice;
    update();
    Q_EMIT chosen();
}

void ChainView::setViewHeight(int height)
{
    m_viewHeight = height;
    place();
}

void ChainView::resizeEvent(QResizeEvent *)
{
    place();
}

void ChainView::place()
{
    m_layout = layOutChains(m_bands, width(), std::max(m_viewHeight, 120));
    const int tall = std::max(m_viewHeight, static_cast<int>(m_layout.height));
    if (tall != minimumHeight())
        setMinimumHeight(tall);
    update();
}

QPainterPath ChainView::pathOf(const ChainLayout::Wire &wire) const
{
    const QPointF end = wire.to - QPointF(6, 0); // the arrow's tip is on the card
    QPainterPath path(wire.from);
    if (std::abs(end.y() - wire.from.y()) < 1) {
        path.lineTo(end);
        return path;
    }
    const double bend = std::max(24.0, (end.x() - wire.from.x()) / 2);
    path.cubicTo(wire.from + QPointF(bend, 0), end - QPointF(bend, 0), end);
    return path;
}

std::optional<ChainChoice> ChainView::at(const QPointF &point) const
{
    for (const ChainLayout::Card &card : m_layout.cards)
        if (card.rect.contains(point))
            return ChainChoice{card.band, false, card.node};
    QPainterPathStroker stroker;
    stroker.setWidth(20);
    for (const ChainLayout::Wire &wire : m_layout.wires)
        if (stroker.createStroke(pathOf(wire)).contains(point))
            return ChainChoice{wire.band, true, wire.edge};
    return std::nullopt;
}

/// A node's edges are beside it, an edge's nodes beside that.
std::optional<ChainChoice> ChainView::beside(int step) const
{
    if (!m_choice)
        return std::nullopt;
    const lineage::Chain &chain = m_bands[m_choice->band].chain;
    if (m_choice->edge) {
        const lineage::Edge &edge = chain.edges[m_choice->index];
        const std::string &id = step > 0 ? edge.to : edge.from;
        for (std::size_t i = 0; i < chain.nodes.size(); ++i)
            if (chain.nodes[i].id == id)
                return ChainChoice{m_choice->band, false, i};
        return std::nullopt;
    }
    const std::string &id = chain.nodes[m_choice->index].id;
    for (std::size_t i = 0; i < chain.edges.size(); ++i)
        if ((step > 0 ? chain.edges[i].from : chain.edges[i].to) == id)
            return ChainChoice{m_choice->band, true, i};
    return std::nullopt;
}

std::optional<ChainChoice> ChainView::above(int step) const
{
    if (!m_choice)
        return std::nullopt;
    QPointF from;
    for (const ChainLayout::Card &card : m_layout.cards)
        if (!m_choice->edge && card.band == m_choice->band && card.node == m_choice->index)
            from = card.rect.center();
    for (const ChainLayout::Wire &wire : m_layout.wires)
        if (m_choice->edge && wire.band == m_choice->band && wire.edge == m_choice->index)
            from = (wire.from + wire.to) / 2;
    std::optional<ChainChoice> best;
    double nearest = 1e9;
    const auto offer = [&](const QPointF &there, const ChainChoice &choice) {
        const double down = (there.y() - from.y()) * step;
        const double distance = down + 3 * std::abs(there.x() - from.x());
        if (down > 8 && distance < nearest) {
            nearest = distance;
            best = choice;
        }
    };
    for (const ChainLayout::Card &card : m_layout.cards)
        if (!m_choice->edge)
            offer(card.rect.center(), {card.band, false, card.node});
    for (const ChainLayout::Wire &wire : m_layout.wires)
        if (m_choice->edge)
            offer((wire.from + wire.to) / 2, {wire.band, true, wire.edge});
    return best;
}

void ChainView::mousePressEvent(QMouseEvent *event)
{
    if (const auto choice = at(event->position()))
        choose(*choice);
}

void ChainView::mouseMoveEvent(QMouseEvent *event)
{
    setCursor(at(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void ChainView::keyPressEvent(QKeyEvent *event)
{
    std::optional<ChainChoice> next;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        next = beside(event->key() == Qt::Key_Right ? 1 : -1);
        break;
    case Qt::Key_Up:
    case Qt::Key_Down:
        next = above(event->key() == Qt::Key_Down ? 1 : -1);
        break;
    default:
        return QWidget::keyPressEvent(event);
    }
    if (next)
        choose(*next);
}

bool ChainView::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const auto choice = at(help->pos());
        QToolTip::showText(help->globalPos(), choice ? tipOf(*choice).toHtmlEscaped() : QString(), this);
        return true;
    }
    return QWidget::event(event);
}

QString ChainView::tipOf(const ChainChoice &choice) const
{
    const lineage::Chain &chain = m_bands[choice.band].chain;
    if (choice.edge) {
        const lineage::Edge &edge = chain.edges[choice.index];
        QStringList lines{text::edgeMethod(edge.method) + QStringLiteral(": ") + text::edgeReason(chain, edge)};
        for (const lineage::Finding &finding : edge.findings)
            lines << text::findingTitle(finding);
        return lines.join(u'\n');
    }
    const lineage::Node &node = chain.nodes[choice.index];
    return text::nodeKind(node.kind) + u' ' + text::nodeTitle(node) + u'\n' + text::nodeState(chain, node).words;
}

QString ChainView::describe() const
{
    QStringList lines;
    for (const ChainBand &band : m_bands) {
        lines << band.title + QStringLiteral(": ") + band.note;
        for (const lineage::Node &node : band.chain.nodes)
            lines << text::nodeKind(node.kind) + u' ' + text::nodeTitle(node) + QStringLiteral(", ")
                    + text::nodeState(band.chain, node).words;
        for (const lineage::Edge &edge : band.chain.edges) {
            const lineage::Node *from = band.chain.node(edge.from);
            const lineage::Node *to = band.chain.node(edge.to);
            if (from && to)
                lines << text::nodeTitle(*from) + QStringLiteral(" → ") + text::nodeTitle(*to) + QStringLiteral(": ")
                        + text::edgeMethod(edge.method);
        }
    }
    return lines.join(u'\n');
}

} // namespace andon::ui
