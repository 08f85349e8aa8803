#pragma once
// Words of a site's sources: what each kind is for, what a test of it found. Pure.
#include <QString>

#include <cstdint>
#include <string>
#include <vector>

namespace andon::text
{

[[nodiscard]] QString sourceKind(const std::string &kind); ///< "lakeFS"
[[nodiscard]] QString sourcePurpose(const std::string &kind); ///< "data commits, branches, quality gates"
/// What stays empty without it: "Versions, Lineage".
[[nodiscard]] QString sourceOpens(const std::string &kind);
/// "14 repositories", from the key and the number of a check.
[[nodiscard]] QString sourceFound(const std::string &key, std::int64_t count);
/// What the server can do that not every version of it can; "" for what needs no word.
[[nodiscard]] QString capability(const std::string &key);
[[nodiscard]] QString capabilities(const std::string &kind, const std::vector<std::string> &keys);

} // namespace andon::text
