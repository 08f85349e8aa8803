#include "painting/lanespainter.h"

#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>
#include <QPixmapCache>

namespace andon::painting
{

namespace
{

constexpr double kRadius = 8;
constexpr double kDot = 16; // a commit with what it covers of the lines
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
        , m_scale(painter.device()->devicePixelRatioF())
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

    /// Of the rows so far.
    void uprights()
    {
        for (const Upright &one : m_uprights)
            m_painter.fillRect(QRectF(one.at - one.width / 2, one.from, one.width, one.to - one.from), one.colour);
        m_uprights.clear();
    }

    /// Drawn once for each look: a circle takes longer than all the words of its row.
    void dot(std::int32_t row, double top)
    {
        const QPointF at(x(m_graph.lanes().commit[static_cast<std::size_t>(row)]), top + m_style.rowHeight / 2);
        const QColor full = m_style.lane(m_graph.colour(row));
        const QColor colour = isLit(row) ? full : faded(full);
        const LaneStyle::Form form = m_style.form ? m_style.form(row) : LaneStyle::Form::Commit;
        const versions::CommitKind kind = m_style.kind ? m_style.kind(row) : m_graph.kind(row);
        if (m_painter.paintEngine()->type() != QPaintEngine::Raster) { // on paper lines stay lines
            draw(m_painter, at, colour, form, kind);
            return;
        }
        const QString key = QStringLiteral("commit %1 %2 %3 %4 %5")
                                .arg(static_cast<int>(kind))
                                .arg(static_cast<int>(form))
                                .arg(colour.rgba())
                                .arg(m_style.surface.rgba())
                                .arg(m_scale);
        QPixmap drawn;
        if (!QPixmapCache::find(key, &drawn)) {
            drawn = QPixmap((QSizeF(kDot, kDot) * m_scale).toSize());
            drawn.setDevicePixelRatio(m_scale);
            drawn.fill(Qt::transparent);
            QPainter own(&drawn);
            own.setRenderHint(QPainter::Antialiasing);
            draw(own, QPointF(kDot / 2, kDot / 2), colour, form, kind);
            QPixmapCache::insert(key, drawn);
        }
        m_painter.drawPixmap(at - QPointF(kDot / 2, kDot / 2), drawn);
    }

private:
    struct Upright {
        double at = 0, from = 0, to = 0, width = 0;
        QColor colour;
    };

    void draw(QPainter &painter, const QPointF &at, const QColor &colour, LaneStyle::Form form,
              versions::CommitKind kind) const
    {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_style.surface);
        painter.drawEllipse(at, 6, 6);
        if (form == LaneStyle::Form::Run)
            return dots(painter, at, colour);
        if (form == LaneStyle::Form::Unheld) {
            painter.setPen(QPen(colour, 1.5, Qt::DotLine));
            painter.drawEllipse(at, 4, 4);
            return;
        }
        switch (kind) {
        case versions::CommitKind::Merge:
            painter.setPen(QPen(colour, 2));
            painter.drawEllipse(at, 4, 4);
            break;
        case versions::CommitKind::Squash:
            painter.setPen(QPen(colour, 2));
            painter.drawRect(QRectF(at.x() - 4, at.y() - 4, 8, 8));
            break;
        case versions::CommitKind::Revert:
            painter.setBrush(colour);
            painter.drawPolygon(QPolygonF({{at.x() + 4, at.y() - 5}, {at.x() + 4, at.y() + 5}, {at.x() - 5, at.y()}}));
            break;
        case versions::CommitKind::CherryPick:
            painter.setBrush(colour);
            painter.drawPolygon(
                QPolygonF({{at.x(), at.y() - 5}, {at.x() + 5, at.y()}, {at.x(), at.y() + 5}, {at.x() - 5, at.y()}}));
            break;
        case versions::CommitKind::Ordinary:
        case versions::CommitKind::Initial:
            painter.setBrush(colour);
            painter.drawEllipse(at, 4, 4);
            break;
        }
    }

    /// Three, one above the other: the line goes on through more than is shown.
    static void dots(QPainter &painter, const QPointF &at, const QColor &colour)
    {
        painter.setBrush(colour);
        for (const double y : {-5.0, 0.0, 5.0})
            painter.drawEllipse(QPointF(at.x(), at.y() + y), 1.5, 1.5);
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

    /// Most of what is painted: from row to row as one rectangle, which is filled in a fraction of the time that a line
    /// takes.
    void upright(double at, double from, double to)
    {
        for (Upright &open : m_uprights)
            if (open.at == at && open.to == from && open.width == m_width && open.colour == m_colour) {
                open.to = to;
                return;
            }
        m_uprights.push_back({at, from, to, m_width, m_colour});
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
    const double m_scale;
    QColor m_colour; ///< of the line that is painted
    double m_width = 1.5;
    std::vector<Upright> m_uprights;
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
    for (const bool pass : {false, true}) {
        for (std::size_t i = 0; i < rows.size(); ++i)
            work.edges(from + static_cast<std::int32_t>(i), rows[i],
                       area.top() + static_cast<double>(i) * style.rowHeight, pass);
        work.uprights();
    }
    for (std::size_t i = 0; i < rows.size(); ++i)
        work.dot(from + static_cast<std::int32_t>(i), area.top() + static_cast<double>(i) * style.rowHeight);
    painter.restore();
}

} // namespace andon::painting
