#include "models/touchedpaths.h"

#include "text/plain.h"

namespace andon::models
{

namespace
{

bool isPath(const text::FilterTest &test)
{
    using Op = text::FilterTest::Op;
    return (test.op == Op::Contains || test.op == Op::Equals) && !test.words.isEmpty();
}

} // namespace

TouchedPaths::TouchedPaths(const factory::RepositoryView &view, Ask ask, std::optional<core::CommitId> head)
    : m_graph(view.graph)
    , m_ask(std::move(ask))
{
    for (const factory::RefRow &row : view.refs)
        if (row.ref.kind == versions::RefKind::Branch)
            m_heads[text::visible(row.ref.name.value)] = row.ref.commit;
    const auto main = m_heads.find(text::visible(view.repository.repository.defaultBranch.value));
    m_head = head ? std::move(*head) : main != m_heads.end() ? main->second : core::CommitId();
}

std::set<TouchedPaths::Wanted> TouchedPaths::missing(const text::Filter &filter) const
{
    QStringList paths;
    std::set<core::CommitId> heads;
    for (const text::FilterTerm &term : filter.terms)
        for (const text::FilterTest &test : term.tests) {
            if (term.field == u"path" && isPath(test))
                paths << test.words;
            if (const auto branch = m_heads.find(test.words);
                term.field == u"branch" && !term.negated && branch != m_heads.end())
                heads.insert(branch->second);
        }
    if (heads.empty())
        heads.insert(m_head);
    std::set<Wanted> wanted;
    const std::scoped_lock lock(m_mutex);
    for (const QString &path : paths)
        for (const core::CommitId &head : heads)
            if (const Wanted one{path, head}; !head.empty() && !m_asked.contains(one))
                wanted.insert(one);
    return wanted;
}

bool TouchedPaths::knows(const text::Filter &filter) const
{
    return missing(filter).empty();
}

core::Result<void> TouchedPaths::learn(const text::Filter &filter, const core::Cancel &cancel)
{
    for (const text::FilterTerm &term : filter.terms)
        for (const text::FilterTest &test : term.tests)
            if (term.field == u"path" && !isPath(test))
                return core::fail(core::ErrorKind::Invalid, "filter",
                                  "path: takes the beginning of a path, as in path:claims/2026/");
    for (const Wanted &one : missing(filter)) {
        const auto ids = m_ask(one.second, one.first.toStdString(), cancel);
        if (!ids)
            return core::fail(ids.error());
        const std::scoped_lock lock(m_mutex);
        std::vector<std::int32_t> &rows = m_rows[one.first];
        for (const core::CommitId &id : *ids)
            if (const std::int32_t row = m_graph->rowOf(id); row != versions::kNone)
                rows.push_back(row);
        m_asked.insert(one);
    }
    return {};
}

std::vector<char> TouchedPaths::rows(const QStringList &paths) const
{
    std::vector<char> marks(static_cast<std::size_t>(m_graph->size()), 0);
    const std::scoped_lock lock(m_mutex);
    for (const QString &path : paths)
        if (const auto found = m_rows.find(path); found != m_rows.end())
            for (const std::int32_t row : found->second)
                marks[static_cast<std::size_t>(row)] = 1;
    return marks;
}

} // namespace andon::models
