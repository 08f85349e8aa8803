#include "tests/net/network.h"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <dlfcn.h>
#include <netdb.h>
#include <string_view>
#include <sys/socket.h>

namespace andon::test
{

void HangingResolver::wait()
{
    std::unique_lock lock(m_mutex);
    ++m_waiting;
    m_changed.wait(lock, [this] { return m_released; });
    --m_waiting;
    m_changed.notify_all();
}

void HangingResolver::release()
{
    std::unique_lock lock(m_mutex);
    m_released = true;
    m_changed.notify_all();
    m_changed.wait(lock, [this] { return m_waiting == 0; });
}

int HangingResolver::waiting() const
{
    const std::scoped_lock lock(m_mutex);
    return m_waiting;
}

HangingResolver &hangingResolver()
{
    static HangingResolver one;
    return one;
}

} // namespace andon::test

// Both stand before libc's in this program.

extern "C" __attribute__((visibility("default"))) int getaddrinfo(const char *node, const char *service,
                                                                  const addrinfo *hints, addrinfo **result)
{
    using Real = int (*)(const char *, const char *, const addrinfo *, addrinfo **);
    static const auto real = reinterpret_cast<Real>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    const std::string_view name(node ? node : "");
    if (name == "unknown.test")
        return EAI_NONAME;
    if (name == "hangs.test") {
        andon::test::hangingResolver().wait();
        return EAI_AGAIN;
    }
    return real(node, service, hints, result);
}

extern "C" __attribute__((visibility("default"))) int connect(int descriptor, const sockaddr *address, socklen_t size)
{
    using Real = int (*)(int, const sockaddr *, socklen_t);
    static const auto real = reinterpret_cast<Real>(::dlsym(RTLD_NEXT, "connect"));
    sockaddr_in to = {};
    if (address->sa_family == AF_INET && size >= sizeof to) {
        std::memcpy(&to, address, sizeof to);
        if (ntohl(to.sin_addr.s_addr) == 0x7f090909) {
            errno = ENETUNREACH;
            return -1;
        }
    }
    return real(descriptor, address, size);
}
