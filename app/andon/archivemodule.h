#pragma once
// Archives are written by a module beside the desktop: a start need not load libarchive and what it brings.
#include "app/common/archive.h"

namespace andon::desktop
{

/// What the module exports, under this name.
using WriteArchive = void(core::Result<void> &, const std::string &, const std::vector<app::ArchivedFile> &,
                          core::Instant);
constexpr const char *kWriteArchive = "andonWriteArchive";

} // namespace andon::desktop
