#include "ui/pages/compare/comparestrip.h"

#include "text/units.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <array>
#include <cstdlib>

namespace andon::ui
{

namespace
{
constexpr int kHeight = 68;
} // namespace

QString signedBytes(std::int64_t bytes)
{
    return (bytes > 0 ? QStringLiteral("+") : QString()) + text::bytes(bytes);
}

void paintKinds(QPainter &painter, const QRect &track, const versions::DiffSum &sum, double share, const Tokens &t)
{
    const std::array parts{std::pair(sum.added, t.added), std::pair(sum.removed, t.removed),
                           std::pair(sum.changed, t.muted), std::pair(sum.conflict, t.text)};
    const std::int64_t all = std::max<std::int64_t>(1, sum.objects());
    double x = track.left();
    for (const auto &[count, colour] : parts) {
        if (count == 0)
            continue;
        const double width =
            std::max(2.0, track.width() * share * static_cast<double>(count) / static_cast<double>(all));
        painter.fillRect(QRectF(x, track.top(), width, track.height()), colour);
        x += width + 1;
    }
}

CompareStrip::CompareStrip(QWidget *parent)
    : QWidget(parent)
{
    setFixedHeight(kHeight);
    setLayoutDirection(Qt::LeftToRight);
}

void CompareStrip::set(const versions::DiffSum &sum, const factory::Comparison &comparison, bool complete)
{
    m_sum = sum;
    m_same = comparison.same;
    m_complete = complete;
    setAccessibleName(words());
    update();
}

void CompareStrip::setBefore(std::optional<std::int64_t> bytes)
{
    m_before = bytes;
    update();
}

std::vector<CompareStrip::Figure> CompareStrip::figures() const
{
    const Tokens &t = tokens(this);
    const auto objects = [](std::int64_t n) {
        return tr("object(s)", nullptr, static_cast<int>(std::min<std::int64_t>(n, INT_MAX)));
    };
    const auto sized = [this](std::int64_t bytes) {
        return m_sum.unsized > 0 ? tr("%1 and unknown").arg(text::bytes(bytes)) : text::bytes(bytes);
    };
    const std::int64_t net = m_sum.addedBytes - m_sum.removedBytes;
    const std::int64_t changed = m_sum.changed + m_sum.conflict;
    std::vector<Figure> all;
    all.push_back({tr("Objects that differ"),
                   text::count(m_sum.objects()),
                   m_complete ? QString() : tr("so far"),
                   {},
                   tr("Counted from every page of the comparison"),
                   t.text});
    all.push_back({tr("Added"),
                   u'+' + text::count(m_sum.added),
                   objects(m_sum.added),
                   sized(m_sum.addedBytes),
                   {},
                   m_sum.added > 0 ? t.added : t.muted});
    all.push_back({tr("Removed"),
                   u'−' + text::count(m_sum.removed),
                   objects(m_sum.removed),
                   sized(m_sum.removedBytes),
                   {},
                   m_sum.removed > 0 ? t.removed : t.muted});
    all.push_back({tr("Changed"), u'~' + text::count(m_sum.changed), objects(m_sum.changed),
                   changed == 0   ? QString()
                       : m_before ? tr("%1 net").arg(signedBytes(m_sum.changedBytes - *m_before))
                                  : tr("%1 after, before unknown").arg(text::bytes(m_sum.changedBytes)),
                   tr("lakeFS tells the size of a changed object on side B only. What it was before is listed for the "
                      "folder that you open."),
                   m_sum.changed > 0 ? t.text : t.muted});
    all.push_back({tr("Conflicts"), text::count(m_sum.conflict), objects(m_sum.conflict),
                   m_sum.conflict > 0 ? tr("a merge would stop") : tr("none"),
                   tr("Paths that A changed since the merge base, too. Two-dot knows none."),
                   m_sum.conflict > 0 ? t.text : t.muted, m_sum.conflict > 0 ? static_cast<int>(Status::Major) : -1});
    const bool whole = changed == 0 || m_before;
    all.push_back(
        {whole ? tr("Net size") : tr("Net of added and removed"),
         signedBytes(net + (m_before ? m_sum.changedBytes - *m_before : 0)),
         {},
         whole ? QString()
               : tr("without %1 changed object(s)", nullptr, static_cast<int>(std::min<std::int64_t>(changed, INT_MAX)))
                     .arg(text::count(changed)),
         {},
         t.text});
    return all;
}

QString CompareStrip::words() const
{
    QStringList all;
    for (const Figure &figure : figures())
        all << QStringList{figure.title, figure.digits, figure.unit, figure.note}.join(u' ').simplified();
    return all.join(QStringLiteral("; "));
}

void CompareStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &t = tokens(this);
    painter.fillRect(rect(), t.surface);
    painter.fillRect(0, height() - 1, width(), 1, t.border);
    const std::vector<Figure> all = figures();
    const int wide = width() / static_cast<int>(all.size());
    int x = 0;
    for (const Figure &figure : all) {
        const QRect cell(x + 12, 6, wide - 20, kHeight - 12);
        if (x > 0)
            painter.fillRect(x, 0, 1, height() - 1, t.borderSubtle);
        painter.setFont(ui::font(12));
        painter.setPen(t.text2);
        painter.drawText(cell, Qt::AlignLeft | Qt::AlignTop, figure.title);
        int left = cell.left();
        if (figure.status >= 0) {
            paintStatus(painter, QRectF(left, cell.top() + 22, 13, 13), static_cast<Status>(figure.status), t);
            left += 18;
        }
        painter.setFont(ui::font(20, true));
        painter.setPen(figure.colour);
        painter.drawText(QRect(left, cell.top() + 15, cell.right() - left, 26), Qt::AlignLeft | Qt::AlignVCenter,
                         figure.digits);
        left += painter.fontMetrics().horizontalAdvance(figure.digits) + 8;
        painter.setFont(ui::font(12));
        painter.setPen(t.text2);
        painter.drawText(QRect(left, cell.top() + 19, cell.right() - left, 22), Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(figure.unit, Qt::ElideRight, cell.right() - left));
        if (x == 0)
            paintKinds(painter, QRect(cell.left(), cell.bottom() - 9, cell.width() - 8, 7), m_sum, 1, t);
        else
            painter.drawText(cell, Qt::AlignLeft | Qt::AlignBottom,
                             painter.fontMetrics().elidedText(figure.note, Qt::ElideRight, cell.width()));
        x += wide;
    }
}

bool CompareStrip::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const std::vector<Figure> all = figures();
    const auto at = static_cast<std::size_t>(help->pos().x() / std::max(1, width() / static_cast<int>(all.size())));
    const Figure &figure = all[std::min(at, all.size() - 1)];
    QToolTip::showText(
        help->globalPos(),
        (figure.note + (figure.tip.isEmpty() ? QString() : u'\n' + figure.tip)).trimmed().toHtmlEscaped(), this);
    return true;
}

} // namespace andon::ui
