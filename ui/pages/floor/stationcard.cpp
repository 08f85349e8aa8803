#include "ui/pages/floor/stationcard.h"

#include "text/floortext.h"
#include "text/kpitext.h"
#include "text/machinetext.h"
#include "text/plain.h"
#include "ui/pages/floor/floorwords.h"
#include "ui/theme/style.h"
#include "ui/widgets/tile.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QTextLayout>
#include <QToolTip>

#include <algorithm>

namespace andon::ui
{

namespace
{

constexpr int kEdge = 3;
constexpr int kPadding = 14;
constexpr int kFigure = 36; // top of the figure
constexpr int kTarget = 80;
constexpr int kFacts = 102;
constexpr int kFact = 20;
constexpr int kMostFacts = 4;
constexpr int kWhy = kFacts + kFact * kMostFacts + 10;
constexpr int kWhyLine = 16;
constexpr int kWhyLines = 3;

/// Wrapped text whose last line says that there is more.
void paintWrapped(QPainter &painter, const QRect &area, const QString &text, int most)
{
    QTextLayout layout(text, painter.font());
    layout.beginLayout();
    for (int i = 0; i < most; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(area.width());
        const QRect place(area.left(), area.top() + i * kWhyLine, area.width(), kWhyLine);
        const bool more = i + 1 == most && line.textStart() + line.textLength() < text.size();
        const QString words = more
            ? painter.fontMetrics().elidedText(text.mid(line.textStart()), Qt::ElideRight, area.width())
            : text.mid(line.textStart(), line.textLength());
        painter.drawText(place, Qt::AlignVCenter | Qt::TextSingleLine, words);
    }
    layout.endLayout();
}

} // namespace

StationCard::StationCard(QWidget *parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // ids, figures and time never mirror
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_Hover);
}

void StationCard::set(const factory::StationView &view, const QString &link, core::Instant now)
{
    m_view = view;
    m_link = link;
    if (m_view.facts.size() > kMostFacts)
        m_view.facts.resize(kMostFacts);
    m_target = stationTarget(view);
    m_why = stationWhy(view, now);
    m_ack = view.ack ? text::acknowledgedBy(view.ack->who, view.ack->at, view.ack->note, now) : QString();
    m_current = std::min(m_current, static_cast<int>(m_view.facts.size()) - 1);
    setAccessibleName(text::stationName(view.station) + QStringLiteral(": ") + text::visible(view.state.word));
    QStringList words{
        text::quantity(view.headline.value, view.headline.unit) + u' ' + text::figureName(view.headline.key), m_target};
    for (const factory::Figure &fact : m_view.facts)
        words << factName(fact) + u' ' + factValue(fact);
    words << m_ack << m_why;
    words.removeAll(QString());
    setAccessibleDescription(words.join(QStringLiteral(". ")));
    update();
}

QRect StationCard::factRect(int index) const
{
    return {kPadding, kFacts + 5 + kFact * index, width() - 2 * kPadding, kFact};
}

int StationCard::factAt(const QPoint &at) const
{
    for (int i = 0; i < static_cast<int>(m_view.facts.size()); ++i)
        if (factRect(i).contains(at))
            return i;
    return -1;
}

QString StationCard::tipAt(const QPoint &at) const
{
    const int index = factAt(at);
    if (index >= 0) {
        const factory::Figure &fact = m_view.facts[static_cast<std::size_t>(index)];
        QString tip = factName(fact) + u'\n' + factValue(fact);
        if (fact.normal)
            tip += u'\n' + tr("normal %1").arg(text::quantity(fact.normal, fact.unit));
        return fact.missing.empty() ? tip : tip + u'\n' + text::figureMissing(fact.missing);
    }
    if (at.y() >= kFigure && at.y() < kFacts)
        return text::figureName(m_view.headline.key) + u'\n'
            + text::quantity(m_view.headline.value, m_view.headline.unit) + u'\n' + m_target;
    return (m_ack.isEmpty() ? QString() : m_ack + QStringLiteral("\n\n")) + m_why + QStringLiteral("\n\n")
        + text::stationRule(m_view.state);
}

bool StationCard::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QToolTip::showText(help->globalPos(), tipOf(tipAt(help->pos())), this);
    return true;
}

QMenu *StationCard::makeMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Open"), this, [this] { Q_EMIT linkRequested(m_link); });
    if (m_acknowledging && factory::needsSomebody(m_view)) {
        const AckRow row{factory::subjectOf(m_view), accessibleName(), m_view.ack.has_value()};
        menu->addAction(row.acknowledged ? tr("Withdraw the acknowledgement") : tr("Acknowledge…"), this,
                        [this, row] { Q_EMIT acknowledgeRequested(row); });
    }
    return menu;
}

void StationCard::contextMenuEvent(QContextMenuEvent *event)
{
    makeMenu()->popup(event->globalPos());
}

void StationCard::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const int index = factAt(event->position().toPoint());
    const QString link =
        index < 0 ? m_link : QString::fromStdString(m_view.facts[static_cast<std::size_t>(index)].link);
    Q_EMIT linkRequested(link.isEmpty() ? m_link : link);
}

void StationCard::mouseMoveEvent(QMouseEvent *event)
{
    m_current = factAt(event->position().toPoint());
    update();
}

void StationCard::leaveEvent(QEvent *)
{
    m_current = -1;
    update();
}

void StationCard::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_view.facts.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Down:
        m_current = std::min(last, m_current + 1);
        return update();
    case Qt::Key_Up:
        m_current = std::max(-1, m_current - 1);
        return update();
    case Qt::Key_Return:
    case Qt::Key_Space: {
        const QString link =
            m_current < 0 ? QString() : QString::fromStdString(m_view.facts[static_cast<std::size_t>(m_current)].link);
        Q_EMIT linkRequested(link.isEmpty() ? m_link : link);
        return;
    }
    default:
        QWidget::keyPressEvent(event);
    }
}

void StationCard::focusOutEvent(QFocusEvent *event)
{
    m_current = -1;
    QWidget::focusOutEvent(event);
}

void StationCard::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? QPen(t.focus, 2) : QPen(t.borderSubtle, 1));
    painter.setBrush(t.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    const Status status = statusOf(m_view.state.level);
    painter.fillRect(QRect(1, 0, width() - 2, kEdge),
                     status == Status::Ok  ? t.borderStrong
                         : m_ack.isEmpty() ? t.of(status)
                                           : t.of(Status::Maintenance));
    paintHead(painter);
    paintFigure(painter, QRect(kPadding, kFigure, width() - 2 * kPadding, 42));
    paintFacts(painter);
    paintWhy(painter);
}

void StationCard::paintHead(QPainter &painter) const
{
    const Tokens &t = tokens(this);
    const Status status = statusOf(m_view.state.level);
    const QRect area(kPadding, 12, width() - 2 * kPadding, 20);
    painter.setFont(ui::font(11));
    const QString word = text::visible(m_view.state.word);
    const int wide = std::min(area.width() / 2, painter.fontMetrics().horizontalAdvance(word) + 30);
    const QRect pill(area.right() + 1 - wide, area.top() + 1, wide, 18);
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.tintOf(status));
    painter.drawRoundedRect(pill, 2, 2);
    paintStatus(painter, QRectF(pill.left() + 6, pill.top() + 4, 10, 10), status, t);
    painter.setPen(t.text);
    painter.drawText(pill.adjusted(21, 0, -6, 0), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(word, Qt::ElideRight, wide - 27));
    painter.setFont(ui::font(15, true));
    const QRect name = area.adjusted(0, 0, -wide - 8, 0);
    painter.drawText(name, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(text::stationName(m_view.station), Qt::ElideRight, name.width()));
}

void StationCard::paintFigure(QPainter &painter, const QRect &area) const
{
    const Tokens &t = tokens(this);
    const Status status = statusOf(m_view.state.level);
    const factory::Figure &headline = m_view.headline;
    const text::Quantity parts = text::splitQuantity(headline.value, headline.unit);
    painter.setFont(ui::font(34, true));
    painter.setPen(headline.value ? t.text : t.muted);
    painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeft, parts.digits);
    const int x = area.left() + painter.fontMetrics().horizontalAdvance(parts.digits) + 8;
    painter.setFont(ui::font(12));
    const QString name =
        headline.value ? text::figureName(headline.key).toLower() : text::figureMissing(headline.missing);
    const int spark = std::clamp(area.right() - x - painter.fontMetrics().horizontalAdvance(name) - 12, 0, 112);
    const bool trend = spark >= 40 && m_view.spark.v.size() > 2;
    const QRect words(x, area.top(), area.right() - x - (trend ? spark + 8 : 0), area.height());
    painter.setPen(t.text2);
    const bool two = !parts.unit.isEmpty();
    if (two)
        painter.drawText(words.adjusted(0, 2, 0, -20), Qt::AlignVCenter, parts.unit);
    painter.setPen(t.muted);
    painter.drawText(words.adjusted(0, two ? 20 : 6, 0, 0), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(name, Qt::ElideRight, words.width()));
    if (trend)
        paintSpark(painter, QRectF(area.right() - spark, area.top() + 6, spark - 3, 30), m_view.spark,
                   status == Status::Ok || status == Status::Stale ? t.text2 : t.of(status));
    painter.setFont(ui::font(11));
    painter.setPen(t.muted);
    painter.drawText(QRect(area.left(), kTarget, area.width(), 16), Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(m_target, Qt::ElideRight, area.width()));
}

void StationCard::paintFacts(QPainter &painter) const
{
    const Tokens &t = tokens(this);
    painter.setPen(t.borderSubtle);
    painter.drawLine(kPadding, kFacts, width() - kPadding, kFacts);
    painter.setFont(ui::font(12));
    for (int i = 0; i < static_cast<int>(m_view.facts.size()); ++i) {
        const factory::Figure &fact = m_view.facts[static_cast<std::size_t>(i)];
        const QRect line = factRect(i);
        if (i == m_current)
            painter.fillRect(line.adjusted(-6, 0, 6, 0), t.hover);
        const QString value = factValue(fact);
        const int wide = painter.fontMetrics().horizontalAdvance(value) + 10;
        painter.setPen(i == m_current ? t.link : t.text2);
        painter.drawText(line.adjusted(0, 0, -wide, 0), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(factName(fact), Qt::ElideRight, line.width() - wide));
        painter.setPen(fact.value ? t.text : t.muted);
        painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight, value);
    }
}

void StationCard::paintWhy(QPainter &painter) const
{
    const Tokens &t = tokens(this);
    painter.setPen(t.borderSubtle);
    painter.drawLine(kPadding, kWhy, width() - kPadding, kWhy);
    painter.setFont(ui::font(12));
    QRect area(kPadding, kWhy + 6, width() - 2 * kPadding, kWhyLine * kWhyLines);
    int lines = kWhyLines;
    if (!m_ack.isEmpty()) {
        paintStatus(painter, QRectF(area.left(), area.top() + 3, 10, 10), Status::Maintenance, t);
        painter.setPen(t.text);
        painter.drawText(QRect(area.left() + 16, area.top(), area.width() - 16, kWhyLine), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(m_ack, Qt::ElideRight, area.width() - 16));
        area.setTop(area.top() + kWhyLine);
        --lines;
    }
    painter.setPen(m_ack.isEmpty() ? t.text : t.text2);
    paintWrapped(painter, area, m_why, lines);
}

FlowArrow::FlowArrow(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
}

void FlowArrow::set(const factory::StationView &from, const factory::StationView &to)
{
    m_words = flowWords(from.flow);
    m_level = from.state.level;
    setAccessibleName(
        tr("From %1 to %2: %3").arg(text::stationName(from.station), text::stationName(to.station), m_words));
    setToolTip(tipOf(accessibleName()));
    update();
}

void FlowArrow::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Status status = statusOf(m_level);
    const bool calm = status == Status::Ok || status == Status::Stale;
    const QColor colour = calm ? t.borderStrong : t.of(status);
    const double wide = status == Status::Critical ? 4 : status == Status::Major ? 3 : calm ? 1.5 : 2.5;
    const double y = height() / 2.0 + 6;
    painter.setFont(ui::font(11));
    painter.setPen(t.text2);
    painter.drawText(QRectF(0, y - 24, width(), 16), Qt::AlignCenter,
                     painter.fontMetrics().elidedText(m_words, Qt::ElideRight, width()));
    if (isRightToLeft()) { // it points where the stations go on
        painter.translate(width(), 0);
        painter.scale(-1, 1);
    }
    QPen pen(colour, wide);
    pen.setCapStyle(Qt::FlatCap);
    if (status == Status::Stale)
        pen.setDashPattern({2, 2});
    painter.setPen(pen);
    painter.drawLine(QPointF(4, y), QPointF(width() - 12, y));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    const double head = 4 + wide / 2;
    painter.drawPolygon(
        QPolygonF{QPointF(width() - 13, y - head), QPointF(width() - 3, y), QPointF(width() - 13, y + head)});
}

} // namespace andon::ui
