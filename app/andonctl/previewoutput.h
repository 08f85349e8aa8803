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

struct NamedPreview {
    std::string name = {}; ///< of its side: "base 0123456789ab"
    const factory::ObjectPreview *preview = nullptr;
};
/// The fields of tables, of texts the lines that differ.
[[nodiscard]] std::string pairText(const NamedPreview &left, const NamedPreview &right);

} // namespace andon::ctl
