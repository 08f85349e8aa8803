#pragma once
// Questions about a history in the order and with the limits of the server: the log and ref expressions. Pure.
#include "demo/lakefs/history.h"

namespace andon::demo
{

struct LogQuery {
    std::int32_t head = -1;
    std::int32_t after = -1; ///< the last commit of the page before
    int amount = 100;
    bool limit = false; ///< stop at amount and say that there is no more
    bool firstParent = false;
    std::pair<std::int64_t, std::int32_t> since = {INT64_MIN, 0}; ///< UTC seconds and microseconds
    std::int32_t stopAt = -1; ///< looked at where the filters let it through, and not before `after`
    std::vector<std::string> objects = {}; ///< only commits that changed one of these paths
    std::vector<std::string> prefixes = {};
};

struct LogAnswer {
    std::vector<std::int32_t> commits = {};
    bool more = false;
    std::int64_t walked = 0; ///< commits looked at, those before the page too
};

/// Newest date first of what the walk has reached; of equal dates the greater id first.
[[nodiscard]] LogAnswer walkLog(const History &history, const LogQuery &query);

/// A branch, tag, id or unique prefix of one, with ^, ^N, ~N, @ and $.
struct RefAnswer {
    std::int32_t commit = -1;
    int status = 0; ///< 0: found; 404; 400: not a valid expression here
    std::string words = {}; ///< what the server says of it after the name of the parameter
    bool staging = false; ///< the branch itself or with $: what is not committed counts too
};
[[nodiscard]] RefAnswer resolveExpression(const History &history, std::string_view expression);

} // namespace andon::demo
