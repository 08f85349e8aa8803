#pragma once
// How large the cache is, what of, and how it is kept below its cap: series go first, then the oldest answers that
// never change. What the pages show now, commits, refs and the registry stay. Any thread; blocks on disk.
#include "core/cancel.h"
#include "store/databasefile.h"

#include <vector>

namespace andon::store
{

/// Rows of one kind and the bytes of their content.
struct CacheKind {
    std::string name = {}; ///< "series", "comparisons", "hook outputs", "commits" …: see text/cachetext
    std::int64_t rows = 0;
    std::int64_t bytes = 0;
    bool operator==(const CacheKind &) const = default;
};

struct Eviction {
    core::Instant at = {}; ///< unknown: nothing was evicted yet
    std::int64_t cap = 0;
    std::int64_t before = 0; ///< bytes of the file
    std::int64_t after = 0;
    std::vector<CacheKind> gone = {}; ///< by kind, only those of which something went
    bool operator==(const Eviction &) const = default;
};

struct CacheStatistics {
    std::int64_t fileBytes = 0; ///< with what is not yet written back
    std::int64_t freeBytes = 0; ///< of it, to be used again
    std::vector<CacheKind> kinds = {};
    Eviction last = {};
};

class CacheKeeper
{
public:
    explicit CacheKeeper(DatabaseFile &file)
        : m_file(file)
    {
    }
    [[nodiscard]] core::Result<CacheStatistics> statistics();
    [[nodiscard]] core::Result<std::int64_t> size(); ///< bytes of the file; fast
    /// Nothing when the file is at most as large as the cap. Goes in small steps, so that others may write meanwhile; a
    /// cancelled one has done what it had done. `after` above the cap: what is left may not go.
    [[nodiscard]] core::Result<Eviction> trim(std::int64_t capBytes, core::Instant now, const core::Cancel &cancel);

private:
    struct Candidate {
        std::int64_t source = 0;
        std::string key = {};
        std::int64_t bytes = 0;
    };
    using Candidates = core::Result<std::vector<Candidate>>;
    [[nodiscard]] core::Result<std::int64_t> used(); ///< bytes in use
    [[nodiscard]] Candidates oldAnswers(const std::string &kinds, std::int64_t keptMs);
    [[nodiscard]] core::Result<void> evictAnswers(const std::string &name, const std::string &kinds,
                                                  std::int64_t target, const core::Cancel &cancel, Eviction &eviction);
    [[nodiscard]] core::Result<void> evictOutputs(std::int64_t target, const core::Cancel &cancel, Eviction &eviction);
    [[nodiscard]] core::Result<void> giveBack(const core::Cancel &cancel);
    [[nodiscard]] core::Result<void> remember(const Eviction &eviction);

    DatabaseFile &m_file;
};

} // namespace andon::store
