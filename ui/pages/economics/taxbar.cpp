#include "ui/pages/economics/taxbar.h"

#include "text/kpiexplain.h"
#include "text/kpitext.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace andon::ui
{

namespace
{

Status statusOf(const std::string &key)
{
    return key == "starved" ? Status::Major
        : key == "idle"     ? Status::Warning
        : key == "busy"     ? Status::Idle
                            : Status::Stale;
}

QString hours(std::int64_t microHours)
{
    return text::number(static_cast<double>(microHours) / 1e6, 1) + QStringLiteral("\u00a0GPU-h");
}

} // namespace

TaxBar::TaxBar(QWidget *parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // ids, figures and time never mirror
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMouseTracking(true);
    setAccessibleName(tr("Utilisation tax"));
}

void TaxBar::set(const economics::Tax &tax)
{
    m_tax = tax;
    QStringList lines;
    for (const economics::TaxClass &part : tax.classes)
        lines << text::taxName(part.key) + QStringLiteral(": ") + hours(part.microHours) + QStringLiteral(", ")
                + text::kpiValue(part.cost);
    setAccessibleDescription(lines.join(u'\n'));
    update();
}

void TaxBar::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    m_rects.clear();
    m_bars.clear();
    const QRect area = rect().adjusted(12, 10, -12, -8);
    if (m_tax.classes.empty() || m_tax.quotaMicroHours <= 0) {
        painter.setFont(ui::font(12));
        painter.setPen(t.muted);
        painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextWordWrap,
                         tr("Not known: %1.").arg(text::kpiMissing(m_tax.total)));
        return;
    }
    std::int64_t before = 0;
    const auto n = static_cast<int>(m_tax.classes.size());
    for (int i = 0; i < n; ++i) {
        const economics::TaxClass &part = m_tax.classes[static_cast<std::size_t>(i)];
        const auto at = [&](std::int64_t hoursBefore) {
            return area.left()
                + static_cast<int>(static_cast<double>(area.width()) * static_cast<double>(hoursBefore)
                                   / static_cast<double>(m_tax.quotaMicroHours));
        };
        const QRect bar(at(before), area.top(), at(before + part.microHours) - at(before) - (i + 1 < n ? 1 : 0), 16);
        before += part.microHours;
        m_bars.push_back(bar);
        if (bar.width() > 0) {
            const bool none = part.key == "unallocated";
            painter.fillRect(bar, part.key == "busy" ? t.borderStrong : none ? t.raised : t.of(statusOf(part.key)));
            if (none) {
                painter.fillRect(bar, QBrush(t.borderStrong, Qt::BDiagPattern));
                painter.setPen(t.borderStrong);
                painter.setBrush(Qt::NoBrush);
                painter.drawRect(QRectF(bar).adjusted(0.5, 0.5, -0.5, -0.5));
            }
        }
        const int left = area.left() + area.width() * i / n;
        m_rects.push_back({left, area.top() + 24, area.width() / n, 56});
        paintClass(painter, static_cast<std::size_t>(i), m_rects.back());
    }
    painter.setFont(ui::font(11));
    painter.setPen(t.muted);
    QString foot = tr("Quota %1").arg(hours(m_tax.quotaMicroHours));
    if (m_tax.budget)
        foot += QStringLiteral(" · ") + tr("budget of what may not compute %1").arg(text::money(*m_tax.budget, 0));
    painter.drawText(QRect(area.left(), area.bottom() - 15, area.width(), 16), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(foot, Qt::ElideRight, area.width()));
}

void TaxBar::paintClass(QPainter &painter, std::size_t index, const QRect &rect) const
{
    const Tokens &t = tokens(this);
    const economics::TaxClass &part = m_tax.classes[index];
    paintStatus(painter, QRectF(rect.left(), rect.top() + 3, 10, 10), statusOf(part.key), t);
    const auto line = [&](int top, int left, const QString &text) {
        const int room = rect.width() - left - 6;
        painter.drawText(QRect(rect.left() + left, rect.top() + top, room, 16), Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(text, Qt::ElideRight, room));
    };
    painter.setFont(ui::font(11));
    painter.setPen(t.text2);
    line(0, 15, text::taxName(part.key));
    painter.setFont(ui::font(13, true));
    painter.setPen(t.text);
    line(17, 0, text::kpiValue(part.cost));
    painter.setFont(ui::font(11));
    painter.setPen(t.muted);
    const double share = static_cast<double>(part.microHours) / static_cast<double>(m_tax.quotaMicroHours);
    line(34, 0,
         hours(part.microHours) + QStringLiteral(" · ") + text::number(share * 100, 1) + QStringLiteral("\u00a0%"));
}

int TaxBar::classAt(const QPoint &point) const
{
    for (std::size_t i = 0; i < m_rects.size(); ++i)
        if (m_rects[i].contains(point) || m_bars[i].contains(point))
            return static_cast<int>(i);
    return -1;
}

void TaxBar::mousePressEvent(QMouseEvent *event)
{
    if (const int index = classAt(event->position().toPoint()); index >= 0)
        Q_EMIT asked(QString::fromStdString(m_tax.classes[static_cast<std::size_t>(index)].key));
}

void TaxBar::mouseMoveEvent(QMouseEvent *event)
{
    setCursor(classAt(event->position().toPoint()) >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

bool TaxBar::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int index = classAt(help->pos());
        const std::string key = index >= 0 ? m_tax.classes[static_cast<std::size_t>(index)].key : std::string();
        QToolTip::showText(
            help->globalPos(),
            key.empty() ? QString() : (text::taxName(key) + u'\n' + text::taxMeaning(key)).toHtmlEscaped(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace andon::ui
