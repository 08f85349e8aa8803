#include "app/andon/writer.h"

namespace andon::desktop
{

Writer::Writer(app::Holder &holder, app::House &house, Host &host, ui::MainWindow &window)
    : m_holder(holder)
    , m_house(house)
    , m_host(host)
    , m_window(window)
    , m_writes(house.profile(), [&house]() -> core::Result<app::House *> { return &house; })
    , m_server([this](const profile::Write &write, profile::OnStep onStep, const core::Cancel &cancel) {
        if (write.command == "window.open")
            return open(write);
        return m_worker.run<std::string>(cancel, [this, write, onStep = std::move(onStep)](const core::Cancel &stop) {
            return m_writes.perform(write, onStep, stop);
        });
    })
{
    connect(&m_server, &profile::HandOverServer::performed, this, &Writer::show);
}

Writer::~Writer() = default;

core::Result<void> Writer::start()
{
    const std::string socket = m_house.profile().socketName();
    if (auto listening = m_server.listen(socket); !listening)
        return listening;
    m_holder.announce(socket);
    return {};
}

core::Pending<std::string> Writer::open(const profile::Write &write)
{
    const auto argument = [&](const char *name) {
        const auto found = write.arguments.find(name);
        return found == write.arguments.end() ? QString() : QString::fromStdString(found->second);
    };
    m_window.comeForward(argument("link"), argument("token"));
    QPromise<core::Result<std::string>> shown;
    shown.start();
    shown.addResult(core::Result<std::string>(profile::linkOf(m_window.view())));
    shown.finish();
    return shown.future();
}

void Writer::show(const profile::Write &write, bool succeeded)
{
    const auto named = write.arguments.find("site");
    const core::SiteName site(named == write.arguments.end() ? std::string() : named->second);
    const bool shown = m_host.site() && m_host.site()->name() == site;
    if (write.command == "window.open")
        return;
    if (write.command == "sync") {
        if (shown)
            m_window.refreshPage(false); // what was read is in the cache now
        return;
    }
    if (!succeeded)
        return;
    if (write.command == "settings.set") {
        Q_EMIT settingsChanged();
        return;
    }
    if (write.command == "cache.trim" || write.command == "requests")
        return;
    if (write.command == "ack.add" || write.command == "ack.withdraw") {
        if (shown)
            m_window.refreshPage(false);
        return;
    }
    m_house.secrets().lookAgain(site);
    if (shown || !m_host.site()) // as it is now, or another one when it is gone
        m_window.selectSite(write.command == "site.save" ? QString::fromStdString(site.value) : QString());
    else
        m_host.reread();
}

} // namespace andon::desktop
