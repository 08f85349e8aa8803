#include "ui/pages/economics/kpistrip.h"

#include "ui/theme/shapes.h"
#include "ui/theme/style.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace andon::ui
{

namespace
{
constexpr int kSides = 12;
constexpr int kSubs = 42; // height of the lower part
} // namespace

KpiStrip::KpiStrip(QWidget *parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // ids, figures and time never mirror
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Headline figures"));
}

void KpiStrip::set(std::vector<KpiCell> cells)
{
    if (cells == m_cells)
        return;
    m_cells = std::move(cells);
    QStringList lines;
    for (const KpiCell &cell : m_cells) {
        QString line =
            cell.title + QStringLiteral(": ") + cell.digits + u' ' + cell.unit + QStringLiteral(", ") + cell.basis;
        for (const KpiCell::Sub &sub : cell.subs)
            line += QStringLiteral(", ") + sub.name + u' ' + sub.value;
        lines << line;
    }
    setAccessibleDescription(lines.join(u'\n'));
    update();
}

void KpiStrip::setChosen(int index)
{
    m_chosen = index;
    update();
}

QRect KpiStrip::rectOf(std::size_t index) const
{
    const int n = std::max(1, static_cast<int>(m_cells.size()));
    const int i = static_cast<int>(index);
    return {width() * i / n, 0, width() * (i + 1) / n - width() * i / n, height()};
}

int KpiStrip::at(const QPoint &point) const
{
    for (std::size_t i = 0; i < m_cells.size(); ++i)
        if (rectOf(i).contains(point))
            return static_cast<int>(i);
    return -1;
}

void KpiStrip::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(t.borderSubtle);
    painter.setBrush(t.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        const QRect cell = rectOf(i);
        const bool chosen = m_chosen == static_cast<int>(i);
        if (chosen || m_hovered == static_cast<int>(i))
            painter.fillRect(cell.adjusted(1, 1, -1, -1), chosen ? blend(t.accent, t.surface, 0.10) : t.hover);
        if (chosen)
            painter.fillRect(QRect(cell.left() + 1, cell.bottom() - 2, cell.width() - 2, 2),
                             hasFocus() ? t.focus : t.accent);
        if (i > 0) {
            painter.setPen(t.borderSubtle);
            painter.drawLine(cell.topLeft() + QPoint(0, 1), cell.bottomLeft() - QPoint(0, 1));
        }
        paintCell(painter, m_cells[i], cell.adjusted(kSides, 8, -kSides, -6));
    }
}

void KpiStrip::paintCell(QPainter &painter, const KpiCell &cell, const QRect &rect) const
{
    const Tokens &t = tokens(this);
    painter.setFont(ui::font(13, true));
    painter.setPen(t.text);
    const auto line = [&](int top, int height, const QString &text) {
        painter.drawText(QRect(rect.left(), top, rect.width(), height), Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, rect.width()));
    };
    line(rect.top(), 18, cell.title);
    painter.setFont(ui::font(11));
    painter.setPen(t.muted);
    line(rect.top() + 18, 16, cell.basis);
    painter.setFont(ui::font(30, true));
    painter.setPen(cell.missing ? t.muted : t.text);
    const QRect figure(rect.left(), rect.top() + 33, rect.width(), 38);
    painter.drawText(figure, Qt::AlignVCenter | Qt::AlignLeft, cell.digits);
    const int wide = painter.fontMetrics().horizontalAdvance(cell.digits);
    painter.setFont(ui::font(13));
    painter.setPen(t.muted);
    painter.drawText(figure.adjusted(wide + 7, 8, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, cell.unit);
    const QRect low(rect.left(), rect.bottom() - kSubs + 4, rect.width(), kSubs - 4);
    painter.setPen(t.borderSubtle);
    painter.drawLine(low.topLeft() - QPoint(0, 3), low.topRight() - QPoint(0, 3));
    paintSubs(painter, cell, low);
}

void KpiStrip::paintSubs(QPainter &painter, const KpiCell &cell, const QRect &area) const
{
    const Tokens &t = tokens(this);
    // Each takes what it needs, as many as there is room for; what is left over is shared.
    std::vector<int> need;
    int sum = 0;
    for (const KpiCell::Sub &sub : cell.subs) {
        const int own = std::max(QFontMetrics(ui::font(11)).horizontalAdvance(sub.name),
                                 QFontMetrics(ui::font(12)).horizontalAdvance(sub.value) + (sub.status >= 0 ? 14 : 0))
            + 10;
        if (!need.empty() && sum + own > area.width())
            break;
        need.push_back(own);
        sum += own;
    }
    const int n = static_cast<int>(need.size());
    int x = area.left();
    for (int i = 0; i < n; ++i) {
        const KpiCell::Sub &sub = cell.subs[static_cast<std::size_t>(i)];
        const int own = need[static_cast<std::size_t>(i)];
        const int wide = sum <= area.width() ? own + (area.width() - sum) / n : area.width() * own / sum;
        painter.setFont(ui::font(11));
        painter.setPen(t.muted);
        painter.drawText(QRect(x, area.top(), wide - 6, 16), Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(sub.name, Qt::ElideRight, wide - 6));
        QRect value(x, area.top() + 16, wide - 6, 18);
        if (sub.status >= 0) {
            paintStatus(painter, QRectF(value.left(), value.top() + 4, 10, 10), static_cast<Status>(sub.status), t);
            value.setLeft(value.left() + 14);
        }
        painter.setFont(ui::font(12));
        painter.setPen(t.text);
        painter.drawText(value, Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(sub.value, Qt::ElideRight, value.width()));
        x += wide;
    }
}

void KpiStrip::mousePressEvent(QMouseEvent *event)
{
    if (const int index = at(event->position().toPoint()); index >= 0)
        Q_EMIT asked(index);
}

void KpiStrip::mouseMoveEvent(QMouseEvent *event)
{
    m_hovered = at(event->position().toPoint());
    setCursor(m_hovered >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void KpiStrip::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

void KpiStrip::keyPressEvent(QKeyEvent *event)
{
    const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (step == 0 || m_cells.empty())
        return QWidget::keyPressEvent(event);
    Q_EMIT asked(std::clamp(m_chosen + step, 0, static_cast<int>(m_cells.size()) - 1));
}

bool KpiStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int index = at(help->pos());
        const KpiCell *cell = index >= 0 ? &m_cells[static_cast<std::size_t>(index)] : nullptr;
        QToolTip::showText(help->globalPos(),
                           cell ? (cell->title + u'\n' + cell->basis + u'\n' + tr("Click to see why")).toHtmlEscaped()
                                : QString(),
                           this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace andon::ui
