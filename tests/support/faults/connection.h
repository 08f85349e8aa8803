#pragma once
// One accepted connection in a test's hand, plain or TLS: reads requests, writes whatever bytes, waits, breaks off.
// Lives on the connection's thread.
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct ssl_st;

namespace andon::test
{

struct Heard {
    std::string method = {};
    std::string target = {}; ///< as it came: "/pre/api?x=1"
    std::vector<std::pair<std::string, std::string>> headers = {}; ///< names in lower case
    std::string body = {};
    int connection = 0; ///< which connection of its server it came on, from 1
    std::string clientName = {}; ///< common name of the client's certificate

    [[nodiscard]] std::string header(std::string_view lowerCaseName) const; ///< "" when absent
    [[nodiscard]] std::string path() const; ///< of the target
    [[nodiscard]] std::string text() const; ///< everything, to look for secrets in
};

class Connection
{
public:
    /// Owns the descriptor and the TLS session, which may be nullptr.
    Connection(int descriptor, ssl_st *tls, int number);
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    [[nodiscard]] std::optional<Heard> read(); ///< nullopt when the peer has gone or the server ends
    bool write(std::string_view bytes); ///< false when nobody takes them any more
    /// A whole answer with its length; headers in lines "Name: value".
    bool answer(int status, std::string_view contentType, std::string_view body,
                const std::vector<std::string> &headers = {});
    /// False when the peer went away or the server ended meanwhile. Negative: until then.
    bool pause(int milliseconds);
    void reset(); ///< ends with RST, not with a goodbye
    void tunnelTo(int port); ///< carries bytes to and from a port of 127.0.0.1 until either side ends, as a proxy does

private:
    bool more(); ///< reads into m_in

    const int m_descriptor;
    ssl_st *const m_tls;
    const int m_number;
    bool m_abrupt = false;
    std::string m_in;
};

} // namespace andon::test
