#pragma once
// What was noticed, for the bell and its list. The composition root fills it. GUI thread.
#include "telemetry/notice.h"

#include <QObject>

#include <vector>

namespace andon::ui
{

class NoticeBook : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] const std::vector<telemetry::Notice> &all() const { return m_all; } ///< newest first
    [[nodiscard]] int unread() const
    {
        return static_cast<int>(std::count_if(m_all.begin(), m_all.end(), [](const auto &one) { return !one.seen; }));
    }
    virtual void markAllRead() = 0;

Q_SIGNALS:
    void changed();

protected:
    void set(std::vector<telemetry::Notice> all)
    {
        m_all = std::move(all);
        Q_EMIT changed();
    }

private:
    std::vector<telemetry::Notice> m_all;
};

} // namespace andon::ui
