#pragma once
// Reads the Floor of the open site in the background and says what changed, whatever page the window shows. GUI thread;
// the work runs on the Worker.
#include "core/cancel.h"
#include "core/clock.h"
#include "core/freshness.h"
#include "core/pending.h"
#include "factory/floorview.h"
#include "factory/worker.h"
#include "telemetry/lookout.h"

#include <QObject>
#include <QTimer>

namespace andon::factory
{

class Site;

class FloorWatch final : public QObject
{
    Q_OBJECT
public:
    struct Turn {
        Site *site = nullptr; ///< that is open; it must outlive what runs on the worker
        std::int64_t everyMs = 15'000;
        bool follows = false; ///< the window follows the present
        bool busy = false; ///< its page is asking: what it asks for need not be asked twice
    };
    /// turn: asked every second.
    FloorWatch(Worker &worker, const core::Clock &clock, std::function<Turn()> turn);
    ~FloorWatch() override { m_cancel.cancel(); }

Q_SIGNALS:
    /// After each look, also when nothing changed. The first one of a site is an interval after it was opened.
    void looked(const core::SiteName &site, const std::vector<telemetry::Notice> &changes);

private:
    void tick();
    void ask(Site &site);

    Worker &m_worker;
    const core::Clock &m_clock;
    std::function<Turn()> m_turn;
    QTimer m_timer;
    Site *m_site = nullptr;
    core::Instant m_asked = {};
    core::Cancel m_cancel;
    core::Latest<core::Snapshot<FloorView>> m_asking;
    telemetry::Lookout m_lookout;
};

} // namespace andon::factory
