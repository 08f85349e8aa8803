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

TouchedPaths::TouchedPaths(const factory::RepositoryView &view, Ask ask)
    : m_graph(view.graph)
    , m_main(text::visible(view.repository.repository.defaultBranch.value))
    , m_ask(std::move(ask))
{
    for (const factory::RefRow &row : view.refs)
        if (row.ref.kind == versions::RefKind::Branch)
            m_heads[text::visible(row.ref.name.value)] = row.ref.commit;
}

std::set<TouchedPaths::Wanted> TouchedPaths::missing(const text::Filter &filter) const
{
    QStringList paths, branches;
    for (const text::FilterTerm &term : filter.terms)
        for (const text::FilterTest &test : term.tests) {
            if (term.field == u"path" && isPath(test))
                paths << test.words;
            if (term.field == u"branch" && !term.negated && m_heads.contains(test.words))
                branches << test.words;
        }
    if (branches.isEmpty())
        branches << m_main;
    std::set<Wanted> wanted;
    const std::scoped_lock lock(m_mutex);
    for (const QString &path : paths)
        for (const QString &branch : branches)
            if (const auto head = m_heads.find(branch); head != m_heads.end())
                if (const Wanted one{path, head->second}; !m_asked.contains(one))
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
