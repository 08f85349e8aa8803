#pragma once
// Which changes the desktop is told of: a thing that flaps and a flood of changes are held back, and nobody is left
// with what is not so any more. Pure; one thread.
#include "telemetry/notice.h"

#include <tuple>

namespace andon::telemetry
{

enum class NoticeWish { Off, Critical, All };

class NoticeGate
{
public:
    static constexpr std::int64_t kThingMs = 10 * core::kMinute; ///< one notice of a thing within it
    static constexpr std::int64_t kAllMs = core::kMinute; ///< kMost notices in all within it
    static constexpr int kMost = 5;

    struct Let {
        std::vector<Notice> single = {};
        int more = 0; ///< changes that are only counted: "7 more changes"
    };
    /// Call it after each look, also when nothing changed: what was held back may be due. quiet: nothing is let out,
    /// nor kept for later.
    [[nodiscard]] Let pass(const std::vector<Notice> &changes, core::Instant now, NoticeWish wish, bool quiet);

private:
    struct Thing {
        core::Instant told = {};
        std::string state = {}; ///< that was told
        Level level = Level::Ok;
        std::optional<Notice> held = {}; ///< the newest since then
    };
    void tell(Let &let, Thing &thing, Notice notice, core::Instant now);

    using Key = std::tuple<core::SiteName, NoticeKind, std::string>;
    std::map<Key, Thing> m_things;
    std::vector<core::Instant> m_told; ///< within kAllMs
    int m_more = 0;
    core::Instant m_summed = {};
};

} // namespace andon::telemetry
