#include "ui/pages/versions/commitlog.h"

#include "ui/theme/style.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace andon::ui
{

namespace
{
constexpr std::size_t kMostTexts = 5000;
} // namespace

CommitLog::CommitLog(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setLayoutDirection(Qt::LeftToRight); // ids, figures and time never mirror
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setViewportMargins(0, 0, 0, 0);
    viewport()->setMouseTracking(true);
    setAccessibleName(tr("Commit log"));
    setObjectName(QStringLiteral("commitLog"));
}

void CommitLog::setGraph(std::shared_ptr<const versions::CommitGraph> graph, const std::vector<versions::Ref> &refs,
                         std::shared_ptr<const Gates> gates, core::Instant now)
{
    const std::optional<versions::Oid> kept =
        m_graph && m_selected != versions::kNone ? std::optional(m_graph->oid(m_selected)) : std::nullopt;
    if (m_graph != graph) {
        m_texts.clear();
        m_matches.clear();
        m_searching = false;
    }
    const std::int32_t top = verticalScrollBar()->value(); // what is read stays where it is when rows come above
    const std::optional<versions::Oid> first =
        m_graph && top > 0 && top < shownRows() ? std::optional(m_graph->oid(rowAt(top))) : std::nullopt;
    if (m_graph != graph)
        m_shape.reset();
    m_graph = std::move(graph);
    m_gates = std::move(gates);
    m_now = now;
    m_refs.clear();
    for (const versions::Ref &ref : refs)
        if (const std::int32_t row = m_graph ? m_graph->rowOf(ref.commit) : versions::kNone; row != versions::kNone)
            m_refs.emplace(row, ref);
    m_selected = kept && m_graph ? m_graph->rowOf(*kept) : versions::kNone;
    m_held = m_graph ? versions::heldBy(*m_graph, refs) : std::vector<char>{};
    if (m_graph)
        m_strip.set(*m_graph, refs, m_gates.get());
    relight();
    layoutScroll();
    if (const std::int32_t row = first ? m_graph->rowOf(*first) : versions::kNone; row != versions::kNone)
        keepInPlace(row, 0);
    askForVisible();
    viewport()->update();
}

void CommitLog::addCommits(const std::vector<versions::Commit> &commits,
                           const std::vector<versions::CommitNature> &natures)
{
    if (!m_graph)
        return;
    if (m_texts.size() > kMostTexts)
        m_texts.clear();
    for (std::size_t i = 0; i < commits.size(); ++i)
        if (const std::int32_t row = m_graph->rowOf(commits[i].id); row != versions::kNone)
            m_texts[row] = wordsOf(commits[i], i < natures.size() ? &natures[i] : nullptr);
    viewport()->update();
}

void CommitLog::setMatches(bool active, std::vector<std::int32_t> rows, bool onlyMatches)
{
    std::sort(rows.begin(), rows.end());
    m_searching = active;
    m_onlyMatches = active && onlyMatches;
    m_matches = std::move(rows);
    layoutScroll();
    askForVisible();
    viewport()->update();
}

std::int32_t CommitLog::shownRows() const
{
    if (!m_graph)
        return 0;
    return m_onlyMatches ? static_cast<std::int32_t>(m_matches.size()) : shown().size();
}

std::int32_t CommitLog::rowAt(std::int32_t shown) const
{
    const auto at = static_cast<std::size_t>(shown);
    return m_onlyMatches ? m_matches[at] : m_shape ? m_shape->rows[at].row : shown;
}

std::int32_t CommitLog::shownAt(std::int32_t row) const
{
    if (!m_onlyMatches)
        return m_shape ? m_shape->shownAt(row) : row;
    const auto found = std::lower_bound(m_matches.begin(), m_matches.end(), row);
    return found != m_matches.end() && *found == row ? static_cast<std::int32_t>(found - m_matches.begin())
                                                     : versions::kNone;
}

void CommitLog::layoutScroll()
{
    const int visible = std::max(1, (viewport()->height() - metric::kRow) / metric::kRow);
    verticalScrollBar()->setRange(0, std::max(0, shownRows() - visible));
    verticalScrollBar()->setPageStep(visible);
    verticalScrollBar()->setSingleStep(1);
}

void CommitLog::askForVisible()
{
    std::vector<core::CommitId> ids;
    const std::int32_t first = verticalScrollBar()->value();
    const std::int32_t last = std::min(shownRows(), first + verticalScrollBar()->pageStep() * 2 + 2);
    for (std::int32_t shown = first; shown < last; ++shown)
        if (const std::int32_t row = rowAt(shown); !m_texts.contains(row))
            ids.push_back(m_graph->oid(row).id());
    if (!ids.empty())
        Q_EMIT rowsNeeded(ids);
}

bool CommitLog::complete() const
{
    const std::int32_t first = verticalScrollBar()->value();
    const std::int32_t last = std::min(shownRows(), first + verticalScrollBar()->pageStep());
    for (std::int32_t shown = first; shown < last; ++shown)
        if (!m_texts.contains(rowAt(shown)))
            return false;
    return true;
}

void CommitLog::setSelected(std::int32_t row)
{
    if (row == m_selected)
        return;
    m_selected = row;
    relight();
    viewport()->update();
    Q_EMIT selectionChanged(row);
}

void CommitLog::select(std::int32_t row)
{
    if (!m_graph || row < 0 || row >= m_graph->size())
        return;
    if (!m_onlyMatches && shownAt(row) == versions::kNone)
        return Q_EMIT revealRequested(row);
    setSelected(row);
    const std::int32_t shown = shownAt(row);
    QScrollBar *bar = verticalScrollBar();
    if (shown != versions::kNone && (shown < bar->value() || shown >= bar->value() + bar->pageStep()))
        bar->setValue(shown - bar->pageStep() / 3);
}

void CommitLog::nextMatch(int step)
{
    if (m_matches.empty())
        return;
    auto at = std::lower_bound(m_matches.begin(), m_matches.end(), m_selected);
    if (step > 0 && at != m_matches.end() && *at == m_selected)
        ++at;
    if (step < 0)
        at = at == m_matches.begin() ? m_matches.end() - 1 : at - 1;
    if (at == m_matches.end())
        at = m_matches.begin();
    select(*at);
}

std::int64_t CommitLog::matchPlace() const
{
    const auto at = std::lower_bound(m_matches.begin(), m_matches.end(), m_selected);
    return at == m_matches.end() || *at != m_selected ? 0 : at - m_matches.begin() + 1;
}

void CommitLog::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    layoutScroll();
    askForVisible();
}

void CommitLog::scrollContentsBy(int, int)
{
    askForVisible();
    viewport()->update();
}

void CommitLog::mousePressEvent(QMouseEvent *event)
{
    if (overStrip().area.contains(event->position().toPoint()))
        return pressStrip(event->position().toPoint());
    const std::int32_t shown =
        verticalScrollBar()->value() + (static_cast<int>(event->position().y()) - metric::kRow) / metric::kRow;
    if (event->position().y() >= metric::kRow && shown < shownRows())
        setSelected(rowAt(shown));
}

void CommitLog::mouseDoubleClickEvent(QMouseEvent *event)
{
    mousePressEvent(event);
    if (event->position().y() >= metric::kRow && !overStrip().area.contains(event->position().toPoint()) && canFold())
        fold();
}

void CommitLog::mouseMoveEvent(QMouseEvent *event)
{
    const int y = static_cast<int>(event->position().y());
    const LogStrip::Over strip = overStrip();
    const bool aside = strip.area.contains(event->position().toPoint());
    const bool leads = aside && m_strip.markAt(event->position().toPoint(), strip);
    viewport()->setCursor(leads ? Qt::PointingHandCursor : Qt::ArrowCursor);
    const std::int32_t shown = verticalScrollBar()->value() + (y - metric::kRow) / metric::kRow;
    const std::int32_t row = y >= metric::kRow && !aside && shown < shownRows() ? rowAt(shown) : versions::kNone;
    if (row != m_hovered) {
        m_hovered = row;
        viewport()->update();
    }
}

void CommitLog::leaveEvent(QEvent *)
{
    m_hovered = versions::kNone;
    viewport()->update();
}

void CommitLog::keyPressEvent(QKeyEvent *event)
{
    const std::int32_t total = shownRows();
    if (total == 0)
        return QAbstractScrollArea::keyPressEvent(event);
    const std::int32_t at = m_selected == versions::kNone ? -1 : shownAt(m_selected);
    const int page = verticalScrollBar()->pageStep();
    const auto go = [&](std::int32_t shown) { select(rowAt(std::clamp(shown, 0, total - 1))); };
    switch (event->key()) {
    case Qt::Key_Down:
        return go(at + 1);
    case Qt::Key_Up:
        return go(at - 1);
    case Qt::Key_PageDown:
        return go(at + page);
    case Qt::Key_PageUp:
        return go(at - page);
    case Qt::Key_Home:
        return go(0);
    case Qt::Key_End:
        return go(total - 1);
    case Qt::Key_Right:
        return goToParent();
    case Qt::Key_Left:
        return goToChild();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return canFold() ? fold() : QAbstractScrollArea::keyPressEvent(event);
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

bool CommitLog::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip || !m_graph)
        return QAbstractScrollArea::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString tip = tipAt(viewport()->mapFromGlobal(help->globalPos()));
    tip.isEmpty() ? QToolTip::hideText() : QToolTip::showText(help->globalPos(), tip.toHtmlEscaped(), this);
    return true;
}

} // namespace andon::ui
