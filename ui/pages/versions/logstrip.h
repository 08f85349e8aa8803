#pragma once
// The whole log on one strip: matches left, tags in the middle, gates that failed or were skipped right, and what is
// seen of it framed. A mark leads to its commit. GUI thread.
#include "versions/hookrun.h"
#include "versions/oid.h"
#include "versions/repository.h"

#include <QRect>

#include <map>
#include <memory>
#include <optional>
#include <vector>

class QPainter;

namespace andon::versions
{
class CommitGraph;
}

namespace andon::ui
{

struct Tokens;

class LogStrip
{
public:
    static constexpr int kWidth = 14;

    enum class Kind : std::uint8_t { Match, Tag, Skipped, Failed };
    struct Mark {
        std::int32_t row = 0; ///< of the whole graph
        Kind kind = Kind::Match;
        std::int32_t more = 0; ///< others of its kind that are painted at the same place
    };
    /// What it is painted over, as it is now.
    struct Over {
        QRect area = {};
        std::int32_t total = 0; ///< rows of the whole graph
        const std::vector<std::int32_t> &matches; ///< ascending
        bool onlyMatches = false; ///< what is no match is not shown, and has no mark
        std::int32_t first = 0; ///< that are seen
        std::int32_t last = 0;
        std::int32_t selected = -1;
    };

    void set(const versions::CommitGraph &graph, const std::vector<versions::Ref> &refs,
             const std::map<versions::Oid, versions::GateSummary> *gates);
    void paint(QPainter &painter, const Over &over, const Tokens &t) const;
    /// The nearest mark within a few pixels; of several at one place the next after the selected one.
    [[nodiscard]] std::optional<Mark> markAt(const QPoint &at, const Over &over) const;
    [[nodiscard]] static std::int32_t rowAt(const QPoint &at, const Over &over); ///< whatever is there

private:
    [[nodiscard]] static int placeOf(std::int32_t row, const Over &over); ///< y of its mark
    [[nodiscard]] std::vector<Mark> near(int y, const Over &over) const;

    std::vector<Mark> m_marks; ///< tags and gates, by row
};

} // namespace andon::ui
