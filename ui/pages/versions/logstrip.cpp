#include "ui/pages/versions/logstrip.h"

#include "ui/theme/statusof.h"
#include "ui/theme/tokens.h"
#include "versions/commitgraph.h"

#include <QPainter>

#include <algorithm>
#include <tuple>

namespace andon::ui
{

namespace
{

constexpr int kNear = 3; // px
constexpr int kFoot = 4; // px below the last mark

struct Place {
    int left, width, height;
};

Place placeFor(LogStrip::Kind kind)
{
    return kind == LogStrip::Kind::Match ? Place{1, 4, 2}
        : kind == LogStrip::Kind::Tag    ? Place{5, 4, 2}
                                         : Place{9, 4, 3};
}

QColor colourOf(LogStrip::Kind kind, const Tokens &t)
{
    switch (kind) {
    case LogStrip::Kind::Match:
        return t.accent;
    case LogStrip::Kind::Tag:
        return t.text2;
    case LogStrip::Kind::Skipped:
        return t.of(Status::Major);
    case LogStrip::Kind::Failed:
        return t.of(Status::Critical);
    }
    return {};
}

} // namespace

void LogStrip::set(const versions::CommitGraph &graph, const std::vector<versions::Ref> &refs,
                   const std::map<versions::Oid, versions::GateSummary> *gates)
{
    m_marks.clear();
    for (const versions::Ref &ref : refs)
        if (const std::int32_t row = graph.rowOf(ref.commit);
            ref.kind == versions::RefKind::Tag && row != versions::kNone)
            m_marks.push_back({row, Kind::Tag});
    if (gates)
        for (const auto &[oid, sum] : *gates)
            if (const std::int32_t row = graph.rowOf(oid);
                (sum.failed > 0 || sum.skipped > 0) && row != versions::kNone)
                m_marks.push_back({row, sum.failed > 0 ? Kind::Failed : Kind::Skipped});
    const auto key = [](const Mark &mark) { return std::tuple(mark.row, mark.kind); };
    std::sort(m_marks.begin(), m_marks.end(), [&](const Mark &a, const Mark &b) { return key(a) < key(b); });
    const auto same = [&](const Mark &a, const Mark &b) { return key(a) == key(b); }; // two tags of one commit
    m_marks.erase(std::unique(m_marks.begin(), m_marks.end(), same), m_marks.end());
}

int LogStrip::placeOf(std::int32_t row, const Over &over)
{
    return over.area.top()
        + static_cast<int>(static_cast<std::int64_t>(row) * std::max(1, over.area.height() - kFoot)
                           / std::max(1, over.total));
}

std::int32_t LogStrip::rowAt(const QPoint &at, const Over &over)
{
    const std::int64_t row =
        static_cast<std::int64_t>(at.y() - over.area.top()) * over.total / std::max(1, over.area.height() - kFoot);
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(row, 0, std::max(0, over.total - 1)));
}

void LogStrip::paint(QPainter &painter, const Over &over, const Tokens &t) const
{
    painter.fillRect(over.area, t.raised);
    if (over.total == 0)
        return;
    const auto draw = [&](std::int32_t row, Kind kind) {
        const Place place = placeFor(kind);
        painter.fillRect(QRect(over.area.left() + place.left, placeOf(row, over), place.width, place.height),
                         colourOf(kind, t));
    };
    const auto &all = over.matches;
    for (auto match = all.begin(); match != all.end();) { // one mark a pixel, however many there are
        draw(*match, Kind::Match);
        match = std::upper_bound(match, all.end(), placeOf(*match, over),
                                 [&](int place, std::int32_t row) { return placeOf(row, over) > place; });
    }
    for (const Mark &mark : m_marks)
        if (!over.onlyMatches || std::binary_search(all.begin(), all.end(), mark.row))
            draw(mark.row, mark.kind);
    painter.setPen(t.borderStrong);
    const int top = placeOf(over.first, over);
    painter.drawRect(QRect(over.area.left(), top, kWidth - 1, std::max(6, placeOf(over.last + 1, over) - top)));
}

std::vector<LogStrip::Mark> LogStrip::near(int y, const Over &over) const
{
    std::vector<Mark> found;
    const std::int32_t from = rowAt({0, y - kNear - 2}, over);
    const std::int32_t to = rowAt({0, y + kNear + 1}, over);
    const auto isNear = [&](std::int32_t row, Kind kind) {
        const int top = placeOf(row, over);
        return y >= top - kNear && y < top + placeFor(kind).height + kNear;
    };
    for (auto match = std::lower_bound(over.matches.begin(), over.matches.end(), from);
         match != over.matches.end() && *match <= to; ++match)
        if (isNear(*match, Kind::Match))
            found.push_back({*match, Kind::Match});
    const auto before = [](const Mark &mark, std::int32_t row) { return mark.row < row; };
    for (auto mark = std::lower_bound(m_marks.begin(), m_marks.end(), from, before);
         mark != m_marks.end() && mark->row <= to; ++mark)
        if (isNear(mark->row, mark->kind)
            && (!over.onlyMatches || std::binary_search(over.matches.begin(), over.matches.end(), mark->row)))
            found.push_back(*mark);
    return found;
}

std::optional<LogStrip::Mark> LogStrip::markAt(const QPoint &at, const Over &over) const
{
    if (over.total == 0 || !over.area.contains(at))
        return std::nullopt;
    const std::vector<Mark> all = near(at.y(), over);
    if (all.empty())
        return std::nullopt;
    const auto column = [](Kind kind) { return placeFor(kind).left; };
    const auto far = [&](const Mark &mark) { // beside it is farther than above it; what is worse goes first
        const Place place = placeFor(mark.kind);
        const int x = at.x() - over.area.left();
        const bool beside = x < place.left || x >= place.left + place.width;
        return std::tuple(beside, std::abs(at.y() - placeOf(mark.row, over) - place.height / 2),
                          -static_cast<int>(mark.kind), mark.row);
    };
    const Mark best =
        *std::min_element(all.begin(), all.end(), [&](const Mark &a, const Mark &b) { return far(a) < far(b); });
    std::vector<Mark> there;
    for (const Mark &mark : all)
        if (column(mark.kind) == column(best.kind) && placeOf(mark.row, over) == placeOf(best.row, over))
            there.push_back(mark);
    const auto placed = [&](std::int32_t row) {
        return std::find_if(there.begin(), there.end(), [row](const Mark &one) { return one.row == row; });
    };
    auto next = placed(over.selected);
    next = next == there.end() ? placed(best.row) : next + 1 == there.end() ? there.begin() : next + 1;
    Mark mark = *next;
    mark.more = static_cast<std::int32_t>(there.size()) - 1;
    return mark;
}

} // namespace andon::ui
