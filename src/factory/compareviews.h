#pragma once
// What Compare shows.
#include "core/error.h"
#include "core/ids.h"
#include "versions/commit.h"
#include "versions/diffrollup.h"
#include "versions/hookrun.h"
#include "versions/repository.h"

#include <memory>
#include <optional>

namespace andon::factory
{

/// One side as it is asked for: a ref expression, or the newest commit of a branch at a moment.
struct CompareEnd {
    core::RefName ref = {};
    core::Instant at = {}; ///< unknown: as it is
    bool operator==(const CompareEnd &) const = default;
};

struct CompareAsk {
    core::RepositoryId repo = {};
    CompareEnd left = {};
    CompareEnd right = {};
    versions::DiffMode mode = versions::DiffMode::ThreeDot;
    bool operator==(const CompareAsk &) const = default;
};

/// What a side turned out to be.
struct CompareSide {
    CompareEnd asked = {};
    std::optional<versions::RefKind> kind = {}; ///< it is one by name
    versions::Commit commit = {};
    versions::GateSummary gates = {};
    std::int64_t commits = 0; ///< that the other side has not
};

/// Why nothing needs to be read: the trees are known to be the same.
enum class SameTree { No, SameCommit, SameData, NothingSinceBase };

struct Comparison {
    core::RepositoryId repo = {};
    versions::DiffMode mode = versions::DiffMode::ThreeDot;
    CompareSide left = {};
    CompareSide right = {};
    std::optional<versions::Commit> base = {}; ///< nothing: the histories have no commit in common
    SameTree same = SameTree::No;

    /// Whose object a changed one was before: of the merge base, or of the left side.
    [[nodiscard]] const core::CommitId &before() const
    {
        return mode == versions::DiffMode::ThreeDot && base ? base->id : left.commit.id;
    }
    /// Whose object stands beside the right one: of a conflict the left side's, which changed it too.
    [[nodiscard]] const core::CommitId &beside(versions::DiffType type) const
    {
        return type == versions::DiffType::Conflict ? left.commit.id : before();
    }
    [[nodiscard]] bool sameQuestion(const Comparison &other) const
    {
        return repo == other.repo && mode == other.mode && left.commit.id == other.left.commit.id
            && right.commit.id == other.right.commit.id;
    }
};

/// Kind and size of each change of one page: what a list is sorted by. Paths are in the cache.
struct DiffIndexPage {
    std::string after = {}; ///< with which the page is asked for
    std::int64_t firstRow = 0;
    std::vector<versions::DiffType> types = {};
    std::vector<std::int64_t> sizes = {}; ///< -1: unknown
};

class DiffIndex
{
public:
    static constexpr std::int64_t kMost = 2'000'000; ///< changes that are listed; the roll-up counts all
    void add(const versions::DiffPage &page, const std::string &after);
    [[nodiscard]] std::int64_t size() const { return m_size; }
    [[nodiscard]] bool full() const { return m_size >= kMost; }
    [[nodiscard]] const DiffIndexPage &pageOf(std::int64_t row) const;
    [[nodiscard]] versions::DiffType type(std::int64_t row) const;
    [[nodiscard]] std::int64_t bytes(std::int64_t row) const; ///< -1: unknown
    [[nodiscard]] const std::vector<std::shared_ptr<const DiffIndexPage>> &pages() const { return m_pages; }

private:
    std::vector<std::shared_ptr<const DiffIndexPage>> m_pages; ///< shared by the copies made while it is read
    std::int64_t m_size = 0;
};

/// What was read so far of a comparison.
struct DiffRead {
    Comparison comparison = {};
    versions::DiffRollup rollup = versions::DiffRollup();
    DiffIndex index = {};
    int pages = 0;
    std::int64_t elapsedMs = 0;
    bool complete = false;
    std::optional<core::Error> error = {}; ///< why it ended before its end
};

/// The commits that changed an object last since the merge base, where a side has one that did so itself.
struct ChangedLast {
    std::optional<versions::Commit> left = {};
    std::optional<versions::Commit> right = {};
};

/// Sizes before of changed objects in one folder, which the diff does not tell.
struct SizesBefore {
    std::vector<std::pair<std::int64_t, std::int64_t>> sizes = {}; ///< row, bytes; ascending
    std::int64_t bytes = 0; ///< of all of them
    std::int64_t wanted = 0; ///< changed objects of the folder
    bool whole = false; ///< of all that were wanted
};

} // namespace andon::factory
