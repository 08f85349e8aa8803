#pragma once
// What was noticed, kept in the records of the profile, and which of it the desktop is told of. GUI thread; the disk is
// the worker's.
#include "app/common/wiring.h"
#include "factory/worker.h"
#include "telemetry/noticegate.h"
#include "ui/shell/noticebook.h"

namespace andon::desktop
{

class Notices final : public ui::NoticeBook
{
    Q_OBJECT
public:
    using SettingsOf = std::function<const profile::Settings &()>;
    Notices(app::House &house, factory::Worker &worker, SettingsOf settings);

    void load(); ///< what was kept before
    /// After each look of the watch, also without changes.
    void take(const core::SiteName &site, std::vector<telemetry::Notice> changes);
    void markAllRead() override;

Q_SIGNALS:
    void told(const telemetry::Notice &notice); ///< the desktop is to hear of it
    void toldMore(int count);
    void notKept(const core::Error &error);

private:
    using Work = std::function<core::Result<void>(store::DatabaseFile &)>;
    void change(const Work &work);

    app::House &m_house;
    factory::Worker &m_worker;
    SettingsOf m_settings;
    telemetry::NoticeGate m_gate;
    std::mutex m_writing; ///< ids come in the order of what happened
};

} // namespace andon::desktop
