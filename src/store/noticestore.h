#pragma once
// What was noticed, in the records: the newest of all sites. Any thread; blocks on disk.
#include "store/databasefile.h"
#include "telemetry/notice.h"

#include <vector>

namespace andon::store
{

class NoticeStore
{
public:
    static constexpr int kMost = 1000; ///< older ones go when new ones come

    explicit NoticeStore(DatabaseFile &records)
        : m_records(records)
    {
    }
    /// Oldest first. On the disk when it returns; gives them with their ids.
    [[nodiscard]] core::Result<std::vector<telemetry::Notice>> add(std::vector<telemetry::Notice> notices);
    /// Newest first.
    [[nodiscard]] core::Result<std::vector<telemetry::Notice>> all();
    /// All up to this one; how many had not been seen.
    [[nodiscard]] core::Result<std::int64_t> markSeen(std::int64_t upTo);

private:
    DatabaseFile &m_records;
};

} // namespace andon::store
