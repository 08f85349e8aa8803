#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace andon::versions
{

enum class DiffType { Added, Removed, Changed, Conflict, PrefixChanged };

struct DiffEntry {
    DiffType type = DiffType::Changed;
    std::string path = {};
    bool isPrefix = false;
    std::optional<std::int64_t> sizeBytes = {}; ///< of the side the server looked at; unknown stays unknown
    bool operator==(const DiffEntry &) const = default;
};

enum class DiffMode { TwoDot, ThreeDot }; ///< what right has against left, or against their merge base

struct DiffPage {
    std::vector<DiffEntry> entries = {};
    std::string next = {}; ///< "" at the end
};

} // namespace andon::versions
