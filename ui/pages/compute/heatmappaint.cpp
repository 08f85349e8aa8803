// What a HeatMap paints: cells, gutters, crosshair.
#include "text/kpitext.h"
#include "text/times.h"
#include "ui/pages/compute/heatmap.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"

#include <QPainter>

#include <algorithm>
#include <array>

namespace andon::ui
{

namespace
{

constexpr int kNow = 42;
constexpr int kLine = 14;

const std::array<QRgb, 256> &cividis()
{
    static const std::array<QRgb, 256> table = [] {
        constexpr unsigned kAnchors[] = {0x00204D, 0x31446B, 0x666970, 0x958F78, 0xCAB969, 0xFFEA46};
        std::array<QRgb, 256> colours{};
        for (int i = 0; i < 256; ++i) {
            const double at = i / 255.0 * 5;
            const int low = std::min(4, static_cast<int>(at));
            colours[static_cast<std::size_t>(i)] =
                blend(QColor::fromRgb(kAnchors[low + 1]), QColor::fromRgb(kAnchors[low]), at - low).rgb();
        }
        return colours;
    }();
    return table;
}

QBrush hatch(const Tokens &t)
{
    return {t.border, Qt::BDiagPattern};
}

} // namespace

QRgb heatColour(double ratio)
{
    return cividis()[static_cast<std::size_t>(std::clamp(ratio, 0.0, 1.0) * 255)];
}

void HeatMap::makeImage()
{
    const Tokens &t = tokens(this);
    m_image = QImage(m_plot.size(), QImage::Format_ARGB32_Premultiplied);
    m_image.fill(Qt::transparent);
    QPainter painter(&m_image);
    for (const Row &row : m_rows) {
        const bool dimmed = isDimmed(row);
        const QRect band(0, row.top - m_plot.top(), m_plot.width(), row.height);
        painter.fillRect(band, t.surface);
        painter.fillRect(band, hatch(t)); // what stays visible has no data
        const std::vector<Cell> cells = cellsOf(row);
        for (int x = 0; x < m_columns; ++x) {
            const Cell &cell = cells[static_cast<std::size_t>(x)];
            if (cell.held == 0 && cell.free == 0)
                continue;
            QColor colour = cell.held ? QColor::fromRgb(heatColour(cell.sum / cell.held)) : t.canvas;
            if (dimmed)
                colour = blend(colour, t.surface, 0.25);
            painter.fillRect(QRect(x * m_cell, band.top(), m_cell, band.height()), colour);
        }
    }
}

void HeatMap::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    if (m_plot.isNull())
        return;
    if (m_image.isNull())
        makeImage();
    painter.drawImage(m_plot.topLeft(), m_image);
    painter.setFont(ui::font(11));
    paintNodes(painter);
    paintWorkloads(painter);
    paintTimes(painter);
    paintSince(painter);
    paintInstant(painter);
    paintCross(painter);
    if (hasFocus()) {
        painter.setPen(QPen(t.focus, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void HeatMap::paintNodes(QPainter &painter) const
{
    const Tokens &t = tokens(this);
    const int right = m_plot.right() + 1;
    painter.setPen(t.muted);
    painter.drawText(QRect(right, m_plot.top() - 18, kNow - 4, 16), Qt::AlignRight | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(tr("now %"), Qt::ElideRight, kNow - 4));
    int bottom = -kLine;
    for (const Band &node : m_nodes) {
        const Row &first = m_rows[static_cast<std::size_t>(node.first)];
        const Row &last = m_rows[static_cast<std::size_t>(node.last)];
        const int y = (first.top + last.top + last.height) / 2 - kLine / 2;
        if (y < bottom)
            continue;
        bottom = y + kLine;
        const bool strong = node.id == m_highlight;
        painter.setFont(ui::font(11, strong));
        painter.setPen(strong ? t.text : t.text2);
        painter.drawText(QRect(0, y, m_plot.left() - 8, kLine), Qt::AlignRight | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(node.label, Qt::ElideMiddle, m_plot.left() - 10));
        double sum = 0;
        int n = 0;
        for (int r = node.first; r <= node.last; ++r)
            for (const factory::GpuRow *gpu : m_rows[static_cast<std::size_t>(r)].gpus)
                if (!gpu->pod.empty() && gpu->now) {
                    sum += *gpu->now;
                    ++n;
                }
        painter.drawText(QRect(right, y, kNow - 4, kLine), Qt::AlignRight | Qt::AlignVCenter,
                         n ? QString::number(qRound(sum / n * 100)) : QStringLiteral("—"));
    }
}

void HeatMap::paintWorkloads(QPainter &painter) const
{
    const Tokens &t = tokens(this);
    const int left = m_plot.right() + 1 + kNow + 6;
    const int room = width() - left - 4;
    if (room < 60)
        return;
    painter.setFont(ui::font(11));
    painter.setPen(t.muted);
    painter.drawText(QRect(left + 8, m_plot.top() - 18, room, 16), Qt::AlignVCenter, tr("workload now"));
    std::vector<QRect> taken;
    for (const bool needy : {true, false}) // what waits or idles keeps its label where there is no room for all
        for (const Band &band : m_workloads) {
            if ((band.waiting || band.idle) != needy)
                continue;
            const Row &first = m_rows[static_cast<std::size_t>(band.first)];
            const Row &last = m_rows[static_cast<std::size_t>(band.last)];
            const int bottom = last.top + last.height - 1;
            if (!band.id.isEmpty() && bottom - first.top > 4) {
                painter.setPen(band.waiting ? t.of(Status::Major) : t.border);
                painter.drawLine(left, first.top + 1, left, bottom - 1);
            }
            const QRect line(left + 8, (first.top + bottom) / 2 - kLine / 2, room - 8, kLine);
            if (std::any_of(taken.begin(), taken.end(), [&](const QRect &other) { return other.intersects(line); }))
                continue;
            taken.push_back(line);
            QRect words = line;
            if (band.waiting || band.idle) {
                paintStatus(painter, QRectF(words.left(), words.top() + 3, 9, 9),
                            band.waiting ? Status::Major : Status::Warning, t);
                words.setLeft(words.left() + 13);
            }
            painter.setFont(ui::font(11, band.id == m_highlight && !band.id.isEmpty()));
            painter.setPen(band.id.isEmpty() ? t.muted : t.text2);
            painter.drawText(words, Qt::AlignVCenter,
                             painter.fontMetrics().elidedText(band.id.isEmpty() ? tr("free") : band.label,
                                                              Qt::ElideMiddle, words.width()));
        }
}

void HeatMap::paintTimes(QPainter &painter) const
{
    const Tokens &t = tokens(this);
    static constexpr std::int64_t kNice[] = {1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440, 2880, 10080};
    const std::int64_t least = m_range.length() * 92 / std::max(1, m_plot.width());
    std::int64_t step = kNice[std::size(kNice) - 1] * core::kMinute;
    for (const std::int64_t nice : kNice)
        if (nice * core::kMinute >= least) {
            step = nice * core::kMinute;
            break;
        }
    painter.setFont(ui::font(11));
    int edge = -1;
    for (std::int64_t at = text::firstTick(m_range.from, step).ms; at <= m_range.to.ms; at += step) {
        const int x = xOf({at});
        const QString words = text::compactTime({at}, m_range.to);
        const int wide = painter.fontMetrics().horizontalAdvance(words);
        QRect place(x - wide / 2, m_plot.bottom() + 4, wide + 1, kLine);
        if (place.left() < m_plot.left())
            place.moveLeft(m_plot.left());
        if (place.left() < edge + 8 || place.right() > width())
            continue;
        painter.setPen(t.border);
        painter.drawLine(x, m_plot.bottom() + 1, x, m_plot.bottom() + 3);
        painter.setPen(t.muted);
        painter.drawText(place, Qt::AlignCenter, words);
        edge = place.right();
    }
}

void HeatMap::paintSince(QPainter &painter) const
{
    if (!m_since.known() || m_since < m_range.from || m_since > m_range.to)
        return;
    const Tokens &t = tokens(this);
    const int x = xOf(m_since);
    QPen pen(t.of(Status::Critical), 1);
    pen.setDashPattern({3, 3});
    painter.setPen(pen);
    painter.drawLine(x, m_plot.top() - 4, x, m_plot.bottom());
    const QString words = tr("GPUs wait since %1").arg(text::compactTime(m_since, m_range.to));
    painter.setFont(ui::font(11));
    const int wide = painter.fontMetrics().horizontalAdvance(words) + 2;
    painter.setPen(t.text2);
    painter.drawText(QRect(std::min(x, m_plot.right() - wide), m_plot.top() - 19, wide, 15), Qt::AlignVCenter, words);
}

void HeatMap::paintInstant(QPainter &painter) const
{
    const core::Instant at = crosshair().at;
    const bool mine = m_row >= 0 && !crosshair().held;
    if (mine || !at.known() || at < m_range.from || at > m_range.to)
        return;
    const Tokens &t = tokens(this);
    const int x = std::min(xOf(at), m_plot.right());
    const bool held = crosshair().held;
    painter.fillRect(QRect(x - 1, m_plot.top(), 3, m_plot.height()), QColor(0, 0, 0, 90)); // a halo over any colour
    painter.fillRect(QRect(x, m_plot.top(), 1, m_plot.height()), Qt::white);
    if (held) // a pin's head
        painter.fillRect(QRect(x - 3, m_plot.top() - 6, 7, 6), t.accent);
    const QString words = text::dateTime(at);
    painter.setFont(ui::font(11));
    QRect box(x + 5, m_plot.top() + 3, painter.fontMetrics().horizontalAdvance(words) + 12, 18);
    if (box.right() > m_plot.right())
        box.moveRight(x - 5);
    painter.setPen(t.border);
    painter.setBrush(t.overlay);
    painter.drawRect(box);
    painter.setPen(t.text);
    painter.drawText(box, Qt::AlignCenter, words);
}

void HeatMap::paintCross(QPainter &painter) const
{
    if (m_row < 0)
        return;
    const Tokens &t = tokens(this);
    const Row &row = m_rows[static_cast<std::size_t>(m_row)];
    const int x = m_plot.left() + m_column * m_cell + m_cell / 2;
    const int y = row.top + row.height / 2;
    painter.fillRect(QRect(x - 1, m_plot.top(), 3, m_plot.height()), QColor(0, 0, 0, 90)); // a halo over any colour
    painter.fillRect(QRect(m_plot.left(), y - 1, m_plot.width(), 3), QColor(0, 0, 0, 90));
    painter.fillRect(QRect(x, m_plot.top(), 1, m_plot.height()), Qt::white);
    painter.fillRect(QRect(m_plot.left(), y, m_plot.width(), 1), Qt::white);
    int wide = 0;
    for (int i = 0; i < m_readout.size(); ++i) {
        painter.setFont(ui::font(i == 0 ? 12 : 11, i == 0));
        wide = std::max(wide, painter.fontMetrics().horizontalAdvance(m_readout[i]));
    }
    QRect box(x + 14, y + 14, wide + 20, static_cast<int>(m_readout.size()) * 16 + 10);
    if (box.right() > width())
        box.moveRight(x - 12);
    if (box.bottom() > m_plot.bottom())
        box.moveBottom(std::max(y - 12, box.height()));
    painter.setPen(t.border);
    painter.setBrush(t.overlay);
    painter.drawRect(box);
    for (int i = 0; i < m_readout.size(); ++i) {
        painter.setFont(ui::font(i == 0 ? 12 : 11, i == 0));
        painter.setPen(i == 0 || i == 2 ? t.text : t.text2);
        painter.drawText(QRect(box.left() + 10, box.top() + 5 + i * 16, wide + 2, 16), Qt::AlignVCenter, m_readout[i]);
    }
}

HeatLegend::HeatLegend(QWidget *parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // ids, figures and time never mirror
    setFont(ui::font(11));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Colour scale: 0 to 100 %; hatched: no data; canvas: free"));
}

QSize HeatLegend::sizeHint() const
{
    const auto wide = [this](const QString &words) { return fontMetrics().horizontalAdvance(words); };
    return {wide(QStringLiteral("0")) + wide(QStringLiteral("100 %")) + wide(tr("no data")) + wide(tr("free")) + 188,
            18};
}

void HeatLegend::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    int x = 0;
    const auto words = [&](const QString &text) {
        const int wide = painter.fontMetrics().horizontalAdvance(text);
        painter.setPen(t.muted);
        painter.drawText(QRect(x, 0, wide + 2, height()), Qt::AlignVCenter, text);
        x += wide + 6;
    };
    const auto box = [&](const QBrush &brush) {
        const QRect place(x, height() / 2 - 4, 16, 9);
        painter.fillRect(place, brush);
        painter.setPen(t.border);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(place);
        x += 22;
    };
    words(QStringLiteral("0"));
    for (int i = 0; i < 96; ++i)
        painter.fillRect(QRect(x + i, height() / 2 - 4, 1, 9), QColor::fromRgb(heatColour(i / 95.0)));
    x += 102;
    words(QStringLiteral("100 %"));
    x += 8;
    box(hatch(t));
    words(tr("no data"));
    x += 8;
    box(t.canvas);
    words(tr("free"));
}

} // namespace andon::ui
