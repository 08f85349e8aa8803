#include "painting/columns.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace andon::painting
{

namespace
{

constexpr double kSteep = 4; // rows per column; beyond, a line is a span: slower to soften than it shows
constexpr std::size_t kFew = 3; // samples in a column that are still drawn one by one
constexpr int kBlock = 16; // columns whose pixels share cache lines

/// The first index whose time is not below `at`, near a guess: steps double, so neighbours cost little.
std::size_t lowerBound(const std::vector<std::int64_t> &times, std::size_t guess, std::int64_t at)
{
    std::size_t low = std::min(guess, times.size());
    std::size_t high = low;
    for (std::size_t step = 1; low > 0 && times[low - 1] >= at; step *= 2) {
        high = low - 1;
        low -= std::min(low, step);
    }
    for (std::size_t step = 1; high < times.size() && times[high] < at; step *= 2) {
        low = high + 1;
        high += std::min(times.size() - high, step);
    }
    const auto begin = times.begin();
    return static_cast<std::size_t>(
        std::lower_bound(begin + static_cast<std::ptrdiff_t>(low), begin + static_cast<std::ptrdiff_t>(high), at)
        - begin);
}

/// colour with coverage, 0 to 1, over a premultiplied pixel.
QRgb over(QRgb pixel, QRgb colour, double coverage)
{
    const int alpha = static_cast<int>(qAlpha(colour) * std::min(coverage, 1.0) + 0.5);
    const auto channel = [&](int under, int top) { return (top * alpha + under * (255 - alpha) + 127) / 255; };
    return qRgba(channel(qRed(pixel), qRed(colour)), channel(qGreen(pixel), qGreen(colour)),
                 channel(qBlue(pixel), qBlue(colour)), channel(qAlpha(pixel), 255));
}

/// From top to bottom in pixels with fractions; nothing when bottom is not below top.
struct Span {
    double top = 0;
    double bottom = 0;
    [[nodiscard]] bool empty() const { return !(bottom > top); }
};

/// A straight stretch of the line within a column: its upper edge runs from `top.top` to `top.bottom`, its lower edge
/// in parallel.
struct Piece {
    double width = 0; ///< share of the column
    Span top = {};
    Span bottom = {};
};

/// The mean over a ramp's edge of what lies above y.
double above(const Span &edge, double y)
{
    if (y <= edge.top)
        return 0;
    if (y >= edge.bottom)
        return y - (edge.top + edge.bottom) / 2;
    return (y - edge.top) * (y - edge.top) / (2 * (edge.bottom - edge.top));
}

double coverage(const Piece &piece, int row)
{
    const auto within = [&](const Span &edge) { return above(edge, row + 1) - above(edge, row); };
    return piece.width * (within(piece.top) - within(piece.bottom));
}

class Canvas
{
public:
    Canvas(QImage &image, QRgb colour)
        : m_bits(image.bits())
        , m_stride(image.bytesPerLine())
        , m_width(image.width())
        , m_height(image.height())
        , m_colour(colour)
        , m_rows{m_height, 0}
        , m_spans(static_cast<std::size_t>(m_width))
    {
    }
    [[nodiscard]] int width() const { return m_width; }
    [[nodiscard]] Rows rows() const { return m_rows.first < m_rows.last ? m_rows : Rows{}; }
    [[nodiscard]] Span &span(int x) { return m_spans[static_cast<std::size_t>(x)]; }

    void soft(int x, const Piece *pieces, std::size_t count)
    {
        double top = pieces[0].top.top;
        double bottom = pieces[0].bottom.bottom;
        for (std::size_t i = 1; i < count; ++i) {
            top = std::min(top, pieces[i].top.top);
            bottom = std::max(bottom, pieces[i].bottom.bottom);
        }
        const Span clipped = clip({top, bottom});
        if (clipped.empty())
            return;
        touch(clipped);
        for (int y = static_cast<int>(clipped.top); y < clipped.bottom; ++y) {
            double covered = 0;
            for (std::size_t i = 0; i < count; ++i)
                covered += coverage(pieces[i], y);
            blend(x, y, covered);
        }
    }

    /// Paints the spans: their whole rows block by block, then the fractions at their ends.
    void finish()
    {
        for (int x = 0; x < m_width; ++x) {
            span(x) = clip(span(x));
            touch(span(x));
        }
        for (int x = 0; x < m_width; x += kBlock)
            solid(x, std::min(kBlock, m_width - x));
        for (int x = 0; x < m_width; ++x)
            if (!span(x).empty())
                ends(x, span(x));
    }

private:
    [[nodiscard]] QRgb *row(int y) const { return reinterpret_cast<QRgb *>(m_bits + y * m_stride); }
    [[nodiscard]] Span clip(const Span &span) const
    {
        return {std::max(span.top, 0.0), std::min(span.bottom, static_cast<double>(m_height))};
    }
    void touch(const Span &span)
    {
        if (span.empty())
            return;
        m_rows.first = std::min(m_rows.first, static_cast<int>(span.top));
        m_rows.last = std::max(m_rows.last, static_cast<int>(std::ceil(span.bottom)));
    }
    void blend(int x, int y, double covered)
    {
        QRgb &pixel = row(y)[x];
        pixel = over(pixel, m_colour, covered);
    }

    void solid(int x, int count)
    {
        std::array<int, kBlock> first{};
        std::array<int, kBlock> last{};
        int from = m_height;
        int to = 0;
        for (int i = 0; i < count; ++i) {
            const auto at = static_cast<std::size_t>(i);
            if (span(x + i).empty())
                continue;
            first[at] = static_cast<int>(std::ceil(span(x + i).top));
            last[at] = static_cast<int>(span(x + i).bottom);
            from = std::min(from, first[at]);
            to = std::max(to, last[at]);
        }
        const bool opaque = qAlpha(m_colour) == 255;
        for (int y = from; y < to; ++y) {
            QRgb *const pixels = row(y) + x;
            for (int i = 0; i < count; ++i) {
                const auto at = static_cast<std::size_t>(i);
                if (first[at] <= y && y < last[at])
                    pixels[i] = opaque ? m_colour : over(pixels[i], m_colour, 1);
            }
        }
    }

    void ends(int x, const Span &span)
    {
        const int first = static_cast<int>(span.top);
        const int last = static_cast<int>(span.bottom);
        if (first == last)
            return blend(x, first, span.bottom - span.top);
        if (first < span.top)
            blend(x, first, first + 1 - span.top);
        if (last < span.bottom)
            blend(x, last, span.bottom - last);
    }

    uchar *m_bits;
    qsizetype m_stride;
    int m_width;
    int m_height;
    QRgb m_colour;
    Rows m_rows;
    std::vector<Span> m_spans;
};

class Painting
{
public:
    Painting(const telemetry::Series &series, const telemetry::Pyramid &pyramid, const ColumnView &view, Canvas &canvas,
             int height)
        : m_t(series.t)
        , m_v(series.v)
        , m_pyramid(pyramid)
        , m_view(view)
        , m_canvas(canvas)
        , m_perColumn(static_cast<double>(view.to - view.from) / canvas.width())
        , m_perValue(height / (view.high - view.low))
    {
    }

    void paint()
    {
        std::size_t begin = lowerBound(m_t, 0, m_view.from.ms);
        std::size_t last = 0; // how many samples the column before had: the next has about as many
        std::vector<int> dots;
        for (int x = 0; x < m_canvas.width(); ++x) {
            const double right = edge(x + 1);
            const std::size_t end = lowerBound(m_t, begin + last, static_cast<std::int64_t>(std::ceil(right)));
            if (end - begin == 1 && !joined(begin) && !joined(end))
                dots.push_back(x);
            column(x, begin, end);
            last = end - begin;
            begin = end;
        }
        for (const int x : dots)
            dot(x);
        m_canvas.finish();
    }

private:
    [[nodiscard]] double edge(int x) const { return static_cast<double>(m_view.from.ms) + x * m_perColumn; }
    [[nodiscard]] double y(double value) const { return (m_view.high - value) * m_perValue; }
    /// Is there a line from sample i - 1 to i?
    [[nodiscard]] bool joined(std::size_t i) const
    {
        return i > 0 && i < m_t.size() && (m_view.gapMs <= 0 || m_t[i] - m_t[i - 1] <= m_view.gapMs);
    }
    /// Its y at a time.
    [[nodiscard]] double between(std::size_t i, double at) const
    {
        const double share = (at - static_cast<double>(m_t[i - 1])) / static_cast<double>(m_t[i] - m_t[i - 1]);
        return y(m_v[i - 1] + (m_v[i] - m_v[i - 1]) * share);
    }

    void column(int x, std::size_t begin, std::size_t end)
    {
        const double left = edge(x);
        const double right = edge(x + 1);
        if (end - begin <= kFew && few(x, begin, end))
            return;
        double top = HUGE_VAL;
        double bottom = -HUGE_VAL;
        const auto add = [&](double at) {
            top = std::min(top, at);
            bottom = std::max(bottom, at);
        };
        if (end > begin) {
            const telemetry::Span span = m_pyramid.of(m_v, begin, end);
            top = y(span.high);
            bottom = y(span.low);
        }
        if (joined(begin))
            add(between(begin, left));
        if (end > begin && joined(end))
            add(between(end, right));
        else if (end == begin && joined(begin))
            add(between(begin, right));
        double half = m_view.pen / 2;
        if (end == begin && joined(begin)) // as wide across as along, but not beyond its ends
            half = std::max(half, std::min((bottom - top) * (m_view.pen - 1) / 2, reach(begin, top, bottom)));
        if (bottom >= top)
            m_canvas.span(x) = {top - half, bottom + half};
    }

    /// How far the segment to sample i goes on beyond the nearer of two places.
    [[nodiscard]] double reach(std::size_t i, double top, double bottom) const
    {
        const auto [least, most] = std::minmax({y(m_v[i - 1]), y(m_v[i])}); // by value
        return std::min(top - least, most - bottom) + m_view.pen / 2;
    }

    /// Draws a column of few samples piece by piece; false when one of them is too steep.
    bool few(int x, std::size_t begin, std::size_t end)
    {
        std::array<Piece, kFew + 1> pieces;
        std::size_t count = 0;
        const double left = edge(x);
        double from = left;
        for (std::size_t i = begin; i <= end; ++i) {
            if (i < end && !joined(i) && !joined(i + 1))
                return false; // alone: no piece would show it
            const double to = i < end ? static_cast<double>(m_t[i]) : left + m_perColumn;
            if (joined(i) && to > from) {
                const double width = (to - from) / m_perColumn;
                const double y1 = between(i, from);
                const double y2 = between(i, to);
                const double slope = (y2 - y1) / width;
                if (!(std::abs(slope) <= kSteep))
                    return false;
                const double half = m_view.pen / 2 * std::sqrt(1 + slope * slope);
                const auto [least, most] = std::minmax(y1, y2);
                pieces[count++] = {width, {least - half, most - half}, {least + half, most + half}};
            }
            from = to;
        }
        if (count == 0)
            return false;
        m_canvas.soft(x, pieces.data(), count);
        return true;
    }

    /// A sample alone: three columns wide where there is room.
    void dot(int x)
    {
        Span &own = m_canvas.span(x);
        if (own.empty())
            return;
        const double middle = (own.top + own.bottom) / 2;
        own = {middle - std::max(1.5, m_view.pen / 2), middle + std::max(1.5, m_view.pen / 2)};
        for (const int beside : {x - 1, x + 1})
            if (beside >= 0 && beside < m_canvas.width() && m_canvas.span(beside).empty())
                m_canvas.span(beside) = own;
    }

    const std::vector<std::int64_t> &m_t;
    const std::vector<double> &m_v;
    const telemetry::Pyramid &m_pyramid;
    const ColumnView &m_view;
    Canvas &m_canvas;
    double m_perColumn;
    double m_perValue;
};

} // namespace

Rows paintColumns(QImage &image, const telemetry::Series &series, const telemetry::Pyramid &pyramid,
                  const ColumnView &view, QRgb colour)
{
    if (series.t.empty() || view.to <= view.from || !(view.high > view.low) || image.isNull())
        return {};
    Canvas canvas(image, colour);
    Painting(series, pyramid, view, canvas, image.height()).paint();
    return canvas.rows();
}

} // namespace andon::painting
