#pragma once
// A write that one process asks of the one that holds the profile's lock, over a local socket: one JSON object a line,
// no secrets. Here the asking half, which blocks: command-line programs only.
#include "core/cancel.h"
#include "profile/lock.h"

#include <functional>
#include <map>

namespace andon::profile
{

struct Write {
    std::string command = {}; ///< "sync", "site.save" …: what app/common/writes knows
    std::map<std::string, std::string> arguments = {};
    bool operator==(const Write &) const = default;
};

/// How far a write has come.
struct WriteStep {
    std::string part = {}; ///< "lakefs"
    std::string what = {}; ///< "ml-data commits"
    std::int64_t done = 0;
    bool operator==(const WriteStep &) const = default;
};
using OnStep = std::function<void(const WriteStep &)>;

/// Gives what the write answered, or its error. When cancelled it says so to the holder and waits for its last word.
/// Storage with a hint: "no-holder" (nobody listens: it may have ended just now), "holder-died" (it ended before the
/// answer), "holder-silent" (nothing for silenceMs), "holder-version" (it speaks another version).
[[nodiscard]] core::Result<std::string> handOver(const Holder &holder, const Write &write, const OnStep &onStep,
                                                 const core::Cancel &cancel, int silenceMs = 20'000);

} // namespace andon::profile
