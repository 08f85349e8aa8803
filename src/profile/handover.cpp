#include "profile/handoverlines.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace andon::profile
{

namespace
{

constexpr int kTickMs = 100;
constexpr int kLastWordMs = 10'000; // what runs looks at its cancel flag between two requests

core::Error trouble(const Holder &holder, const char *hint)
{
    return {.kind = core::ErrorKind::Storage, .where = "profile", .detail = holder.text(), .hint = hint};
}

/// A connected socket that closes itself.
class Line
{
public:
    Line() = default;
    Line(const Line &) = delete;
    Line &operator=(const Line &) = delete;
    ~Line()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }

    bool connect(const std::string &path)
    {
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        if (path.empty() || path.size() >= sizeof address.sun_path)
            return false;
        std::memcpy(address.sun_path, path.data(), path.size());
        m_fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        return m_fd >= 0 && ::connect(m_fd, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    }

    bool send(const std::string &text)
    {
        for (std::size_t sent = 0; sent < text.size();) {
            const ssize_t n = ::send(m_fd, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
            if (n < 0 && errno != EINTR)
                return false;
            sent += static_cast<std::size_t>(std::max<ssize_t>(n, 0));
        }
        return true;
    }

    enum class Got { Nothing, Bytes, End };
    /// Waits at most one tick; a signal ends it earlier.
    Got receive()
    {
        pollfd ready{.fd = m_fd, .events = POLLIN, .revents = 0};
        if (::poll(&ready, 1, kTickMs) <= 0)
            return Got::Nothing;
        char buffer[16384];
        const ssize_t n = ::recv(m_fd, buffer, sizeof buffer, 0);
        if (n < 0 && errno == EINTR)
            return Got::Nothing;
        if (n <= 0)
            return Got::End;
        m_text.append(buffer, static_cast<std::size_t>(n));
        return Got::Bytes;
    }

    std::optional<std::string> next()
    {
        const std::size_t end = m_text.find('\n');
        if (end == std::string::npos)
            return std::nullopt;
        std::string line = m_text.substr(0, end);
        m_text.erase(0, end + 1);
        return line;
    }
    [[nodiscard]] bool tooLong() const { return m_text.size() > kLongestAnswer; }

private:
    int m_fd = -1;
    std::string m_text;
};

/// The answer, when the lines that have come hold it.
std::optional<core::Result<std::string>> answerIn(Line &line, const Holder &holder, const OnStep &onStep)
{
    while (const auto text = line.next()) {
        auto read = readHolderLine(*text);
        if (!read)
            return core::fail(read.error());
        if (read->step && onStep)
            onStep(*read->step);
        if (read->answer && !*read->answer && read->answer->error().hint == "holder-version")
            return core::fail(trouble(holder, "holder-version"));
        if (read->answer)
            return std::move(*read->answer);
    }
    if (line.tooLong())
        return core::fail(trouble(holder, "holder-version"));
    return std::nullopt;
}

} // namespace

core::Result<std::string> handOver(const Holder &holder, const Write &write, const OnStep &onStep,
                                   const core::Cancel &cancel, int silenceMs)
{
    using Clock = std::chrono::steady_clock;
    Line line;
    if (!line.connect(holder.socket) || !line.send(requestLine(write)))
        return core::fail(trouble(holder, "no-holder"));
    auto heard = Clock::now();
    std::optional<Clock::time_point> cancelled;
    while (true) {
        const Line::Got got = line.receive();
        if (auto answer = answerIn(line, holder, onStep))
            return std::move(*answer);
        if (got == Line::Got::End)
            return core::fail(trouble(holder, "holder-died"));
        const auto now = Clock::now();
        if (got == Line::Got::Bytes)
            heard = now;
        if (cancel.cancelled() && !cancelled) {
            cancelled = now;
            (void)line.send(cancelLine());
        }
        if (cancelled && now - *cancelled > std::chrono::milliseconds(kLastWordMs))
            return core::fail(core::ErrorKind::Cancelled, "profile", "stopped");
        if (now - heard > std::chrono::milliseconds(silenceMs))
            return core::fail(trouble(holder, "holder-silent"));
    }
}

} // namespace andon::profile
