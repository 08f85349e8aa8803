#pragma once
// What every chart over time has: the one instant that the whole window marks. GUI thread.
#include "core/instant.h"

#include <QWidget>

namespace andon::ui
{

/// Held by the window and handed to every page, as the time range is.
struct Crosshair {
    core::Instant at = {}; ///< unknown: none
    bool held = false; ///< until it is released; else it follows the mouse
    bool operator==(const Crosshair &) const = default;
};

class TimeChart : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;
    void setCrosshair(const Crosshair &crosshair)
    {
        if (crosshair == m_crosshair)
            return;
        m_crosshair = crosshair;
        update();
    }
    [[nodiscard]] const Crosshair &crosshair() const { return m_crosshair; }

Q_SIGNALS:
    void marked(const andon::ui::Crosshair &crosshair); ///< by the person

protected:
    void mark(const Crosshair &crosshair)
    {
        if (crosshair == m_crosshair)
            return;
        setCrosshair(crosshair);
        Q_EMIT marked(crosshair);
    }
    /// The mouse is at an instant, or, unknown, nowhere: one that is held stays.
    void point(core::Instant at)
    {
        if (!m_crosshair.held)
            mark({at, false});
    }
    /// A click or Space: held from now on, or no longer.
    void toggle(core::Instant at) { mark({at, !m_crosshair.held}); }

private:
    Crosshair m_crosshair;
};

} // namespace andon::ui
