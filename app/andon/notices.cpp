#include "app/andon/notices.h"

#include "profile/view.h"
#include "store/noticestore.h"

namespace andon::desktop
{

namespace
{

telemetry::NoticeWish wishOf(const std::string &setting)
{
    return setting == "all" ? telemetry::NoticeWish::All
        : setting == "off"  ? telemetry::NoticeWish::Off
                            : telemetry::NoticeWish::Critical;
}

/// A link of a page's own, from whatever site is open: "andon://ams-1/storage".
std::string linkFrom(const core::SiteName &site, const std::string &link)
{
    profile::View view{.site = site.value};
    if (link.starts_with("page:")) {
        view.page = link.substr(5);
    } else {
        view.page = link.starts_with("model:") ? "lineage" : "floor";
        view.selection = link.starts_with("model:") ? link : std::string();
    }
    return profile::linkOf(view);
}

} // namespace

Notices::Notices(app::House &house, factory::Worker &worker, SettingsOf settings)
    : m_house(house)
    , m_worker(worker)
    , m_settings(std::move(settings))
{
}

void Notices::load()
{
    change([](store::DatabaseFile &) { return core::Result<void>(); });
}

void Notices::take(const core::SiteName &site, std::vector<telemetry::Notice> changes)
{
    for (telemetry::Notice &one : changes) {
        one.site = site;
        one.link = linkFrom(site, one.link);
    }
    const core::Instant now = m_house.clock().now();
    const profile::Settings &settings = m_settings();
    const auto let = m_gate.pass(changes, now, wishOf(settings.notifications),
                                 settings.quiet.hold(now, QTimeZone::systemTimeZone()));
    for (const telemetry::Notice &one : let.single)
        Q_EMIT told(one);
    if (let.more > 0)
        Q_EMIT toldMore(let.more);
    if (changes.empty())
        return;
    std::reverse(changes.begin(), changes.end()); // the worst comes last, and so stands first
    change([changes](store::DatabaseFile &records) -> core::Result<void> {
        const auto added = store::NoticeStore(records).add(changes);
        return added ? core::Result<void>() : core::fail(added.error());
    });
}

void Notices::markAllRead()
{
    if (all().empty())
        return;
    change([newest = all().front().id](store::DatabaseFile &records) -> core::Result<void> {
        const auto marked = store::NoticeStore(records).markSeen(newest);
        return marked ? core::Result<void>() : core::fail(marked.error());
    });
}

void Notices::change(const Work &work)
{
    using All = std::vector<telemetry::Notice>;
    const auto run = [this, work](const core::Cancel &) -> core::Result<All> {
        const std::scoped_lock one(m_writing);
        store::DatabaseFile *records = m_house.records();
        if (!records) // only pictures are taken
            return All{};
        if (auto done = work(*records); !done)
            return core::fail(done.error());
        return store::NoticeStore(*records).all();
    };
    core::whenDone<All>(m_worker.run<All>({}, run), this, [this](core::Result<All> all) {
        if (!all)
            Q_EMIT notKept(all.error());
        else
            set(std::move(*all));
    });
}

} // namespace andon::desktop
