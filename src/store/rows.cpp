#include "store/rows.h"

#include <charconv>
#include <optional>

namespace andon::store
{

namespace
{

void append(std::string &out, const std::string &text)
{
    out += std::to_string(text.size());
    out += ':';
    out += text;
}

std::optional<std::string> take(std::string_view &in)
{
    std::size_t size = 0;
    const auto parsed = std::from_chars(in.data(), in.data() + in.size(), size);
    const auto used = static_cast<std::size_t>(parsed.ptr - in.data());
    if (parsed.ec != std::errc{} || used >= in.size() || in[used] != ':' || in.size() - used - 1 < size)
        return std::nullopt;
    std::string text(in.substr(used + 1, size));
    in.remove_prefix(used + 1 + size);
    return text;
}

} // namespace

std::string packPairs(const std::vector<std::pair<std::string, std::string>> &pairs)
{
    std::string out;
    for (const auto &[key, value] : pairs) {
        append(out, key);
        append(out, value);
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> unpackPairs(std::string_view packed)
{
    std::vector<std::pair<std::string, std::string>> pairs;
    while (!packed.empty()) {
        auto key = take(packed);
        auto value = key ? take(packed) : std::nullopt;
        if (!value)
            break;
        pairs.emplace_back(std::move(*key), std::move(*value));
    }
    return pairs;
}

} // namespace andon::store
