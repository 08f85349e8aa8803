#include "models/commitrows.h"

#include "text/filtervalues.h"
#include "text/plain.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace andon::models
{

namespace
{

enum Column { Message, Committer, Branch, Tag, Id, Time, Kind, Gate, Path, Metadata, FirstKey };

constexpr std::int32_t kBatch = 4096;
constexpr std::size_t kMostKeys = 48;
constexpr std::size_t kMostPeople = 50;
constexpr std::size_t kMostValues = 12; // to complete with
constexpr const char *kKinds[] = {"ordinary", "initial", "merge", "squash", "revert", "cherry-pick"};

QStringList names(const factory::RepositoryView &view, versions::RefKind kind)
{
    QStringList out;
    for (const factory::RefRow &row : view.refs)
        if (row.ref.kind == kind)
            out << text::visible(row.ref.name.value);
    return out;
}

const char *gateOf(const factory::RepositoryView &view, const versions::Oid &id)
{
    const auto found = view.gates ? view.gates->find(id) : decltype(view.gates->end()){};
    if (!view.gates || found == view.gates->end())
        return "";
    return found->second.failed > 0 ? "failed" : found->second.skipped > 0 ? "skipped" : "passed";
}

/// What any of the branches reaches.
std::function<std::vector<char>(const QStringList &)> branchMembers(const factory::RepositoryView &view)
{
    std::map<QString, std::int32_t> heads;
    for (const factory::RefRow &row : view.refs)
        if (row.ref.kind == versions::RefKind::Branch)
            heads[text::visible(row.ref.name.value)] = view.graph->rowOf(row.ref.commit);
    return [graph = view.graph, heads = std::move(heads)](const QStringList &wanted) {
        std::vector<char> reached(static_cast<std::size_t>(graph->size()), 0);
        for (const QString &name : wanted) {
            const auto head = heads.find(name);
            if (head == heads.end() || head->second < 0 || reached[static_cast<std::size_t>(head->second)])
                continue; // within what another reaches is all that it reaches
            const std::vector<char> more = graph->ancestry(head->second);
            std::transform(more.begin(), more.end(), reached.begin(), reached.begin(),
                           [](char a, char b) { return static_cast<char>(a | b); });
        }
        return reached;
    };
}

bool mayName(std::string_view key)
{
    const auto in = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    };
    return !key.empty() && key.front() >= 'a' && key.front() <= 'z' && std::all_of(key.begin(), key.end(), in);
}

/// Builds the columns of metadata while rows come.
class Keys
{
public:
    explicit Keys(FilterRows &rows)
        : m_rows(rows)
    {
    }
    void set(const std::vector<std::pair<std::string, std::string>> &metadata)
    {
        std::string all;
        for (const auto &[key, value] : metadata) {
            all += (all.empty() ? "" : "\n") + key + "=" + value;
            if (Key &known = keyOf(key); known.column > 0)
                add(known, value);
        }
        if (!all.empty())
            m_rows.set(Metadata, all);
    }
    /// Text or numbers: known when all rows were there.
    void finish()
    {
        for (const auto &[name, key] : m_keys)
            if (key.column > 0)
                m_rows.setField(key.column,
                                {.name = QString::fromStdString(name),
                                 .kind = key.numbers ? text::FieldKind::Number : text::FieldKind::Text,
                                 .values = key.numbers ? QStringList() : key.values});
    }

private:
    struct Key {
        std::size_t column = 0; ///< 0: none of its own
        bool numbers = true;
        QStringList values = {};
    };

    Key &keyOf(const std::string &key)
    {
        const auto [at, fresh] = m_keys.try_emplace(key);
        if (!fresh)
            return at->second;
        const QString name = QString::fromStdString(key);
        const std::vector<text::FilterField> fields = m_rows.fields();
        const bool taken = std::any_of(fields.begin(), fields.end(), [&](const text::FilterField &field) {
            return field.name == name || field.also.contains(name);
        });
        if (mayName(key) && !taken && fields.size() < FirstKey + kMostKeys)
            at->second.column = m_rows.addColumn({.name = name});
        return at->second;
    }
    void add(Key &key, const std::string &value)
    {
        m_rows.set(key.column, value);
        const QString words = QString::fromStdString(value);
        const auto number = text::quantity(words, {});
        key.numbers = key.numbers && number.has_value();
        m_rows.set(key.column, number ? number->value : std::nan(""));
        if (!key.numbers && key.values.size() < static_cast<qsizetype>(kMostValues) && !key.values.contains(words))
            key.values << words;
    }

    FilterRows &m_rows;
    std::map<std::string, Key> m_keys;
};

void setCommit(FilterRows &rows, Keys &keys, const versions::Commit &commit)
{
    rows.set(Message, commit.message);
    rows.set(Committer, commit.committer);
    keys.set(commit.metadata);
}

using Tags = std::multimap<std::int32_t, std::string>; ///< by row

/// What the graph knows without the commit itself.
void setKnown(FilterRows &rows, const factory::RepositoryView &view, const Tags &tags, std::int32_t row)
{
    std::string at;
    for (auto [tag, end] = tags.equal_range(row); tag != end; ++tag)
        at += (at.empty() ? "" : ", ") + tag->second;
    rows.set(Id, view.graph->oid(row).id().value);
    rows.set(Tag, at);
    rows.set(Time, static_cast<double>(view.graph->created(row)) * 1000);
    rows.set(Gate, std::string_view(gateOf(view, view.graph->oid(row))));
}

/// Of each row.
core::Result<std::vector<versions::CommitKind>> kindsOf(const factory::RepositoryView &view, const CommitTexts &texts)
{
    const std::int32_t size = view.graph ? view.graph->size() : 0;
    std::vector<versions::CommitKind> kinds;
    kinds.reserve(static_cast<std::size_t>(size));
    for (std::int32_t row = 0; row < size; ++row)
        kinds.push_back(view.graph->kind(row));
    const auto byData = texts.kinds && size > 0 ? texts.kinds() : versions::KindsByData();
    if (!byData)
        return core::fail(byData.error());
    for (const auto &[id, kind] : *byData)
        if (const std::int32_t row = view.graph->rowOf(id); row != versions::kNone)
            kinds[static_cast<std::size_t>(row)] = kind;
    return kinds;
}

} // namespace

std::vector<text::FilterField> commitFields(const factory::RepositoryView &view)
{
    QStringList kinds;
    for (const char *kind : kKinds)
        kinds << QString::fromLatin1(kind);
    return {text::wordField("message"),
            {.name = QStringLiteral("committer"), .also = {QStringLiteral("author")}},
            {.name = QStringLiteral("branch"), .values = names(view, versions::RefKind::Branch)},
            {.name = QStringLiteral("tag"), .values = names(view, versions::RefKind::Tag)},
            text::wordField("id"),
            text::timeField("time"),
            {.name = QStringLiteral("kind"), .kind = text::FieldKind::Choice, .values = kinds},
            {.name = QStringLiteral("gate"),
             .kind = text::FieldKind::Choice,
             .values = {QStringLiteral("passed"), QStringLiteral("failed"), QStringLiteral("skipped")}},
            text::wordField("path"),
            text::wordField("metadata")};
}

core::Result<std::shared_ptr<const FilterRows>> commitRows(const factory::RepositoryView &view,
                                                           const CommitTexts &texts, const core::Cancel &cancel,
                                                           std::shared_ptr<const TouchedPaths> paths)
{
    auto rows = std::make_shared<FilterRows>(commitFields(view));
    const std::int32_t size = view.graph ? view.graph->size() : 0;
    rows->reserve(static_cast<std::size_t>(size));
    Keys keys(*rows);
    Tags tags;
    for (const factory::RefRow &row : view.refs)
        if (row.ref.kind == versions::RefKind::Tag && size > 0)
            tags.emplace(view.graph->rowOf(row.ref.commit), row.ref.name.value);
    std::set<std::string> people;
    const auto kinds = kindsOf(view, texts);
    if (!kinds)
        return core::fail(kinds.error());
    for (std::int32_t first = 0; first < size; first += kBatch) {
        std::vector<core::CommitId> ids;
        for (std::int32_t row = first; row < std::min(size, first + kBatch); ++row)
            ids.push_back(view.graph->oid(row).id());
        const auto commits = texts.read(ids);
        if (!commits)
            return core::fail(commits.error());
        if (cancel.cancelled())
            return core::fail(core::ErrorKind::Cancelled, {}, {});
        auto commit = commits->begin();
        for (std::int32_t row = first; row < std::min(size, first + kBatch); ++row) {
            const core::CommitId &id = ids[static_cast<std::size_t>(row - first)];
            if (commit != commits->end() && commit->id == id) {
                if (people.size() < kMostPeople)
                    people.insert(commit->committer);
                setCommit(*rows, keys, *commit++);
            }
            setKnown(*rows, view, tags, row);
            rows->set(Kind, std::string_view(kKinds[static_cast<int>((*kinds)[static_cast<std::size_t>(row)])]));
            rows->endRow();
        }
    }
    keys.finish();
    text::FilterField committer = rows->columns()[Committer].field;
    for (const std::string &one : people)
        if (!one.empty())
            committer.values << text::visible(one);
    rows->setField(Committer, std::move(committer));
    if (size > 0)
        rows->setMembers(Branch, branchMembers(view));
    rows->setMembers(
        Path,
        [paths = std::move(paths)](const QStringList &names) {
            return paths ? paths->rows(names) : std::vector<char>{};
        },
        true);
    return std::shared_ptr<const FilterRows>(std::move(rows));
}

} // namespace andon::models
