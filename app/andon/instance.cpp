#include "app/andon/instance.h"

#include "profile/handover.h"

namespace andon::desktop
{

bool shownByAnother(const profile::Paths &paths, const QString &link)
{
    const auto holder = profile::Lock::holder(paths);
    if (!holder || holder->program != "andon" || holder->socket.empty())
        return false;
    // The launcher's token lets that window come to the front on Wayland.
    const profile::Write write{
        "window.open",
        {{"link", link.toStdString()}, {"token", qEnvironmentVariable("XDG_ACTIVATION_TOKEN").toStdString()}}};
    return profile::handOver(*holder, write, {}, {}).has_value();
}

} // namespace andon::desktop
