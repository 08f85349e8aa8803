// What the commit log folds, marks and steps along.
#include "text/times.h"
#include "ui/pages/versions/commitlog.h"
#include "ui/theme/style.h"

#include <QPainter>
#include <QScrollBar>

namespace andon::ui
{

namespace
{

constexpr int kPill = 18; // px high

std::size_t at(std::int32_t row)
{
    return static_cast<std::size_t>(row);
}

} // namespace

void CommitLog::setShape(std::shared_ptr<const versions::LogShape> shape)
{
    const std::int32_t top = verticalScrollBar()->value();
    const std::int32_t at = m_selected == versions::kNone ? versions::kNone : shownAt(m_selected);
    const bool visible = at != versions::kNone && at >= top && at < top + verticalScrollBar()->pageStep();
    m_shape = std::move(shape);
    relight();
    layoutScroll();
    if (m_selected != versions::kNone)
        keepInPlace(m_selected, visible ? at - top : verticalScrollBar()->pageStep() / 3);
    askForVisible();
    viewport()->update();
}

void CommitLog::relight()
{
    m_lit = m_graph && m_selected != versions::kNone ? m_graph->ancestry(m_selected) : std::vector<char>{};
    m_shownLit.clear();
    if (m_shape && !m_lit.empty())
        for (const versions::LogShape::Row &one : m_shape->rows)
            m_shownLit.push_back(m_lit[at(one.row)]);
}

void CommitLog::keepInPlace(std::int32_t row, int offset)
{
    if (const std::int32_t shown = shownAt(row); shown != versions::kNone)
        verticalScrollBar()->setValue(shown - offset);
}

const versions::LogShape::Row *CommitLog::folded(std::int32_t row) const
{
    const std::int32_t shown = m_shape && !m_onlyMatches ? m_shape->shownAt(row) : versions::kNone;
    if (shown == versions::kNone)
        return nullptr;
    const versions::LogShape::Row &one = m_shape->rows[at(shown)];
    return one.run > 0 || one.aside > 0 ? &one : nullptr;
}

bool CommitLog::canFold() const
{
    if (!m_graph || m_selected == versions::kNone || m_onlyMatches)
        return false;
    return folded(m_selected) || m_graph->topology().second[at(m_selected)] != versions::kNone;
}

void CommitLog::goToParent()
{
    if (!m_graph || m_selected == versions::kNone)
        return;
    const versions::LogShape::Row *fold = folded(m_selected);
    const std::int32_t from = fold && fold->run > 0 ? fold->last : m_selected;
    std::int32_t parent = m_graph->topology().first[at(from)];
    while (m_shape && !m_onlyMatches && parent != versions::kNone && shownAt(parent) == versions::kNone)
        parent = m_graph->topology().first[at(parent)]; // what is hidden between
    select(parent);
}

void CommitLog::goToChild()
{
    if (!m_graph || m_selected == versions::kNone)
        return;
    const versions::CommitGraph &graph = m_onlyMatches ? *m_graph : shown();
    const std::int32_t own = m_onlyMatches ? m_selected : shownAt(m_selected);
    for (const auto *parents : {&graph.topology().first, &graph.topology().second})
        for (std::int32_t row = own - 1; row >= 0; --row)
            if ((*parents)[at(row)] == own)
                return select(m_onlyMatches ? row : rowAt(row));
}

void CommitLog::goAlongBranch(int step)
{
    if (!m_graph || m_selected == versions::kNone || m_onlyMatches)
        return;
    const versions::CommitGraph &graph = shown();
    const std::int32_t own = shownAt(m_selected);
    if (own == versions::kNone)
        return;
    const std::int32_t strand = graph.lanes().strand[at(own)];
    for (std::int32_t row = own + step; row >= 0 && row < graph.size(); row += step)
        if (graph.lanes().strand[at(row)] == strand)
            return select(rowAt(row));
}

void CommitLog::mark(Mark which)
{
    if (!m_graph || m_selected == versions::kNone)
        return;
    std::optional<versions::Oid> &one = m_marks[static_cast<int>(which)];
    const versions::Oid id = m_graph->oid(m_selected);
    one = one == id ? std::nullopt : std::optional(id);
    viewport()->update();
    Q_EMIT marksChanged();
}

void CommitLog::clearMarks()
{
    m_marks[0].reset();
    m_marks[1].reset();
    viewport()->update();
    Q_EMIT marksChanged();
}

int CommitLog::paintPill(QPainter &painter, const QString &words, int left, int right, int top, const QColor &colour,
                         const Tokens &t)
{
    painter.setFont(ui::font(11));
    const int width = painter.fontMetrics().horizontalAdvance(words) + 16;
    if (left + width > right)
        return left;
    const QRectF pill(left + 0.5, top + (metric::kRow - kPill) / 2 + 0.5, width - 1, kPill - 1);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(t.borderStrong, 1, Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(pill, kPill / 2.0, kPill / 2.0);
    painter.restore();
    painter.setPen(colour);
    painter.drawText(pill, Qt::AlignCenter, words);
    return left + width + 6;
}

int CommitLog::paintFold(QPainter &painter, const versions::LogShape::Row &fold, int left, int right, int top) const
{
    const Tokens &t = tokens(this);
    if (fold.run == 0)
        return paintPill(painter, tr("+%n commit(s)", nullptr, fold.aside), left, right, top, t.text2, t);
    const int from = paintPill(painter, tr("⋯ %n commit(s) ›", nullptr, fold.run), left, right, top, t.text, t);
    const auto day = [this](std::int32_t row) { // dates as they are written: 2026-11-20
        return text::dateTime(core::Instant::fromSeconds(m_graph->created(row))).section(u' ', 0, 0);
    };
    const QString last = day(fold.row);
    const QString first = day(fold.last);
    painter.setFont(ui::font(12));
    painter.setPen(t.muted);
    const QRect area(from, top, right - from - 8, metric::kRow);
    painter.drawText(area, Qt::AlignVCenter | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(first == last ? last : tr("%1 – %2").arg(first, last),
                                                      Qt::ElideRight, area.width()));
    return from;
}

void CommitLog::paintMarks(QPainter &painter, std::int32_t row, int top) const
{
    const Tokens &t = tokens(this);
    for (const int which : {0, 1}) {
        if (m_marks[which] != m_graph->oid(row))
            continue;
        const QRect badge(1, top + 5 - (which == 0 && m_marks[0] == m_marks[1] ? 1 : 0), 14, 14);
        painter.fillRect(badge, t.text);
        painter.setFont(ui::font(11, true));
        painter.setPen(t.surface);
        painter.drawText(badge, Qt::AlignCenter, which == 0 ? QStringLiteral("A") : QStringLiteral("B"));
    }
}

} // namespace andon::ui
