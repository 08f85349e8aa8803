#pragma once
// A server on loopback that answers with recorded bodies, in the order given per method and path, and remembers what it
// was asked. For what a client does beyond decoding: paging, batches, headers, refusals.
#include "net/httpclient.h"
#include "net/transport.h"

#include <QByteArray>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace andon::test
{

/// The bytes of tests/sources/<file>; fails the running test when it is not there.
[[nodiscard]] std::string golden(const std::string &file);

struct Asked {
    std::string method = {};
    std::string path = {}; ///< decoded
    std::multimap<std::string, std::string> query = {};
    std::multimap<std::string, std::string> headers = {};
    std::string body = {};
};

struct Answer {
    int status = 200;
    std::string body = {};
    std::string contentType = "application/json";
    std::vector<std::pair<std::string, std::string>> headers = {};
};

class GoldenServer
{
public:
    GoldenServer();
    ~GoldenServer();

    /// Queues an answer for "GET /path"; the last one queued is given for ever. Unknown paths: 404 plain text.
    void answer(const std::string &methodAndPath, Answer answer);
    [[nodiscard]] std::vector<Asked> asked() const;
    [[nodiscard]] std::string url() const;

    /// A client of this server that does not wait between tries.
    [[nodiscard]] std::unique_ptr<net::HttpClient> client(net::Transport &transport, net::Endpoint endpoint = {}) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace andon::test
