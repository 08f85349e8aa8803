#include "lineage/chain.h"

#include <algorithm>

namespace andon::lineage
{

const Node *Chain::node(std::string_view id) const
{
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const Node &node) { return node.id == id; });
    return found == nodes.end() ? nullptr : &*found;
}

} // namespace andon::lineage
