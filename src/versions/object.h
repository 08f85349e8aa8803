#pragma once
// Objects in a version-controlled tree, as the server lists them. Plain values.
#include "core/instant.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace andon::versions
{

struct ObjectEntry {
    std::string path = {};
    bool isPrefix = false; ///< a folder: all else but its path is unknown
    std::optional<std::int64_t> sizeBytes = {};
    core::Instant modified = {};
    std::string checksum = {};
    std::string contentType = {};
    std::string address = {}; ///< where the block store has it: "s3://…"
    std::vector<std::pair<std::string, std::string>> metadata = {}; ///< sorted by key
    bool operator==(const ObjectEntry &) const = default;
};

struct ObjectPage {
    std::vector<ObjectEntry> entries = {}; ///< by path
    std::string next = {}; ///< "" at the end
};

/// The first or the last bytes of an object.
struct ObjectBytes {
    std::string bytes = {};
    std::int64_t size = 0; ///< of the whole object
    [[nodiscard]] bool whole() const { return static_cast<std::int64_t>(bytes.size()) >= size; }
};

} // namespace andon::versions
