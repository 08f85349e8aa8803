#pragma once
// What changed between two trees, counted per folder while the changes stream in by path. Memory is bounded: when there
// are too many folders the deepest are no longer kept apart; every count stays exact. A value, one thread.
#include "versions/diff.h"

#include <string_view>

namespace andon::versions
{

/// Bytes are of objects whose size the server told: of the right side, of what was removed the left's.
struct DiffSum {
    std::int64_t added = 0;
    std::int64_t removed = 0;
    std::int64_t changed = 0;
    std::int64_t conflict = 0;
    std::int64_t addedBytes = 0;
    std::int64_t removedBytes = 0;
    std::int64_t changedBytes = 0; ///< of changed and conflict, on the right; on the left they are unknown
    std::int64_t unsized = 0; ///< objects without a size

    void add(const DiffEntry &entry);
    [[nodiscard]] std::int64_t objects() const { return added + removed + changed + conflict; }
    bool operator==(const DiffSum &) const = default;
};

struct DiffFolder {
    std::string name = {}; ///< "2026-10/"; "" for the root
    std::int32_t parent = -1;
    std::int32_t depth = 0; ///< 0 for the root
    std::int64_t firstRow = 0; ///< of its changes among all: a folder's are one run
    DiffSum sum = {};
    bool folded = false; ///< its folders were too many to be kept apart
    bool operator==(const DiffFolder &) const = default;
};

class DiffRollup
{
public:
    explicit DiffRollup(std::size_t mostFolders = 20'000);
    /// In ascending order of paths. False, and nothing is counted, when it is not.
    [[nodiscard]] bool add(const DiffEntry &entry);
    [[nodiscard]] const DiffSum &total() const { return m_folders.front().sum; }
    /// The root first, each folder before what is in it, by path.
    [[nodiscard]] const std::vector<DiffFolder> &folders() const { return m_folders; }
    [[nodiscard]] std::string path(std::int32_t folder) const; ///< "claims/2026-10/"
    [[nodiscard]] std::int32_t find(std::string_view path) const; ///< -1: not kept apart
    [[nodiscard]] std::vector<std::int32_t> inside(std::int32_t folder) const; ///< its own folders

private:
    [[nodiscard]] std::size_t shared(std::string_view path) const;
    void foldDeepest();

    std::size_t m_most;
    std::int32_t m_deepest; ///< folders below are not kept apart
    std::vector<DiffFolder> m_folders;
    std::vector<std::int32_t> m_open; ///< from the root to the folder of the last change
    std::string m_last;
    bool m_any = false;
};

} // namespace andon::versions
