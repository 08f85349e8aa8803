#pragma once
// Keeps the cache of the open desktop below its cap and knows how large it is. GUI thread; the work runs on the worker.
#include "app/common/wiring.h"
#include "factory/worker.h"

#include <QObject>
#include <QTimer>

namespace andon::desktop
{

class CacheKeeping final : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive it; it only looks at the file until start().
    CacheKeeping(app::House &house, factory::Worker &worker);
    ~CacheKeeping() override;
    void start(); ///< trims shortly after the start, then now and then; for the holder of the profile
    void trim(); ///< now: the cap was changed
    void measure(); ///< looks how large it is now
    [[nodiscard]] std::int64_t bytes() const { return m_bytes; } ///< of the file, as last seen
    [[nodiscard]] QString note() const; ///< "cache 41 MB of 2 GB"

Q_SIGNALS:
    void measured();

private:
    app::House &m_house;
    factory::Worker &m_worker;
    core::Cancel m_cancel;
    QTimer m_timer;
    std::int64_t m_bytes = 0;
    std::int64_t m_cap = 0;
};

} // namespace andon::desktop
