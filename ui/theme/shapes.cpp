#include "ui/theme/shapes.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace andon::ui
{

namespace
{

const char *pathOf(Glyph glyph)
{
    switch (glyph) {
    case Glyph::Floor:
        return "M4.5 17V7M10 17V3M15.5 17V10";
    case Glyph::Versions:
        return "M5 4v12M5 10c6 0 10 0 10-6M3 4a2 2 0 1 0 4 0a2 2 0 1 0-4 0M3 16a2 2 0 1 0 4 0a2 2 0 1 0-4 0"
               "M13 4a2 2 0 1 0 4 0a2 2 0 1 0-4 0";
    case Glyph::Lineage:
        return "M2 8h5v4H2zM13 3h5v4h-5zM13 13h5v4h-5zM7 10h3M10 5v10M10 5h3M10 15h3";
    case Glyph::Compute:
        return "M5 5h10v10H5zM8 8h4v4H8zM8 2v3M12 2v3M8 15v3M12 15v3M2 8h3M2 12h3M15 8h3M15 12h3";
    case Glyph::Storage:
        return "M4 5c0-3 12-3 12 0v10c0 3-12 3-12 0zM4 5c0 3 12 3 12 0M4 10c0 3 12 3 12 0";
    case Glyph::Economics:
        return "M3 17l5-6 4 3 5-9M13 5h4v4";
    case Glyph::Audit:
        return "M10 2l7 3v5c0 5-4 7-7 8-3-1-7-3-7-8V5zM7 10l2.5 2.5L13.5 8";
    case Glyph::Reports:
        return "M5 2h7l4 4v12H5zM12 2v4h4M8 11h5M8 14h5";
    case Glyph::Settings:
        return "M10 7a3 3 0 1 0 0 6a3 3 0 1 0 0-6M10 2v3M10 15v3M2 10h3M15 10h3M4.5 4.5l2 2M13.5 13.5l2 2M4.5 15.5l2-2"
               "M13.5 6.5l2-2";
    case Glyph::Branch:
        return "M6 4v12M6 12c5 0 8-1 8-6M4 4a2 2 0 1 0 4 0a2 2 0 1 0-4 0M12 5a2 2 0 1 0 4 0a2 2 0 1 0-4 0";
    case Glyph::Tag:
        return "M3 4h7l7 7-6 6-8-7zM6.5 7.5h.1";
    case Glyph::Lock:
        return "M5 9h10v8H5zM7 9V6a3 3 0 0 1 6 0v3";
    case Glyph::Search:
        return "M8.5 3a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M12.5 12.5L17 17";
    case Glyph::Refresh:
        return "M16 10a6 6 0 1 1-2-4.5M16 3v4h-4";
    case Glyph::Model:
        return "M10 2l7 4v8l-7 4-7-4V6zM3 6l7 4 7-4M10 10v8";
    case Glyph::Bell:
        return "M5 14V9a5 5 0 0 1 10 0v5l1.5 1.5h-13zM10 2.5V4M8.5 17.5h3";
    case Glyph::Back:
        return "M16 10H4M9 5l-5 5 5 5";
    case Glyph::Forward:
        return "M4 10h12M11 5l5 5-5 5";
    case Glyph::Menu:
        return "M4 6h12M4 10h12M4 14h12";
    }
    return "";
}

QPainterPath polygon(const QRectF &r, std::initializer_list<QPointF> unit)
{
    QPainterPath path;
    bool first = true;
    for (const QPointF &p : unit) {
        const QPointF at(r.x() + p.x() / 12 * r.width(), r.y() + p.y() / 12 * r.height());
        first ? path.moveTo(at) : path.lineTo(at);
        first = false;
    }
    path.closeSubpath();
    return path;
}

} // namespace

void paintStatus(QPainter &painter, const QRectF &rect, Status status, const Tokens &tokens)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QColor colour = tokens.of(status);
    painter.setBrush(colour);
    const auto at = [&](double x, double y) {
        return QPointF(rect.x() + x / 12 * rect.width(), rect.y() + y / 12 * rect.height());
    };
    switch (status) {
    case Status::Critical:
        painter.drawPath(
            polygon(rect, {{3.5, 0}, {8.5, 0}, {12, 3.5}, {12, 8.5}, {8.5, 12}, {3.5, 12}, {0, 8.5}, {0, 3.5}}));
        painter.setPen(QPen(tokens.surface, rect.width() * 0.13));
        painter.drawLine(at(3.8, 3.8), at(8.2, 8.2));
        painter.drawLine(at(8.2, 3.8), at(3.8, 8.2));
        break;
    case Status::Major:
        painter.drawPath(polygon(rect, {{6, 0.6}, {12, 11.4}, {0, 11.4}}));
        break;
    case Status::Warning:
        painter.drawPath(polygon(rect, {{0, 0.6}, {12, 0.6}, {6, 11.4}}));
        break;
    case Status::Ok:
        painter.drawEllipse(at(6, 6), rect.width() / 3, rect.height() / 3);
        break;
    case Status::Info:
        painter.drawRect(QRectF(at(1.5, 1.5), at(10.5, 10.5)));
        break;
    case Status::Maintenance:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, rect.width() / 8));
        painter.drawPath(polygon(rect, {{6, 1}, {11, 6}, {6, 11}, {1, 6}}));
        painter.drawLine(at(3.5, 6), at(8.5, 6));
        break;
    case Status::Stale: {
        QPen pen(colour, rect.width() / 8);
        pen.setDashPattern({1.4, 1.4});
        painter.setBrush(Qt::NoBrush);
        painter.setPen(pen);
        painter.drawEllipse(at(6, 6), rect.width() * 0.375, rect.height() * 0.375);
        break;
    }
    case Status::Idle:
        painter.drawEllipse(at(6, 6), rect.width() / 3.4, rect.height() / 3.4);
        break;
    }
    painter.restore();
}

QString statusWord(Status status)
{
    const auto tr = [](const char *word) { return QCoreApplication::translate("Status", word); };
    switch (status) {
    case Status::Critical:
        return tr("Critical");
    case Status::Major:
        return tr("Major");
    case Status::Warning:
        return tr("Warning");
    case Status::Ok:
        return tr("Running");
    case Status::Info:
        return tr("Info");
    case Status::Maintenance:
        return tr("Maintenance");
    case Status::Stale:
        return tr("Stale");
    case Status::Idle:
        return tr("Unknown");
    }
    return {};
}

void paintGlyph(QPainter &painter, const QRectF &rect, Glyph glyph, const QColor &colour)
{
    const double scale = painter.device()->devicePixelRatioF();
    const QString key = QStringLiteral("glyph %1 %2 %3 %4")
                            .arg(static_cast<int>(glyph))
                            .arg(colour.rgba())
                            .arg(rect.width())
                            .arg(scale);
    QPixmap drawn;
    if (!QPixmapCache::find(key, &drawn)) {
        drawn = QPixmap((rect.size() * scale).toSize());
        drawn.setDevicePixelRatio(scale);
        drawn.fill(Qt::transparent);
        QPainter own(&drawn);
        const QByteArray svg =
            QByteArrayLiteral("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'><path d='") + pathOf(glyph)
            + QByteArrayLiteral("' fill='none' stroke='") + colour.name().toLatin1()
            + QByteArrayLiteral("' stroke-linecap='round' stroke-width='")
            + (glyph == Glyph::Floor ? QByteArrayLiteral("3") : QByteArrayLiteral("1.5"))
            + QByteArrayLiteral("'/></svg>");
        QSvgRenderer(svg).render(&own, QRectF(QPointF(0, 0), rect.size()));
        QPixmapCache::insert(key, drawn);
    }
    painter.drawPixmap(rect.topLeft().toPoint(), drawn);
}

void paintFold(QPainter &painter, const QPointF &at, bool folded, const QColor &colour)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 1.4));
    painter.drawPolyline(folded ? QPolygonF{at + QPointF(-2, -4), at + QPointF(2, 0), at + QPointF(-2, 4)}
                                : QPolygonF{at + QPointF(-4, -2), at + QPointF(0, 2), at + QPointF(4, -2)});
    painter.restore();
}

} // namespace andon::ui
