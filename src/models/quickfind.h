#pragma once
// What the palette looks through: titles of anything that can be gone to, found while typing. A value, any thread.
#include <QString>

#include <cstdint>
#include <vector>

namespace andon::models
{

struct QuickEntry {
    QString kind = {}; ///< "Branch": in the list and to type
    QString title = {};
    QString detail = {}; ///< "ml-data"
    QString target = {}; ///< a link such as commit:REPO@ID, or a command's id; what it means is the caller's
};

class QuickIndex
{
public:
    QuickIndex() = default;
    explicit QuickIndex(std::vector<QuickEntry> entries);

    [[nodiscard]] const std::vector<QuickEntry> &entries() const { return m_entries; }
    /// At most `limit` entries that hold every word, upper and lower case alike: titles that begin with the first word
    /// first, then where a word begins with it, then inside; shorter titles before longer, else in their order. No
    /// words: the first ones.
    [[nodiscard]] std::vector<std::uint32_t> find(const QString &words, std::size_t limit) const;

private:
    [[nodiscard]] std::uint32_t entryAt(qsizetype position) const;
    [[nodiscard]] std::uint32_t rank(std::uint32_t entry, const QString &word) const;

    std::vector<QuickEntry> m_entries;
    QString m_text; ///< folded: title, detail, kind of each, a line each
    std::vector<std::uint32_t> m_starts; ///< of each line in m_text, and the end
};

} // namespace andon::models
