#pragma once
// Filters the commits of the repository that is shown: reads their texts once, then answers each filter on the worker;
// what an expression finds first comes first. GUI thread.
#include "factory/versionservice.h"
#include "factory/worker.h"
#include "models/rowfilter.h"
#include "models/touchedpaths.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <mutex>

namespace andon::ui
{

class CommitFilter final : public QObject
{
    Q_OBJECT
public:
    CommitFilter(factory::VersionService &service, factory::Worker &worker, QObject *parent = nullptr);

    /// The texts that were read are dropped when its history is another.
    void setRepository(const core::RepositoryId &repo, const factory::RepositoryView &view);
    /// Reads the texts, so that the first filter need not wait.
    void warm();
    void apply(const text::Filter &filter); ///< an empty one: nothing is matched, nothing is told
    [[nodiscard]] std::vector<text::FilterField> fields() const;
    [[nodiscard]] bool running() const { return m_reading.running() || m_searching.running() || m_pause.isActive(); }
    [[nodiscard]] std::int64_t took() const { return m_took; } ///< ms, the last complete answer
    [[nodiscard]] bool reading() const { return m_reading.running(); }
    /// The server is asked which commits changed a path, or will be once the person stops typing.
    [[nodiscard]] bool asking() const { return m_paths && !m_paths->knows(m_filter); }

Q_SIGNALS:
    void fieldsChanged(); ///< the metadata keys are known
    void matched(const std::vector<std::int32_t> &rows, bool complete); ///< ascending rows of the graph
    void failed(const andon::core::Error &error);

private:
    /// What a run has found so far, for both threads.
    struct Partial {
        std::mutex mutex = {};
        models::RowNumbers rows = {};
        bool news = false;
    };
    using Rows = std::shared_ptr<const models::FilterRows>;
    using Answer = std::shared_ptr<const models::RowNumbers>;
    void search();
    void searchIndex(); ///< the newest that the index of the cache has of plain words, while texts are read
    void tellPartial();

    factory::VersionService &m_service;
    factory::Worker &m_worker;
    core::RepositoryId m_repo;
    factory::RepositoryView m_view;
    Rows m_rows; ///< null: not read yet
    std::shared_ptr<models::TouchedPaths> m_paths; ///< null: no history
    text::Filter m_filter; ///< that is asked for
    text::Filter m_answered;
    Answer m_answer; ///< to m_answered; null: none
    core::Cancel m_stopReading;
    core::Cancel m_cancel; ///< of the search
    core::Latest<Rows> m_reading;
    core::Latest<Answer> m_searching;
    core::Latest<std::vector<core::CommitId>> m_first;
    std::shared_ptr<Partial> m_partial;
    QTimer m_tick;
    QTimer m_pause; ///< until the person stops typing, before the server is asked
    QElapsedTimer m_since;
    std::int64_t m_took = 0;
};

} // namespace andon::ui
