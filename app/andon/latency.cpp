#include "app/andon/latency.h"

#include <QFile>
#include <QObject>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace andon::desktop
{

namespace
{

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kEvery{5};

double milliseconds(Clock::duration duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

} // namespace

struct Latency::Private {
    QString file;
    QObject door;
    std::vector<double> waits; ///< GUI thread only
    std::mutex mutex;
    std::condition_variable_any wake;
    std::jthread knocker;

    void knock(const std::stop_token &stop)
    {
        std::unique_lock lock(mutex);
        auto next = Clock::now();
        while (!stop.stop_requested()) {
            next += kEvery;
            wake.wait_until(lock, stop, next, [] { return false; });
            const auto at = Clock::now();
            QMetaObject::invokeMethod(
                &door, [this, at] { waits.push_back(milliseconds(Clock::now() - at)); }, Qt::QueuedConnection);
        }
    }
};

Latency::Latency(QString file)
    : d(std::make_unique<Private>())
{
    d->file = std::move(file);
    d->knocker = std::jthread([this](const std::stop_token &stop) { d->knock(stop); });
}

Latency::~Latency()
{
    d->knocker.request_stop();
    d->knocker.join();
    std::sort(d->waits.begin(), d->waits.end());
    const auto at = [&](double share) {
        return d->waits.empty() ? 0
                                : d->waits[static_cast<std::size_t>(share * static_cast<double>(d->waits.size() - 1))];
    };
    QFile out(d->file);
    if (out.open(QIODevice::WriteOnly))
        out.write(QStringLiteral("{\"knocks\": %1, \"p50_ms\": %2, \"p99_ms\": %3, \"max_ms\": %4}\n")
                      .arg(d->waits.size())
                      .arg(at(0.5), 0, 'f', 2)
                      .arg(at(0.99), 0, 'f', 2)
                      .arg(at(1), 0, 'f', 2)
                      .toUtf8());
}

} // namespace andon::desktop
