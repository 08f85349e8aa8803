#include "lineage/datasource.h"

#include <nlohmann/json.hpp>

namespace andon::lineage
{

namespace
{

constexpr std::size_t kMaxSource = 1024 * 1024;

bool isHex(std::string_view text)
{
    return text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string addressIn(std::string_view source)
{
    const std::size_t start = source.find_first_not_of(" \t\r\n");
    if (start == std::string_view::npos || source.size() > kMaxSource)
        return {};
    if (source[start] != '{')
        return std::string(source.substr(start));
    const auto json = nlohmann::json::parse(source, nullptr, false);
    if (!json.is_object())
        return {};
    for (const char *key : {"uri", "url"})
        if (const auto found = json.find(key); found != json.end() && found->is_string())
            return found->get_ref<const std::string &>();
    return {};
}

} // namespace

bool isCommitId(std::string_view text)
{
    return text.size() == 64 && isHex(text);
}

bool isCommitPrefix(std::string_view text)
{
    return text.size() >= 7 && text.size() < 64 && isHex(text);
}

DataSource parseDataSource(std::string_view source)
{
    DataSource out{.uri = addressIn(source)};
    const std::size_t colon = out.uri.find("://");
    if (colon == std::string::npos)
        return out;
    out.scheme = out.uri.substr(0, colon);
    if (out.scheme != "lakefs" && out.scheme != "s3" && out.scheme != "s3a" && out.scheme != "s3n")
        return out;
    const std::string rest = out.uri.substr(colon + 3);
    const std::size_t slash = rest.find('/');
    if (slash == std::string::npos || slash == 0)
        return out;
    const std::size_t end = std::min(rest.find('/', slash + 1), rest.size());
    if (end == slash + 1)
        return out;
    out.repository = core::RepositoryId(rest.substr(0, slash));
    out.ref = core::RefName(rest.substr(slash + 1, end - slash - 1));
    out.path = end < rest.size() ? rest.substr(end + 1) : std::string();
    return out;
}

} // namespace andon::lineage
