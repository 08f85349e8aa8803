#pragma once
// Blocks one below another, broken into pages: a heading stays with what follows, a table repeats its head, a short
// table is not torn. Pure geometry. Internal to reports.
#include <functional>
#include <memory>
#include <vector>

class QPainter;

namespace andon::reports
{

using Paint = std::function<void(QPainter &, double y)>;

struct Block {
    double height = 0;
    Paint paint = {};
    bool withNext = false; ///< no page break behind it
    int table = 0; ///< rows of one table share a number; 0: of none
    double before = 0; ///< space above it, not at the top of a page
};

/// The head of a table, painted again where the table goes on.
struct TableHead {
    int table = 0;
    double height = 0;
    Paint paint = {};
};

struct PlacedBlock {
    double y = 0;
    Paint paint = {};
};
using FlowPage = std::vector<PlacedBlock>;

/// tops: where content begins, on the first page and on all others; bottom: where it must end.
[[nodiscard]] std::vector<FlowPage> flow(const std::vector<Block> &blocks, const std::vector<TableHead> &heads,
                                         double firstTop, double otherTop, double bottom);

} // namespace andon::reports
