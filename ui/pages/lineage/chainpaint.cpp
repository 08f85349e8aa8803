// How chains are painted: bands, edges by method, cards by the room that they have, and the legend.
#include "ui/pages/lineage/chainview.h"

#include "text/floortext.h"
#include "text/lineagetext.h"
#include "ui/theme/shapes.h"
#include "ui/theme/statusof.h"
#include "ui/theme/style.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>
#include <map>

namespace andon::ui
{

namespace
{

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

void setDashes(QPen &pen, lineage::EdgeMethod method)
{
    switch (method) {
    case lineage::EdgeMethod::UriEqual:
        pen.setDashPattern({9 / pen.widthF(), 3 / pen.widthF()});
        break;
    case lineage::EdgeMethod::NameMatched:
        pen.setDashPattern({4 / pen.widthF(), 3 / pen.widthF()});
        break;
    case lineage::EdgeMethod::Inferred:
        pen.setCapStyle(Qt::RoundCap);
        pen.setDashPattern({0.1, 4 / pen.widthF()});
        break;
    default:
        break;
    }
}

void arrow(QPainter &painter, const QPointF &tip, const QColor &colour)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(QPolygonF({tip, tip + QPointF(-7, -4), tip + QPointF(-7, 4)}));
}

void sign(QPainter &painter, const QPointF &middle, const QString &text, const QColor &ring, const Tokens &t)
{
    painter.setPen(QPen(ring, 1));
    painter.setBrush(t.surface);
    painter.drawEllipse(middle, 8, 8);
    painter.setFont(ui::font(12));
    painter.setPen(t.text);
    painter.drawText(QRectF(middle.x() - 8, middle.y() - 9, 16, 16), Qt::AlignCenter, text);
}

} // namespace

void ChainView::paintEvent(QPaintEvent *event)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.fillRect(event->rect(), t.surface);
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t band = 0; band < m_layout.bands.size(); ++band)
        paintBand(painter, band);
    for (const ChainLayout::Column &column : m_layout.columns) {
        const QRectF head(column.x, 6, m_layout.cardWidth, 16);
        painter.setFont(ui::font(11, true));
        painter.setPen(t.text2);
        painter.drawText(head, Qt::AlignVCenter | Qt::AlignLeft, text::nodeKind(column.kind));
        painter.setFont(ui::font(11));
        painter.setPen(t.muted);
        painter.drawText(head, Qt::AlignVCenter | Qt::AlignRight, QString::number(column.nodes));
    }
    for (const ChainLayout::Wire &wire : m_layout.wires)
        paintWire(painter, wire);
    for (const ChainLayout::Card &card : m_layout.cards)
        paintCard(painter, card);
    paintLegend(painter);
}

void ChainView::paintBand(QPainter &painter, std::size_t band) const
{
    const Tokens &t = tokens(this);
    const QRectF rect = m_layout.bands[band];
    const ChainBand &content = m_bands[band];
    QPen pen(content.dashed ? t.border : t.borderSubtle, 1);
    if (content.dashed)
        pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.setBrush(content.dashed ? t.surface : t.raised);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    const QRectF line = rect.adjusted(12, 4, -12, 0);
    painter.setFont(ui::font(12, true));
    painter.setPen(t.text);
    painter.drawText(line, Qt::AlignTop | Qt::AlignLeft, content.title);
    const double title = painter.fontMetrics().horizontalAdvance(content.title) + 8;
    painter.setFont(ui::font(12));
    painter.setPen(t.muted);
    painter.drawText(
        line.adjusted(title, 0, 0, 0), Qt::AlignTop | Qt::AlignLeft,
        painter.fontMetrics().elidedText(content.note, Qt::ElideRight, static_cast<int>(line.width() - title)));
}

void ChainView::paintWire(QPainter &painter, const ChainLayout::Wire &wire) const
{
    const Tokens &t = tokens(this);
    const lineage::Edge &edge = m_bands[wire.band].chain.edges[wire.edge];
    const bool selected = m_choice && m_choice->edge && m_choice->band == wire.band && m_choice->index == wire.edge;
    const bool beside = m_bands[wire.band].dashed;
    const QPainterPath path = pathOf(wire);
    painter.setBrush(Qt::NoBrush);
    if (selected) {
        painter.setPen(QPen(blend(t.accent, beside ? t.surface : t.raised, 0.25), 11));
        painter.drawPath(path);
    }
    QPen pen(selected ? t.accent : beside ? t.borderStrong : t.text2, selected ? 3 : beside ? 1.5 : 2);
    setDashes(pen, edge.method);
    painter.setPen(pen);
    painter.drawPath(path);
    arrow(painter, wire.to, pen.color());
    paintBadge(painter, path.pointAtPercent(0.5), edge, pen.color());
}

void ChainView::paintBadge(QPainter &painter, const QPointF &middle, const lineage::Edge &edge,
                           const QColor &ring) const
{
    const Tokens &t = tokens(this);
    lineage::Severity worst = lineage::Severity::Info;
    for (const lineage::Finding &finding : edge.findings)
        worst = std::max(worst, finding.severity);
    if (worst > lineage::Severity::Info) { // a finding is what matters about an edge
        painter.setPen(QPen(ring, 1.5));
        painter.setBrush(t.surface);
        painter.drawEllipse(middle, 10, 10);
        paintStatus(painter, QRectF(middle.x() - 6, middle.y() - 6.5, 12, 12), statusOf(worst), t);
    } else if (const QString text = text::edgeSign(edge.method); !text.isEmpty()) {
        sign(painter, middle, text, ring, t);
    }
}

void ChainView::paintCard(QPainter &painter, const ChainLayout::Card &card) const
{
    const Tokens &t = tokens(this);
    const ChainBand &band = m_bands[card.band];
    const lineage::Node &node = band.chain.nodes[card.node];
    const text::NodeState state = text::nodeState(band.chain, node);
    const bool selected = m_choice && !m_choice->edge && m_choice->band == card.band && m_choice->index == card.node;
    painter.setPen(selected ? QPen(t.accent, 2) : QPen(t.border, 1));
    painter.setBrush(selected ? blend(t.accent, t.surface, 0.10) : t.surface);
    painter.drawRoundedRect(card.rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    const Status status = state.finding ? statusOf(*state.finding) : Status::Idle;
    if (state.finding && card.detail != CardDetail::Compact) // 3 px of its state along the top
        painter.fillRect(QRectF(card.rect.left() + 3, card.rect.top(), card.rect.width() - 6, 3), t.of(status));
    const double top = card.detail == CardDetail::Compact ? 1 : 7;
    QRectF inner = card.rect.adjusted(9, top, -9, -6);
    paintGlyph(painter, QRectF(inner.left(), inner.top() + 2, 14, 14), glyphOf(node.kind), t.muted);
    painter.setFont(ui::font(card.detail == CardDetail::Full ? 13 : 12, card.detail != CardDetail::Compact));
    painter.setPen(t.text);
    const QString title = text::nodeTitle(node);
    const double room = inner.width() - 20;
    if (painter.fontMetrics().horizontalAdvance(title) > room)
        painter.setFont(ui::font(11, card.detail != CardDetail::Compact));
    painter.drawText(QRectF(inner.left() + 20, inner.top(), room, 18), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(title, Qt::ElideMiddle, static_cast<int>(room)));
    inner.setTop(inner.top() + (card.detail == CardDetail::Compact ? 16 : 19));
    paintStatus(painter, QRectF(inner.left() + 2, inner.top() + 3, 10, 10), status, t);
    painter.setFont(ui::font(11));
    painter.setPen(state.finding ? t.text : t.text2);
    painter.drawText(QRectF(inner.left() + 20, inner.top(), room, 16), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(state.words, Qt::ElideRight, static_cast<int>(room)));
    inner.setTop(inner.top() + 21);
    if (card.facts > 0)
        paintCardFacts(painter, card, inner);
}

void ChainView::paintCardFacts(QPainter &painter, const ChainLayout::Card &card, QRectF inner) const
{
    const Tokens &t = tokens(this);
    const lineage::Node &node = m_bands[card.band].chain.nodes[card.node];
    painter.setFont(ui::font(11));
    const QFontMetrics metrics = painter.fontMetrics();
    for (const text::NamedValue &fact : text::nodeCard(node, m_now, static_cast<std::size_t>(card.facts))) {
        const QRectF row(inner.left(), inner.top(), inner.width(), 16);
        const double most = row.width() * 0.72;
        const QString value =
            metrics.elidedText(fact.value, fact.code ? Qt::ElideLeft : Qt::ElideRight, static_cast<int>(most));
        const double wide = metrics.horizontalAdvance(value);
        painter.setPen(t.muted);
        painter.drawText(row, Qt::AlignVCenter | Qt::AlignLeft,
                         metrics.elidedText(fact.name, Qt::ElideRight, static_cast<int>(row.width() - wide - 6)));
        painter.setPen(t.text);
        painter.drawText(row, Qt::AlignVCenter | Qt::AlignRight, value);
        inner.setTop(inner.top() + 16);
    }
}

void ChainView::paintLegend(QPainter &painter) const
{
    const Tokens &t = tokens(this);
    std::map<lineage::EdgeMethod, int> drawn;
    int findings = 0;
    for (const ChainLayout::Wire &wire : m_layout.wires) {
        const lineage::Edge &edge = m_bands[wire.band].chain.edges[wire.edge];
        ++drawn[edge.method];
        for (const lineage::Finding &finding : edge.findings)
            findings += finding.severity > lineage::Severity::Info ? 1 : 0;
    }
    const double y = height() - kChainLegend / 2;
    double x = 20;
    painter.setFont(ui::font(11, true));
    const QFontMetrics metrics = painter.fontMetrics();
    const auto word = [&](const QString &text, const QColor &colour, bool strong) {
        painter.setFont(ui::font(11, strong));
        painter.setPen(colour);
        painter.drawText(QRectF(x, y - 9, 400, 18), Qt::AlignVCenter | Qt::AlignLeft, text);
        x += QFontMetrics(painter.font()).horizontalAdvance(text) + 6;
    };
    word(tr("How an edge is known"), t.muted, false);
    x += 8;
    for (const auto &[method, count] : drawn) {
        QPen pen(t.text2, 1.6);
        setDashes(pen, method);
        painter.setPen(pen);
        painter.drawLine(QPointF(x, y), QPointF(x + 36, y));
        arrow(painter, QPointF(x + 43, y), t.text2);
        if (const QString text = text::edgeSign(method); !text.isEmpty())
            sign(painter, QPointF(x + 18, y), text, t.text2, t);
        x += 50;
        word(text::edgeMethod(method), t.text, true);
        word(QString::number(count), t.muted, false);
        x += 12;
    }
    if (findings > 0) {
        paintStatus(painter, QRectF(x, y - 6, 11, 11), Status::Warning, t);
        x += 17;
        word(tr("a finding on the edge"), t.text, true);
        word(QString::number(findings), t.muted, false);
    }
}

} // namespace andon::ui
