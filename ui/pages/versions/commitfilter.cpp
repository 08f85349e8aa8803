#include "ui/pages/versions/commitfilter.h"

#include "models/commitrows.h"

#include <algorithm>

namespace andon::ui
{

namespace
{

constexpr int kFirst = 100; // hits of the index
constexpr int kPauseMs = 400; // after the last key, before the server is asked for a path
constexpr int kPartialMs = 40; // between looks at what an expression has found so far

/// As the index is asked; nothing when a term is more than words.
std::optional<std::string> plainWords(const text::Filter &filter)
{
    QStringList words;
    for (const text::FilterTerm &term : filter.terms) {
        if (!term.field.isEmpty() || term.negated || term.tests.size() != 1
            || term.tests.front().op != text::FilterTest::Op::Contains || term.tests.front().words.contains(u'"'))
            return std::nullopt;
        words << u'"' + term.tests.front().words + u'"';
    }
    return words.join(u' ').toStdString();
}

std::vector<std::int32_t> graphRows(const models::RowNumbers &rows)
{
    return {rows.begin(), rows.end()};
}

} // namespace

CommitFilter::CommitFilter(factory::VersionService &service, factory::Worker &worker, QObject *parent)
    : QObject(parent)
    , m_service(service)
    , m_worker(worker)
{
    m_tick.setInterval(kPartialMs);
    connect(&m_tick, &QTimer::timeout, this, &CommitFilter::tellPartial);
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &CommitFilter::search);
}

void CommitFilter::setRepository(const core::RepositoryId &repo, const factory::RepositoryView &view)
{
    const bool same = m_repo == repo && m_view.graph == view.graph;
    m_repo = repo;
    m_view = view;
    if (same)
        return;
    m_rows.reset();
    m_paths.reset();
    if (view.graph)
        m_paths = std::make_shared<models::TouchedPaths>(
            view,
            [&service = m_service, repo](const core::CommitId &head, const std::string &prefix,
                                         const core::Cancel &cancel) {
                return service.touching(repo, head, prefix, factory::Access::Refresh, cancel);
            });
    m_answer.reset();
    m_stopReading.cancel();
    m_cancel.cancel();
    m_reading.stop();
    m_searching.stop();
    m_tick.stop();
    m_pause.stop();
    m_first.stop();
    if (!m_filter.empty())
        warm();
}

std::vector<text::FilterField> CommitFilter::fields() const
{
    return m_rows ? m_rows->fields() : models::commitFields(m_view);
}

void CommitFilter::warm()
{
    if (m_rows || m_reading.running() || !m_view.graph)
        return;
    m_stopReading = {};
    const models::CommitTexts texts{
        .read = [&service = m_service,
                 repo = m_repo](const std::vector<core::CommitId> &ids) { return service.commits(repo, ids); },
        .kinds = [&service = m_service, repo = m_repo] { return service.kindsByData(repo); }};
    m_reading.start(m_worker.run<Rows>(m_stopReading,
                                       [view = m_view, texts, paths = m_paths](const core::Cancel &cancel) {
                                           return models::commitRows(view, texts, cancel, paths);
                                       }),
                    this, [this](const core::Result<Rows> &rows) {
                        if (!rows)
                            return Q_EMIT failed(rows.error());
                        m_rows = *rows;
                        m_first.stop();
                        Q_EMIT fieldsChanged(); // which may ask for another filter
                        search();
                    });
}

void CommitFilter::apply(const text::Filter &filter)
{
    m_filter = filter;
    m_pause.stop();
    if (filter.empty()) {
        m_cancel.cancel();
        m_searching.stop();
        m_tick.stop();
        m_first.stop();
        return;
    }
    if (!m_rows) {
        warm();
        return searchIndex();
    }
    asking() ? m_pause.start() : search();
}

void CommitFilter::searchIndex()
{
    const auto words = plainWords(m_filter);
    if (!words || !m_view.graph)
        return m_first.stop();
    m_first.start(m_worker.run<std::vector<core::CommitId>>(
                      {},
                      [&service = m_service, repo = m_repo, words = *words](const core::Cancel &) {
                          return service.search(repo, words, kFirst);
                      }),
                  this, [this](const core::Result<std::vector<core::CommitId>> &ids) {
                      std::vector<std::int32_t> rows;
                      for (const core::CommitId &id : ids ? *ids : std::vector<core::CommitId>())
                          if (const std::int32_t row = m_view.graph->rowOf(id); row != versions::kNone)
                              rows.push_back(row);
                      std::sort(rows.begin(), rows.end());
                      if (!rows.empty() && !m_rows)
                          Q_EMIT matched(rows, false);
                  });
}

void CommitFilter::search()
{
    m_pause.stop();
    if (m_filter.empty() || !m_rows)
        return;
    m_cancel.cancel();
    m_cancel = {};
    const Answer within = m_answer && models::narrows(m_answered, m_filter) ? m_answer : nullptr;
    m_partial = std::make_shared<Partial>();
    m_tick.start();
    m_since.start();
    const auto run = [rows = m_rows, paths = m_paths, filter = m_filter, within,
                      partial = m_partial](const core::Cancel &cancel) -> core::Result<Answer> {
        if (const auto learnt = paths->learn(filter, cancel); !learnt)
            return core::fail(learnt.error());
        const auto told = [partial](const models::RowNumbers &found, std::uint32_t) {
            const std::scoped_lock lock(partial->mutex);
            partial->rows.insert(partial->rows.end(), found.begin(), found.end());
            partial->news = true;
        };
        auto all = models::filterRows(*rows, filter, {cancel, told, within.get()});
        if (!all)
            return core::fail(core::ErrorKind::Cancelled, {}, {});
        return std::make_shared<const models::RowNumbers>(std::move(*all));
    };
    m_searching.start(m_worker.run<Answer>(m_cancel, run), this,
                      [this, filter = m_filter](const core::Result<Answer> &answer) {
                          if (!answer && answer.error().kind == core::ErrorKind::Cancelled)
                              return;
                          m_tick.stop();
                          if (!answer)
                              return Q_EMIT failed(answer.error());
                          m_took = m_since.elapsed();
                          m_answer = *answer;
                          m_answered = filter;
                          Q_EMIT matched(graphRows(*m_answer), true);
                      });
}

void CommitFilter::tellPartial()
{
    std::vector<std::int32_t> rows;
    {
        const std::scoped_lock lock(m_partial->mutex);
        if (!std::exchange(m_partial->news, false))
            return;
        rows = graphRows(m_partial->rows);
    }
    Q_EMIT matched(rows, false);
}

} // namespace andon::ui
