#include "profile/handoverlines.h"

#include "profile/errorjson.h"

#include <nlohmann/json.hpp>

namespace andon::profile
{

namespace
{

using Json = nlohmann::ordered_json;

std::string lineOf(const Json &json)
{
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json parse(std::string_view line)
{
    // What is nested deeper than a request ever is does not reach the parser's stack.
    int depth = 0;
    int deepest = 0;
    for (const char c : line) {
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        deepest = std::max(deepest, depth);
    }
    return deepest > 16 ? Json() : Json::parse(line, nullptr, false);
}

core::Error nonsense(const char *what)
{
    return {.kind = core::ErrorKind::Invalid, .where = "handover", .detail = what};
}

} // namespace

std::string requestLine(const Write &write)
{
    Json arguments = Json::object();
    for (const auto &[name, value] : write.arguments)
        arguments[name] = value;
    return lineOf({{"andon", kHandOverVersion}, {"command", write.command}, {"arguments", std::move(arguments)}});
}

core::Result<Write> readRequest(std::string_view line)
{
    const Json json = parse(line);
    if (!json.is_object() || !json.contains("andon") || !json["andon"].is_number_integer())
        return core::fail(nonsense("This is no request of an Andon."));
    if (json["andon"] != kHandOverVersion)
        return core::fail(core::Error{.kind = core::ErrorKind::Storage, .where = "profile", .hint = "holder-version"});
    if (!json.contains("command") || !json["command"].is_string())
        return core::fail(nonsense("A request needs a command."));
    Write write{.command = json["command"].get<std::string>()};
    if (json.contains("arguments")) {
        if (!json["arguments"].is_object())
            return core::fail(nonsense("The arguments of a request are an object."));
        for (const auto &[name, value] : json["arguments"].items()) {
            if (!value.is_string())
                return core::fail(nonsense("An argument of a request is a text."));
            write.arguments[name] = value.get<std::string>();
        }
    }
    return write;
}

std::string cancelLine()
{
    return lineOf({{"cancel", true}});
}

bool isCancel(std::string_view line)
{
    const Json json = parse(line);
    return json.is_object() && json.contains("cancel") && json["cancel"] == true;
}

std::string stepLine(const WriteStep &step)
{
    return lineOf({{"step", {{"part", step.part}, {"what", step.what}, {"done", step.done}}}});
}

std::string aliveLine()
{
    return lineOf({{"alive", true}});
}

std::string answerLine(const core::Result<std::string> &answer)
{
    return answer ? lineOf({{"result", *answer}}) : lineOf({{"error", errorJson(answer.error())}});
}

core::Result<HolderLine> readHolderLine(std::string_view line)
{
    const Json json = parse(line);
    HolderLine out;
    if (!json.is_object())
        return core::fail(nonsense("The holder of the profile answered something that is no answer."));
    if (json.contains("step") && json["step"].is_object()) {
        const Json &step = json["step"];
        out.step =
            WriteStep{.part = step.value("part", Json()).is_string() ? step["part"].get<std::string>() : "",
                      .what = step.value("what", Json()).is_string() ? step["what"].get<std::string>() : "",
                      .done = step.value("done", Json()).is_number_integer() ? step["done"].get<std::int64_t>() : 0};
    } else if (json.contains("error")) {
        out.answer = core::Result<std::string>(core::fail(errorFrom(json["error"])));
    } else if (json.contains("result") && json["result"].is_string()) {
        out.answer = core::Result<std::string>(json["result"].get<std::string>());
    }
    return out;
}

} // namespace andon::profile
