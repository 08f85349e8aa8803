#pragma once
// Writes and reads through the REST API of a real lakeFS. The first answer of another status than the one wanted is
// kept as a sentence, and all calls after it do nothing: look at wrong() when the work is done. One thread.
#include "tests/demo/client.h"

#include <nlohmann/json.hpp>

namespace andon::test
{

using Json = nlohmann::json;

class Lake
{
public:
    Lake(const std::string &url, const std::string &user)
        : m_client(url, user)
    {
    }
    [[nodiscard]] const std::string &wrong() const { return m_wrong; }
    [[nodiscard]] Client &client() { return m_client; }

    /// target: below /api/v1/repositories. The body of the answer: JSON, or a string when it is none.
    Json ask(const std::string &method, const std::string &target, const Json &body, int wanted);
    Json get(const std::string &target) { return ask("GET", target, {}, 200); }
    /// All pages of a list. target may have a query.
    Json all(const std::string &target);

    void repository(const std::string &repo, Json more = Json::object(), bool bare = false);
    void put(const std::string &repo, const std::string &branch, const std::string &path, const std::string &bytes,
             const std::vector<std::string> &headers = {"Content-Type: application/octet-stream"});
    void remove(const std::string &repo, const std::string &branch, const std::string &path);
    /// more: metadata, date … The id of the new commit.
    std::string commit(const std::string &repo, const std::string &branch, const std::string &message,
                       Json more = Json::object());
    void branch(const std::string &repo, const std::string &name, const std::string &source, bool hidden = false);
    void deleteBranch(const std::string &repo, const std::string &name);
    void tag(const std::string &repo, const std::string &name, const std::string &ref);
    std::string merge(const std::string &repo, const std::string &source, const std::string &into,
                      Json more = Json::object(), int wanted = 200);
    void revert(const std::string &repo, const std::string &branch, const std::string &ref, int parent,
                Json more = Json::object());
    void cherryPick(const std::string &repo, const std::string &branch, const std::string &ref,
                    Json more = Json::object());
    void hardReset(const std::string &repo, const std::string &branch, const std::string &ref);
    [[nodiscard]] std::string head(const std::string &repo, const std::string &ref); ///< full id of an expression

private:
    Client m_client;
    std::string m_wrong;
};

/// Fails the running test with what went wrong.
#define ANDON_VERIFY_LAKE(lake) QVERIFY2((lake).wrong().empty(), (lake).wrong().c_str())

/// Percent-encoded for a path segment or a value of a query.
[[nodiscard]] std::string encoded(const std::string &text);

} // namespace andon::test
