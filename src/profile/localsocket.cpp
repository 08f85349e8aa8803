#include "profile/localsocket.h"

#include <QSocketNotifier>

#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace andon::profile
{

namespace
{

constexpr int kBacklog = 50;

core::Result<void> failed(const std::string &path)
{
    return core::fail(core::ErrorKind::Storage, path, std::strerror(errno));
}

} // namespace

LocalSocket::LocalSocket(int descriptor, std::size_t longest, QObject *parent)
    : QObject(parent)
    , m_descriptor(descriptor)
    , m_longest(longest)
    , m_readable(new QSocketNotifier(descriptor, QSocketNotifier::Read, this))
    , m_writable(new QSocketNotifier(descriptor, QSocketNotifier::Write, this))
{
    m_writable->setEnabled(false);
    connect(m_readable, &QSocketNotifier::activated, this, &LocalSocket::read);
    connect(m_writable, &QSocketNotifier::activated, this, &LocalSocket::flush);
}

LocalSocket::~LocalSocket()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void LocalSocket::read()
{
    char bytes[4096];
    const ssize_t n = ::recv(m_descriptor, bytes, sizeof bytes, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0)
        return abort();
    m_received.append(bytes, n);
    for (qsizetype end = m_received.indexOf('\n'); end >= 0 && connected(); end = m_received.indexOf('\n')) {
        const QByteArray line = m_received.left(end + 1);
        m_received.remove(0, end + 1);
        Q_EMIT lineReceived(line); // which may end the connection
    }
    if (static_cast<std::size_t>(m_received.size()) > m_longest)
        abort();
}

void LocalSocket::write(std::string_view bytes)
{
    if (!connected())
        return;
    m_unsent += bytes;
    flush();
}

void LocalSocket::flush()
{
    while (!m_unsent.empty()) {
        const ssize_t n = ::send(m_descriptor, m_unsent.data(), m_unsent.size(), MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno != EAGAIN)
            return abort();
        if (n < 0)
            return m_writable->setEnabled(true);
        m_unsent.erase(0, static_cast<std::size_t>(n));
    }
    m_writable->setEnabled(false);
    if (m_closing)
        abort();
}

void LocalSocket::close()
{
    if (!connected())
        return;
    m_closing = true;
    flush();
}

void LocalSocket::abort()
{
    if (m_descriptor < 0)
        return;
    m_readable->setEnabled(false);
    m_writable->setEnabled(false);
    ::close(std::exchange(m_descriptor, -1));
    m_unsent.clear();
    Q_EMIT disconnected();
}

LocalServer::LocalServer(std::function<void(int descriptor)> accepted, QObject *parent)
    : QObject(parent)
    , m_accepted(std::move(accepted))
{
}

LocalServer::~LocalServer()
{
    if (m_descriptor < 0)
        return;
    ::close(m_descriptor);
    ::unlink(m_path.c_str());
}

core::Result<void> LocalServer::listen(const std::string &path)
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return failed(path);
    }
    std::memcpy(address.sun_path, path.data(), path.size());
    m_path = path;
    ::unlink(path.c_str());
    m_descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_descriptor < 0)
        return failed(path);
    const mode_t before = ::umask(0177);
    const int bound = ::bind(m_descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address);
    ::umask(before);
    if (bound != 0 || ::listen(m_descriptor, kBacklog) != 0) {
        auto failure = failed(path);
        ::close(std::exchange(m_descriptor, -1));
        return failure;
    }
    connect(new QSocketNotifier(m_descriptor, QSocketNotifier::Read, this), &QSocketNotifier::activated, this,
            &LocalServer::accept);
    return {};
}

void LocalServer::accept()
{
    const int descriptor = ::accept4(m_descriptor, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor >= 0)
        m_accepted(descriptor);
}

} // namespace andon::profile
