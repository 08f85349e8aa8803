#include "demo/lakefs/treeread.h"

#include "demo/story/plan.h"

#include <algorithm>
#include <cstdio>

namespace andon::demo
{

namespace
{

constexpr std::size_t kRemembered = 4;
constexpr std::int64_t kFirst = 700'000; // objects that the first bulk commit writes
constexpr std::int64_t kAll = 1'000'000; // that the second one wrote, took out or wrote anew
constexpr std::int64_t kPerShard = 1000;
constexpr std::int64_t kTakenOut = 7; // one in this many of the first

std::string bulkPath(std::int64_t index)
{
    char path[64];
    std::snprintf(path, sizeof path, "embeddings/shard-%03d/part-%06d.npy", static_cast<int>(index / kPerShard),
                  static_cast<int>(index));
    return path;
}

bool isThere(std::int64_t index, int stage)
{
    return stage == 1 ? index < kFirst : stage == 2 && (index >= kFirst || index % kTakenOut != 0);
}

DemoObject bulkObject(const History &history, std::int64_t index, int stage)
{
    DemoObject object{.path = bulkPath(index)};
    const auto number = static_cast<std::uint64_t>(index);
    object.size = 1'200'000 + static_cast<std::int64_t>(noise(history.seed, number, 70 + stage) * 700'000.0);
    char checksum[40];
    std::snprintf(checksum, sizeof checksum, "%08x%08x%016llx", static_cast<unsigned>(history.seed),
                  static_cast<unsigned>(stage), static_cast<unsigned long long>(number * 0x9e3779b97f4a7c15ULL));
    object.checksum = checksum;
    object.mtime = history.at(history.bulk[static_cast<std::size_t>(stage) - 1]).created;
    object.address = history.storageNamespace + "/data/" + object.checksum;
    return object;
}

int stageAt(const History &history, std::int32_t commit)
{
    if (commit < 0 || history.bulk.empty())
        return 0;
    const std::vector<char> reach = history.reach(commit);
    return static_cast<int>(std::count_if(history.bulk.begin(), history.bulk.end(), [&](std::int32_t bulk) {
        return reach[static_cast<std::size_t>(bulk)] != 0;
    }));
}

} // namespace

TreeRead::TreeRead(std::shared_ptr<const std::vector<DiffItem>> kept, const BulkChange &bulk)
    : m_kept(std::move(kept))
    , m_bulk(bulk)
{
    findBulk(0);
}

void TreeRead::findBulk(std::int64_t index)
{
    m_item.reset();
    for (m_index = index; m_bulk.from != m_bulk.to && m_index < kAll; ++m_index) {
        const bool before = isThere(m_index, m_bulk.from);
        const bool after = isThere(m_index, m_bulk.to);
        if (!before && !after)
            continue;
        const char *type = !before ? "added" : !after ? "removed" : "changed";
        m_item = DiffItem{type, bulkPath(m_index), false,
                          bulkObject(*m_bulk.history, m_index, after ? m_bulk.to : m_bulk.from)};
        return;
    }
}

void TreeRead::seek(const std::string &from)
{
    m_at = static_cast<std::size_t>(
        std::lower_bound(m_kept->begin(), m_kept->end(), from,
                         [](const DiffItem &item, const std::string &path) { return item.path < path; })
        - m_kept->begin());
    std::int64_t low = 0;
    for (std::int64_t high = kAll; low < high;) {
        const std::int64_t middle = (low + high) / 2;
        if (bulkPath(middle) < from)
            low = middle + 1;
        else
            high = middle;
    }
    findBulk(low);
}

bool TreeRead::bulkIsNext() const
{
    return m_item && (m_at == m_kept->size() || m_item->path < (*m_kept)[m_at].path);
}

const DiffItem *TreeRead::item() const
{
    if (bulkIsNext())
        return &*m_item;
    return m_at < m_kept->size() ? &(*m_kept)[m_at] : nullptr;
}

void TreeRead::step()
{
    if (bulkIsNext())
        findBulk(m_index + 1);
    else
        ++m_at;
}

template <typename Make> TreeMemory::Items TreeMemory::remember(const Key &key, Make make)
{
    {
        const std::scoped_lock lock(m_mutex);
        const auto found =
            std::find_if(m_kept.begin(), m_kept.end(), [&](const auto &one) { return one.first == key; });
        if (found != m_kept.end()) {
            m_kept.splice(m_kept.begin(), m_kept, found);
            return m_kept.front().second;
        }
    }
    auto made = std::make_shared<const std::vector<DiffItem>>(make());
    const std::scoped_lock lock(m_mutex);
    m_kept.emplace_front(key, made);
    if (m_kept.size() > kRemembered)
        m_kept.pop_back();
    return made;
}

TreeRead TreeMemory::list(const History &history, std::int32_t commit)
{
    auto items = remember({&history, -1, commit, false}, [&] { return listed(objectsAt(history, commit)); });
    return {std::move(items), {&history, 0, stageAt(history, commit)}};
}

TreeRead TreeMemory::diff(const History &history, std::int32_t left, std::int32_t right, bool threeDot)
{
    auto items = remember({&history, left, right, threeDot}, [&] { return diffOf(history, left, right, threeDot); });
    const int ours = stageAt(history, left);
    const int theirs = stageAt(history, right);
    const int base = threeDot && ours != theirs ? stageAt(history, history.mergeBase(left, right)) : ours;
    return {std::move(items), {&history, ours == theirs ? theirs : base, theirs}};
}

} // namespace andon::demo
