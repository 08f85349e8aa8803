#pragma once
// The one way bytes of a server become values: parsed under a depth and size guard, read through checked accessors that
// remember the first thing that was wrong and where. Never a bare get<T>: it converts silently.
#include "core/instant.h"
#include "core/result.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace andon::sources
{

using Json = nlohmann::json;

/// Protocol on anything that is not JSON, nests deeper than 64 or holds invalid UTF-8. `where` names the call.
[[nodiscard]] core::Result<Json> parseJson(std::string_view text, const std::string &where);

/// Collects the first error of a decoder.
class Decode
{
public:
    explicit Decode(std::string where)
        : m_where(std::move(where))
    {
    }
    void fail(const std::string &path, const std::string &what);
    [[nodiscard]] bool ok() const { return !m_error; }
    [[nodiscard]] const core::Error &error() const { return *m_error; }

    template <typename T> [[nodiscard]] core::Result<T> result(T value) const
    {
        if (m_error)
            return core::fail(*m_error);
        return value;
    }

private:
    std::string m_where;
    std::optional<core::Error> m_error;
};

/// A JSON object under a decoder. Missing or mistyped fields fail the decoder and give an empty value.
class Object
{
public:
    Object(const Json &json, Decode &decode, std::string path);

    [[nodiscard]] bool has(const char *key) const; ///< present and not null
    [[nodiscard]] std::string str(const char *key) const;
    [[nodiscard]] std::string strOr(const char *key,
                                    std::string fallback = {}) const; ///< absent or null: fallback; other types fail
    [[nodiscard]] std::int64_t num(const char *key) const; ///< an integer, or a string of one as protobuf JSON has it
    [[nodiscard]] std::int64_t numOr(const char *key, std::int64_t fallback) const;
    [[nodiscard]] bool flagOr(const char *key, bool fallback) const;
    /// A double, or "NaN", "Infinity": NaN and absence are nullopt.
    [[nodiscard]] std::optional<double> real(const char *key) const;
    [[nodiscard]] Object object(const char *key) const;
    [[nodiscard]] std::optional<Object> objectOr(const char *key) const;
    /// Calls fn(Object) for each element; elements that are no objects fail. Absent or null: `required` decides.
    template <typename Fn> void each(const char *key, bool required, Fn fn) const
    {
        const Json *list = array(key, required);
        for (std::size_t i = 0; list && i < list->size(); ++i)
            fn(Object((*list)[i], m_decode, m_path + "." + key + "[" + std::to_string(i) + "]"));
    }
    [[nodiscard]] std::vector<std::string> strings(const char *key) const; ///< absent or null: empty
    [[nodiscard]] std::vector<std::pair<std::string, std::string>>
    pairs(const char *key) const; ///< {"k":"v"}, sorted by key; absent: empty
    [[nodiscard]] const Json &json() const { return m_json; }
    [[nodiscard]] const std::string &path() const { return m_path; }
    [[nodiscard]] Decode &decode() const { return m_decode; }

private:
    [[nodiscard]] const Json *find(const char *key) const;
    [[nodiscard]] const Json *array(const char *key, bool required) const;
    void bad(const char *key, const std::string &what) const;

    const Json &m_json;
    Decode &m_decode;
    std::string m_path;
};

/// RFC 3339 with up to 9 fraction digits and Z or an offset. The zero time of Go (year 1) and "" are unknown; garbage
/// is nullopt.
[[nodiscard]] std::optional<core::Instant> parseRfc3339(std::string_view text);
/// "2026-11-24T10:00:00Z", whole seconds.
[[nodiscard]] std::string formatRfc3339(core::Instant at);
/// Decimal integer in full, no sign but '-'.
[[nodiscard]] std::optional<std::int64_t> parseInt(std::string_view text);
/// A number as Prometheus and Go write it: decimals of any length, exponents, "NaN", "+Inf", "-Inf".
/// Locale-independent.
[[nodiscard]] std::optional<double> parseReal(std::string_view text);

} // namespace andon::sources
