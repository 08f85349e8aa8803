#pragma once
// The lines of the hand-over, both ways. Internal to profile. Pure.
#include "profile/handover.h"

namespace andon::profile
{

constexpr int kHandOverVersion = 1;
constexpr std::size_t kLongestRequest = 64 * 1024;
constexpr std::size_t kLongestAnswer = 4 * 1024 * 1024;

[[nodiscard]] std::string requestLine(const Write &write);
/// Storage "holder-version" for another version of the protocol, Invalid for what is no request.
[[nodiscard]] core::Result<Write> readRequest(std::string_view line);

[[nodiscard]] std::string cancelLine();
[[nodiscard]] bool isCancel(std::string_view line);

[[nodiscard]] std::string stepLine(const WriteStep &step);
[[nodiscard]] std::string aliveLine(); ///< still at it
[[nodiscard]] std::string answerLine(const core::Result<std::string> &answer);

/// One line of the holder: a step, an answer, or neither (alive).
struct HolderLine {
    std::optional<WriteStep> step = {};
    std::optional<core::Result<std::string>> answer = {};
};
[[nodiscard]] core::Result<HolderLine> readHolderLine(std::string_view line);

} // namespace andon::profile
