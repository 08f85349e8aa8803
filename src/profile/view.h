#pragma once
// A view: what a person looks at, as a value. It is a line to send (andon://site/page?…), a small file in the profile
// that may be edited by hand, and a step of the window's history. Any thread.
#include "core/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace andon::profile
{

struct View {
    std::string site = {}; ///< "": the one that is open
    std::string page = {}; ///< key of the page, "versions"
    std::string selection = {}; ///< in the page's own words, "commit:ml-data@4f1c…"; "" what the page chooses
    std::string filter = {}; ///< in the words of the filter bar
    std::string from = {}; ///< of the time range, in the grammar of text/timegrammar.h; "": the window's
    std::string to = {};
    std::string asOf = {}; ///< an instant, or "commit:repo@id"; "": now
    std::vector<std::string> columns = {}; ///< in their order; none: the page's own
    std::vector<std::string> expanded = {}; ///< what stands open
    std::vector<std::string> shown = {}; ///< what of it is folded or left out, in the page's own words; none: nothing
    bool operator==(const View &) const = default;
};

/// andon://SITE/PAGE?select=…&filter=…&from=…&to=…&asof=…&column=…&open=…&show=…: RFC 3986, keys that are empty
/// left out, column, open and show once per entry. A site "" is an empty authority.
[[nodiscard]] std::string linkOf(const View &view);
/// Invalid, with what was not understood: another scheme, no page, a broken escape, bytes that are no UTF-8, a key that
/// is unknown or given twice. At most 8 KiB.
[[nodiscard]] core::Result<View> viewOfLink(std::string_view link);

[[nodiscard]] std::string writeView(const View &view, const std::string &name);
struct NamedView {
    std::string name = {};
    View view = {};
};
/// Invalid with file and line. file: for the sentence.
[[nodiscard]] core::Result<NamedView> parseView(const std::string &text, const std::string &file);

/// The views of a profile: one file each in `folder`, named after the view.
class Views
{
public:
    explicit Views(std::string folder)
        : m_folder(std::move(folder))
    {
    }
    struct Listed {
        std::string file = {};
        core::Result<NamedView> view; ///< a file that cannot be read is listed with its error and left alone
    };
    [[nodiscard]] std::vector<Listed> all() const; ///< by name
    /// A view of that name is replaced. Invalid without a name, or when another view's file has that name.
    [[nodiscard]] core::Result<void> save(const std::string &name, const View &view) const;
    [[nodiscard]] core::Result<void> remove(const std::string &name) const; ///< NotFound
    [[nodiscard]] const std::string &folder() const { return m_folder; }

private:
    std::string m_folder;
};

} // namespace andon::profile
