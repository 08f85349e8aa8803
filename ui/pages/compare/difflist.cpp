#include "ui/pages/compare/difflist.h"

#include "text/plain.h"
#include "text/units.h"
#include "ui/pages/compare/comparestrip.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>

namespace andon::ui
{

namespace
{

using versions::DiffEntry;
using versions::DiffType;

constexpr std::size_t kPages = 6; // kept: a screen needs one or two, a sorted one a few more
constexpr std::size_t kMostPages = 80; // when a sorted screen needs more

QColor colourOf(DiffType type, const Tokens &t)
{
    return type == DiffType::Added ? t.added : type == DiffType::Removed ? t.removed : t.text;
}

} // namespace

QString changeName(DiffType type)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("DiffList", text); };
    switch (type) {
    case DiffType::Added:
        return tr("added");
    case DiffType::Removed:
        return tr("removed");
    case DiffType::Conflict:
        return tr("conflict");
    case DiffType::Changed:
    case DiffType::PrefixChanged:
        break;
    }
    return tr("changed");
}

DiffList::DiffList(QWidget *parent)
    : RowView({{tr("Change"), 94, false, true},
               {tr("Path"), 0, false, true},
               {tr("Size before"), 92, true, false, 440},
               {tr("Size after"), 92, true, true, 340},
               {tr("Difference"), 96, true, false, 540}},
              parent)
{
    setAccessibleName(tr("Objects that differ"));
    setObjectName(QStringLiteral("diffList"));
    connect(this, &RowView::scrolled, this, &DiffList::askForSeen);
}

void DiffList::set(factory::DiffIndex index, std::vector<std::uint32_t> rows, std::string folder)
{
    m_index = std::move(index);
    m_rows = std::move(rows);
    m_folder = std::move(folder);
    setCurrent(-1);
    rowsChanged();
}

void DiffList::clear()
{
    m_pages.clear();
    m_before = {};
    set({}, {}, {});
}

void DiffList::addPage(const std::string &after, versions::DiffPage page)
{
    m_pages.emplace_front(after, std::move(page));
    const std::size_t most = complete() ? kPages : kMostPages;
    while (m_pages.size() > most)
        m_pages.pop_back();
    viewport()->update();
    askForSeen();
}

void DiffList::setBefore(factory::SizesBefore sizes)
{
    m_before = std::move(sizes);
    viewport()->update();
}

const versions::DiffPage *DiffList::page(const std::string &after) const
{
    const auto found =
        std::find_if(m_pages.begin(), m_pages.end(), [&](const auto &one) { return one.first == after; });
    return found == m_pages.end() ? nullptr : &found->second;
}

const DiffEntry *DiffList::entry(int row) const
{
    const std::uint32_t number = m_rows[static_cast<std::size_t>(row)];
    const factory::DiffIndexPage &index = m_index.pageOf(number);
    const versions::DiffPage *kept = page(index.after);
    const auto at = static_cast<std::size_t>(number - index.firstRow);
    return kept && at < kept->entries.size() ? &kept->entries[at] : nullptr;
}

bool DiffList::complete() const
{
    for (int row = firstRow(); row < std::min(rowCount(), firstRow() + seenRows()); ++row)
        if (!entry(row))
            return false;
    return true;
}

void DiffList::askForSeen()
{
    for (int row = firstRow(); row < std::min(rowCount(), firstRow() + seenRows()); ++row)
        if (!entry(row)) {
            Q_EMIT pageNeeded(m_index.pageOf(m_rows[static_cast<std::size_t>(row)]).after);
            return; // the next one when it has come
        }
}

std::optional<std::int64_t> DiffList::before(int row) const
{
    const std::int64_t number = m_rows[static_cast<std::size_t>(row)];
    const DiffType type = m_index.type(number);
    if (type == DiffType::Added)
        return std::nullopt;
    if (type == DiffType::Removed) {
        const std::int64_t bytes = m_index.bytes(number);
        return bytes < 0 ? std::nullopt : std::optional(bytes);
    }
    const auto found = std::lower_bound(m_before.sizes.begin(), m_before.sizes.end(), std::pair(number, INT64_MIN));
    return found != m_before.sizes.end() && found->first == number ? std::optional(found->second) : std::nullopt;
}

std::optional<std::int64_t> DiffList::after(int row) const
{
    const std::int64_t number = m_rows[static_cast<std::size_t>(row)];
    const std::int64_t bytes = m_index.bytes(number);
    return m_index.type(number) == DiffType::Removed || bytes < 0 ? std::nullopt : std::optional(bytes);
}

void DiffList::choose(const std::string &path)
{
    for (int row = firstRow(); row < std::min(rowCount(), firstRow() + seenRows()); ++row)
        if (const DiffEntry *one = entry(row); one && one->path == path)
            return setCurrent(row);
}

void DiffList::paintCell(QPainter &painter, const QRect &cell, int row, int column, const Tokens &t) const
{
    const DiffType type = m_index.type(m_rows[static_cast<std::size_t>(row)]);
    const auto size = [&](const std::optional<std::int64_t> &bytes, bool absent) {
        drawText(painter, cell,
                 absent      ? QStringLiteral("–")
                     : bytes ? text::bytes(bytes)
                             : tr("unknown"),
                 bytes ? t.text : t.muted, true);
    };
    switch (column) {
    case Type: {
        if (type == DiffType::Conflict)
            paintStatus(painter, QRectF(cell.left(), cell.center().y() - 5, 11, 11), Status::Major, t);
        else
            drawText(painter, QRect(cell.left(), cell.top(), 12, cell.height()),
                     type == DiffType::Added         ? QStringLiteral("+")
                         : type == DiffType::Removed ? QStringLiteral("−")
                                                     : QStringLiteral("~"),
                     colourOf(type, t), false, true);
        return drawText(painter, cell.adjusted(16, 0, 0, 0), changeName(type), colourOf(type, t), false);
    }
    case Path: {
        const DiffEntry *one = entry(row);
        return drawText(
            painter, cell,
            one ? text::visible(std::string_view(one->path).substr(std::min(m_folder.size(), one->path.size())))
                : QStringLiteral("…"),
            one ? t.text : t.muted, false);
    }
    case Before:
        return size(before(row), type == DiffType::Added);
    case After:
        return size(after(row), type == DiffType::Removed);
    default:
        if (type == DiffType::Added || type == DiffType::Removed) {
            const auto bytes = type == DiffType::Added ? after(row) : before(row);
            return drawText(painter, cell,
                            bytes ? signedBytes(type == DiffType::Added ? *bytes : -*bytes) : tr("unknown"),
                            bytes ? colourOf(type, t) : t.muted, true);
        }
        const bool known = before(row) && after(row);
        return drawText(painter, cell, known ? signedBytes(*after(row) - *before(row)) : tr("unknown"),
                        known ? t.text : t.muted, true);
    }
}

QString DiffList::tipOf(int row, int column) const
{
    const DiffEntry *one = entry(row);
    if (column == Path)
        return one ? text::visible(one->path) : QString();
    const DiffType type = m_index.type(m_rows[static_cast<std::size_t>(row)]);
    const bool changed = type == DiffType::Changed || type == DiffType::Conflict;
    if ((column == Before || column == Difference) && changed && !before(row))
        return tr("lakeFS does not tell it with the comparison. It is listed when its folder is opened on the left.");
    return {};
}

} // namespace andon::ui
