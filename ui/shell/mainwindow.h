#pragma once
// The window: rail, sites, toolbar, the pages, the sources. It holds no data. GUI thread.
#include "core/pending.h"
#include "ui/charts/timechart.h"
#include "ui/pages/page.h"
#include "ui/shell/commandregistry.h"
#include "ui/shell/history.h"
#include "ui/shell/sitehost.h"
#include "ui/shell/windowstate.h"

#include <QMainWindow>
#include <QTimer>

class QPushButton;
class QStackedWidget;

namespace andon::ui
{

class AsOfBar;
class FreshnessBadge;
class Label;
class RangePicker;
class Rail;
class RoomTabs;
class SavedViews;
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
        QString room = {}; ///< key of an earlier page whose item in the rail it shares; "" it has its own
        QString tab = {}; ///< its name among the pages of its room; "": its title
    };

    MainWindow(SiteHost &host, std::vector<PageEntry> pages);
    ~MainWindow() override;

    [[nodiscard]] const std::vector<PageEntry> &pages() const { return m_entries; }
    [[nodiscard]] bool hasPage(const QString &key) const;
    bool showPage(const QString &key);
    [[nodiscard]] RoomTabs &room() const { return *m_tabs; }
    void comeForward(const QString &link, const QString &token); ///< "": no link
    void openLink(const QString &link);
    void selectSite(const QString &name); ///< "": the first one
    [[nodiscard]] bool settled() const;
    void refreshPage(bool network); ///< false: as the cache has it, for a picture
    [[nodiscard]] Page *currentPage() const;
    [[nodiscard]] RangePicker &range() const { return *m_range; }
    [[nodiscard]] SiteHost &host() const { return m_host; }
    [[nodiscard]] CommandRegistry &commands() { return m_commands; }
    /// What is looked at, as a value: to save, to send, to come back to.
    [[nodiscard]] profile::View view() const;
    /// Goes there. A site or page that is not there is said, and what comes nearest is shown.
    void openView(const profile::View &view);
    [[nodiscard]] SavedViews &savedViews() const { return *m_saved; }
    void step(int direction); ///< -1 back, 1 forward in the history
    /// A sentence for a few seconds, in the status area and to screen readers.
    void say(const QString &sentence);
    /// Pins the console to a moment in the grammar of text/timegrammar.h, or to "commit:REPO@ID"; "" releases it.
    void pin(const QString &words);
    [[nodiscard]] const QString &asOf() const { return m_asOf; }
    /// The instant that all charts mark; {} none.
    [[nodiscard]] const Crosshair &crosshair() const { return m_crosshair; }
    void setCrosshair(const Crosshair &crosshair);
    void openPalette(const QString &asking = {});
    void showRequestLog();
    void showNotices();
    void showAllSites(); ///< what needs somebody at any of them
    [[nodiscard]] QPoint menuCorner() const; ///< of the screen, below the menu's button
    void changeSettings(const std::function<void(profile::Settings &)> &change);
    /// As it was left. A page that is not there any more is not shown.
    void restore(WindowState state);
    /// How it is now, to be restored at the next start.
    [[nodiscard]] WindowState state();
    /// Asks the sources again while the range follows the clock. Off until it is said.
    void setFollowing(bool following) { m_following = following; }
    /// Whether it shows the present and keeps up with it.
    [[nodiscard]] bool following() const { return m_following && m_asOf.isEmpty(); }
    [[nodiscard]] std::int64_t refreshMs() const; ///< of the open site

Q_SIGNALS:
    void settingsChanged();
    void closing();

protected:
    void closeEvent(QCloseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void buildFrame();
    QWidget *buildTools(QWidget *parent);
    QLayout *buildFoot(QWidget *parent);
    void buildRooms();
    void buildPages();
    void visited();
    void enableSteps();
    [[nodiscard]] profile::View place() const; ///< where it is, however the tables look: a step of the history
    void renderHeld();
    void applyPin(std::optional<factory::AsOf> asOf, const QString &words);
    void go(const profile::View &view);
    void adopt(std::size_t index);
    void tick();
    void keepSite();
    void show(int index);
    void render();

    SiteHost &m_host;
    std::vector<PageEntry> m_entries;
    std::vector<Page *> m_pages; ///< made when first shown
    int m_current = 0;
    CommandRegistry m_commands;
    History m_history;
    WindowState m_state;
    QString m_asOf; ///< what it is pinned to, in words; "" now
    core::Latest<factory::AsOf> m_pinning;
    Crosshair m_crosshair;
    bool m_going = false; ///< on the way to a view: its steps are no steps of the person
    std::shared_ptr<const models::QuickIndex> m_places; ///< of the site, as last read
    core::Latest<models::QuickIndex> m_reading;
    QTimer m_tick;
    SavedViews *m_saved = nullptr;
    Rail *m_rail = nullptr;
    RoomTabs *m_tabs = nullptr;
    SiteStrip *m_strip = nullptr;
    StatusArea *m_status = nullptr;
    QStackedWidget *m_stack = nullptr;
    Label *m_title = nullptr;
    FreshnessBadge *m_badge = nullptr;
    QWidget *m_tools = nullptr;
    RangePicker *m_range = nullptr;
    AsOfBar *m_pinBar = nullptr;
    QPushButton *m_held = nullptr; ///< the instant that is held
    bool m_following = false;
    core::Instant m_asked = {}; ///< when the page asked the network last
    QPushButton *m_refresh = nullptr;
    QPushButton *m_back = nullptr;
    QPushButton *m_forward = nullptr;
    QPushButton *m_menu = nullptr;
};

} // namespace andon::ui
