#pragma once
// The read calls of the lakeFS API v1 over the demo histories, to the letter of what a live 1.84.0 answered. Any
// thread; holds no connection.
#include "demo/lakefs/scenario.h"

#include <atomic>
#include <memory>
#include <string_view>

namespace andon::demo::lakefs
{
enum class Call;
struct Found;
} // namespace andon::demo::lakefs

namespace andon::demo
{

class TreeMemory;

/// What a recorded server said of itself: the answers as text. "" where the demo factory has its own words.
struct ServerWords {
    std::string health = {};
    std::string config = {};
    std::string setup = {};
    std::string user = {};
    std::string usage = {};
};

class LakeFsDialect
{
public:
    struct Answer {
        int status = 200;
        std::string contentType = "application/json";
        std::string body = {};
        std::vector<std::pair<std::string, std::string>> headers = {};
        std::int64_t walked = 0; ///< commits that the log looked at
    };
    using Params = std::vector<std::pair<std::string, std::string>>; ///< decoded, in order; keys may repeat

    LakeFsDialect(const Plan &plan, std::vector<History> histories, std::string accessKeyId,
                  std::string secretAccessKey, ServerWords words = {});

    ~LakeFsDialect();

    struct Request {
        std::string method = "GET";
        std::string path = {}; ///< as it came, percent-encoded
        Params params = {};
        std::string authorization = {}; ///< value of the header
        std::string range = {}; ///< value of the header
        std::string body = {};
    };
    /// Besides the server's calls /_demo/log, which no server has: {"requests", "walked"}, what all logs looked at.
    [[nodiscard]] Answer handle(const Request &request) const;
    [[nodiscard]] const std::vector<History> &histories() const { return m_histories; }

private:
    struct Walked {
        std::atomic<std::int64_t> requests = 0;
        std::atomic<std::int64_t> commits = 0;
    };
    [[nodiscard]] Answer answer(const lakefs::Found &found, const Request &request) const;
    [[nodiscard]] Answer login(const std::string &body) const;
    [[nodiscard]] Answer serverCall(lakefs::Call call, const Params &params) const;
    [[nodiscard]] bool signedIn(const std::string &authorization) const;
    [[nodiscard]] const History *find(const std::string &name) const;

    std::vector<History> m_histories; ///< by name
    std::unique_ptr<TreeMemory> m_trees; ///< what was computed for a page helps the next one
    std::string m_basic; ///< the Authorization value that is accepted
    std::string m_accessKeyId;
    std::string m_secretAccessKey;
    std::string m_token;
    ServerWords m_words;
    std::int64_t m_now = 0;
    std::unique_ptr<Walked> m_walked = std::make_unique<Walked>();
};

} // namespace andon::demo
