#pragma once
// Cells of a CSV file (RFC 4180) that a spreadsheet may open without running them. Pure.
#include <string>

namespace andon::reports
{

/// A cell that begins like a formula would be run: an apostrophe keeps it text (numbers stay). Quoted when it must be.
[[nodiscard]] std::string csvCell(const std::string &text);

} // namespace andon::reports
