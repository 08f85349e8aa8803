#pragma once
// Sentences about the profile itself: who has it open, what happened to its cache. Pure.
#include "core/error.h"

#include <QString>

#include <cstdint>

namespace andon::text
{

/// What happened when another process has the profile open, by the error's hint; empty for other errors.
[[nodiscard]] QString profileHeadline(const core::Error &error);
[[nodiscard]] QString profileStep(const core::Error &error);
/// The cache was broken, lies in this folder now and is begun anew.
[[nodiscard]] QString quarantined(std::string_view folder);

/// A settings, view or other file of a person that has a mistake. setAside: where it lies now, "" when it stayed.
[[nodiscard]] QString fileNotice(const core::Error &problem, std::string_view setAside);

/// What the cache calls a kind of its content, in words: "series", "hook outputs" …
[[nodiscard]] QString cacheKind(std::string_view name);
/// Whether the file is below its cap, and when it is not, why.
[[nodiscard]] QString cacheLine(std::int64_t fileBytes, std::int64_t capBytes);

} // namespace andon::text
