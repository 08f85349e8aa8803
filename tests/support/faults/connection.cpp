#include "tests/support/faults/connection.h"

#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace andon::test
{

namespace
{

constexpr std::size_t kLargestRequest = 64 * 1024 * 1024;

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

const char *reason(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 429:
        return "Too Many Requests";
    default:
        return "Whatever";
    }
}

/// The request line and the headers of what ends at the blank line.
Heard parseHead(std::string_view head)
{
    Heard heard;
    bool first = true;
    while (!head.empty()) {
        const std::size_t end = std::min(head.find("\r\n"), head.size());
        const std::string_view line = head.substr(0, end);
        head.remove_prefix(std::min(end + 2, head.size()));
        if (first) {
            const std::size_t one = std::min(line.find(' '), line.size());
            const std::size_t two = std::min(line.find(' ', one + 1), line.size());
            heard.method = line.substr(0, one);
            heard.target = one < two ? line.substr(one + 1, two - one - 1) : std::string_view();
            first = false;
        } else if (const std::size_t colon = line.find(':'); colon != std::string_view::npos) {
            std::string_view value = line.substr(colon + 1);
            value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
            heard.headers.emplace_back(lower(line.substr(0, colon)), std::string(value));
        }
    }
    return heard;
}

std::string commonName(SSL *tls)
{
    X509 *certificate = tls ? SSL_get1_peer_certificate(tls) : nullptr;
    if (!certificate)
        return {};
    char name[256] = {};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof name);
    X509_free(certificate);
    return name;
}

} // namespace

std::string Heard::header(std::string_view lowerCaseName) const
{
    for (const auto &[name, value] : headers)
        if (name == lowerCaseName)
            return value;
    return {};
}

std::string Heard::path() const
{
    return target.substr(0, target.find('?'));
}

std::string Heard::text() const
{
    std::string out = method + " " + target + "\n";
    for (const auto &[name, value] : headers)
        out += name + ": " + value + "\n";
    return out + body;
}

Connection::Connection(int descriptor, ssl_st *tls, int number)
    : m_descriptor(descriptor)
    , m_tls(tls)
    , m_number(number)
{
}

Connection::~Connection()
{
    if (m_tls && !m_abrupt)
        SSL_shutdown(m_tls);
    SSL_free(m_tls);
    ::close(m_descriptor);
}

bool Connection::more()
{
    char bytes[16 * 1024];
    const auto got = m_tls ? SSL_read(m_tls, bytes, sizeof bytes) : ::recv(m_descriptor, bytes, sizeof bytes, 0);
    if (got <= 0)
        return false;
    m_in.append(bytes, static_cast<std::size_t>(got));
    return m_in.size() < kLargestRequest;
}

std::optional<Heard> Connection::read()
{
    std::size_t end = m_in.find("\r\n\r\n");
    while (end == std::string::npos) {
        if (!more())
            return std::nullopt;
        end = m_in.find("\r\n\r\n");
    }
    Heard heard = parseHead(std::string_view(m_in).substr(0, end));
    m_in.erase(0, end + 4);
    const std::string length = heard.header("content-length");
    const std::size_t size = length.empty() ? 0 : std::stoul(length);
    while (m_in.size() < size)
        if (!more())
            return std::nullopt;
    heard.body = m_in.substr(0, size);
    m_in.erase(0, size);
    heard.connection = m_number;
    heard.clientName = commonName(m_tls);
    return heard;
}

bool Connection::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        const int part = static_cast<int>(std::min<std::size_t>(bytes.size(), 1024 * 1024));
        const auto sent = m_tls ? SSL_write(m_tls, bytes.data(), part)
                                : ::send(m_descriptor, bytes.data(), static_cast<std::size_t>(part), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Connection::answer(int status, std::string_view contentType, std::string_view body,
                        const std::vector<std::string> &headers)
{
    std::string head = "HTTP/1.1 " + std::to_string(status) + " " + reason(status) + "\r\n";
    if (!contentType.empty())
        head += "Content-Type: " + std::string(contentType) + "\r\n";
    for (const std::string &line : headers)
        head += line + "\r\n";
    return write(head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body));
}

bool Connection::pause(int milliseconds)
{
    pollfd waiting{.fd = m_descriptor, .events = POLLRDHUP, .revents = 0};
    int result = 0;
    do
        result = ::poll(&waiting, 1, milliseconds);
    while (result < 0 && errno == EINTR);
    return result == 0;
}

void Connection::reset()
{
    const linger now{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    m_abrupt = true;
}

void Connection::tunnelTo(int port)
{
    const int other = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to = {};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bool open = ::connect(other, reinterpret_cast<const sockaddr *>(&to), sizeof to) == 0;
    std::array<pollfd, 2> ends{pollfd{m_descriptor, POLLIN, 0}, pollfd{other, POLLIN, 0}};
    while (open && ::poll(ends.data(), ends.size(), -1) > 0) {
        for (std::size_t i = 0; i < ends.size() && open; ++i) {
            char bytes[16 * 1024];
            if (ends[i].revents == 0)
                continue;
            const auto got = ::recv(ends[i].fd, bytes, sizeof bytes, 0);
            open = got > 0 && ::send(ends[1 - i].fd, bytes, static_cast<std::size_t>(got), MSG_NOSIGNAL) == got;
        }
    }
    ::close(other);
}

} // namespace andon::test
