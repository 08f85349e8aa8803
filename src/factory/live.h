#pragma once
// Stale-while-revalidate for one panel: asks a view twice, from the cache at once and from the sources behind it, and
// says when either has answered. GUI thread; the work runs on the Worker.
#include "core/freshness.h"
#include "factory/access.h"
#include "factory/worker.h"

#include <QObject>
#include <QTimer>

namespace andon::factory
{

/// The signal half: templates cannot be Q_OBJECTs.
class LiveBase : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] bool refreshing() const { return m_refreshing; }

Q_SIGNALS:
    void changed();

protected:
    bool m_refreshing = false;
};

template <typename View> class Live final : public LiveBase
{
public:
    using Answer = core::Snapshot<View>;
    using Ask = std::function<core::Result<Answer>(Access, const core::Cancel &)>;

    Live(Worker &worker, Ask ask, QObject *parent)
        : LiveBase(parent)
        , m_worker(worker)
        , m_ask(std::move(ask))
    {
    }
    ~Live() override { m_cancel.cancel(); }

    [[nodiscard]] const Answer &snapshot() const { return m_snapshot; }

    /// Replaces what is asked (another repository, another range) and asks anew; the last value stays on the screen
    /// meanwhile.
    void ask(Ask ask, bool network = true)
    {
        m_ask = std::move(ask);
        refresh(network);
    }

    void refresh(bool network = true)
    {
        m_cancel.cancel();
        m_cancel = core::Cancel();
        m_refreshing = true;
        start(m_remembers && !m_snapshot.freshness.at.known() ? Access::Remembered : Access::CacheOnly, network);
        Q_EMIT changed();
    }

    /// The first time asks for Access::Remembered before all else.
    void beginWithRemembered() { m_remembers = true; }

    /// Shows a state instead of asking, with the value kept or not: for pictures of every face.
    void pretend(const core::Freshness &freshness, bool withValue)
    {
        m_cancel.cancel();
        m_latest.stop();
        if (!withValue)
            m_snapshot.value = {};
        m_snapshot.freshness = freshness;
        m_refreshing = false;
        Q_EMIT changed();
    }

private:
    static constexpr int kPaintMs = 100; ///< in which what is remembered is painted with all the cores

    void start(Access access, bool thenNetwork)
    {
        auto ask = m_ask;
        m_latest.start(
            m_worker.run<Answer>(m_cancel, [ask, access](const core::Cancel &cancel) { return ask(access, cancel); }),
            this, [this, access, thenNetwork](core::Result<Answer> answer) {
                const bool recalled = access == Access::Remembered && answer;
                if (recalled || access != Access::Remembered)
                    take(std::move(answer));
                if (recalled)
                    QTimer::singleShot(kPaintMs, this, [this, thenNetwork, cancel = m_cancel] {
                        if (!cancel.cancelled())
                            start(Access::CacheOnly, thenNetwork);
                    });
                else if (access == Access::Remembered)
                    start(Access::CacheOnly, thenNetwork);
                else if (access == Access::CacheOnly && thenNetwork)
                    start(Access::Refresh, false);
                else
                    m_refreshing = false;
                Q_EMIT changed();
            });
    }

    void take(core::Result<Answer> answer)
    {
        if (answer) {
            m_snapshot = std::move(*answer);
        } else if (answer.error().kind != core::ErrorKind::Cancelled) {
            m_snapshot.freshness.state =
                m_snapshot.freshness.at.known() ? core::FreshnessState::Stale : core::FreshnessState::Unavailable;
            m_snapshot.freshness.error = answer.error();
        }
    }

    Worker &m_worker;
    Ask m_ask;
    Answer m_snapshot;
    core::Cancel m_cancel;
    core::Latest<Answer> m_latest;
    bool m_remembers = false;
};

} // namespace andon::factory
