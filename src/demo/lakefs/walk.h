#pragma once
// Questions about a history in the order and with the limits of the server: the log, ref expressions, diffs. Pure.
#include "demo/lakefs/history.h"

namespace andon::demo
{

struct LogQuery {
    std::int32_t head = -1;
    std::string after = {}; ///< id of the last commit of the page before
    int amount = 100;
    bool limit = false; ///< stop at amount and say that there is no more
    bool firstParent = false;
    std::int64_t since = INT64_MIN; ///< UTC seconds
    std::int32_t stopAt = -1;
    std::vector<std::string> objects = {}; ///< only commits that changed one of these paths
    std::vector<std::string> prefixes = {};
};

struct LogAnswer {
    std::vector<std::int32_t> commits = {};
    bool more = false;
};

/// Newest date first (a max-heap over the frontier), the first parent's side first on equal dates.
[[nodiscard]] LogAnswer walkLog(const History &history, const LogQuery &query);

/// Branch, tag, id or unique prefix with ^, ^N, ~N, @. error: 0 found, 404 unknown, 400 not a commit ("$").
struct RefAnswer {
    std::int32_t commit = -1;
    int status = 0;
};
[[nodiscard]] RefAnswer resolveExpression(const History &history, std::string_view expression);

struct DiffItem {
    std::string type = {}; ///< added, removed, changed, conflict, prefix_changed
    std::string path = {};
    bool isPrefix = false;
    DemoObject object = {}; ///< of the right side, or of the left when removed
};

/// What right has against left (two-dot) or against their merge base (three-dot), by path.
[[nodiscard]] std::vector<DiffItem> diffOf(const History &history, std::int32_t left, std::int32_t right,
                                           bool threeDot);
/// Objects at a commit, by path.
[[nodiscard]] std::vector<DemoObject> objectsAt(const History &history, std::int32_t commit);

} // namespace andon::demo
