#include "telemetry/noticegate.h"

#include <algorithm>
#include <utility>

namespace andon::telemetry
{

namespace
{

bool wanted(const Notice &notice, NoticeWish wish)
{
    return wish == NoticeWish::All || (wish == NoticeWish::Critical && notice.worst() == Level::Critical);
}

} // namespace

void NoticeGate::tell(Let &let, Thing &thing, Notice notice, core::Instant now)
{
    thing = {.told = now, .state = notice.to, .level = notice.after};
    if (static_cast<int>(m_told.size()) >= kMost) {
        ++m_more;
        return;
    }
    m_told.push_back(now);
    let.single.push_back(std::move(notice));
}

NoticeGate::Let NoticeGate::pass(const std::vector<Notice> &changes, core::Instant now, NoticeWish wish, bool quiet)
{
    Let let;
    if (quiet || wish == NoticeWish::Off) {
        m_things.clear();
        m_more = 0;
        return let;
    }
    std::erase_if(m_told, [&](core::Instant at) { return now - at >= kAllMs; });
    for (const Notice &notice : changes) {
        const auto key = Key(notice.site, notice.kind, notice.subject);
        const auto known = m_things.find(key);
        if (known == m_things.end()) {
            if (wanted(notice, wish))
                tell(let, m_things[key], notice, now);
        } else if (Thing &thing = known->second; thing.held || wanted(notice, wish)) {
            thing.held = notice;
        }
    }
    for (auto at = m_things.begin(); at != m_things.end();) {
        Thing &thing = at->second;
        if (now - thing.told < kThingMs) {
            ++at;
            continue;
        }
        if (!thing.held || thing.held->to == thing.state) { // it is again as it was told
            at = m_things.erase(at);
            continue;
        }
        Notice notice = std::move(*thing.held);
        notice.from = thing.state;
        notice.before = thing.level;
        tell(let, thing, std::move(notice), now);
        ++at;
    }
    if (m_more > 0 && (!m_summed.known() || now - m_summed >= kAllMs)) {
        let.more = std::exchange(m_more, 0);
        m_summed = now;
    }
    return let;
}

} // namespace andon::telemetry
