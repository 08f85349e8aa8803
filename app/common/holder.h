#pragma once
// The right to write to a profile: its lock, and with it records.db and the journal, which nobody else opens for
// writing. Made on the main thread before anything else of the profile; lives longer than what writes.
#include "journal/journal.h"
#include "profile/lock.h"
#include "store/databasefile.h"

namespace andon::app
{

class Holder
{
public:
    /// Waits a moment for a command that is about to end. Storage with the hint "held" (detail: who) when another
    /// process has the profile; "newer", "corrupt" or "foreign" when records.db cannot be used.
    [[nodiscard]] static core::Result<std::unique_ptr<Holder>> open(const profile::Profile &profile,
                                                                    const std::string &program);

    /// Tells others that their writes are taken there.
    void announce(const std::string &socket) { (void)m_lock->announce(socket); }
    [[nodiscard]] store::DatabaseFile &records() { return *m_records; }
    /// nullptr when the journal cannot be used: then nothing may be done that it has to witness.
    [[nodiscard]] journal::Journal *journal() { return m_journal.get(); }

private:
    Holder() = default;
    std::unique_ptr<profile::Lock> m_lock; // dies last
    std::unique_ptr<store::DatabaseFile> m_records;
    std::unique_ptr<journal::Journal> m_journal;
};

/// The cache: its holder makes, migrates and quarantines it. A guest takes the lock for as long as that needs, or gets
/// Storage with the hint "held-cache" (detail: who) when another process has it.
[[nodiscard]] core::Result<std::unique_ptr<store::DatabaseFile>> openCache(const profile::Paths &paths, bool holds);

} // namespace andon::app
