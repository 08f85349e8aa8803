#pragma once
// Paints rows of a commit graph: what the log on the screen and a report on paper share. On a picture or a window: the
// GUI thread, because commits are kept as pixmaps.
#include "versions/commitgraph.h"

#include <QColor>
#include <QRectF>

#include <functional>
#include <vector>

class QPainter;

namespace andon::painting
{

struct LaneStyle {
    enum class Form {
        Commit,
        Run, ///< stands for several commits of its line
        Unheld, ///< no ref reaches it
    };
    std::function<Form(std::int32_t row)> form = {}; ///< none: all are commits
    std::function<versions::CommitKind(std::int32_t row)> kind = {}; ///< none: as the graph has it
    std::function<QColor(int)> lane = {}; ///< colour of a lane colour 0 … 7
    QColor surface = {}; ///< behind the graph
    double rowHeight = 24;
    double pitch = 16; ///< between lanes
    double left = 14; ///< of lane 0
    double width = 90; ///< lanes beyond it share the last place
};

/// Rows [from, from + count) with the first row's top at area.top(). lit: per row, 1 for the ancestry to emphasise;
/// empty: none is emphasised and all is in full colour.
void paintLanes(QPainter &painter, const QRectF &area, const versions::CommitGraph &graph, std::int32_t from,
                std::int32_t count, const std::vector<char> &lit, const LaneStyle &style);

} // namespace andon::painting
