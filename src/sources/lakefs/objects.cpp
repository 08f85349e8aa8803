// The calls about objects: lists, one, its bytes.
#include "sources/lakefs/decode.h"
#include "sources/lakefs/lakefsclient.h"
#include "sources/shared/json.h"

#include <algorithm>

namespace andon::sources::lakefs
{

namespace
{

constexpr int kPage = 1000; // the most that the server gives

/// The whole size that "bytes 0-9/25" tells; nullopt when it does not.
std::optional<std::int64_t> sizeIn(std::string_view contentRange)
{
    const std::size_t slash = contentRange.rfind('/');
    return slash == std::string_view::npos ? std::nullopt : parseInt(contentRange.substr(slash + 1));
}

} // namespace

core::Result<versions::ObjectPage> LakeFsClient::objects(const core::RepositoryId &repo, const core::RefName &ref,
                                                         const std::string &prefix, const std::string &delimiter,
                                                         const std::string &after, int amount,
                                                         const core::Cancel &cancel)
{
    Query query{{"amount", std::to_string(std::clamp(amount, 1, kPage))}};
    for (const auto &[key, value] : {std::pair("prefix", &prefix), {"delimiter", &delimiter}, {"after", &after}})
        if (!value->empty())
            query.emplace_back(key, *value);
    const auto body =
        json(request("listObjects", {"repositories", repo.value, "refs", ref.value, "objects", "ls"}, std::move(query)),
             cancel);
    if (!body)
        return core::fail(body.error());
    return m_http->named(decodeObjects(*body));
}

core::Result<versions::ObjectEntry> LakeFsClient::object(const core::RepositoryId &repo, const core::RefName &ref,
                                                         const std::string &path, const core::Cancel &cancel)
{
    const auto body = json(
        request("statObject", {"repositories", repo.value, "refs", ref.value, "objects", "stat"}, {{"path", path}}),
        cancel);
    if (!body)
        return core::fail(body.error());
    return m_http->named(decodeObject(*body));
}

core::Result<versions::ObjectBytes> LakeFsClient::part(const core::RepositoryId &repo, const core::RefName &ref,
                                                       const std::string &path, const std::string &range,
                                                       const core::Cancel &cancel) const
{
    net::Request asked =
        request("getObject", {"repositories", repo.value, "refs", ref.value, "objects"}, {{"path", path}});
    asked.headers.emplace_back("Range", "bytes=" + range);
    auto answer = get(asked, cancel);
    if (!answer && answer.error().httpStatus == 416) // no byte of an empty object is in any range
        return versions::ObjectBytes{};
    if (!answer)
        return core::fail(answer.error());
    versions::ObjectBytes read{.bytes = std::move(answer->body)};
    read.size = sizeIn(answer->header("content-range")).value_or(static_cast<std::int64_t>(read.bytes.size()));
    return read;
}

core::Result<versions::ObjectBytes> LakeFsClient::read(const core::RepositoryId &repo, const core::RefName &ref,
                                                       const std::string &path, std::int64_t most,
                                                       const core::Cancel &cancel)
{
    auto first = part(repo, ref, path, "0-" + std::to_string(std::max<std::int64_t>(most, 1) - 1), cancel);
    if (first && static_cast<std::int64_t>(first->bytes.size()) > most)
        first->bytes.resize(static_cast<std::size_t>(most));
    return first;
}

core::Result<versions::ObjectBytes> LakeFsClient::readEnd(const core::RepositoryId &repo, const core::RefName &ref,
                                                          const std::string &path, std::int64_t most,
                                                          const core::Cancel &cancel)
{
    auto last = part(repo, ref, path, "-" + std::to_string(std::max<std::int64_t>(most, 1)), cancel);
    if (last && static_cast<std::int64_t>(last->bytes.size()) > most)
        last->bytes.erase(0, last->bytes.size() - static_cast<std::size_t>(most));
    return last;
}

} // namespace andon::sources::lakefs
