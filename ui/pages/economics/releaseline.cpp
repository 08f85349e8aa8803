#include "ui/pages/economics/releaseline.h"

#include "text/kpiexplain.h"
#include "text/kpitext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace andon::ui
{

namespace
{

constexpr int kRow = 28; // at least; rows take the height that there is
constexpr int kAxis = 24;
constexpr int kNames = 78; // left gutter
constexpr int kValues = 128; // right gutter

struct Stone {
    const char *letter;
    QString name;
    core::Instant at;
};

std::vector<Stone> stones(const economics::Release &release)
{
    return {{"E", ReleaseLine::tr("energised"), release.energised},
            {"B", ReleaseLine::tr("first busy GPU"), release.busy},
            {"T", ReleaseLine::tr("first token"), release.firstToken},
            {"P", ReleaseLine::tr("first paid token"), release.firstPaid},
            {"R", ReleaseLine::tr("ramped"), release.ramped}};
}

double daysSince(core::Instant from, core::Instant to)
{
    return static_cast<double>(to - from) / static_cast<double>(core::kDay);
}

} // namespace

ReleaseLine::ReleaseLine(QWidget *parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // ids, figures and time never mirror
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::MinimumExpanding);
    setMouseTracking(true);
    setAccessibleName(tr("Releases"));
}

void ReleaseLine::set(std::vector<economics::ReleaseRow> releases)
{
    m_rows = std::move(releases);
    std::stable_sort(m_rows.begin(), m_rows.end(),
                     [](const auto &a, const auto &b) { return a.release.energised > b.release.energised; });
    QStringList lines;
    for (const economics::ReleaseRow &row : m_rows) {
        QStringList parts{text::visible(row.release.name)};
        for (const Stone &stone : stones(row.release))
            parts << stone.name + u' ' + (stone.at.known() ? text::dateTime(stone.at).left(10) : QStringLiteral("—"));
        parts << text::kpiValue(row.sinceEnergised);
        lines << parts.join(QStringLiteral(", "));
    }
    setAccessibleDescription(lines.join(u'\n'));
    updateGeometry();
    update();
}

QSize ReleaseLine::sizeHint() const
{
    return {420, 14 + kRow * std::max(1, static_cast<int>(m_rows.size())) + kAxis};
}

int ReleaseLine::pitch() const
{
    const int rows = std::max(1, static_cast<int>(m_rows.size()));
    return std::clamp((height() - 14 - kAxis) / rows, kRow, 72);
}

double ReleaseLine::days() const
{
    double most = 7;
    for (const economics::ReleaseRow &row : m_rows) {
        for (const Stone &stone : stones(row.release))
            if (stone.at.known() && row.release.energised.known())
                most = std::max(most, daysSince(row.release.energised, stone.at));
        if (const double *target =
                row.sinceEnergised.target ? std::get_if<double>(&*row.sinceEnergised.target) : nullptr)
            most = std::max(most, *target);
    }
    return most * 1.06;
}

void ReleaseLine::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(ui::font(11));
    if (m_rows.empty()) {
        painter.setFont(ui::font(12));
        painter.setPen(t.muted);
        painter.drawText(rect().adjusted(12, 0, -12, 0), Qt::AlignVCenter | Qt::AlignLeft,
                         tr("The price book names no release."));
        return;
    }
    const QRect plot(12 + kNames, 8, width() - 24 - kNames - kValues, pitch() * static_cast<int>(m_rows.size()));
    const double all = days();
    const auto xOf = [&](double day) { return plot.left() + plot.width() * day / all; };
    painter.setPen(t.muted);
    painter.drawText(QRectF(plot.left() - 40, plot.bottom() + 3, 80, 16), Qt::AlignCenter, tr("day 0"));
    const auto &target = m_rows.front().sinceEnergised.target;
    if (const double *day = target ? std::get_if<double>(&*target) : nullptr) {
        painter.setPen(QPen(t.text2, 1, Qt::DashLine));
        painter.drawLine(QPointF(xOf(*day), plot.top() - 2), QPointF(xOf(*day), plot.bottom() + 3));
        painter.setPen(t.muted);
        painter.drawText(QRectF(xOf(*day) - 50, plot.bottom() + 3, 100, 16), Qt::AlignCenter,
                         tr("target %1").arg(text::number(*day, 0)));
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        paintRow(painter, m_rows[i],
                 QRect(plot.left(), plot.top() + pitch() * static_cast<int>(i), plot.width(), pitch()));
}

void ReleaseLine::paintRow(QPainter &painter, const economics::ReleaseRow &row, const QRect &rect) const
{
    const Tokens &t = tokens(this);
    const double all = days();
    const double y = rect.center().y() + 0.5;
    painter.setFont(ui::font(12, true));
    painter.setPen(t.text);
    painter.drawText(QRect(12, rect.top(), kNames - 10, rect.height()), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(text::visible(row.release.name), Qt::ElideRight, kNames - 10));
    const auto xOf = [&](core::Instant at) {
        return rect.left() + rect.width() * daysSince(row.release.energised, at) / all;
    };
    core::Instant last = row.release.energised;
    double free = -1e9; // right end of the letter before
    for (const Stone &stone : stones(row.release)) {
        if (!stone.at.known() || !row.release.energised.known())
            continue;
        const bool after = row.release.firstPaid.known() && stone.at > row.release.firstPaid;
        painter.setPen(QPen(after ? t.border : t.text2, 2, after ? Qt::DotLine : Qt::SolidLine));
        painter.drawLine(QPointF(xOf(last), y), QPointF(xOf(stone.at), y));
        last = stone.at;
    }
    for (const Stone &stone : stones(row.release)) {
        if (!stone.at.known() || !row.release.energised.known())
            continue;
        const bool paid = stone.letter[0] == 'P';
        const double x = std::max(xOf(stone.at), free); // two of one day stand beside each other
        free = x + 17;
        painter.setPen(QPen(paid ? t.accent : t.borderStrong, paid ? 2 : 1));
        painter.setBrush(t.surface);
        painter.drawEllipse(QPointF(x, y), 8, 8);
        painter.setFont(ui::font(11, paid));
        painter.setPen(t.text);
        painter.drawText(QRectF(x - 8, y - 8.5, 16, 16), Qt::AlignCenter, QString::fromLatin1(stone.letter));
    }
    const auto gap = text::kpiTarget(row.sinceEnergised);
    QRect value(rect.right() + 12, rect.top(), kValues - 12, rect.height());
    painter.setFont(ui::font(12, true));
    painter.setPen(row.sinceEnergised.value ? t.text : t.muted);
    painter.drawText(value, Qt::AlignVCenter | Qt::AlignLeft, text::kpiValue(row.sinceEnergised));
    if (gap && row.sinceEnergised.value) {
        value.setLeft(value.left() + 42);
        const Status status = gap->met ? Status::Idle : Status::Warning;
        paintStatus(painter, QRectF(value.left(), y - 5, 10, 10), status, t);
        painter.setFont(ui::font(11));
        painter.setPen(gap->met ? t.muted : t.text);
        painter.drawText(value.adjusted(14, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, gap->gap);
    }
}

int ReleaseLine::rowAt(const QPoint &point) const
{
    const int row = (point.y() - 8) / pitch();
    return point.y() >= 8 && row < static_cast<int>(m_rows.size()) ? row : -1;
}

void ReleaseLine::mousePressEvent(QMouseEvent *event)
{
    if (const int row = rowAt(event->position().toPoint()); row >= 0)
        Q_EMIT asked(row);
}

void ReleaseLine::mouseMoveEvent(QMouseEvent *event)
{
    setCursor(rowAt(event->position().toPoint()) >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

bool ReleaseLine::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int index = rowAt(help->pos());
        QStringList lines;
        if (index >= 0) {
            const economics::ReleaseRow &row = m_rows[static_cast<std::size_t>(index)];
            lines << text::visible(row.release.name) + QStringLiteral(", ")
                    + tr("%n GPU(s)", nullptr, static_cast<int>(row.release.gpus));
            for (const Stone &stone : stones(row.release))
                lines << QString::fromLatin1(stone.letter) + QStringLiteral("  ") + stone.name + QStringLiteral(": ")
                        + (stone.at.known() ? text::dateTime(stone.at).left(10) : tr("not yet"));
            lines << tr("Carry cost %1").arg(text::kpiValue(row.carry));
        }
        QToolTip::showText(help->globalPos(), lines.join(u'\n').toHtmlEscaped(), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace andon::ui
