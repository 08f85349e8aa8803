#pragma once
// Everything of a site that the palette can go to, from its cache. Blocks: worker threads only.
#include "factory/site.h"
#include "models/quickfind.h"

namespace andon::models
{

/// After `first`: repositories, their branches and tags, models and their versions, and the newest commits of each
/// repository (at most `commits` of it). What cannot be read is left out: the pages say why.
[[nodiscard]] std::vector<QuickEntry> siteEntries(factory::Site &site, std::vector<QuickEntry> first,
                                                  std::size_t commits, const core::Cancel &cancel);

} // namespace andon::models
