#include "ui/pages/page.h"

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

} // namespace andon::ui
