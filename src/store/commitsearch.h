#pragma once
// The commits whose texts hold what a person types, newest first. Internal to store; inside a read or write.
#include "store/versionstore.h"

#include <QStringList>

namespace andon::store
{

/// Message, committer and metadata, as the index has them.
[[nodiscard]] std::string searchText(const versions::Commit &commit);

/// What was typed: words, and phrases of several, which are quoted or hang together like "fraud-812". Words are letters
/// and digits without case and accents, as the index has them.
class SearchWords
{
public:
    explicit SearchWords(const std::string &typed);
    [[nodiscard]] bool empty() const { return m_words.isEmpty(); }
    /// For the index; nothing that a person types is syntax in it. It keeps no positions: phrases ask for their words.
    [[nodiscard]] std::string wholeWords() const;
    [[nodiscard]] std::string beginnings() const;
    [[nodiscard]] bool hasPhrases() const { return !m_phrases.isEmpty(); }
    [[nodiscard]] bool phrasesIn(const std::string &text) const; ///< each; its last word may be the beginning of one

private:
    QStringList m_words;
    QStringList m_phrases; ///< " fraud 812"
};

/// Those that hold the words whole; while they are fewer than limit, those that hold words that begin like them.
[[nodiscard]] core::Result<std::vector<CommitId>> newestWith(Database &db, RepositoryKey repo, const SearchWords &words,
                                                             int limit);

/// Remembers how new the rows are that were saved: dates by row.
[[nodiscard]] core::Result<void> keepBlocks(Database &db, RepositoryKey repo,
                                            const std::vector<std::pair<std::int64_t, std::int64_t>> &dates);

} // namespace andon::store
