#include "versions/diffrollup.h"

#include <algorithm>
#include <limits>

namespace andon::versions
{

void DiffSum::add(const DiffEntry &entry)
{
    const std::int64_t size = entry.sizeBytes.value_or(0);
    unsized += entry.sizeBytes ? 0 : 1;
    switch (entry.type) {
    case DiffType::Added:
        ++added;
        addedBytes += size;
        break;
    case DiffType::Removed:
        ++removed;
        removedBytes += size;
        break;
    case DiffType::Conflict:
        ++conflict;
        changedBytes += size;
        break;
    case DiffType::Changed:
    case DiffType::PrefixChanged:
        ++changed;
        changedBytes += size;
        break;
    }
}

DiffRollup::DiffRollup(std::size_t mostFolders)
    : m_most(mostFolders)
    , m_deepest(std::numeric_limits<std::int32_t>::max())
    , m_folders(1)
    , m_open{0}
{
}

/// How many of the open folders, the root included, the path is in.
std::size_t DiffRollup::shared(std::string_view path) const
{
    std::size_t count = 1;
    for (; count < m_open.size(); ++count) {
        const std::string &name = m_folders[static_cast<std::size_t>(m_open[count])].name;
        if (!path.starts_with(name))
            break;
        path.remove_prefix(name.size());
    }
    return count;
}

bool DiffRollup::add(const DiffEntry &entry)
{
    if (m_any && entry.path <= m_last)
        return false;
    const std::int64_t row = total().objects();
    m_open.resize(shared(entry.path));
    std::size_t at = 0; // where the rest of the path begins
    for (const std::int32_t folder : m_open)
        at += m_folders[static_cast<std::size_t>(folder)].name.size();
    for (std::size_t slash = entry.path.find('/', at); slash != std::string::npos; slash = entry.path.find('/', at)) {
        const std::int32_t parent = m_open.back();
        const std::int32_t depth = m_folders[static_cast<std::size_t>(parent)].depth + 1;
        if (depth > m_deepest) {
            m_folders[static_cast<std::size_t>(parent)].folded = true;
            break;
        }
        m_open.push_back(static_cast<std::int32_t>(m_folders.size()));
        m_folders.push_back(
            {.name = entry.path.substr(at, slash + 1 - at), .parent = parent, .depth = depth, .firstRow = row});
        at = slash + 1;
    }
    for (const std::int32_t folder : m_open)
        m_folders[static_cast<std::size_t>(folder)].sum.add(entry);
    m_last = entry.path;
    m_any = true;
    while (m_folders.size() > m_most && m_deepest > 0)
        foldDeepest();
    return true;
}

void DiffRollup::foldDeepest()
{
    const auto deeper = [](const DiffFolder &a, const DiffFolder &b) { return a.depth < b.depth; };
    m_deepest = std::max_element(m_folders.begin(), m_folders.end(), deeper)->depth - 1;
    std::vector<std::int32_t> now(m_folders.size(), -1);
    std::vector<DiffFolder> kept;
    for (std::size_t i = 0; i < m_folders.size(); ++i) {
        DiffFolder &folder = m_folders[i];
        if (folder.parent >= 0)
            folder.parent = now[static_cast<std::size_t>(folder.parent)];
        if (folder.depth > m_deepest) {
            kept[static_cast<std::size_t>(folder.parent)].folded = true;
            continue;
        }
        now[i] = static_cast<std::int32_t>(kept.size());
        kept.push_back(std::move(folder));
    }
    m_folders = std::move(kept);
    std::erase_if(m_open, [&](std::int32_t folder) { return now[static_cast<std::size_t>(folder)] < 0; });
    for (std::int32_t &folder : m_open)
        folder = now[static_cast<std::size_t>(folder)];
}

std::string DiffRollup::path(std::int32_t folder) const
{
    std::string path;
    for (; folder > 0; folder = m_folders[static_cast<std::size_t>(folder)].parent)
        path.insert(0, m_folders[static_cast<std::size_t>(folder)].name);
    return path;
}

std::int32_t DiffRollup::find(std::string_view path) const
{
    std::int32_t at = 0;
    while (!path.empty()) {
        std::int32_t next = -1;
        for (const std::int32_t folder : inside(at))
            if (path.starts_with(m_folders[static_cast<std::size_t>(folder)].name))
                next = folder;
        if (next < 0)
            return -1;
        path.remove_prefix(m_folders[static_cast<std::size_t>(next)].name.size());
        at = next;
    }
    return at;
}

std::vector<std::int32_t> DiffRollup::inside(std::int32_t folder) const
{
    const std::int32_t depth = m_folders[static_cast<std::size_t>(folder)].depth;
    std::vector<std::int32_t> own;
    for (std::size_t i = static_cast<std::size_t>(folder) + 1; i < m_folders.size() && m_folders[i].depth > depth; ++i)
        if (m_folders[i].depth == depth + 1)
            own.push_back(static_cast<std::int32_t>(i));
    return own;
}

} // namespace andon::versions
