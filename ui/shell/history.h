#pragma once
// Where the window has been: back and forward, as a browser has it. A value.
#include "profile/view.h"

#include <optional>

namespace andon::ui
{

class History
{
public:
    /// `now` is where the window is after a step of the person. The same place again is no step.
    void visit(const profile::View &now)
    {
        if (!m_views.empty() && m_views[m_at] == now)
            return;
        if (!m_views.empty())
            m_views.resize(m_at + 1);
        m_views.push_back(now);
        if (m_views.size() > kMost)
            m_views.erase(m_views.begin());
        m_at = m_views.size() - 1;
    }
    /// The window has settled on something in the same place: a page chose its first row, say.
    void amend(const profile::View &now)
    {
        if (!m_views.empty())
            m_views[m_at] = now;
    }
    [[nodiscard]] bool canGo(int step) const { return step < 0 ? m_at > 0 : m_at + 1 < m_views.size(); }
    /// -1 back, 1 forward; nothing at either end.
    [[nodiscard]] std::optional<profile::View> go(int step)
    {
        if (!canGo(step))
            return std::nullopt;
        m_at = step < 0 ? m_at - 1 : m_at + 1;
        return m_views[m_at];
    }

private:
    static constexpr std::size_t kMost = 200;
    std::vector<profile::View> m_views;
    std::size_t m_at = 0;
};

} // namespace andon::ui
