#include "lineage/registry.h"

#include <algorithm>

namespace andon::lineage
{

const std::string *find(const KeyValues &values, std::string_view key)
{
    const auto found = std::find_if(values.begin(), values.end(), [&](const auto &pair) { return pair.first == key; });
    return found == values.end() ? nullptr : &found->second;
}

} // namespace andon::lineage
