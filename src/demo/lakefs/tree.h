#pragma once
// The objects at a commit and what changed between two: sets of payloads in a made history, kept trees in a recorded
// one. Pure.
#include "demo/lakefs/history.h"

namespace andon::demo
{

struct DiffItem {
    std::string type = {}; ///< added, removed, changed, conflict, prefix_changed
    std::string path = {};
    bool isPrefix = false;
    DemoObject object = {}; ///< of the right side, or of the left when removed
};

/// What right has against left (two-dot) or against their merge base (three-dot), by path.
[[nodiscard]] std::vector<DiffItem> diffOf(const History &history, std::int32_t left, std::int32_t right,
                                           bool threeDot);
/// What a branch has against a commit, with what is not committed on it.
[[nodiscard]] std::vector<DiffItem> diffWithStaged(const History &history, std::int32_t left,
                                                   const std::string &branch);
/// Objects at a commit, by path.
[[nodiscard]] std::vector<DemoObject> objectsAt(const History &history, std::int32_t commit);
/// The same with what is not committed on the branch.
[[nodiscard]] std::vector<DemoObject> objectsOn(const History &history, const std::string &branch);
/// Objects as items of a list, which change nothing ("").
[[nodiscard]] std::vector<DiffItem> listed(std::vector<DemoObject> objects);
/// Whether a commit changed one of the paths, or something below one of the prefixes.
[[nodiscard]] bool changes(const History &history, std::int32_t commit, const std::vector<std::string> &paths,
                           const std::vector<std::string> &prefixes);
/// The bytes of an object: of the small text ones of a made history, of what a recorded one kept; nullopt for others.
[[nodiscard]] std::optional<std::string> contentOf(const History &history, std::int32_t commit,
                                                   const DemoObject &object);

} // namespace andon::demo
