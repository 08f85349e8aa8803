#include "store/noticestore.h"

namespace andon::store
{

namespace
{

using telemetry::Notice;

/// A row of another version of Andon may have a number that this one does not know.
telemetry::Level levelOf(std::int64_t number)
{
    return number >= 0 && number <= static_cast<std::int64_t>(telemetry::Level::Critical)
        ? static_cast<telemetry::Level>(number)
        : telemetry::Level::Unknown;
}

core::Result<void> insert(Database &db, Notice &one)
{
    Statement statement(db,
                        "INSERT INTO notice(site, at, kind, subject, name, about, state_before, state_after, "
                        "level_before, level_after, link, seen) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    auto done = statement
                    .bind(one.site.value, one.at.ms, static_cast<std::int64_t>(one.kind), one.subject, one.name,
                          one.about, one.from, one.to, static_cast<std::int64_t>(one.before),
                          static_cast<std::int64_t>(one.after), one.link, std::int64_t{one.seen})
                    .execute();
    one.id = db.lastRowId();
    return done;
}

} // namespace

core::Result<std::vector<Notice>> NoticeStore::add(std::vector<Notice> notices)
{
    const auto done = m_records.write([&](Database &db) -> core::Result<void> {
        for (Notice &one : notices)
            if (auto inserted = insert(db, one); !inserted)
                return inserted;
        Statement trim(db, "DELETE FROM notice WHERE id <= (SELECT id FROM notice ORDER BY id DESC LIMIT 1 OFFSET ?)");
        return trim.bind(std::int64_t{kMost}).execute();
    });
    if (!done)
        return core::fail(done.error());
    return notices;
}

core::Result<std::vector<Notice>> NoticeStore::all()
{
    using All = std::vector<Notice>;
    return m_records.get<All>([](Database &db) -> core::Result<All> {
        All all;
        Statement select(db,
                         "SELECT id, site, at, kind, subject, name, about, state_before, state_after, level_before, "
                         "level_after, link, seen FROM notice ORDER BY id DESC");
        select.bind();
        while (select.next())
            all.push_back(
                {.id = select.number(0),
                 .site = core::SiteName(select.text(1)),
                 .at = {select.number(2)},
                 .kind = select.number(3) == 0 ? telemetry::NoticeKind::Station : telemetry::NoticeKind::Alert,
                 .subject = select.text(4),
                 .name = select.text(5),
                 .about = select.text(6),
                 .from = select.text(7),
                 .to = select.text(8),
                 .before = levelOf(select.number(9)),
                 .after = levelOf(select.number(10)),
                 .link = select.text(11),
                 .seen = select.number(12) != 0});
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return all;
    });
}

core::Result<std::int64_t> NoticeStore::markSeen(std::int64_t upTo)
{
    std::int64_t count = 0;
    const auto done = m_records.write([&](Database &db) -> core::Result<void> {
        Statement update(db, "UPDATE notice SET seen = 1 WHERE seen = 0 AND id <= ?");
        auto updated = update.bind(upTo).execute();
        count = db.changes();
        return updated;
    });
    if (!done)
        return core::fail(done.error());
    return count;
}

} // namespace andon::store
