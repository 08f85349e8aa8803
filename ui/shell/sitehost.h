#pragma once
// What the shell needs of the program around it: which sites there are, which is shown, what its sources do. The
// composition root in app/ implements it. GUI thread.
#include "factory/site.h"
#include "factory/siteglance.h"
#include "factory/worker.h"
#include "profile/profile.h"
#include "profile/settings.h"
#include "ui/theme/shapes.h"

#include <QString>

namespace andon::ui
{

class NoticeBook;

struct SiteTile {
    core::SiteName name = {};
    QString title = {};
    QString note = {};
    Status status = Status::Idle;
    int colour = 0; ///< of the series palette
    bool isProtected = false; ///< drawn with a border that cannot be overlooked
    bool cached = false; ///< told by the cache: it is not open
    std::int64_t refreshMs = 15'000; ///< how often an open page asks
};

class SiteHost
{
public:
    virtual ~SiteHost() = default;
    [[nodiscard]] virtual std::vector<SiteTile> tiles() const = 0;
    /// What the cache tells of each site, as it was last read; nullptr until it was.
    [[nodiscard]] virtual std::shared_ptr<const std::vector<factory::SiteGlance>> glances() const { return nullptr; }
    /// nullptr when there is no site yet.
    [[nodiscard]] virtual factory::Site *site() const = 0;
    [[nodiscard]] virtual factory::Worker &worker() = 0;
    [[nodiscard]] virtual const core::Clock &clock() const = 0;
    /// The window deletes its pages before and makes them anew after it.
    virtual void select(const core::SiteName &name) = 0;
    [[nodiscard]] virtual bool isDemo() const = 0;
    /// The last requests, oldest first, as lines.
    [[nodiscard]] virtual QStringList requestLog() const = 0;
    [[nodiscard]] virtual const profile::Settings &settings() const = 0;
    /// In force at once, in the file soon after.
    virtual void changeSettings(const std::function<void(profile::Settings &)> &change) = 0;
    [[nodiscard]] virtual const profile::Paths &paths() const = 0;
    /// "cache 41 MB": right side of the status area.
    [[nodiscard]] virtual QString cacheNote() const = 0;
    /// nullptr: nothing is watched here.
    [[nodiscard]] virtual NoticeBook *notices() { return nullptr; }
};

} // namespace andon::ui
