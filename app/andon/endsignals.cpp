#include "app/andon/endsignals.h"

#include <QSocketNotifier>

#include <csignal>
#include <sys/eventfd.h>
#include <unistd.h>

namespace andon::desktop
{

namespace
{

// The only global of the program: a signal handler can reach nothing else. Set once, before the handler.
int s_wake = -1;

void onSignal(int number)
{
    std::signal(number, SIG_DFL);
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(s_wake, &one, sizeof one);
}

} // namespace

void closeOnSignals(QObject *owner, std::function<void()> close)
{
    s_wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (s_wake < 0)
        return;
    auto *notifier = new QSocketNotifier(s_wake, QSocketNotifier::Read, owner);
    QObject::connect(notifier, &QSocketNotifier::activated, owner, [notifier, close = std::move(close)] {
        notifier->setEnabled(false);
        close();
    });
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        std::signal(number, onSignal);
}

} // namespace andon::desktop
