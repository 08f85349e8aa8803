#include "ui/pages/compare/prefixtree.h"

#include "text/plain.h"
#include "text/units.h"
#include "ui/pages/compare/comparestrip.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"

#include <QPainter>

#include <algorithm>

namespace andon::ui
{

namespace
{

enum Column { Name, Objects, Added, Removed, Changed, Conflict, Bytes, Net };
constexpr int kIndent = 16;

QString countOf(QChar sign, std::int64_t count)
{
    return count == 0 ? QString() : (sign.isNull() ? QString() : QString(sign)) + text::count(count);
}

} // namespace

PrefixTree::PrefixTree(QWidget *parent)
    : RowView({{tr("Prefix"), 0},
               {tr("Objects"), 76},
               {tr("added"), 68, true},
               {tr("removed"), 68, true},
               {tr("changed"), 68, true},
               {tr("conflict"), 64, true, false, 560},
               {tr("Bytes − | +"), 88, false, false, 640},
               {tr("net"), 82, true, false, 480}},
              parent)
{
    setAccessibleName(tr("Changes by folder"));
    setObjectName(QStringLiteral("prefixTree"));
    connect(this, &RowView::currentChanged, this, [this] { Q_EMIT chosen(currentPath()); });
    connect(this, &RowView::activated, this, [this](int row) { fold(row, 0); });
}

const versions::DiffFolder &PrefixTree::folder(int row) const
{
    return m_rollup.folders()[static_cast<std::size_t>(m_shown[static_cast<std::size_t>(row)].folder)];
}

void PrefixTree::set(const versions::DiffRollup &rollup, const QString &root)
{
    const std::string kept = currentPath();
    m_rollup = rollup;
    m_root = root;
    if (m_first && rollup.total().objects() > 0) {
        m_open.insert("");
        // A chain of single folders opens to where it parts.
        std::int32_t at = 0;
        for (auto inside = rollup.inside(at); inside.size() == 1; inside = rollup.inside(at)) {
            at = inside.front();
            m_open.insert(rollup.path(at));
        }
        m_first = false;
    }
    arrange();
    choose(kept);
}

void PrefixTree::arrange()
{
    const auto &folders = m_rollup.folders();
    m_shown.clear();
    for (std::size_t i = 0; i < folders.size();) {
        const bool inside = i + 1 < folders.size() && folders[i + 1].depth > folders[i].depth;
        m_shown.push_back({static_cast<std::int32_t>(i), inside});
        const bool closed = inside && !m_open.contains(m_rollup.path(static_cast<std::int32_t>(i)));
        const std::int32_t depth = folders[i].depth;
        for (++i; closed && i < folders.size() && folders[i].depth > depth;)
            ++i;
    }
    rowsChanged();
}

std::string PrefixTree::currentPath() const
{
    return current() < 0 ? std::string() : m_rollup.path(m_shown[static_cast<std::size_t>(current())].folder);
}

void PrefixTree::choose(const std::string &path)
{
    const std::int32_t wanted = std::max(0, m_rollup.find(path));
    bool opened = false;
    for (std::int32_t at = m_rollup.folders()[static_cast<std::size_t>(wanted)].parent; at >= 0;
         at = m_rollup.folders()[static_cast<std::size_t>(at)].parent)
        opened |= m_open.insert(m_rollup.path(at)).second;
    if (opened)
        arrange();
    for (std::size_t i = 0; i < m_shown.size(); ++i)
        if (m_shown[i].folder == wanted)
            setCurrent(static_cast<int>(i));
}

void PrefixTree::setBefore(const std::string &path, std::int64_t bytes)
{
    m_before[path] = bytes;
    viewport()->update();
}

void PrefixTree::clearBefore()
{
    m_before.clear();
    m_open.clear();
    m_first = true;
}

void PrefixTree::openAll(bool open)
{
    const std::string kept = currentPath();
    m_open.clear();
    constexpr std::size_t kMost = 2000; // beyond, a tree that is all open helps nobody
    for (std::size_t i = 0; i < std::min(m_rollup.folders().size(), open ? kMost : std::size_t{1}); ++i)
        m_open.insert(m_rollup.path(static_cast<std::int32_t>(i)));
    arrange();
    choose(open ? kept : std::string());
}

std::vector<std::string> PrefixTree::openPaths() const
{
    return {m_open.begin(), m_open.end()};
}

void PrefixTree::setOpenPaths(const std::vector<std::string> &paths)
{
    m_open = {paths.begin(), paths.end()};
    m_first = paths.empty();
    const std::string kept = currentPath();
    arrange();
    choose(kept);
}

void PrefixTree::fold(int row, int direction)
{
    const Shown &shown = m_shown[static_cast<std::size_t>(row)];
    const std::string path = m_rollup.path(shown.folder);
    const bool open = m_open.contains(path);
    if (direction < 0 && (!open || !shown.inside)) { // up to what it is in
        if (const std::int32_t parent = folder(row).parent; parent >= 0) {
            choose(m_rollup.path(parent));
            Q_EMIT chosen(currentPath());
        }
        return;
    }
    if (!shown.inside || (direction > 0 && open))
        return;
    if (open)
        m_open.erase(path);
    else
        m_open.insert(path);
    arrange();
    choose(path);
}

bool PrefixTree::folds(int row, int x) const
{
    const int left = 8 + folder(row).depth * kIndent;
    return m_shown[static_cast<std::size_t>(row)].inside && x >= left - 4 && x < left + 14;
}

QString PrefixTree::nameOf(int row) const
{
    const versions::DiffFolder &one = folder(row);
    return one.parent < 0 ? m_root : text::visible(one.name);
}

void PrefixTree::paintBytes(QPainter &painter, const QRect &cell, const versions::DiffSum &sum, const Tokens &t) const
{
    // Either side of zero on one scale: of all that was added and all that was removed.
    const versions::DiffSum &all = m_rollup.total();
    const double scale = static_cast<double>(std::max<std::int64_t>(1, all.addedBytes + all.removedBytes));
    const double zero = cell.left() + cell.width() * static_cast<double>(all.removedBytes) / scale;
    const auto width = [&](std::int64_t bytes) {
        return bytes == 0 ? 0.0 : std::max(2.0, (cell.width() - 2) * static_cast<double>(bytes) / scale);
    };
    const double high = 10;
    const double top = cell.center().y() - high / 2 + 0.5;
    painter.fillRect(QRectF(zero - width(sum.removedBytes), top, width(sum.removedBytes), high), t.removed);
    painter.fillRect(QRectF(zero + 1, top, width(sum.addedBytes), high), t.added);
    painter.fillRect(QRectF(zero, top - 2, 1, high + 4), t.borderStrong);
}

void PrefixTree::paintCell(QPainter &painter, const QRect &cell, int row, int column, const Tokens &t) const
{
    const versions::DiffFolder &one = folder(row);
    const versions::DiffSum &sum = one.sum;
    switch (column) {
    case Name: {
        const int left = cell.left() + one.depth * kIndent;
        if (m_shown[static_cast<std::size_t>(row)].inside)
            paintFold(painter, QPointF(left + 4.5, cell.center().y() + 0.5),
                      !m_open.contains(m_rollup.path(m_shown[static_cast<std::size_t>(row)].folder)), t.text2);
        drawText(painter, cell.adjusted(one.depth * kIndent + 14, 0, 0, 0), nameOf(row), t.text, false, one.depth == 0);
        return;
    }
    case Objects: {
        const double share = static_cast<double>(sum.objects())
            / static_cast<double>(std::max<std::int64_t>(1, m_rollup.total().objects()));
        paintKinds(painter, QRect(cell.left(), cell.center().y() - 4, cell.width() - 8, 9), sum, share, t);
        return;
    }
    case Added:
        return drawText(painter, cell, countOf(u'+', sum.added), t.added, true);
    case Removed:
        return drawText(painter, cell, countOf(u'−', sum.removed), t.removed, true);
    case Changed:
        return drawText(painter, cell, countOf(u'~', sum.changed), t.text, true);
    case Conflict:
        if (sum.conflict > 0) {
            drawText(painter, cell, text::count(sum.conflict), t.text, true);
            const int wide = painter.fontMetrics().horizontalAdvance(text::count(sum.conflict));
            paintStatus(painter, QRectF(cell.right() - wide - 15, cell.center().y() - 5, 11, 11), Status::Major, t);
        }
        return;
    case Bytes:
        return paintBytes(painter, cell, sum, t);
    default: {
        const auto before = m_before.find(m_rollup.path(m_shown[static_cast<std::size_t>(row)].folder));
        const bool known = before != m_before.end();
        const bool only = sum.added + sum.removed == 0;
        const bool whole = known || sum.changed + sum.conflict == 0;
        const QString net = only && !known
            ? tr("unknown")
            : signedBytes(sum.addedBytes - sum.removedBytes + (known ? sum.changedBytes - before->second : 0));
        return drawText(painter, cell, whole || only ? net : tr("%1 + ?").arg(net), whole ? t.text : t.muted, true);
    }
    }
}

QString PrefixTree::tipOf(int row, int column) const
{
    const versions::DiffSum &sum = folder(row).sum;
    if (column == Name)
        return text::visible(m_rollup.path(m_shown[static_cast<std::size_t>(row)].folder))
            + (folder(row).folded ? tr("\nIts folders are too many to be counted apart.") : QString());
    if (column == Bytes || column == Net)
        return tr("%1 added, %2 removed\n%3 of changed objects after; before: %4")
            .arg(text::bytes(sum.addedBytes), text::bytes(sum.removedBytes), text::bytes(sum.changedBytes),
                 m_before.contains(m_rollup.path(m_shown[static_cast<std::size_t>(row)].folder))
                     ? text::bytes(m_before.at(m_rollup.path(m_shown[static_cast<std::size_t>(row)].folder)))
                     : tr("size unknown until the folder is opened"));
    return {};
}

} // namespace andon::ui
