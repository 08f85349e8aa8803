#pragma once
// What the shell knows of a page. A page draws snapshots with one render() function and knows no other page: it asks
// for links to be opened. GUI thread.
#include "core/freshness.h"

#include <QWidget>

namespace andon::ui
{

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
    /// Nothing is under way: the page may be grabbed.
    [[nodiscard]] virtual bool settled() const = 0;
    [[nodiscard]] virtual bool usesTimeRange() const { return false; }

Q_SIGNALS:
    void changed(); ///< freshness or badge
    void linkRequested(const QString &link);
};

} // namespace andon::ui
