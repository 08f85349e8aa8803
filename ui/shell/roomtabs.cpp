#include "ui/shell/roomtabs.h"

#include "ui/theme/tokens.h"

#include <QSignalBlocker>

#include <algorithm>

namespace andon::ui
{

RoomTabs::RoomTabs(QWidget *parent)
    : QTabBar(parent)
{
    setObjectName(QStringLiteral("room"));
    setAccessibleName(tr("Pages of this room"));
    setFixedHeight(metric::kTabs);
    setExpanding(false);
    setDrawBase(false);
    setElideMode(Qt::ElideNone);
    setUsesScrollButtons(true);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Button);
    connect(this, &QTabBar::currentChanged, this, [this](int index) {
        if (index >= 0)
            Q_EMIT chosen(m_shown[static_cast<std::size_t>(index)]);
    });
    hide();
}

void RoomTabs::add(const QString &title, int room)
{
    const int page = static_cast<int>(m_tabs.size());
    m_tabs.push_back({title, room, page});
}

QSize RoomTabs::tabSizeHint(int index) const
{
    return {QTabBar::tabSizeHint(index).width(), metric::kTabs}; // the style's are higher: their line would be cut off
}

std::vector<int> RoomTabs::pagesOf(int room) const
{
    std::vector<int> pages;
    for (int page = 0; page < static_cast<int>(m_tabs.size()); ++page)
        if (tab(page).room == room)
            pages.push_back(page);
    return pages;
}

void RoomTabs::enter(int page)
{
    const QSignalBlocker quiet(this);
    m_tabs[static_cast<std::size_t>(tab(page).room)].last = page;
    const std::vector<int> pages = pagesOf(tab(page).room);
    if (pages != m_shown) {
        m_shown = pages;
        while (count() > 0)
            removeTab(count() - 1);
        for (const int each : pages)
            addTab(tab(each).title);
    }
    setCurrentIndex(static_cast<int>(std::find(pages.begin(), pages.end(), page) - pages.begin()));
    setVisible(pages.size() > 1);
}

int RoomTabs::railItem(int page) const
{
    int item = 0;
    for (int each = 0; each < tab(page).room; ++each)
        item += tab(each).room == each ? 1 : 0;
    return item;
}

int RoomTabs::behind(int item) const
{
    for (int page = 0; page < static_cast<int>(m_tabs.size()); ++page)
        if (tab(page).room == page && railItem(page) == item)
            return tab(page).last;
    return 0;
}

void RoomTabs::step(int by)
{
    setCurrentIndex((currentIndex() + by + count()) % count());
}

} // namespace andon::ui
