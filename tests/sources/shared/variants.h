#pragma once
// What broken servers and proxies make of an answer; every decoder must refuse each of them with Protocol.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace andon::test
{

/// Named bad variants of a good JSON body: cut off, empty, text, a page, another type, nested too deep, no UTF-8.
[[nodiscard]] inline std::vector<std::pair<std::string, std::string>> badVariants(const std::string &good)
{
    std::vector<std::pair<std::string, std::string>> out = {
        {"empty", ""},
        {"plain text", "Service temporarily unavailable"},
        {"a page", "<!doctype html><html><title>Sign in</title></html>"},
        {"a number", "42"},
        {"a string", "\"x\""},
        {"null", "null"},
        {"too deep", std::string(200, '[') + std::string(200, ']')},
        {"no UTF-8", "{\"a\":\"\xff\xfe\"}"},
        {"two answers", good + good},
    };
    const std::size_t step = std::max<std::size_t>(1, good.size() / 97);
    std::size_t end = good.size();
    while (end > 0 && (good[end - 1] == '\n' || good[end - 1] == ' '))
        --end;
    for (std::size_t cut = 1; cut < end; cut += step)
        out.emplace_back("cut off after " + std::to_string(cut), good.substr(0, cut));
    return out;
}

/// good with the first `from` replaced by `to`.
[[nodiscard]] inline std::string replaced(std::string good, const std::string &from, const std::string &to)
{
    const std::size_t at = good.find(from);
    return at == std::string::npos ? std::string() : good.replace(at, from.size(), to);
}

} // namespace andon::test
