#include "factory/floorwatch.h"

#include "factory/site.h"
#include "factory/watched.h"

namespace andon::factory
{

namespace
{
constexpr int kTickMs = 1'000;
} // namespace

FloorWatch::FloorWatch(Worker &worker, const core::Clock &clock, std::function<Turn()> turn)
    : m_worker(worker)
    , m_clock(clock)
    , m_turn(std::move(turn))
{
    connect(&m_timer, &QTimer::timeout, this, &FloorWatch::tick);
    m_timer.start(kTickMs);
}

void FloorWatch::tick()
{
    const Turn turn = m_turn();
    const core::Instant now = m_clock.now();
    if (turn.site != m_site) {
        m_cancel.cancel();
        m_asking.stop();
        m_lookout = {};
        m_asked = now;
        m_site = turn.site;
    }
    const std::int64_t waited = now - m_asked;
    const bool due = waited >= turn.everyMs && (!turn.busy || waited >= 2 * turn.everyMs);
    if (m_site && turn.follows && due && !m_asking.running())
        ask(*m_site);
}

void FloorWatch::ask(Site &site)
{
    using Floor = core::Snapshot<FloorView>;
    m_asked = m_clock.now();
    m_cancel = core::Cancel();
    const auto read = [&site](const core::Cancel &cancel) {
        MachinesService &machines = site.machines();
        return machines.floor(machines.range(core::kDay), Access::Share, cancel);
    };
    m_asking.start(m_worker.run<Floor>(m_cancel, read), this, [this, &site](const core::Result<Floor> &floor) {
        if (!floor || site.pin().asOf()) // then it is of another time
            return;
        Q_EMIT looked(site.name(), m_lookout.look(watched(*floor), m_clock.now()));
    });
}

} // namespace andon::factory
