#pragma once
// What of the Floor can be acknowledged, and for which state: a station, an alert or a finding. Pure.
#include "factory/floorview.h"

namespace andon::factory
{

struct Subject {
    std::string kind = {}; ///< "station", "alert", "finding"
    std::string key = {}; ///< "storage", "ArrayReadSaturated", "quality-drop:model:chat-small@6"
    std::string state = {}; ///< its rule or severity, and of an alert since when; another one is another matter
    [[nodiscard]] std::string id() const { return kind + ":" + key; } ///< as people type it
    bool operator==(const Subject &) const = default;
};

[[nodiscard]] Subject subjectOf(const StationView &station);
/// Two alerts of one name are told apart by their labels, findings by what they point to.
[[nodiscard]] Subject subjectOf(const Attention &one);
/// Whether there is anything to acknowledge.
[[nodiscard]] bool needsSomebody(const StationView &station);

/// The subject of a view that is meant by an id, by a key alone or by an alert's name; nullopt when none or several.
[[nodiscard]] std::optional<Subject> findSubject(const FloorView &view, const std::string &words);
[[nodiscard]] std::vector<Subject> subjects(const FloorView &view); ///< all that need somebody

} // namespace andon::factory
