#include "profile/errorjson.h"

#include <nlohmann/json.hpp>

namespace andon::profile
{

using Json = nlohmann::ordered_json;

Json errorJson(const core::Error &error)
{
    Json json = {{"kind", core::name(error.kind)}, {"where", error.where}, {"detail", error.detail}};
    if (error.httpStatus)
        json["http_status"] = error.httpStatus;
    if (!error.server.empty())
        json["server"] = error.server;
    if (!error.requestId.empty())
        json["request_id"] = error.requestId;
    if (error.retryAfterMs)
        json["retry_after_ms"] = *error.retryAfterMs;
    if (!error.hint.empty())
        json["hint"] = error.hint;
    return json;
}

core::Error errorFrom(const Json &json)
{
    core::Error error{.kind = core::ErrorKind::Protocol};
    const auto text = [&](const char *key) {
        const auto found = json.find(key);
        return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    const auto number = [&](const char *key) -> std::optional<std::int64_t> {
        const auto found = json.find(key);
        return found != json.end() && found->is_number_integer() ? std::optional(found->get<std::int64_t>())
                                                                 : std::nullopt;
    };
    if (!json.is_object())
        return error;
    const std::string kind = text("kind");
    for (int i = 0; i <= static_cast<int>(core::ErrorKind::Invalid); ++i)
        if (core::name(static_cast<core::ErrorKind>(i)) == kind)
            error.kind = static_cast<core::ErrorKind>(i);
    error.where = text("where");
    error.detail = text("detail");
    error.httpStatus = static_cast<int>(number("http_status").value_or(0));
    error.server = text("server");
    error.requestId = text("request_id");
    error.retryAfterMs = number("retry_after_ms");
    error.hint = text("hint");
    return error;
}

} // namespace andon::profile
