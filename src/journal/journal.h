#pragma once
// The append-only record of what was done and observed: files of canonical JSON lines, each bound to the one before by
// its hash. What append() acknowledged is on the disk and was read back. Any thread; several processes may append.
#include "core/clock.h"
#include "journal/verify.h"

#include <memory>

namespace andon::journal
{

struct Options {
    std::string app = "andon/" ANDON_VERSION;
    const core::Clock *clock = nullptr; ///< the system's when null
    std::string id = {}; ///< of a new journal, 8 hex digits; random when empty
    std::int64_t rotateAt = 8 * 1024 * 1024; ///< bytes after which a new file begins
};

struct Seq {
    std::int64_t value = 0;
    auto operator<=>(const Seq &) const = default;
};

struct Appended {
    Seq seq = {};
    std::string hash = {}; ///< SHA-256 of the line: the head of the journal now
};

class Journal
{
public:
    /// Makes the folder (0700) with a genesis record when there is none. A torn tail (no line feed, or a last line that
    /// is no record) was never acknowledged: it is copied to torn/, cut off, and a `recovered` record says so.
    [[nodiscard]] static core::Result<std::unique_ptr<Journal>> open(const std::string &folder, Options options = {});
    ~Journal();
    Journal(const Journal &) = delete;
    Journal &operator=(const Journal &) = delete;

    /// Under a lock: reads the last line, writes, syncs, reads back. Storage when the disk refuses: then nothing was
    /// appended. Invalid when the record leaves the profile.
    [[nodiscard]] core::Result<Seq> append(const Record &record);
    /// append(), and the hash that the factory's own commits witness.
    [[nodiscard]] core::Result<Appended> appendHead(const Record &record);
    [[nodiscard]] core::Result<std::vector<Entry>> read() const; ///< all of them, in order
    [[nodiscard]] core::Result<Verified> verify() const;
    [[nodiscard]] const std::string &id() const;
    [[nodiscard]] const std::string &folder() const;

private:
    struct Private;
    explicit Journal(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace andon::journal
