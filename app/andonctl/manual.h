#pragma once
// The command table as a manual page and as a completion for bash. Pure.
#include "app/andonctl/command.h"

#include <string>

namespace andon::ctl
{

[[nodiscard]] const std::vector<Option> &commonOptions(); ///< that every command has
[[nodiscard]] std::string manualPage(const std::vector<Command> &commands); ///< troff, man macros
[[nodiscard]] std::string bashCompletion(const std::vector<Command> &commands);

} // namespace andon::ctl
