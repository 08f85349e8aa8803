#pragma once
// When each thing was last answered, and answers that are kept whole. Any thread; blocks on disk.
#include "core/evidence.h"
#include "store/versionstore.h"

namespace andon::store
{

struct SyncState {
    core::Instant at = {}; ///< unknown: never
    std::string value = {};
};

struct StoredAnswer {
    core::Instant at = {};
    std::string body = {};
};

class SyncStore
{
public:
    explicit SyncStore(DatabaseFile &file)
        : m_file(file)
    {
    }
    [[nodiscard]] core::Result<void> mark(SourceKey source, const std::string &what, core::Instant at,
                                          const std::string &value = {});
    /// All that begins with this, and what each remembers.
    [[nodiscard]] core::Result<std::vector<std::pair<std::string, std::string>>> marks(SourceKey source,
                                                                                       const std::string &prefix);
    /// As parts of another transaction.
    [[nodiscard]] static core::Result<void> mark(Database &db, SourceKey source, const std::string &what,
                                                 core::Instant at, const std::string &value);
    [[nodiscard]] static core::Result<void> unmark(Database &db, SourceKey source, const std::string &what);
    [[nodiscard]] core::Result<SyncState> state(SourceKey source, const std::string &what);

    [[nodiscard]] core::Result<void> saveAnswer(SourceKey source, const std::string &kind, const std::string &key,
                                                const StoredAnswer &answer);
    /// nullopt: never answered.
    [[nodiscard]] core::Result<std::optional<StoredAnswer>> answer(SourceKey source, const std::string &kind,
                                                                   const std::string &key);
    /// Its body is looked at where it lies, for what is too long to be copied; false: never answered.
    [[nodiscard]] core::Result<bool> readAnswer(SourceKey source, const std::string &kind, const std::string &key,
                                                const std::function<void(std::string_view body)> &look);
    [[nodiscard]] core::Result<std::vector<std::pair<std::string, StoredAnswer>>> answers(SourceKey source,
                                                                                          const std::string &kind);
    /// Adds or replaces these; the others stay.
    [[nodiscard]] core::Result<void> addAnswers(SourceKey source, const std::string &kind, core::Instant at,
                                                const std::vector<std::pair<std::string, std::string>> &bodies);
    /// All answers of one kind at once: those that are not among them go.
    [[nodiscard]] core::Result<void> replaceAnswers(SourceKey source, const std::string &kind, core::Instant at,
                                                    const std::vector<std::pair<std::string, std::string>> &bodies);

private:
    DatabaseFile &m_file;
};

} // namespace andon::store
