#include "ui/shell/sitestrip.h"

#include "ui/theme/style.h"

#include <QMouseEvent>
#include <QPainter>

namespace andon::ui
{

namespace
{
constexpr double kCached = 0.55; // of the opacity: what the cache tells never looks live
} // namespace

SiteStrip::SiteStrip(QWidget *parent)
    : QWidget(parent)
{
    setFixedHeight(metric::kStrip);
    setAccessibleName(tr("Sites"));
}

void SiteStrip::set(std::vector<SiteTile> tiles, const core::SiteName &current)
{
    m_tiles = std::move(tiles);
    m_current = current;
    QStringList words;
    for (const SiteTile &tile : m_tiles)
        words << tile.title + QStringLiteral(": ") + tile.note;
    setAccessibleDescription(words.join(QStringLiteral(". ")));
    update();
}

QRect SiteStrip::rectOf(std::size_t index) const
{
    return {8 + static_cast<int>(index) * 198, 6, 190, height() - 12};
}

QRect SiteStrip::searchRect() const
{
    return {width() - 308, 11, 300, 26};
}

void SiteStrip::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.fillRect(rect(), t.canvas);
    painter.setPen(t.borderSubtle);
    painter.drawLine(0, height() - 1, width(), height() - 1);
    for (const SiteTile &tile : m_tiles)
        if (tile.isProtected && tile.name == m_current) // the whole window stands under it
            painter.fillRect(0, height() - 3, width(), 3, t.of(Status::Major));
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < m_tiles.size(); ++i) {
        const SiteTile &tile = m_tiles[i];
        const QRect r = rectOf(i);
        const bool current = tile.name == m_current;
        painter.setPen(
            QPen(current ? t.accent : t.borderSubtle, current ? 1.5 : 1, tile.cached ? Qt::DashLine : Qt::SolidLine));
        painter.setBrush(current ? blend(t.accent, t.canvas, 0.10) : t.surface);
        painter.drawRoundedRect(QRectF(r).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        if (m_tiles.size() > 1) // alone it needs no colour to be told by
            painter.fillRect(QRectF(r.left() + 1, r.top() + 6, 3, r.height() - 12), t.lane(tile.colour));
        if (tile.isProtected)
            paintGlyph(painter, QRectF(r.right() - 20, r.top() + 4, 14, 14), Glyph::Lock, t.of(Status::Major));
        painter.setOpacity(tile.cached ? kCached : 1);
        paintStatus(painter, QRectF(r.left() + 11, r.center().y() - 5, 12, 12), tile.status, t);
        painter.setOpacity(1);
        const QRect text = r.adjusted(32, 2, tile.isProtected ? -24 : -6, -2);
        painter.setFont(ui::font(12, true));
        painter.setPen(t.text);
        painter.drawText(text.adjusted(0, 0, 0, -text.height() / 2), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(tile.title, Qt::ElideRight, text.width()));
        painter.setFont(ui::font(11));
        painter.setPen(t.muted);
        painter.drawText(text.adjusted(0, text.height() / 2, 0, 0), Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(tile.note, Qt::ElideRight, text.width()));
    }
    const QRect search = searchRect();
    painter.setPen(t.borderStrong);
    painter.setBrush(t.surface);
    painter.drawRoundedRect(QRectF(search).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    painter.setFont(ui::font(12));
    painter.setPen(t.muted);
    painter.drawText(search.adjusted(10, 0, -10, 0), Qt::AlignVCenter, tr("Run a command"));
    painter.setFont(ui::font(11));
    painter.drawText(search.adjusted(10, 0, -10, 0), Qt::AlignVCenter | Qt::AlignRight, QStringLiteral("Ctrl K"));
}

void SiteStrip::mousePressEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    if (searchRect().contains(at))
        Q_EMIT paletteRequested();
    for (std::size_t i = 0; i < m_tiles.size(); ++i)
        if (rectOf(i).contains(at))
            Q_EMIT chosen(QString::fromStdString(m_tiles[i].name.value));
}

} // namespace andon::ui
