#pragma once
// What the shell knows of a page. A page draws snapshots with one render() function and knows no other page: it asks
// for links to be opened. GUI thread.
#include "core/freshness.h"
#include "models/quickfind.h"
#include "profile/settings.h"

#include <QWidget>

#include <functional>
#include <string>
#include <vector>

namespace andon::ui
{

class FilterBar;
struct Crosshair;

class Page : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;
    [[nodiscard]] virtual QString title() const = 0;
    [[nodiscard]] virtual core::Freshness freshness() const = 0; ///< of the whole page, for the toolbar
    virtual void refresh(bool network) = 0;
    /// "commit:repo@id", "repository:name" …; false when it is not this page's.
    virtual bool open(const QString &link) = 0;
    /// It marks matches among other rows, and goes to the next (1) or the previous (-1).
    [[nodiscard]] virtual bool stepsMatches() const { return false; }
    virtual void stepMatch(int step) { (void)step; }
    /// Commands of the window that only this page can do: "log.parent".
    [[nodiscard]] virtual bool knows(const QString &command) const
    {
        (void)command;
        return false;
    }
    /// argument: the target of what offers() has of it; "" for a command that asks nothing.
    virtual void act(const QString &command, const QString &argument);
    [[nodiscard]] virtual std::vector<models::QuickEntry> offers(const QString &command) const;
    /// What is chosen on it, as a link that open() understands; "" nothing that could be named.
    [[nodiscard]] virtual QString selection() const { return {}; }
    /// The bar that filters what it lists; nullptr when it lists nothing.
    [[nodiscard]] virtual FilterBar *filterBar() const { return nullptr; }
    /// Its words, for views and links.
    [[nodiscard]] virtual QString filter() const;
    virtual void setFilter(const QString &words);
    /// How its tables look and what stands open in them, for views and links; none: as they were made. Each entry
    /// begins with the table's name: "workloads.gpus:72", "models.model chat". What there is none of is skipped.
    [[nodiscard]] virtual std::vector<std::string> columns() const;
    virtual void setColumns(const std::vector<std::string> &columns);
    [[nodiscard]] virtual std::vector<std::string> expanded() const;
    virtual void setExpanded(const std::vector<std::string> &expanded);
    /// What of its content is folded or left out, for views, links and the history; none: nothing. What there is none
    /// of is skipped.
    [[nodiscard]] virtual std::vector<std::string> showing() const { return {}; }
    virtual void setShowing(const std::vector<std::string> &words) { (void)words; }
    [[nodiscard]] virtual bool hasColumns() const;
    /// Opens the menu of the columns of the table that has the focus, else of the first.
    virtual void chooseColumns();
    /// Nothing is under way: the page may be grabbed.
    [[nodiscard]] virtual bool settled() const = 0;
    /// Shows itself as in that state, with what it has read or without: for pictures of every face.
    virtual void pretend(const core::Freshness &freshness, bool withValue)
    {
        (void)freshness;
        (void)withValue;
    }
    /// What it shows follows the window's time range.
    [[nodiscard]] virtual bool usesTimeRange() const { return false; }
    /// What the person prefers, at first and when it changes.
    virtual void setSettings(const profile::Settings &settings) { (void)settings; }
    /// range: what the window's range means at the moment it is called. Takes effect with the next refresh.
    virtual void setRange(std::function<core::TimeRange()> range) { (void)range; }

    /// The window's crosshair: every chart over time that is on the page draws it.
    void setCrosshair(const Crosshair &crosshair);

Q_SIGNALS:
    void changed(); ///< freshness or badge
    void chosen(); ///< by the person: selection() is another
    void notice(const QString &sentence); ///< what was asked for is not there; what is shown instead
    void linkRequested(const QString &link);
    void commandRequested(const QString &id); ///< of the window's registry
    void settingsEdited(const std::function<void(profile::Settings &)> &change); ///< by the person, to be kept
    /// Sites were added, changed or removed: this one is to be opened; "" the first of those that are left.
    void siteChosen(const QString &name);
};

} // namespace andon::ui
