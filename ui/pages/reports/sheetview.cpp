#include "ui/pages/reports/sheetview.h"

#include "ui/theme/style.h"

#include <QPaintEvent>
#include <QPainter>

#include <algorithm>

namespace andon::ui
{

namespace
{
constexpr double kGap = 16;
constexpr double kReadable = 680; // px: narrower, the small print cannot be read
constexpr double kWidest = 900;
} // namespace

SheetView::SheetView(QWidget *parent)
    : QWidget(parent)
{
    setLayoutDirection(Qt::LeftToRight); // ids, figures and time never mirror
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("The report as it will be printed"));
}

void SheetView::set(std::shared_ptr<const reports::KpiPages> pages)
{
    m_pages = std::move(pages);
    updateGeometry();
    update();
}

QRectF SheetView::rectOf(int page, int width) const
{
    const int count = m_pages ? m_pages->count() : 1;
    const int columns = count > 1 && width - 3 * kGap >= 2 * kReadable ? 2 : 1;
    const double wide = std::min(kWidest, (width - (columns + 1) * kGap) / columns);
    const double high = wide * reports::kPageHeight / reports::kPageWidth;
    const double left = (width - columns * wide - (columns - 1) * kGap) / 2;
    return {left + (page % columns) * (wide + kGap), kGap + (page / columns) * (high + kGap), wide, high};
}

int SheetView::heightForWidth(int width) const
{
    const int count = m_pages ? m_pages->count() : 1;
    return static_cast<int>(rectOf(std::max(0, count - 1), width).bottom() + kGap);
}

void SheetView::paintEvent(QPaintEvent *event)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    for (int page = 0; m_pages && page < m_pages->count(); ++page) {
        const QRectF rect = rectOf(page, width());
        if (!rect.intersects(QRectF(event->rect())))
            continue;
        painter.save();
        painter.fillRect(rect.adjusted(-1, -1, 1, 1), t.border);
        painter.translate(rect.topLeft());
        painter.scale(rect.width() / reports::kPageWidth, rect.width() / reports::kPageWidth);
        painter.setClipRect(QRectF(0, 0, reports::kPageWidth, reports::kPageHeight));
        m_pages->paint(painter, page);
        painter.restore();
    }
}

} // namespace andon::ui
