#include "store/commitsearch.h"

#include "store/rows.h"

#include <QString>

#include <algorithm>
#include <map>
#include <span>

namespace andon::store
{

namespace
{

using versions::Oid;

constexpr int kBlockBits = 9; // as 002.sql has it
constexpr int kFew = 2'000; // hits whose places are read at once

/// Words of letters and digits, without case and accents.
QStringList wordsOf(const QString &text)
{
    QStringList words;
    QString word;
    const auto flush = [&] {
        if (!word.isEmpty())
            words << std::exchange(word, QString());
    };
    for (const QChar c : text.normalized(QString::NormalizationForm_D).toCaseFolded()) {
        if (c.isLetterOrNumber() || c.isSurrogate())
            word += c;
        else if (!c.isMark())
            flush();
    }
    flush();
    return words;
}

std::string expression(const QStringList &words, const char *behind)
{
    std::string out;
    for (const QString &word : words)
        out += (out.empty() ? "\"" : " \"") + word.toStdString() + "\"" + behind;
    return out;
}

using Rows = std::vector<std::int64_t>; ///< of the index, ascending

/// Collects the newest of what it is shown, block after block.
class Newest
{
public:
    Newest(Database &db, RepositoryKey repo, const SearchWords &words, int limit)
        : m_repo(repo)
        , m_words(words)
        , m_limit(static_cast<std::size_t>(std::max(0, limit)))
        , m_date(db, "SELECT created FROM commits WHERE n = ? AND repository = ?")
        , m_text(db, "SELECT message, committer, metadata FROM commits WHERE n = ?")
        , m_id(db, "SELECT id FROM commits WHERE n = ?")
    {
    }
    struct Found {
        std::int64_t created = 0;
        std::int64_t n = 0;
    };
    void offer(std::span<const std::int64_t> rows)
    {
        std::vector<Found> dated;
        for (const std::int64_t n : rows)
            if (m_date.bind(n, m_repo.row).next())
                dated.push_back({m_date.number(0), n});
        offer(std::move(dated));
    }
    void offer(std::vector<Found> dated)
    {
        std::sort(dated.begin(), dated.end(), newer);
        std::size_t added = 0;
        for (const Found &one : dated) {
            if (added == m_limit || !needs(one.created))
                break;
            if (m_words.hasPhrases() && !m_words.phrasesIn(textOf(one.n)))
                continue;
            ++added;
            m_found.insert(std::upper_bound(m_found.begin(), m_found.end(), one, newer), one);
            if (m_found.size() > m_limit)
                m_found.pop_back();
        }
    }
    /// One of this date would be among them.
    [[nodiscard]] bool needs(std::int64_t created) const { return !full() || created > m_found.back().created; }
    [[nodiscard]] bool full() const { return m_found.size() >= m_limit; }
    [[nodiscard]] core::Result<std::vector<CommitId>> ids()
    {
        std::vector<CommitId> ids;
        for (const Found &one : m_found)
            if (m_id.bind(one.n).next())
                if (const auto oid = Oid::fromBytes(m_id.blob(0)))
                    ids.push_back(oid->id());
        for (const Statement *statement : {&m_date, &m_text, &m_id})
            if (auto done = statement->done(); !done)
                return core::fail(done.error());
        return ids;
    }

private:
    static bool newer(const Found &a, const Found &b)
    {
        return a.created != b.created ? a.created > b.created : a.n < b.n;
    }
    std::string textOf(std::int64_t n)
    {
        if (!m_text.bind(n).next())
            return {};
        return searchText(
            {.committer = m_text.text(1), .message = m_text.text(0), .metadata = unpackPairs(m_text.blob(2))});
    }

    RepositoryKey m_repo;
    const SearchWords &m_words;
    std::size_t m_limit;
    Statement m_date;
    Statement m_text;
    Statement m_id;
    std::vector<Found> m_found; ///< newest first
};

/// Blocks of a repository, that with the newest commit first.
core::Result<std::vector<std::pair<std::int64_t, std::int64_t>>> blocksOf(Database &db, RepositoryKey repo)
{
    std::vector<std::pair<std::int64_t, std::int64_t>> blocks;
    Statement select(db, "SELECT block, newest FROM commit_block WHERE repository = ? ORDER BY newest DESC");
    select.bind(repo.row);
    while (select.next())
        blocks.emplace_back(select.number(0), select.number(1));
    if (auto done = select.done(); !done)
        return core::fail(done.error());
    return blocks;
}

/// All hits when they are at most `most`, else nothing.
core::Result<std::optional<Rows>> hitsOf(Database &db, const std::string &match, std::int64_t most)
{
    Rows hits;
    Statement select(db, "SELECT rowid FROM commit_text WHERE commit_text MATCH ? LIMIT ?");
    select.bind(match, most + 1);
    while (select.next())
        hits.push_back(select.number(0));
    if (auto done = select.done(); !done)
        return core::fail(done.error());
    return static_cast<std::int64_t>(hits.size()) > most ? std::nullopt : std::optional(std::move(hits));
}

std::span<const std::int64_t> inBlock(const Rows &hits, std::int64_t block)
{
    const auto first = std::lower_bound(hits.begin(), hits.end(), block << kBlockBits);
    return {first, std::lower_bound(first, hits.end(), (block + 1) << kBlockBits)};
}

} // namespace

std::string searchText(const versions::Commit &commit)
{
    std::string text = commit.message + "\n" + commit.committer;
    for (const auto &[key, value] : commit.metadata)
        text += "\n" + key + " " + value;
    return text;
}

SearchWords::SearchWords(const std::string &typed)
{
    bool quoted = false;
    QString part;
    const auto flush = [&] {
        const QStringList words = wordsOf(std::exchange(part, QString()));
        m_words << words;
        if (words.size() > 1)
            m_phrases << u' ' + words.join(u' ');
    };
    for (const QChar c : QString::fromStdString(typed)) {
        quoted = quoted != (c == u'"');
        if (c == u'"' || (c.isSpace() && !quoted))
            flush();
        else
            part += c;
    }
    flush();
}

std::string SearchWords::wholeWords() const
{
    return expression(m_words, "");
}

std::string SearchWords::beginnings() const
{
    return expression(m_words, "*");
}

bool SearchWords::phrasesIn(const std::string &text) const
{
    const QString words = u' ' + wordsOf(QString::fromStdString(text)).join(u' ');
    return std::all_of(m_phrases.begin(), m_phrases.end(),
                       [&](const QString &phrase) { return words.contains(phrase); });
}

core::Result<std::vector<CommitId>> newestWith(Database &db, RepositoryKey repo, const SearchWords &words, int limit)
{
    const auto blocks = blocksOf(db, repo);
    auto whole = hitsOf(db, words.wholeWords(), kFew);
    if (const auto error = core::firstError(blocks, whole))
        return core::fail(*error);
    Newest newest(db, repo, words, limit);
    const auto fill = [&blocks](Newest &into, const Rows &hits) {
        for (const auto &[block, date] : *blocks)
            if (into.needs(date))
                into.offer(inBlock(hits, block));
    };
    if (*whole) {
        fill(newest, **whole);
    } else { // many: block by block, until what is left is older
        Statement within(db,
                         "SELECT c.created, c.n FROM commit_text JOIN commits c ON c.n = commit_text.rowid "
                         "WHERE commit_text MATCH ? AND commit_text.rowid BETWEEN ? AND ? AND c.repository = ?");
        for (const auto &[block, date] : *blocks) {
            if (!newest.needs(date))
                break;
            std::vector<Newest::Found> rows;
            const std::int64_t first = block << kBlockBits;
            within.bind(words.wholeWords(), first, first + (std::int64_t{1} << kBlockBits) - 1, repo.row);
            while (within.next())
                rows.push_back({within.number(0), within.number(1)});
            newest.offer(std::move(rows));
        }
        if (auto done = within.done(); !done)
            return core::fail(done.error());
    }
    if (newest.full())
        return newest.ids();
    const auto begin = hitsOf(db, words.beginnings(), INT64_MAX - 1);
    if (!begin)
        return core::fail(begin.error());
    Newest all(db, repo, words, limit);
    fill(all, **begin);
    return all.ids();
}

core::Result<void> keepBlocks(Database &db, RepositoryKey repo,
                              const std::vector<std::pair<std::int64_t, std::int64_t>> &dates)
{
    struct Block {
        std::int64_t newest = INT64_MIN;
        std::int64_t commits = 0;
    };
    std::map<std::int64_t, Block> blocks;
    for (const auto &[n, created] : dates) {
        Block &block = blocks[n >> kBlockBits];
        block.newest = std::max(block.newest, created);
        ++block.commits;
    }
    Statement save(db,
                   "INSERT INTO commit_block(repository, block, newest, commits) VALUES(?, ?, ?, ?) ON CONFLICT "
                   "DO UPDATE SET newest = max(newest, excluded.newest), commits = commits + excluded.commits");
    for (const auto &[number, block] : blocks)
        if (auto done = save.bind(repo.row, number, block.newest, block.commits).execute(); !done)
            return done;
    return {};
}

} // namespace andon::store
