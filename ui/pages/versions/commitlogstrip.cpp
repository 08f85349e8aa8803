// The strip beside the commit log: what its marks are and where they lead.
#include "text/plain.h"
#include "text/times.h"
#include "ui/pages/versions/commitlog.h"
#include "ui/theme/tokens.h"

#include <QScrollBar>

#include <algorithm>

namespace andon::ui
{

LogStrip::Over CommitLog::overStrip() const
{
    const std::int32_t shown = shownRows();
    const std::int32_t first = std::min(verticalScrollBar()->value(), std::max(0, shown - 1));
    const std::int32_t last = std::min(first + verticalScrollBar()->pageStep(), shown) - 1;
    return {.area = QRect(viewport()->width() - LogStrip::kWidth, metric::kRow, LogStrip::kWidth,
                          viewport()->height() - metric::kRow),
            .total = m_graph ? m_graph->size() : 0,
            .matches = m_matches,
            .onlyMatches = m_onlyMatches,
            .first = shown > 0 ? rowAt(first) : 0,
            .last = shown > 0 ? rowAt(last) : 0,
            .selected = m_selected};
}

void CommitLog::pressStrip(const QPoint &at)
{
    if (shownRows() == 0)
        return;
    const LogStrip::Over over = overStrip();
    if (const auto mark = m_strip.markAt(at, over))
        return select(mark->row);
    // The first that is shown at or below the place: what is folded there has none of its own.
    const std::int32_t wanted = LogStrip::rowAt(at, over);
    std::int32_t low = 0;
    for (std::int32_t high = shownRows(); low < high;) {
        const std::int32_t middle = low + (high - low) / 2;
        rowAt(middle) < wanted ? low = middle + 1 : high = middle;
    }
    verticalScrollBar()->setValue(low - verticalScrollBar()->pageStep() / 2);
}

QString CommitLog::wordsOf(const LogStrip::Mark &mark) const
{
    QStringList tags;
    const auto gates = m_gates ? m_gates->find(m_graph->oid(mark.row)) : Gates::const_iterator{};
    const auto [begin, end] = m_refs.equal_range(mark.row);
    switch (mark.kind) {
    case LogStrip::Kind::Match:
        return tr("Match");
    case LogStrip::Kind::Tag:
        for (auto ref = begin; ref != end; ++ref)
            if (ref->second.kind == versions::RefKind::Tag)
                tags << text::visible(ref->second.name.value);
        return tr("Tag %1").arg(tags.join(QStringLiteral(", ")));
    case LogStrip::Kind::Failed:
        return tr("%n hook(s) failed", nullptr, gates->second.failed);
    case LogStrip::Kind::Skipped:
        return tr("%n hook(s) skipped", nullptr, gates->second.skipped);
    }
    return {};
}

QString CommitLog::tipAt(const QPoint &at) const
{
    LogStrip::Over over = overStrip();
    over.selected = versions::kNone; // it says what is there, wherever a click goes next
    const bool aside = over.area.contains(at);
    const auto mark = aside ? m_strip.markAt(at, over) : std::nullopt;
    const std::int32_t row = mark ? mark->row : aside ? versions::kNone : m_hovered;
    if (row == versions::kNone)
        return {};
    const auto found = m_texts.find(row);
    const QString date = text::dateTime(core::Instant::fromSeconds(m_graph->created(row)));
    if (!mark && found == m_texts.end())
        return {};
    if (!mark) {
        const Words &words = found->second;
        return words.message + u'\n' + words.committer + QStringLiteral(" · ") + date
            + (words.about.isEmpty() ? QString() : u'\n' + words.about);
    }
    QStringList lines{wordsOf(*mark)};
    if (found != m_texts.end() && !found->second.subject.isEmpty())
        lines << found->second.subject;
    lines << text::shortId(m_graph->oid(row).id().value) + QStringLiteral(" · ") + date;
    if (mark->more > 0)
        lines << tr("and %n more at this place: click again", nullptr, mark->more);
    return lines.join(u'\n');
}

} // namespace andon::ui
