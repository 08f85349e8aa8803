#include "factory/graphcodec.h"

#include <algorithm>
#include <cstring>

namespace andon::factory
{

namespace
{

constexpr std::uint64_t kMagic = 0x31306564726f6e61; // "anorde01", where the low byte comes first

/// The columns of an order, each with its values one after the other.
template <typename Order, typename Each> void columns(Order &order, Each each)
{
    each(order.ids);
    each(order.created);
    each(order.generation);
    each(order.first);
    each(order.second);
    each(order.kinds);
}

struct Head {
    std::uint64_t magic = kMagic;
    std::int32_t size = 0;
    std::int32_t cut = 0;
};

} // namespace

std::string packOrder(const versions::CommitOrder &order)
{
    const Head head{.size = order.size(), .cut = order.cut};
    std::string bytes(reinterpret_cast<const char *>(&head), sizeof head);
    columns(order, [&](const auto &column) {
        bytes.append(reinterpret_cast<const char *>(column.data()), column.size() * sizeof column[0]);
    });
    return bytes;
}

std::optional<versions::CommitOrder> unpackOrder(std::string_view packed)
{
    Head head;
    if (packed.size() < sizeof head)
        return std::nullopt;
    std::memcpy(&head, packed.data(), sizeof head);
    packed.remove_prefix(sizeof head);
    versions::CommitOrder order{.cut = head.cut};
    std::size_t row = 0;
    columns(order, [&](const auto &column) { row += sizeof column[0]; });
    if (head.magic != kMagic || head.size < 0 || packed.size() != row * static_cast<std::size_t>(head.size))
        return std::nullopt;
    columns(order, [&](auto &column) {
        column.resize(static_cast<std::size_t>(head.size));
        if (!column.empty())
            std::memcpy(column.data(), packed.data(), column.size() * sizeof column[0]);
        packed.remove_prefix(column.size() * sizeof column[0]);
    });
    const bool known = std::all_of(order.kinds.begin(), order.kinds.end(),
                                   [](versions::CommitKind kind) { return kind <= versions::CommitKind::CherryPick; });
    return known && order.valid() ? std::optional(std::move(order)) : std::nullopt;
}

} // namespace andon::factory
