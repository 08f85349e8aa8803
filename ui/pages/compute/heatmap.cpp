#include "ui/pages/compute/heatmap.h"

#include "text/kpitext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/theme/style.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <array>

namespace andon::ui
{

namespace
{

constexpr int kLeft = 66;
constexpr int kBottom = 36;

/// Cividis (Nuñez, Anderton, Renslow 2018) between its six anchors.
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

} // namespace

HeatMap::HeatMap(QWidget *parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setAccessibleName(tr("Every GPU over time"));
}

void HeatMap::set(telemetry::Matrix matrix, core::TimeRange range, const QString &caption)
{
    m_matrix = std::move(matrix);
    m_range = range;
    m_caption = caption;
    m_image = {};
    update();
}

QRect HeatMap::area() const
{
    return rect().adjusted(kLeft, 4, -14, -kBottom);
}

QImage HeatMap::picture(const QSize &size) const
{
    QImage image(size, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    const auto rows = static_cast<int>(m_matrix.series.size());
    for (int y = 0; y < size.height() && rows > 0; ++y) {
        const telemetry::Series &series = m_matrix.series[static_cast<std::size_t>(y * rows / size.height())];
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        std::size_t i = 0;
        for (int x = 0; x < size.width(); ++x) {
            const std::int64_t t = m_range.from.ms + m_range.length() * x / size.width();
            while (i + 1 < series.t.size() && series.t[i + 1] <= t)
                ++i;
            const bool here = !series.t.empty() && t >= series.t[i] - m_matrix.stepMs
                && t - series.t[i] <= m_matrix.stepMs + m_matrix.stepMs / 2;
            if (here)
                line[x] = cividis()[static_cast<std::size_t>(std::clamp(series.v[i], 0.0, 1.0) * 255)];
        }
    }
    return image;
}

void HeatMap::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    const QRect map = area();
    painter.fillRect(map, QBrush(t.border, Qt::BDiagPattern)); // what stays visible has no data
    if (m_image.size() != map.size())
        m_image = picture(map.size());
    painter.drawImage(map.topLeft(), m_image);
    painter.setFont(ui::font(11));
    painter.setPen(t.muted);
    std::string last;
    const auto rows = static_cast<int>(m_matrix.series.size());
    int labelled = -100;
    for (int r = 0; r < rows; ++r) {
        const std::string node(m_matrix.series[static_cast<std::size_t>(r)].labels.get("node"));
        const int y = map.top() + r * map.height() / rows;
        if (node == last)
            continue;
        last = node;
        if (r)
            painter.fillRect(QRect(map.left(), y, map.width(), 1), t.surface);
        if (y - labelled >= 13) {
            painter.drawText(QRect(0, y, kLeft - 8, 14), Qt::AlignRight | Qt::AlignVCenter, text::visible(node));
            labelled = y;
        }
    }
    for (int i = 0; i <= 6 && m_range.valid(); ++i) {
        const int x = map.left() + map.width() * i / 6;
        painter.drawText(QRect(x - 40, map.bottom() + 3, 80, 14), Qt::AlignCenter,
                         text::compactTime(m_range.from + m_range.length() * i / 6, m_range.to));
    }
    painter.drawText(QRect(map.left(), map.bottom() + 18, map.width() - 190, 16), Qt::AlignVCenter, m_caption);
    for (int x = 0; x < 100; ++x)
        painter.fillRect(QRect(map.right() - 140 + x, map.bottom() + 22, 1, 8),
                         QColor::fromRgb(cividis()[static_cast<std::size_t>(x * 255 / 99)]));
    painter.drawText(QRect(map.right() - 176, map.bottom() + 18, 32, 16), Qt::AlignRight | Qt::AlignVCenter,
                     QStringLiteral("0"));
    painter.drawText(QRect(map.right() - 36, map.bottom() + 18, 40, 16), Qt::AlignVCenter, QStringLiteral("100 %"));
    if (!map.contains(m_mouse) || rows == 0)
        return;
    const auto row = static_cast<std::size_t>((m_mouse.y() - map.top()) * rows / map.height());
    const telemetry::Series &series = m_matrix.series[std::min(row, m_matrix.series.size() - 1)];
    const core::Instant at = m_range.from + m_range.length() * (m_mouse.x() - map.left()) / map.width();
    const auto next = std::upper_bound(series.t.begin(), series.t.end(), at.ms);
    const auto value = next == series.t.begin()
        ? std::nullopt
        : std::optional(series.v[static_cast<std::size_t>(next - series.t.begin()) - 1]);
    const QString words = text::visible(series.labels.get("node")) + QStringLiteral(" · GPU ")
        + text::visible(series.labels.get("gpu")) + QStringLiteral(" · ") + text::visible(series.labels.get("pod"))
        + QStringLiteral(" · ") + text::quantity(value, telemetry::Unit::Ratio) + QStringLiteral(" · ")
        + text::dateTime(at);
    const int wide = painter.fontMetrics().horizontalAdvance(words) + 16;
    QRect box(m_mouse.x() + 12, m_mouse.y() + 12, wide, 22);
    if (box.right() > width())
        box.moveRight(m_mouse.x() - 8);
    if (box.bottom() > map.bottom())
        box.moveBottom(m_mouse.y() - 6);
    painter.setPen(t.border);
    painter.setBrush(t.overlay);
    painter.drawRect(box);
    painter.setPen(t.text);
    painter.drawText(box, Qt::AlignCenter, words);
}

void HeatMap::mouseMoveEvent(QMouseEvent *event)
{
    m_mouse = event->position().toPoint();
    update();
}

void HeatMap::leaveEvent(QEvent *)
{
    m_mouse = {-1, -1};
    update();
}

} // namespace andon::ui
