#include "app/andon/acks.h"

#include <pwd.h>
#include <unistd.h>

namespace andon::desktop
{

namespace
{

std::string accountName()
{
    const passwd *account = ::getpwuid(::getuid());
    return account ? account->pw_name : "";
}

} // namespace

Acks::Acks(app::House &house, factory::Worker &worker, SiteOf site, const std::string &person, Remember remember)
    : m_worker(worker)
    , m_site(std::move(site))
    , m_person(person.empty() ? accountName() : person)
    , m_remember(std::move(remember))
    , m_writes(house.profile(), [&house]() -> core::Result<app::House *> { return &house; })
{
}

core::Pending<std::string> Acks::acknowledge(const factory::Subject &subject, const std::string &who,
                                             const std::string &note)
{
    if (who != m_person)
        m_remember(who);
    m_person = who;
    const profile::Write add{.command = "ack.add",
                             .arguments = {{"site", m_site().value},
                                           {"kind", subject.kind},
                                           {"subject", subject.key},
                                           {"state", subject.state},
                                           {"who", who},
                                           {"note", note}}};
    return m_worker.run<std::string>(
        {}, [this, add](const core::Cancel &cancel) { return m_writes.perform(add, {}, cancel); });
}

core::Pending<std::string> Acks::withdraw(const factory::Subject &subject)
{
    const profile::Write write{
        .command = "ack.withdraw",
        .arguments = {{"site", m_site().value}, {"kind", subject.kind}, {"subject", subject.key}, {"who", m_person}}};
    return m_worker.run<std::string>(
        {}, [this, write](const core::Cancel &cancel) { return m_writes.perform(write, {}, cancel); });
}

} // namespace andon::desktop
