#include "ui/pages/compute/histogram.h"

#include "text/units.h"
#include "ui/theme/style.h"

#include <QPainter>

#include <algorithm>
#include <numeric>

namespace andon::ui
{

namespace
{

/// The next of 1, 2, 5, 10, 20 …
int niceAbove(int value)
{
    for (int decade = 1;; decade *= 10)
        for (const int step : {1, 2, 3, 4, 5, 6, 8})
            if (step * decade >= value)
                return step * decade;
}

} // namespace

Histogram::Histogram(QWidget *parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // ids, figures and time never mirror
    setAccessibleName(tr("GPUs by how much they compute now"));
}

void Histogram::set(const std::vector<double> &ratios)
{
    m_bars = {};
    for (const double ratio : ratios)
        ++m_bars[static_cast<std::size_t>(std::clamp(static_cast<int>(ratio * 10), 0, 9))];
    m_mean = ratios.empty()
        ? std::nullopt
        : std::optional(std::accumulate(ratios.begin(), ratios.end(), 0.0) / static_cast<double>(ratios.size()));
    QStringList words;
    for (std::size_t i = 0; i < m_bars.size(); ++i)
        if (m_bars[i] > 0)
            words << tr("%1 to %2 %: %3").arg(i * 10).arg(i * 10 + 10).arg(m_bars[i]);
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    update();
}

void Histogram::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setFont(ui::font(11));
    const QRect plot = rect().adjusted(38, 32, -16, -20);
    const int top = niceAbove(std::max(1, *std::max_element(m_bars.begin(), m_bars.end())));
    for (const int value : {0, top}) {
        const int y = plot.bottom() - value * plot.height() / top;
        painter.fillRect(QRect(plot.left(), y, plot.width(), 1), t.borderSubtle);
        painter.setPen(t.muted);
        if (value == 0 || plot.height() > 14) // else the two would lie over each other
            painter.drawText(QRect(0, y - 7, plot.left() - 6, 14), Qt::AlignRight | Qt::AlignVCenter,
                             text::count(value));
    }
    const int pitch = plot.width() / 10;
    for (int i = 0; i < 10; ++i) {
        const int high = m_bars[static_cast<std::size_t>(i)] * plot.height() / top;
        const QRect bar(plot.left() + i * pitch + 2, plot.bottom() - high, pitch - 4, high);
        painter.fillRect(bar, t.series[0]);
        painter.setPen(t.text2);
        if (m_bars[static_cast<std::size_t>(i)] > 0)
            painter.drawText(QRect(bar.left() - 6, bar.top() - 14, bar.width() + 12, 14), Qt::AlignCenter,
                             text::count(m_bars[static_cast<std::size_t>(i)]));
    }
    painter.setPen(t.muted);
    for (int i = 0; i <= 10; i += 2)
        painter.drawText(QRect(plot.left() + i * pitch - 24, plot.bottom() + 4, 48, 14), Qt::AlignCenter,
                         QString::number(i * 10) + (i == 10 ? QStringLiteral(" %") : QString()));
    if (!m_mean)
        return;
    const int x = plot.left() + static_cast<int>(*m_mean * 10 * pitch);
    QPen pen(t.text2, 1);
    pen.setDashPattern({2, 2});
    painter.setPen(pen);
    painter.drawLine(x, plot.top() - 30, x, plot.bottom());
    const QString words = tr("mean %1 %").arg(qRound(*m_mean * 100));
    const int wide = painter.fontMetrics().horizontalAdvance(words);
    painter.setPen(t.text);
    painter.drawText(QRect(x + 5 + wide > width() ? x - 5 - wide : x + 5, 0, wide + 2, 14), Qt::AlignVCenter, words);
}

} // namespace andon::ui
