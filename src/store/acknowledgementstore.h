#pragma once
// Who acknowledged what, in the records: nothing of it is ever deleted. Any thread; blocks on disk.
#include "core/ids.h"
#include "store/databasefile.h"

#include <vector>

namespace andon::store
{

struct Acknowledgement {
    std::int64_t id = 0; ///< given by the store
    core::SiteName site = {};
    std::string kind = {}; ///< "station", "alert", "finding"
    std::string subject = {};
    std::string state = {}; ///< that it was made for: another state is another matter
    std::string who = {};
    std::string note = {};
    core::Instant at = {};
    core::Instant until = {}; ///< unknown: as long as the state lasts
    core::Instant withdrawn = {};
    std::string withdrawnBy = {};
    bool operator==(const Acknowledgement &) const = default;
};

class AcknowledgementStore
{
public:
    explicit AcknowledgementStore(DatabaseFile &records)
        : m_records(records)
    {
    }
    /// On the disk when it returns. Gives its id.
    [[nodiscard]] core::Result<std::int64_t> add(const Acknowledgement &one);
    /// All of a subject that are not withdrawn yet; how many.
    [[nodiscard]] core::Result<std::int64_t> withdraw(const core::SiteName &site, const std::string &kind,
                                                      const std::string &subject, const std::string &who,
                                                      core::Instant at);
    /// Newest first, with those that were withdrawn or are over.
    [[nodiscard]] core::Result<std::vector<Acknowledgement>> all(const core::SiteName &site);
    /// The newest of each subject that was said by then, and not yet withdrawn or over.
    [[nodiscard]] core::Result<std::vector<Acknowledgement>> standing(const core::SiteName &site, core::Instant at);

private:
    DatabaseFile &m_records;
};

} // namespace andon::store
