#pragma once
// A commit id as 32 raw bytes: what the graph and the cache keep instead of 64 hex digits.
#include "core/ids.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace andon::versions
{

struct Oid {
    std::array<std::uint8_t, 32> bytes = {};

    /// nullopt unless 64 hex digits.
    [[nodiscard]] static std::optional<Oid> fromHex(std::string_view hex);
    /// nullopt unless 32 bytes.
    [[nodiscard]] static std::optional<Oid> fromBytes(std::string_view raw);
    [[nodiscard]] core::CommitId id() const;
    [[nodiscard]] std::string_view raw() const { return {reinterpret_cast<const char *>(bytes.data()), bytes.size()}; }
    /// The ids are hashes themselves: their first bytes spread well enough.
    [[nodiscard]] std::uint64_t hash() const
    {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data(), sizeof word);
        return word;
    }
    auto operator<=>(const Oid &) const = default;
};

} // namespace andon::versions
