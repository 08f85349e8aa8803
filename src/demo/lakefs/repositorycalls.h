#pragma once
// The calls below /repositories/{repository}. Internal to the dialect.
#include "demo/lakefs/routes.h"
#include "demo/lakefs/treeread.h"
#include "demo/lakefs/walk.h"

namespace andon::demo::lakefs
{

/// A call whose first name is the repository's.
[[nodiscard]] Answer callRepository(const History &history, TreeMemory &trees, const Found &found, const Params &params,
                                    std::string_view range);

/// What the server says of an expression where it needs a commit.
[[nodiscard]] std::string commitWords(const RefAnswer &at, const std::string &ref);

// By subject.
[[nodiscard]] Answer objectCall(const History &history, TreeMemory &trees, const Found &found, const Params &params,
                                std::string_view range);
[[nodiscard]] Answer branchDiff(const History &history, const std::string &branch, const Params &params);
[[nodiscard]] Answer diffCall(const History &history, TreeMemory &trees, const std::string &left,
                              const std::string &right, const Params &params);
[[nodiscard]] Answer actionCall(const History &history, const Found &found, const Params &params);

} // namespace andon::demo::lakefs
