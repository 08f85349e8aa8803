#pragma once
// The read calls of calls.txt, filled with the names and ids of a recorded history. Pure but for `idOf`.
#include "tests/integration/lakefs/lake.h"

#include <functional>

namespace andon::test
{

struct Call {
    std::string line = {}; ///< of calls.txt
    Ask ask = {};
    bool anonymous = false;
};

/// The full id of an expression in a repository.
using IdOf = std::function<std::string(const std::string &repo, const std::string &expression)>;

/// `history` is a parsed history file. A line that yields no call is put into `empty`.
[[nodiscard]] std::vector<Call> callsOf(const std::string &text, const Json &history, const IdOf &idOf,
                                        std::vector<std::string> &empty);

} // namespace andon::test
