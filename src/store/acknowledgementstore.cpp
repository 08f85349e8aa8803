#include "store/acknowledgementstore.h"

#include <set>

namespace andon::store
{

core::Result<std::int64_t> AcknowledgementStore::add(const Acknowledgement &one)
{
    std::int64_t id = 0;
    const auto done = m_records.write([&](Database &db) -> core::Result<void> {
        Statement insert(db,
                         "INSERT INTO acknowledgement(site, kind, subject, state, who, note, at, until) "
                         "VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
        auto inserted =
            insert.bind(one.site.value, one.kind, one.subject, one.state, one.who, one.note, one.at.ms, one.until.ms)
                .execute();
        id = db.lastRowId();
        return inserted;
    });
    if (!done)
        return core::fail(done.error());
    return id;
}

core::Result<std::int64_t> AcknowledgementStore::withdraw(const core::SiteName &site, const std::string &kind,
                                                          const std::string &subject, const std::string &who,
                                                          core::Instant at)
{
    std::int64_t count = 0;
    const auto done = m_records.write([&](Database &db) -> core::Result<void> {
        Statement update(db,
                         "UPDATE acknowledgement SET withdrawn = ?, withdrawn_by = ? "
                         "WHERE site = ? AND kind = ? AND subject = ? AND withdrawn = 0");
        auto updated = update.bind(at.ms, who, site.value, kind, subject).execute();
        count = db.changes();
        return updated;
    });
    if (!done)
        return core::fail(done.error());
    return count;
}

core::Result<std::vector<Acknowledgement>> AcknowledgementStore::all(const core::SiteName &site)
{
    using All = std::vector<Acknowledgement>;
    return m_records.get<All>([&](Database &db) -> core::Result<All> {
        All all;
        Statement select(db,
                         "SELECT id, kind, subject, state, who, note, at, until, withdrawn, withdrawn_by "
                         "FROM acknowledgement WHERE site = ? ORDER BY id DESC");
        select.bind(site.value);
        while (select.next())
            all.push_back({.id = select.number(0),
                           .site = site,
                           .kind = select.text(1),
                           .subject = select.text(2),
                           .state = select.text(3),
                           .who = select.text(4),
                           .note = select.text(5),
                           .at = {select.number(6)},
                           .until = {select.number(7)},
                           .withdrawn = {select.number(8)},
                           .withdrawnBy = select.text(9)});
        if (auto done = select.done(); !done)
            return core::fail(done.error());
        return all;
    });
}

core::Result<std::vector<Acknowledgement>> AcknowledgementStore::standing(const core::SiteName &site, core::Instant at)
{
    auto every = all(site);
    if (!every)
        return every;
    std::vector<Acknowledgement> standing;
    std::set<std::pair<std::string, std::string>> seen;
    for (Acknowledgement &one : *every) {
        const bool withdrawn = one.withdrawn.known() && one.withdrawn <= at;
        const bool over = one.until.known() && one.until <= at;
        if (one.at <= at && !withdrawn && seen.emplace(one.kind, one.subject).second && !over)
            standing.push_back(std::move(one));
    }
    return standing;
}

} // namespace andon::store
