#pragma once
// Who is on what, written by the desktop into the records of its profile. GUI thread; the work runs on the worker.
#include "app/common/writes.h"
#include "factory/worker.h"
#include "ui/pages/floor/ackdesk.h"

namespace andon::desktop
{

class Acks final : public ui::AckDesk
{
public:
    using SiteOf = std::function<core::SiteName()>;
    using Remember = std::function<void(const std::string &person)>;
    /// site: the one that is shown. person: of the settings, "" for the account's.
    Acks(app::House &house, factory::Worker &worker, SiteOf site, const std::string &person, Remember remember);

    [[nodiscard]] QString person() const override { return QString::fromStdString(m_person); }
    [[nodiscard]] core::Pending<std::string> acknowledge(const factory::Subject &subject, const std::string &who,
                                                         const std::string &note) override;
    [[nodiscard]] core::Pending<std::string> withdraw(const factory::Subject &subject) override;

private:
    factory::Worker &m_worker;
    SiteOf m_site;
    std::string m_person;
    Remember m_remember;
    app::Writes m_writes;
};

} // namespace andon::desktop
