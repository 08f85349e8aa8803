// How the commit log is painted: header, rows, chips, gates.
#include "painting/lanespainter.h"
#include "text/naturetext.h"
#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"
#include "ui/pages/versions/commitlog.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"
#include "ui/theme/textline.h"
#include "versions/hookrun.h"

#include <QPainter>
#include <QScrollBar>

namespace andon::ui
{

namespace
{

constexpr int kMostLanes = 6;
constexpr int kLeastColumn = 20; // px; a narrower one is hidden

QString shortened(const std::string &value) ///< counts as people read them; the details have every digit
{
    const bool count = value.size() > 4 && value.size() < 19
        && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
    return count ? text::compact(static_cast<double>(std::stoll(value))) : text::visible(value);
}

/// The metadata that says most in least room: rows, schema, then the first that is not the server's own.
QStringList metaSummary(const versions::Commit &commit)
{
    QStringList parts;
    for (const char *key : {"rows", "schema", "model", "run"})
        if (const std::string *value = commit.meta(key); value && parts.size() < 2)
            parts << QString::fromLatin1(key) + u' '
                    + (key == std::string_view("rows") ? shortened(*value) : text::visible(*value));
    for (const auto &[key, value] : commit.metadata)
        if (parts.isEmpty() && !key.starts_with('.') && !key.starts_with("::"))
            parts << text::visible(key) + u' ' + text::visible(value);
    return parts;
}

} // namespace

CommitLog::Words CommitLog::wordsOf(const versions::Commit &commit, const versions::CommitNature *nature)
{
    constexpr std::size_t kDigits = 7; // of an id in a message
    const bool saysIt = nature && nature->about.value.size() > kDigits
        && commit.message.find(nature->about.value.substr(0, kDigits)) != std::string::npos;
    return {.subject = text::visible(versions::subject(commit)),
            .committer = text::visible(commit.committer),
            .metadata = metaSummary(commit),
            .message = text::visibleLines(commit.message),
            .about = nature && !saysIt ? text::aboutWords(*nature) : QString(),
            .kind = nature ? std::optional(nature->kind) : std::nullopt};
}

versions::CommitKind CommitLog::kindOf(std::int32_t row) const
{
    const auto seen = m_texts.find(row);
    return seen != m_texts.end() && seen->second.kind ? *seen->second.kind : m_graph->kind(row);
}

CommitLog::Columns CommitLog::columns() const
{
    const int right = viewport()->width() - LogStrip::kWidth;
    Columns c;
    const int lanes = m_graph ? std::min(kMostLanes, shown().lanes().count) : 1;
    c.graph = 10;
    c.message = c.graph + (m_onlyMatches ? 18 : std::max(60, lanes * metric::kLanePitch + 22));
    c.right = right;
    c.id = right - widthOf("commit", 100);
    c.age = c.id - widthOf("age", 52);
    c.gates = c.age - (right > 440 ? widthOf("hooks", 74) : 0); // where there is no room the message stays
    c.meta = c.gates - (right > 760 ? widthOf("metadata", std::clamp(right / 7, 104, 190)) : 0);
    c.author = c.meta - (right > 560 ? widthOf("author", 84) : 0);
    return c;
}

void CommitLog::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), t.surface);
    if (!m_graph)
        return;
    const Columns c = columns();
    const std::int32_t first = verticalScrollBar()->value();
    const std::int32_t count = std::min(shownRows() - first, (viewport()->height() - metric::kRow) / metric::kRow + 1);
    for (std::int32_t i = 0; i < count; ++i)
        paintRow(painter, c, rowAt(first + i), metric::kRow * (i + 1));
    painting::LaneStyle style{.lane = [&t](int colour) { return t.lane(colour); },
                              .surface = t.surface,
                              .rowHeight = metric::kRow,
                              .pitch = metric::kLanePitch,
                              .width = static_cast<double>(c.message - c.graph)};
    style.form = [this](std::int32_t at) {
        if (m_shape && m_shape->rows[static_cast<std::size_t>(at)].run > 0)
            return painting::LaneStyle::Form::Run;
        return m_held[static_cast<std::size_t>(rowAt(at))] ? painting::LaneStyle::Form::Commit
                                                           : painting::LaneStyle::Form::Unheld;
    };
    style.kind = [this](std::int32_t at) { return kindOf(rowAt(at)); };
    const QRectF area(c.graph, metric::kRow, c.message - c.graph - 4, viewport()->height() - metric::kRow);
    if (!m_onlyMatches && count > 0)
        painting::paintLanes(painter, area, shown(), first, count, m_shape ? m_shownLit : m_lit, style);
    paintHeader(painter, c);
    m_strip.paint(painter, overStrip(), t);
}

void CommitLog::paintHeader(QPainter &painter, const Columns &c) const
{
    const Tokens &t = tokens(this);
    painter.fillRect(QRect(0, 0, viewport()->width(), metric::kRow), t.raised);
    painter.setPen(t.borderSubtle);
    painter.drawLine(0, metric::kRow - 1, viewport()->width(), metric::kRow - 1);
    painter.setFont(ui::font(11));
    painter.setPen(t.muted);
    const auto head = [&](int left, int to, const QString &title, Qt::Alignment align = Qt::AlignLeft) {
        if (to - left < kLeastColumn)
            return;
        painter.drawText(QRect(left, 0, to - left - 8, metric::kRow), static_cast<int>(align | Qt::AlignVCenter),
                         title);
    };
    if (!m_onlyMatches)
        head(c.graph, c.message, tr("Graph"));
    head(c.message, c.author, tr("Message"));
    head(c.author, c.meta, tr("Author"));
    head(c.meta, c.gates, tr("Metadata"));
    head(c.gates, c.age, tr("Hooks"));
    head(c.age, c.id, tr("Age"), Qt::AlignRight);
    head(c.id, c.right, tr("Commit"), Qt::AlignRight);
}

bool CommitLog::isRefused(std::int32_t row) const
{
    const bool merge =
        m_graph->kind(row) == versions::CommitKind::Merge || m_graph->kind(row) == versions::CommitKind::Squash;
    if (!m_gates || !merge || m_held[static_cast<std::size_t>(row)])
        return false;
    const auto gates = m_gates->find(m_graph->oid(row));
    return gates != m_gates->end() && gates->second.failed > 0;
}

void CommitLog::paintRow(QPainter &painter, const Columns &c, std::int32_t row, int top)
{
    const Tokens &t = tokens(this);
    const bool match = std::binary_search(m_matches.begin(), m_matches.end(), row);
    const bool dim =
        (m_searching && !match) || (!m_lit.empty() && !m_searching && !m_lit[static_cast<std::size_t>(row)]);
    if (row == m_selected || row == m_hovered)
        painter.fillRect(QRect(0, top, c.right, metric::kRow), row == m_selected ? t.selected : t.hover);
    if (m_onlyMatches) { // no lanes between rows that are far apart: the colour of its own remains
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.lane(m_graph->colour(row)));
        painter.drawEllipse(QPointF(c.graph + 5.0, top + metric::kRow / 2.0), 4.0, 4.0);
        painter.setRenderHint(QPainter::Antialiasing, false);
    } else if (m_searching && match) {
        painter.fillRect(QRect(0, top, 3, metric::kRow), t.accent);
    }
    if (row == m_selected && hasFocus()) {
        painter.setPen(t.focus);
        painter.drawRect(QRect(0, top, c.right - 1, metric::kRow - 1));
    }
    paintMarks(painter, row, top);
    const QColor strong = dim ? t.muted : t.text;
    int from = paintChips(painter, row, c.message, std::max(c.message, c.author - 90), top);
    const versions::LogShape::Row *fold = folded(row);
    if (fold)
        from = paintFold(painter, *fold, from, c.author, top);
    if (fold && fold->run > 0)
        return;
    if (!m_held[static_cast<std::size_t>(row)])
        from = isRefused(row)
            ? paintPill(painter, tr("refused by a gate"), from, c.author, top, t.of(Status::Critical), t)
            : paintPill(painter, tr("on no branch"), from, c.author, top, t.muted, t);
    const auto cell = [&](int left, int to, const QString &what, const QColor &colour,
                          Qt::Alignment align = Qt::AlignLeft) {
        if (to - left < kLeastColumn)
            return;
        const QRect area(left, top, to - left - 8, metric::kRow);
        painter.setPen(colour);
        drawLine(painter, area, what, align);
    };
    painter.setFont(ui::font(12));
    const auto found = m_texts.find(row);
    if (found != m_texts.end()) {
        const Words &words = found->second;
        paintMessage(painter, words, from, c.author - 8, top, words.subject.isEmpty() ? t.muted : strong);
        cell(c.author, c.meta, words.committer, dim ? t.muted : t.text2);
        const QString both = words.metadata.join(QStringLiteral(" · "));
        const bool fits =
            words.metadata.size() < 2 || painter.fontMetrics().horizontalAdvance(both) <= c.gates - c.meta - 8;
        cell(c.meta, c.gates, fits ? both : words.metadata.front(), t.muted);
    }
    const auto gates = m_gates ? m_gates->find(m_graph->oid(row)) : Gates::const_iterator{};
    if (m_gates && gates != m_gates->end() && c.age - c.gates >= kLeastColumn)
        paintGates(painter, gates->second, QRect(c.gates, top, c.age - c.gates - 8, metric::kRow), dim);
    painter.setFont(ui::font(12));
    cell(c.age, c.id, text::age(core::Instant::fromSeconds(m_graph->created(row)), m_now), dim ? t.muted : t.text2,
         Qt::AlignRight);
    painter.setFont(monoFont(11));
    cell(c.id, c.right, text::shortId(m_graph->oid(row).id().value), t.muted, Qt::AlignRight);
}

void CommitLog::paintMessage(QPainter &painter, const Words &words, int left, int right, int top,
                             const QColor &colour) const
{
    constexpr int kGap = 8;
    if (right + 8 - left < kLeastColumn)
        return;
    const QString subject = words.subject.isEmpty() ? tr("(no message)") : words.subject;
    painter.setPen(colour);
    drawLine(painter, QRect(left, top, right - left, metric::kRow), subject);
    if (words.about.isEmpty())
        return;
    const QFontMetrics metrics = painter.fontMetrics();
    const int from = left + metrics.horizontalAdvance(subject) + kGap;
    if (from + metrics.horizontalAdvance(words.about) > right)
        return; // the kind's shape remains, and the details tell the rest
    painter.setPen(tokens(this).muted);
    drawLine(painter, QRect(from, top, right - from, metric::kRow), words.about);
}

int CommitLog::paintChips(QPainter &painter, std::int32_t row, int left, int right, int top)
{
    const Tokens &t = tokens(this);
    painter.setFont(ui::font(11));
    const auto [begin, end] = m_refs.equal_range(row);
    int rest = static_cast<int>(std::distance(begin, end));
    for (auto it = begin; it != end; ++it, --rest) {
        const bool branch = it->second.kind == versions::RefKind::Branch;
        const QString name =
            painter.fontMetrics().elidedText(text::visible(it->second.name.value), Qt::ElideMiddle, 130);
        const int width = painter.fontMetrics().horizontalAdvance(name) + 26;
        const QColor colour = branch ? t.lane(m_graph->colour(row)) : t.text2;
        if (left + width > right) {
            painter.setPen(t.muted);
            painter.drawText(QRect(left, top, 30, metric::kRow), Qt::AlignVCenter, QStringLiteral("+%1").arg(rest));
            return left + 28;
        }
        const QRectF chip(left + 0.5, top + 3.5, width - 1, metric::kRow - 7);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(colour);
        painter.setBrush(blend(colour, t.surface, 0.12));
        painter.drawRoundedRect(chip, 2, 2);
        painter.restore();
        paintGlyph(painter, QRectF(left + 5, top + 6, 12, 12), branch ? Glyph::Branch : Glyph::Tag, colour);
        painter.setPen(t.text);
        painter.drawText(chip.adjusted(19, 0, 0, 0), Qt::AlignVCenter, name);
        left += width + 6;
    }
    return left;
}

void CommitLog::paintGates(QPainter &painter, const versions::GateSummary &gates, const QRect &cell, bool dim) const
{
    const Tokens &t = tokens(this);
    painter.setFont(ui::font(12));
    const bool bad = gates.failed > 0 || gates.skipped > 0;
    const QString words = gates.failed > 0 ? tr("failed")
        : gates.skipped > 0                ? tr("skipped")
                                           : tr("%1 ok").arg(gates.completed);
    int left = cell.left();
    if (bad) {
        paintStatus(painter, QRectF(left, cell.top() + 7, 10, 10), gates.failed > 0 ? Status::Critical : Status::Major,
                    t);
        left += 15;
    }
    painter.setPen(bad ? t.text : dim ? t.muted : t.text2);
    drawLine(painter, QRect(left, cell.top(), cell.right() - left, cell.height()), words);
}

} // namespace andon::ui
