#include "app/andon/cachekeeping.h"

#include "text/profiletext.h"

#include <QFileInfo>

namespace andon::desktop
{

namespace
{

constexpr int kFirstMs = 3'000; // when the first page has what it shows
constexpr int kEveryMs = 600'000;

} // namespace

CacheKeeping::CacheKeeping(app::House &house, factory::Worker &worker)
    : m_house(house)
    , m_worker(worker)
    , m_bytes(QFileInfo(QString::fromStdString(house.profile().cacheFile())).size())
    , m_cap(profile::Settings().cacheCapBytes)
{
    connect(&m_timer, &QTimer::timeout, this, &CacheKeeping::trim);
}

CacheKeeping::~CacheKeeping()
{
    m_cancel.cancel();
}

void CacheKeeping::start()
{
    QTimer::singleShot(kFirstMs, this, &CacheKeeping::trim);
    m_timer.start(kEveryMs);
}

void CacheKeeping::trim()
{
    core::whenDone<store::Eviction>(
        m_worker.run<store::Eviction>(m_cancel,
                                      [this](const core::Cancel &stop) {
                                          m_house.applyBudgets(); // the settings may have been changed by hand
                                          return m_house.trimCache(stop);
                                      }),
        this, [this](const core::Result<store::Eviction> &done) {
            if (!done) // the disk's fault is said by whatever reads from it next
                return;
            m_bytes = done->after;
            m_cap = done->cap;
            Q_EMIT measured();
        });
}

void CacheKeeping::measure()
{
    core::whenDone<std::int64_t>(
        m_worker.run<std::int64_t>(m_cancel,
                                   [file = m_house.profile().cacheFile()](const core::Cancel &) {
                                       return core::Result<std::int64_t>(
                                           QFileInfo(QString::fromStdString(file)).size());
                                   }),
        this, [this](const core::Result<std::int64_t> &bytes) {
            m_bytes = *bytes;
            Q_EMIT measured();
        });
}

QString CacheKeeping::note() const
{
    return text::cacheLine(m_bytes, m_cap);
}

} // namespace andon::desktop
