#include "telemetry/lookout.h"

#include <algorithm>
#include <utility>

namespace andon::telemetry
{

namespace
{

Notice noticeOf(const Watched &one, core::Instant at)
{
    return {.at = at,
            .kind = one.kind,
            .subject = one.subject,
            .name = one.name,
            .about = one.about,
            .to = one.state,
            .after = one.level,
            .link = one.link};
}

std::optional<Notice> change(const Watched &before, const Watched &now, core::Instant at)
{
    const bool anew = now.since != before.since;
    if (now.level == before.level && !anew)
        return std::nullopt;
    Notice notice = noticeOf(now, at);
    if (!anew) {
        notice.from = before.state;
        notice.before = before.level;
    }
    return notice;
}

Notice resolved(const Watched &one, core::Instant at)
{
    Notice notice = noticeOf(one, at);
    notice.from = std::exchange(notice.to, {});
    notice.before = std::exchange(notice.after, Level::Ok);
    return notice;
}

} // namespace

std::vector<Notice> Lookout::look(const Look &now, core::Instant at)
{
    std::vector<Notice> notices;
    auto gone = m_before;
    const bool firstAlerts = now.alertsKnown && !std::exchange(m_alertsKnown, m_alertsKnown || now.alertsKnown);
    for (const Watched &one : now.things) {
        const bool alert = one.kind == NoticeKind::Alert;
        const auto key = std::pair(one.kind, one.subject);
        const auto before = m_before.find(key);
        gone.erase(key);
        if (one.level == Level::Unknown || (alert && !now.alertsKnown))
            continue;
        std::optional<Notice> notice;
        if (before != m_before.end())
            notice = change(before->second, one, at);
        else if (alert && !firstAlerts)
            notice = noticeOf(one, at);
        if (notice && (notice->better() || !one.taken))
            notices.push_back(std::move(*notice));
        m_before[key] = one;
    }
    for (const auto &[key, one] : gone)
        if (one.kind == NoticeKind::Alert && now.alertsKnown) { // a station that is not there is not known
            notices.push_back(resolved(one, at));
            m_before.erase(key);
        }
    std::stable_sort(notices.begin(), notices.end(), [](const Notice &a, const Notice &b) {
        return std::pair(!a.better(), a.worst()) > std::pair(!b.better(), b.worst());
    });
    return notices;
}

} // namespace andon::telemetry
