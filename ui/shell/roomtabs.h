#pragma once
// Several pages behind one item of the rail: their tabs above the page, and which of them was looked at last. GUI
// thread.
#include <QTabBar>

#include <vector>

namespace andon::ui
{

class RoomTabs final : public QTabBar
{
    Q_OBJECT
public:
    explicit RoomTabs(QWidget *parent = nullptr);
    /// The next page. room: the place of the page whose item in the rail it shares; itself when it has its own.
    void add(const QString &title, int room);
    /// It is shown now: its room's tabs are, if there is more than one.
    void enter(int page);
    [[nodiscard]] int railItem(int page) const; ///< which item of the rail it is behind, counted from 0
    [[nodiscard]] int behind(int railItem) const; ///< the page of that room that was looked at last
    void step(int by); ///< to the next (1) or the previous (-1) of the room, around its end

Q_SIGNALS:
    void chosen(int page);

protected:
    [[nodiscard]] QSize tabSizeHint(int index) const override;

private:
    struct Tab {
        QString title = {};
        int room = 0;
        int last = 0; ///< of a room: the page of it that was looked at last
    };
    [[nodiscard]] std::vector<int> pagesOf(int room) const;
    [[nodiscard]] const Tab &tab(int page) const { return m_tabs[static_cast<std::size_t>(page)]; }

    std::vector<Tab> m_tabs; ///< by page
    std::vector<int> m_shown; ///< pages, by tab
};

} // namespace andon::ui
