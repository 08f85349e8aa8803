#include "painting/lanespainter.h"

#include <QPainter>
#include <QPainterPath>

namespace andon::painting
{

namespace
{

constexpr double kRadius = 8;
constexpr double kApart = 3; // arrivals above and departures below the centre where both exist

using versions::RowLanes;

class Painter
{
public:
    Painter(QPainter &painter, const QRectF &area, const versions::CommitGraph &graph, const std::vector<char> &lit,
            const LaneStyle &style)
        : m_painter(painter)
        , m_area(area)
        , m_graph(graph)
        , m_lit(lit)
        , m_style(style)
    {
    }

    [[nodiscard]] double x(int lane) const
    {
        return m_area.left() + std::min(m_style.left + lane * m_style.pitch, m_style.width - 8);
    }
    [[nodiscard]] bool isLit(std::int32_t row) const
    {
        return m_lit.empty() || m_lit[static_cast<std::size_t>(row)] != 0;
    }

    void edges(std::int32_t row, const RowLanes &lanes, double top, bool lit)
    {
        const double bottom = top + m_style.rowHeight;
        const double centre = top + m_style.rowHeight / 2;
        const int own = m_graph.lanes().commit[static_cast<std::size_t>(row)];
        for (const RowLanes::Line &line : lanes.through)
            if (pen(line, lit))
                upright(x(line.lane), top, bottom);
        for (const RowLanes::Line &line : lanes.arriving)
            if (pen(line, lit))
                arrive(x(line.lane), x(own), top, centre, bends(lanes.leaving, own));
        for (const RowLanes::Line &line : lanes.leaving)
            if (pen(line, lit))
                leave(x(line.lane), x(own), centre, bottom, bends(lanes.arriving, own));
    }

    void dot(std::int32_t row, double top)
    {
        const QPointF at(x(m_graph.lanes().commit[static_cast<std::size_t>(row)]), top + m_style.rowHeight / 2);
        const QColor full = m_style.lane(m_graph.colour(row));
        const QColor colour = isLit(row) ? full : faded(full);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_style.surface);
        m_painter.drawEllipse(at, 6, 6);
        const LaneStyle::Form form = m_style.form ? m_style.form(row) : LaneStyle::Form::Commit;
        if (form == LaneStyle::Form::Run)
            return dots(at, colour);
        if (form == LaneStyle::Form::Unheld) {
            m_painter.setPen(QPen(colour, 1.5, Qt::DotLine));
            m_painter.drawEllipse(at, 4, 4);
            return;
        }
        switch (m_graph.kind(row)) {
        case versions::CommitKind::Merge:
            m_painter.setPen(QPen(colour, 2));
            m_painter.drawEllipse(at, 4, 4);
            break;
        case versions::CommitKind::Squash:
            m_painter.setPen(QPen(colour, 2));
            m_painter.drawRect(QRectF(at.x() - 4, at.y() - 4, 8, 8));
            break;
        case versions::CommitKind::Revert:
            m_painter.setBrush(colour);
            m_painter.drawPolygon(
                QPolygonF({{at.x() + 4, at.y() - 5}, {at.x() + 4, at.y() + 5}, {at.x() - 5, at.y()}}));
            break;
        case versions::CommitKind::CherryPick:
            m_painter.setBrush(colour);
            m_painter.drawPolygon(
                QPolygonF({{at.x(), at.y() - 5}, {at.x() + 5, at.y()}, {at.x(), at.y() + 5}, {at.x() - 5, at.y()}}));
            break;
        case versions::CommitKind::Ordinary:
        case versions::CommitKind::Initial:
            m_painter.setBrush(colour);
            m_painter.drawEllipse(at, 4, 4);
            break;
        }
    }

private:
    /// Three, one above the other: the line goes on through more than is shown.
    void dots(const QPointF &at, const QColor &colour)
    {
        m_painter.setBrush(colour);
        for (const double y : {-5.0, 0.0, 5.0})
            m_painter.drawEllipse(QPointF(at.x(), at.y() + y), 1.5, 1.5);
    }

    [[nodiscard]] QColor faded(const QColor &colour) const
    {
        const auto mix = [&](int a, int b) { return (a * 45 + b * 55) / 100; };
        const QColor &s = m_style.surface;
        return {mix(colour.red(), s.red()), mix(colour.green(), s.green()), mix(colour.blue(), s.blue())};
    }

    /// False when the line belongs to the other pass (the ancestry is painted last).
    bool pen(const RowLanes::Line &line, bool lit)
    {
        if (isLit(line.child) != lit)
            return false;
        const QColor full = m_style.lane(m_graph.colour(line.isSecond ? line.parent : line.child));
        const bool emphasised = lit && !m_lit.empty();
        m_colour = lit ? full : faded(full);
        m_width = emphasised ? 2.5 : 1.5;
        return true;
    }

    /// Most of what is painted: a rectangle is filled in a fraction of the time that a line takes.
    void upright(double at, double from, double to)
    {
        m_painter.fillRect(QRectF(at - m_width / 2, from, m_width, to - from), m_colour);
    }

    void bent(const QPainterPath &path)
    {
        m_painter.setPen(QPen(m_colour, m_width, Qt::SolidLine, Qt::FlatCap));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawPath(path);
    }

    static bool bends(const std::vector<RowLanes::Line> &lines, int own)
    {
        for (const RowLanes::Line &line : lines)
            if (line.lane != own)
                return true;
        return false;
    }

    void arrive(double from, double to, double top, double centre, bool apart)
    {
        if (from == to)
            return upright(to, top, centre);
        const double y = centre - (apart ? kApart : 0);
        const double side = to < from ? -1 : 1;
        QPainterPath path(QPointF(from, top));
        path.lineTo(from, y - kRadius);
        path.quadTo(from, y, from + side * kRadius, y);
        path.lineTo(to, y);
        bent(path);
    }

    void leave(double lane, double own, double centre, double bottom, bool apart)
    {
        if (lane == own)
            return upright(own, centre, bottom);
        const double y = centre + (apart ? kApart : 0);
        const double side = lane < own ? -1 : 1;
        QPainterPath path(QPointF(own, y));
        path.lineTo(lane - side * kRadius, y);
        path.quadTo(lane, y, lane, y + kRadius);
        path.lineTo(lane, bottom);
        bent(path);
    }

    QPainter &m_painter;
    QRectF m_area;
    const versions::CommitGraph &m_graph;
    const std::vector<char> &m_lit;
    const LaneStyle &m_style;
    QColor m_colour; ///< of the line that is painted
    double m_width = 1.5;
};

} // namespace

void paintLanes(QPainter &painter, const QRectF &area, const versions::CommitGraph &graph, std::int32_t from,
                std::int32_t count, const std::vector<char> &lit, const LaneStyle &style)
{
    const std::vector<RowLanes> rows = graph.window(from, count);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(area);
    Painter work(painter, area, graph, lit, style);
    for (const bool pass : {false, true})
        for (std::size_t i = 0; i < rows.size(); ++i)
            work.edges(from + static_cast<std::int32_t>(i), rows[i],
                       area.top() + static_cast<double>(i) * style.rowHeight, pass);
    for (std::size_t i = 0; i < rows.size(); ++i)
        work.dot(from + static_cast<std::int32_t>(i), area.top() + static_cast<double>(i) * style.rowHeight);
    painter.restore();
}

} // namespace andon::painting
