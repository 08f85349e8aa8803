#pragma once
// A plain HTTP client for tests that ask the demo factory what any program may ask.
#include "demo/server/demoserver.h"

#include <map>
#include <string>
#include <vector>

namespace andon::test
{

struct Reply {
    int status = 0; ///< 0: no answer
    std::map<std::string, std::string> headers = {}; ///< names in lower case
    std::string body = {};
    double seconds = 0;
};

struct Ask {
    std::string method = "GET";
    std::string target = {}; ///< path and query, encoded
    std::vector<std::string> headers = {}; ///< "Name: value"
    std::string body = {};
    std::string user = {}; ///< "key:secret", "" for none
};

/// One connection, kept open.
class Client
{
public:
    explicit Client(std::string url, std::string user = {});
    ~Client();
    Client(const Client &) = delete;
    Client &operator=(const Client &) = delete;

    Reply ask(const Ask &ask);
    Reply get(const std::string &target) { return ask({.target = target}); }
    Reply post(const std::string &target, const std::string &json);

private:
    void *m_curl = nullptr;
    std::string m_url;
    std::string m_user;
};

/// A demo factory frozen at a fixed time; fails the running test when it does not start.
[[nodiscard]] std::unique_ptr<demo::DemoServer> startDemo(demo::DemoOptions options = {});
[[nodiscard]] std::string lakefsUser(const demo::DemoServer &server); ///< "key:secret"
/// The bytes of tests/demo/golden/<file>.
[[nodiscard]] std::string demoGolden(const std::string &file);

} // namespace andon::test
