#pragma once
// The window: rail, sites, toolbar, the pages, the sources. It holds no data. GUI thread.
#include "ui/pages/page.h"
#include "ui/shell/commands.h"
#include "ui/shell/sitehost.h"

#include <QMainWindow>
#include <QTimer>

class QPushButton;
class QStackedWidget;

namespace andon::ui
{

class FreshnessBadge;
class Label;
class RangePicker;
class Rail;
class SiteStrip;
class StatusArea;

class MainWindow final : public QMainWindow
{
    Q_OBJECT
public:
    /// One row per page: its key in links and --page, its place in the rail, and how it is made for a site.
    struct PageEntry {
        QString key = {};
        QString title = {};
        Glyph glyph = Glyph::Floor;
        bool bottom = false;
        std::function<Page *(SiteHost &, QWidget *)> make = {};
    };

    MainWindow(SiteHost &host, std::vector<PageEntry> pages);
    ~MainWindow() override;

    [[nodiscard]] const std::vector<PageEntry> &pages() const { return m_entries; }
    bool showPage(const QString &key);
    void openLink(const QString &link);
    void selectSite(const QString &name); ///< "": the first one
    [[nodiscard]] bool settled() const;
    /// cache only: for grabbing the page as it is without a network.
    void refreshPage(bool network);
    [[nodiscard]] Page *currentPage() const;
    [[nodiscard]] RangePicker &range() const { return *m_range; }
    /// Asks the sources again while the range follows the clock. Off until it is said.
    void setFollowing(bool following) { m_following = following; }

private:
    void buildFrame();
    void buildPages();
    void addCommands();
    void addRangeCommands();
    void adopt(std::size_t index);
    void tick();
    void show(int index);
    void render();
    void showRequestLog();

    SiteHost &m_host;
    std::vector<PageEntry> m_entries;
    std::vector<Page *> m_pages; ///< made when first shown
    int m_current = 0;
    CommandRegistry m_commands;
    QTimer m_tick;
    Rail *m_rail = nullptr;
    SiteStrip *m_strip = nullptr;
    StatusArea *m_status = nullptr;
    QStackedWidget *m_stack = nullptr;
    Label *m_title = nullptr;
    FreshnessBadge *m_badge = nullptr;
    QWidget *m_tools = nullptr;
    RangePicker *m_range = nullptr;
    bool m_following = false;
    core::Instant m_asked = {}; ///< when the page asked the network last
    QPushButton *m_refresh = nullptr;
};

} // namespace andon::ui
