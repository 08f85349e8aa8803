#pragma once
// How long the GUI thread lets an event wait: a thread knocks every few milliseconds, whether the last knock was heard
// or not. For acceptance and for finding what stalls. GUI thread.
#include <QString>

#include <memory>

namespace andon::desktop
{

class Latency
{
public:
    /// file: gets {"knocks", "p50_ms", "p99_ms", "max_ms"} when it ends.
    explicit Latency(QString file);
    ~Latency();
    Latency(const Latency &) = delete;
    Latency &operator=(const Latency &) = delete;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace andon::desktop
