#pragma once
// The rows of a commit graph as they stand in the cache: ordering a million commits anew takes longer than reading
// them. Pure.
#include "versions/commitorder.h"

#include <string>
#include <string_view>

namespace andon::factory
{

[[nodiscard]] std::string packOrder(const versions::CommitOrder &order);
/// nullopt when the bytes are damaged, or of another kind of machine.
[[nodiscard]] std::optional<versions::CommitOrder> unpackOrder(std::string_view packed);

} // namespace andon::factory
