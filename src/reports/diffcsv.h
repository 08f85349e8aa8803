#pragma once
// A comparison of two trees for programs, as CSV, page by page. Pure.
#include "versions/diffrollup.h"

#include <string>

namespace andon::reports
{

[[nodiscard]] std::string diffCsvHeader(); ///< of the changes, one object a line
/// A size that is not known is an empty cell.
[[nodiscard]] std::string diffCsv(const versions::DiffPage &page);
/// Counts and bytes of every folder that is kept apart.
[[nodiscard]] std::string rollupCsv(const versions::DiffRollup &rollup);

} // namespace andon::reports
