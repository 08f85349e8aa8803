#include "versions/lanes.h"

#include <algorithm>
#include <bit>

namespace andon::versions
{

namespace
{

constexpr std::uint16_t kNoLane = 0xffff;

/// Free lanes as bits; lane 0 is never handed out when the default branch has it.
class LaneBitmap
{
public:
    explicit LaneBitmap(bool keepFirst)
        : m_words(1, keepFirst ? ~std::uint64_t{1} : ~std::uint64_t{0})
    {
    }
    std::uint16_t take()
    {
        for (std::size_t w = 0;; ++w) {
            if (w == m_words.size())
                m_words.push_back(~std::uint64_t{0});
            if (m_words[w] == 0)
                continue;
            const int bit = std::countr_zero(m_words[w]);
            const std::size_t lane = w * 64 + static_cast<std::size_t>(bit);
            if (lane >= kNoLane - 1)
                return kNoLane - 1;
            m_words[w] &= m_words[w] - 1;
            return static_cast<std::uint16_t>(lane);
        }
    }
    void free(std::uint16_t lane) { m_words[lane / 64] |= std::uint64_t{1} << (lane % 64); }

private:
    std::vector<std::uint64_t> m_words;
};

struct Allocator {
    const Topology &topology;
    Lanes out = {};
    std::vector<char> onMain;
    LaneBitmap bitmap;
    std::vector<std::uint16_t> waiting; ///< lowest lane that waits for a row, kNoLane: none
    std::vector<std::uint16_t> nextWaiting; ///< per lane: the next one that waits for the same row
    std::vector<std::int32_t> laneStrand; ///< per lane

    explicit Allocator(const Topology &t)
        : topology(t)
        , onMain(t.first.size(), 0)
        , bitmap(t.mainHead != kNone)
        , waiting(t.first.size(), kNoLane)
    {
        out.commit.resize(t.first.size());
        out.second.resize(t.first.size());
        out.strand.resize(t.first.size());
        for (std::int32_t row = t.mainHead; row != kNone; row = t.first[static_cast<std::size_t>(row)])
            onMain[static_cast<std::size_t>(row)] = 1;
        if (t.mainHead != kNone) {
            out.strands = 1;
            touch(0);
        }
    }

    void touch(std::uint16_t lane)
    {
        if (lane >= nextWaiting.size()) {
            nextWaiting.resize(lane + 1U, kNoLane);
            laneStrand.resize(lane + 1U, 0);
            out.count = lane + 1;
        }
    }

    std::uint16_t open()
    {
        const std::uint16_t lane = bitmap.take();
        touch(lane);
        laneStrand[lane] = out.strands++;
        return lane;
    }

    void wait(std::uint16_t lane, std::int32_t parent)
    {
        std::uint16_t &head = waiting[static_cast<std::size_t>(parent)];
        if (head == kNoLane || lane < head) {
            nextWaiting[lane] = head;
            head = lane;
        } else { // keeps the lowest first; the order of the rest does not matter
            nextWaiting[lane] = nextWaiting[head];
            nextWaiting[head] = lane;
        }
    }

    void place(std::size_t row)
    {
        const std::uint16_t arrived = waiting[row];
        const bool main = onMain[row] != 0;
        std::uint16_t lane = main ? std::uint16_t{0} : arrived;
        for (std::uint16_t joined = arrived; joined != kNoLane;) {
            const std::uint16_t next = nextWaiting[joined];
            nextWaiting[joined] = kNoLane;
            if (joined != lane && joined != 0)
                bitmap.free(joined);
            joined = next;
        }
        if (lane == kNoLane)
            lane = open();
        out.commit[row] = lane;
        out.strand[row] = laneStrand[lane];

        const std::int32_t first = topology.first[row];
        if (first != kNone)
            wait(lane, first);
        else if (lane != 0 || topology.mainHead == kNone)
            bitmap.free(lane);
        const std::int32_t second = topology.second[row];
        if (second != kNone) {
            std::uint16_t source = waiting[static_cast<std::size_t>(second)];
            if (source == kNoLane || source == lane)
                wait(source = open(), second);
            out.second[row] = source;
        }
    }
};

} // namespace

Lanes assignLanes(const Topology &topology)
{
    Allocator allocator(topology);
    for (std::size_t row = 0; row < topology.first.size(); ++row)
        allocator.place(row);
    return std::move(allocator.out);
}

LaneWindows::LaneWindows(const Topology &topology, const Lanes &lanes)
{
    const auto rows = static_cast<std::int32_t>(topology.first.size());
    m_open.resize(static_cast<std::size_t>((rows + kEvery - 1) / kEvery));
    for (std::int32_t row = 0; row < rows; ++row) {
        const auto i = static_cast<std::size_t>(row);
        const auto pass = [&](std::int32_t parent, std::uint16_t lane, bool isSecond) {
            for (std::int32_t k = row / kEvery + 1; k * kEvery <= parent; ++k)
                m_open[static_cast<std::size_t>(k)].push_back({lane, row, parent, isSecond});
        };
        pass(topology.first[i], lanes.commit[i], false);
        pass(topology.second[i], lanes.second[i], true);
    }
}

void LaneWindows::advance(const Topology &topology, const Lanes &lanes, std::int32_t row,
                          std::vector<RowLanes::Line> &open, RowLanes *out)
{
    const auto i = static_cast<std::size_t>(row);
    std::size_t kept = 0;
    for (const RowLanes::Line &line : open) {
        if (line.parent != row)
            open[kept++] = line;
        else if (out)
            out->arriving.push_back(line);
    }
    open.resize(kept);
    if (out)
        out->through = open;
    const auto leave = [&](std::int32_t parent, std::uint16_t lane, bool isSecond) {
        if (parent == kNone)
            return;
        open.push_back({lane, row, parent, isSecond});
        if (out)
            out->leaving.push_back(open.back());
    };
    leave(topology.first[i], lanes.commit[i], false);
    leave(topology.second[i], lanes.second[i], true);
}

std::vector<RowLanes> LaneWindows::rows(const Topology &topology, const Lanes &lanes, std::int32_t from,
                                        std::int32_t count) const
{
    const auto total = static_cast<std::int32_t>(topology.first.size());
    from = std::clamp(from, 0, total);
    count = std::clamp(count, 0, total - from);
    std::vector<RowLanes> out(static_cast<std::size_t>(count));
    if (count == 0)
        return out;
    std::vector<RowLanes::Line> open = m_open[static_cast<std::size_t>(from / kEvery)];
    for (std::int32_t row = from / kEvery * kEvery; row < from + count; ++row)
        advance(topology, lanes, row, open, row < from ? nullptr : &out[static_cast<std::size_t>(row - from)]);
    return out;
}

} // namespace andon::versions
