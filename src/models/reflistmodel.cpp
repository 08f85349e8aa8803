#include "models/reflistmodel.h"

#include "models/rowfilter.h"
#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"

#include <algorithm>

namespace andon::models
{

namespace
{

constexpr const char *kSections[] = {"repositories", "branches", "tags"};

int gateOf(const versions::GateSummary &gates)
{
    return gates.failed > 0 ? 2 : gates.skipped > 0 ? 1 : 0;
}

QString aheadBehind(const factory::RefRow &row)
{
    if (!row.ahead || !row.behind || row.isDefault)
        return {};
    if (*row.ahead == 0)
        return RefListModel::tr("merged");
    if (row.squashed)
        return RefListModel::tr("squashed");
    return QStringLiteral("↑%1 ↓%2").arg(text::count(*row.ahead), text::count(*row.behind));
}

} // namespace

int RefListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

Qt::ItemFlags RefListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid() || !checkIndex(index))
        return Qt::NoItemFlags;
    return m_rows[static_cast<std::size_t>(index.row())].kind == Section ? Qt::ItemIsEnabled
                                                                         : QAbstractListModel::flags(index);
}

QVariant RefListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !checkIndex(index))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return row.name;
    case KindRole:
        return row.kind;
    case NoteRole:
        return row.note;
    case FoldedRole:
        return row.folded;
    case CommitRole:
        return row.commit;
    case GateRole:
        return row.gate;
    case DefaultRole:
        return row.isDefault;
    case ProtectedRole:
        return row.isProtected;
    case LaneRole:
        return row.lane;
    case CurrentRole:
        return row.current;
    default:
        return {};
    }
}

QHash<int, QByteArray> RefListModel::roleNames() const
{
    return {{NameRole, "name"}, {KindRole, "kind"}, {NoteRole, "note"}, {CommitRole, "commit"}};
}

void RefListModel::setRepositories(const std::vector<factory::RepositoryRow> &repositories)
{
    m_repositories.clear();
    for (const factory::RepositoryRow &row : repositories)
        m_repositories.push_back({.kind = Repository,
                                  .name = text::visible(row.repository.id.value),
                                  .note = text::count(row.commits),
                                  .gate = gateOf(row.gates),
                                  .at = row.newest});
    rebuild();
}

void RefListModel::setRepository(const factory::RepositoryView &view, core::Instant now)
{
    m_current = text::visible(view.repository.repository.id.value);
    m_branches.clear();
    m_tags.clear();
    std::vector<const factory::RefRow *> sorted;
    for (const factory::RefRow &row : view.refs)
        sorted.push_back(&row);
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto *a, const auto *b) {
        return a->isDefault != b->isDefault ? a->isDefault : a->at > b->at;
    });
    for (const factory::RefRow *row : sorted) {
        const bool branch = row->ref.kind == versions::RefKind::Branch;
        const std::int32_t at = view.graph ? view.graph->rowOf(row->ref.commit) : versions::kNone;
        QString note = branch ? aheadBehind(*row) : QString();
        note += (note.isEmpty() ? QString() : QStringLiteral("   ")) + text::age(row->at, now);
        (branch ? m_branches : m_tags)
            .push_back({.kind = branch ? Branch : Tag,
                        .name = text::visible(row->ref.name.value),
                        .note = note,
                        .commit = QString::fromStdString(row->ref.commit.value),
                        .gate = branch ? gateOf(row->gates) : 0,
                        .lane = at == versions::kNone ? -1 : view.graph->colour(at),
                        .isDefault = row->isDefault,
                        .isProtected = row->isProtected,
                        .at = row->at});
    }
    rebuild();
}

std::vector<text::FilterField> RefListModel::fields() const
{
    QStringList names;
    for (const std::vector<Row> *part : {&m_repositories, &m_branches, &m_tags})
        for (const Row &row : *part)
            names << row.name;
    return {{.name = QStringLiteral("name"), .values = names},
            {.name = QStringLiteral("kind"),
             .kind = text::FieldKind::Choice,
             .values = {QStringLiteral("repository"), QStringLiteral("branch"), QStringLiteral("tag")}},
            {.name = QStringLiteral("gate"),
             .kind = text::FieldKind::Choice,
             .values = {QStringLiteral("failed"), QStringLiteral("skipped")}},
            text::timeField("time")};
}

int RefListModel::total() const
{
    return static_cast<int>(m_repositories.size() + m_branches.size() + m_tags.size());
}

std::vector<RefListModel::Row> RefListModel::left(const std::vector<Row> &part) const
{
    if (m_filter.empty())
        return part;
    static constexpr const char *kKinds[] = {"", "repository", "branch", "tag"};
    static constexpr const char *kGates[] = {"", "skipped", "failed"};
    FilterRows rows(fields());
    for (const Row &row : part) {
        rows.set(0, row.name.toStdString());
        rows.set(1, std::string_view(kKinds[row.kind]));
        rows.set(2, std::string_view(kGates[row.gate]));
        if (row.at.known())
            rows.set(3, static_cast<double>(row.at.ms));
        rows.endRow();
    }
    std::vector<Row> out;
    const auto found = filterRows(rows, m_filter);
    for (const std::uint32_t row : found.value_or(RowNumbers{}))
        out.push_back(part[row]);
    return out;
}

void RefListModel::setFilter(const text::Filter &filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    rebuild();
}

void RefListModel::rebuild()
{
    std::vector<Row> rows;
    const auto add = [&](const char *key, const QString &title, const std::vector<Row> &part) {
        std::vector<Row> shown = left(part);
        for (Row &row : shown)
            row.current = row.kind == Repository && row.name == m_current;
        m_shown += static_cast<int>(shown.size());
        if (part.empty())
            return;
        const QString count = shown.size() == part.size()
            ? text::count(static_cast<std::int64_t>(part.size()))
            : tr("%1 of %2")
                  .arg(text::count(static_cast<std::int64_t>(shown.size())),
                       text::count(static_cast<std::int64_t>(part.size())));
        const QString section = QString::fromLatin1(key);
        const bool folded = m_folded.contains(section) && m_filter.empty();
        rows.push_back({.kind = Section, .name = title, .note = count, .section = section, .folded = folded});
        if (!folded)
            rows.insert(rows.end(), shown.begin(), shown.end());
    };
    m_shown = 0;
    add(kSections[0], tr("Repositories"), m_repositories);
    add(kSections[1], tr("Branches"), m_branches);
    add(kSections[2], tr("Tags"), m_tags);
    replace(std::move(rows));
    Q_EMIT filtered();
}

QStringList RefListModel::openSections() const
{
    QStringList open;
    for (const char *section : kSections)
        if (const QString key = QString::fromLatin1(section); !m_folded.contains(key))
            open << key;
    if (m_folded.isEmpty())
        return {};
    return open.isEmpty() ? QStringList{QString()} : open;
}

void RefListModel::openOnly(const QStringList &sections)
{
    m_folded.clear();
    for (const char *section : kSections)
        if (const QString key = QString::fromLatin1(section); !sections.isEmpty() && !sections.contains(key))
            m_folded.insert(key);
    rebuild();
}

void RefListModel::toggle(const QModelIndex &heading)
{
    const QString section = m_rows[static_cast<std::size_t>(heading.row())].section;
    if (!m_folded.remove(section))
        m_folded.insert(section);
    rebuild();
}

void RefListModel::replace(std::vector<Row> rows)
{
    // What is equal at both ends stays; the middle is exchanged: few rows, one removal and one insertion at most.
    std::size_t head = 0;
    while (head < rows.size() && head < m_rows.size() && rows[head] == m_rows[head])
        ++head;
    std::size_t tail = 0;
    while (tail < rows.size() - head && tail < m_rows.size() - head
           && rows[rows.size() - 1 - tail] == m_rows[m_rows.size() - 1 - tail])
        ++tail;
    const auto at = static_cast<std::ptrdiff_t>(head);
    const std::size_t before = m_rows.size() - head - tail;
    const std::size_t after = rows.size() - head - tail;
    const std::size_t same = std::min(before, after);
    for (std::size_t i = 0; i < same; ++i)
        m_rows[head + i] = rows[head + i];
    if (same > 0)
        Q_EMIT dataChanged(index(static_cast<int>(head)), index(static_cast<int>(head + same - 1)));
    if (before > after) {
        beginRemoveRows({}, static_cast<int>(head + same), static_cast<int>(head + before - 1));
        m_rows.erase(m_rows.begin() + at + static_cast<std::ptrdiff_t>(same),
                     m_rows.begin() + at + static_cast<std::ptrdiff_t>(before));
        endRemoveRows();
    } else if (after > before) {
        beginInsertRows({}, static_cast<int>(head + same), static_cast<int>(head + after - 1));
        m_rows.insert(m_rows.begin() + at + static_cast<std::ptrdiff_t>(same),
                      rows.begin() + at + static_cast<std::ptrdiff_t>(same),
                      rows.begin() + at + static_cast<std::ptrdiff_t>(after));
        endInsertRows();
    }
}

} // namespace andon::models
