#pragma once
// A server on 127.0.0.1 whose every answer is a function of the test, one thread per connection. What it heard can be
// asked for at any time, from any thread.
#include "tests/support/faults/certificates.h"
#include "tests/support/faults/connection.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace andon::test
{

struct TlsSetup {
    Certificate certificate = {};
    std::string clientAuthority = {}; ///< PEM; a client must then show a certificate signed by it
    bool old = false; ///< TLS 1.1 at most, with whatever ciphers
    std::string ciphers = {}; ///< of TLS 1.2, which is then the newest spoken
};

class ScriptedServer
{
public:
    /// For each request that was read; false ends the connection.
    using Script = std::function<bool(Connection &, const Heard &)>;
    /// For each connection, before anything is read.
    using Greeting = std::function<void(Connection &)>;

    explicit ScriptedServer(Script script);
    ScriptedServer(Script script, const TlsSetup &tls);
    [[nodiscard]] static std::unique_ptr<ScriptedServer> raw(Greeting greeting);
    ~ScriptedServer(); ///< breaks off every connection and waits for their threads
    ScriptedServer(const ScriptedServer &) = delete;
    ScriptedServer &operator=(const ScriptedServer &) = delete;

    [[nodiscard]] int port() const;
    [[nodiscard]] std::string url() const; ///< http(s)://127.0.0.1:PORT
    [[nodiscard]] std::vector<Heard> heard() const;
    [[nodiscard]] int connections() const; ///< accepted so far
    [[nodiscard]] int mostAtOnce() const; ///< requests that were in hand at the same time

private:
    struct Private;
    explicit ScriptedServer(std::unique_ptr<Private> made);
    std::unique_ptr<Private> d;
};

/// A port of 127.0.0.1 where nobody listens, held until the end so that nobody else will.
class ClosedPort
{
public:
    ClosedPort();
    ~ClosedPort();
    ClosedPort(const ClosedPort &) = delete;
    ClosedPort &operator=(const ClosedPort &) = delete;
    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] std::string url() const;

private:
    int m_descriptor = -1;
    int m_port = 0;
};

} // namespace andon::test
