#pragma once
// Compares what is watched with what it was at the look before, and gives what changed. Pure; one thread.
#include "telemetry/notice.h"

namespace andon::telemetry
{

/// A thing that is watched, as one look found it.
struct Watched {
    NoticeKind kind = NoticeKind::Station;
    std::string subject = {};
    std::string name = {};
    std::string about = {};
    std::string state = {}; ///< its word; another one of the same level is no change
    core::Instant since = {}; ///< of an alert: one that fires anew is a change
    Level level = Level::Unknown; ///< Unknown: nothing is known now, and what was known stays
    std::string link = {};
    bool taken = false; ///< somebody is on it: getting there is no news
};

struct Look {
    std::vector<Watched> things = {};
    bool alertsKnown = false; ///< one that is not there does not fire
};

class Lookout
{
public:
    /// Nothing for what is seen for the first time since the start: that is how things are, not what changed. Worst
    /// first. The site is not set.
    [[nodiscard]] std::vector<Notice> look(const Look &now, core::Instant at);

private:
    std::map<std::pair<NoticeKind, std::string>, Watched> m_before;
    bool m_alertsKnown = false;
};

} // namespace andon::telemetry
