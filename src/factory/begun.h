#pragma once
// A reading of several pages that may be killed between two of them, while other processes read the same. With each
// page it saves a note that it is not over; whoever reads next finds the notes of those that never ended. Worker
// thread.
#include "store/syncstore.h"

namespace andon::factory
{

class Begun
{
public:
    /// what: "runs:ml-data". Finds the notes of others, which began before this one asks for anything.
    [[nodiscard]] static core::Result<Begun> look(store::SyncStore &store, store::DatabaseFile &cache,
                                                  store::SourceKey source, const std::string &what);

    /// What each of the others noted; empty when all have ended.
    [[nodiscard]] const std::vector<std::string> &others() const { return m_others; }
    /// To be saved in one transaction with each page: another one may have ended, and with it what was known,
    /// meanwhile.
    [[nodiscard]] store::DatabaseFile::Work note(const std::string &value);
    using Whole = std::function<core::Result<bool>()>;
    /// This one has read all that those before it had left, and says so; later ones have notes of their own. whole:
    /// asked while nobody else can write; when it says no, nothing is said and the answer is false.
    [[nodiscard]] core::Result<bool> end(core::Instant at, const Whole &whole = {});

private:
    Begun(store::DatabaseFile &cache, store::SourceKey source, const std::string &what);
    store::DatabaseFile *m_cache;
    store::SourceKey m_source;
    std::string m_what;
    std::string m_own;
    std::vector<std::string> m_covered; ///< names of the notes that end() takes away
    std::vector<std::string> m_others;
};

} // namespace andon::factory
