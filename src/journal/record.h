#pragma once
// One record of the journal as a value and as its line. Canonical JSON (RFC 8785 within the profile of reliability
// 5.3): keys [a-z0-9_] in order, integers within ±(2^53 − 1), no floats, valid UTF-8. Pure.
#include "core/result.h"

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace andon::journal
{

class Value;
using List = std::vector<Value>;
using Fields = std::vector<std::pair<std::string, Value>>; ///< an object; written in the order of its keys

class Value : public std::variant<std::nullptr_t, bool, std::int64_t, std::string, List, Fields>
{
public:
    using Base = std::variant<std::nullptr_t, bool, std::int64_t, std::string, List, Fields>;
    Value()
        : Base(nullptr)
    {
    }
    Value(std::nullptr_t)
        : Base(nullptr)
    {
    }
    Value(bool value)
        : Base(value)
    {
    }
    Value(int value)
        : Base(static_cast<std::int64_t>(value))
    {
    }
    Value(std::int64_t value)
        : Base(value)
    {
    }
    Value(std::string value)
        : Base(std::move(value))
    {
    }
    Value(const char *value)
        : Base(std::string(value))
    {
    }
    Value(List value)
        : Base(std::move(value))
    {
    }
    Value(Fields value)
        : Base(std::move(value))
    {
    }
    [[nodiscard]] const Value *find(std::string_view key) const; ///< nullptr when absent or no object
    [[nodiscard]] const std::string *text() const { return std::get_if<std::string>(this); }
    [[nodiscard]] const std::int64_t *number() const { return std::get_if<std::int64_t>(this); }
};
[[nodiscard]] bool operator==(const Value &a, const Value &b);

/// Canonical text of a value. Invalid when it leaves the profile; the detail names the path.
[[nodiscard]] core::Result<std::string> canonical(const Value &value);
/// The value of a canonical text. Protocol on anything that is not byte for byte what canonical() writes.
[[nodiscard]] core::Result<Value> parseCanonical(std::string_view line);

enum class Phase {
    Genesis, ///< the first record
    Intent, ///< what is about to be sent
    Result, ///< what came of it
    Resolved, ///< an unknown outcome that was cleared up
    Observed, ///< a pointer of a source that moved (alias, stage, deployment, branch head)
    Note, ///< a person's words
    Signoff, ///< a person's approval
    Export, ///< a bundle or report left the house
    Recovered, ///< a torn tail was cut off
    KeyChange,
    ClockJump,
};
[[nodiscard]] std::string_view name(Phase phase); ///< "genesis", "key_change" …
[[nodiscard]] std::optional<Phase> phaseOf(std::string_view name);

/// What a caller hands in. The journal adds v, journal, seq, prev, ts, app and phase; a field of such a name is
/// Invalid, and so are "prev" and "seq" anywhere deeper. No tokens, no headers, no bodies.
struct Record {
    Phase phase = Phase::Note;
    Fields fields = {};
};

/// A record as it stands in the journal.
struct Entry {
    std::int64_t seq = 0;
    Phase phase = Phase::Note;
    core::Instant ts = {};
    std::string prev = {}; ///< SHA-256 of the line before, 64 hex digits; zeros for the first
    std::string hash = {}; ///< SHA-256 of this line, without its line feed
    std::string line = {}; ///< the bytes as stored
    Value value = {}; ///< the whole object
};

/// The entry of a line. Protocol when it is not canonical or lacks what every record has.
[[nodiscard]] core::Result<Entry> parseEntry(std::string_view line);

[[nodiscard]] std::string timeText(core::Instant t); ///< "2026-11-21T05:01:00.412Z"
[[nodiscard]] std::optional<core::Instant> parseTime(std::string_view text); ///< of exactly that form

} // namespace andon::journal
