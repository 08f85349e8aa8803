#pragma once
// Reads a journal's files as they lie there and checks the chain. Writes nothing, locks nothing. Any thread.
#include "journal/record.h"

#include <functional>

namespace andon::journal
{

struct Break {
    std::string file = {}; ///< "000001.jsonl"
    std::int64_t line = 0; ///< from 1
    std::string what = {}; ///< "seq", "prev", "form", "journal", "torn", "genesis"
    bool operator==(const Break &) const = default;
};

struct Verified {
    std::int64_t records = 0;
    std::string journal = {}; ///< id, 8 hex digits
    std::string head = {}; ///< SHA-256 of the last line, "" when there is none
    std::vector<Break> breaks = {}; ///< empty: the chain holds
    bool operator==(const Verified &) const = default;
};

/// Every record in order, as long as `each` says true. Storage when a file cannot be read; records that are broken are
/// left out and told by verify().
[[nodiscard]] core::Result<Verified> readAll(const std::string &folder, const std::function<bool(const Entry &)> &each);
/// The chain of all files: seq from 0 without a gap, prev the hash of the line before, one journal id, a genesis first.
[[nodiscard]] core::Result<Verified> verify(const std::string &folder);

} // namespace andon::journal
