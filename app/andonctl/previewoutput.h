#pragma once
// What an object holds, as the window shows it: JSON and text.
#include "app/andonctl/output.h"
#include "factory/objectpreview.h"

namespace andon::ctl
{

[[nodiscard]] Json previewJson(const factory::ObjectPreview &preview);
[[nodiscard]] std::string previewText(const factory::ObjectPreview &preview);
/// Of two versions of a table: which fields differ, and in what. Nothing on a side: it is not there.
[[nodiscard]] Json pairJson(const factory::ObjectPreview *left, const factory::ObjectPreview *right);
[[nodiscard]] std::string pairText(const factory::ObjectPreview *left, const factory::ObjectPreview *right);

} // namespace andon::ctl
