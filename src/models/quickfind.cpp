#include "models/quickfind.h"

#include <QStringMatcher>

#include <algorithm>

namespace andon::models
{

QuickIndex::QuickIndex(std::vector<QuickEntry> entries)
    : m_entries(std::move(entries))
{
    qsizetype length = 0;
    for (const QuickEntry &entry : m_entries)
        length += entry.title.size() + entry.detail.size() + entry.kind.size() + 3;
    m_text.reserve(length);
    m_starts.reserve(m_entries.size() + 1);
    for (const QuickEntry &entry : m_entries) {
        m_starts.push_back(static_cast<std::uint32_t>(m_text.size()));
        for (const QString *part : {&entry.title, &entry.detail, &entry.kind})
            m_text += part->toCaseFolded() + u'\n';
    }
    m_starts.push_back(static_cast<std::uint32_t>(m_text.size()));
}

std::uint32_t QuickIndex::entryAt(qsizetype position) const
{
    const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), static_cast<std::uint32_t>(position));
    return static_cast<std::uint32_t>(after - m_starts.begin()) - 1;
}

std::uint32_t QuickIndex::rank(std::uint32_t entry, const QString &word) const
{
    const auto start = static_cast<qsizetype>(m_starts[entry]);
    const QStringView line = QStringView(m_text).mid(start, static_cast<qsizetype>(m_starts[entry + 1]) - start);
    const QStringView title = line.left(line.indexOf(u'\n'));
    std::uint32_t place = 3; // not in the title at all
    for (qsizetype at = title.indexOf(word); at >= 0; at = title.indexOf(word, at + 1)) {
        place = std::min(place, at == 0 ? 0U : title[at - 1].isLetterOrNumber() ? 2U : 1U);
        if (place < 2)
            break;
    }
    return (place << 24) + static_cast<std::uint32_t>(std::min<qsizetype>(title.size(), 0xffffff));
}

std::vector<std::uint32_t> QuickIndex::find(const QString &words, std::size_t limit) const
{
    std::vector<std::uint32_t> found;
    const QStringList parts = words.simplified().toCaseFolded().split(u' ', Qt::SkipEmptyParts);
    if (parts.isEmpty()) {
        for (std::uint32_t i = 0; i < std::min(limit, m_entries.size()); ++i)
            found.push_back(i);
        return found;
    }
    // The longest word is in the fewest lines: the others are looked for in those alone.
    const auto &rarest = *std::max_element(parts.begin(), parts.end(),
                                           [](const QString &a, const QString &b) { return a.size() < b.size(); });
    const QStringMatcher matcher(rarest);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ranked;
    for (qsizetype at = matcher.indexIn(m_text); at >= 0;) {
        const std::uint32_t entry = entryAt(at);
        const auto start = static_cast<qsizetype>(m_starts[entry]);
        const auto end = static_cast<qsizetype>(m_starts[entry + 1]);
        const QStringView line = QStringView(m_text).mid(start, end - start);
        if (std::all_of(parts.begin(), parts.end(), [&](const QString &part) { return line.contains(part); }))
            ranked.emplace_back(rank(entry, parts.front()), entry);
        at = matcher.indexIn(m_text, end);
    }
    const auto keep = static_cast<std::ptrdiff_t>(std::min(limit, ranked.size()));
    std::partial_sort(ranked.begin(), ranked.begin() + keep, ranked.end());
    for (std::ptrdiff_t i = 0; i < keep; ++i)
        found.push_back(ranked[static_cast<std::size_t>(i)].second);
    return found;
}

} // namespace andon::models
