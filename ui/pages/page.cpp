#include "ui/pages/page.h"

#include "ui/charts/timechart.h"
#include "ui/widgets/filterbar.h"

namespace andon::ui
{

QString Page::filter() const
{
    const FilterBar *bar = filterBar();
    return bar ? bar->text() : QString();
}

void Page::setFilter(const QString &words)
{
    if (FilterBar *bar = filterBar()) {
        bar->setText(words);
        bar->home(false); // a narrow one shows how it begins
    }
}

void Page::setCrosshair(const Crosshair &crosshair)
{
    for (TimeChart *chart : findChildren<TimeChart *>())
        chart->setCrosshair(crosshair);
}

} // namespace andon::ui
