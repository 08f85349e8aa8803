#pragma once
// The system's network calls as this program sees them, libcurl included: some names and addresses are broken.
//   hangs.test      the name server does not answer until release()
//   unknown.test    there is no such name
//   127.9.9.9       the network is unreachable
#include <condition_variable>
#include <mutex>

namespace andon::test
{

class HangingResolver
{
public:
    void wait();
    void release(); ///< and waits until nobody hangs any more
    [[nodiscard]] int waiting() const;

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_released = false;
    int m_waiting = 0;
};

[[nodiscard]] HangingResolver &hangingResolver(); // the replaced getaddrinfo can be handed nothing

} // namespace andon::test
