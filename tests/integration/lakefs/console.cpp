#include "tests/integration/lakefs/console.h"

#include "sources/lakefs/lakefsclient.h"

#include <algorithm>
#include <sstream>

namespace andon::test
{

namespace
{

const core::SiteName kSite("site");
const core::SourceName kSource("lake");

template <typename T> T valueOf(core::Result<T> result)
{
    if (result)
        return std::move(*result);
    qWarning("cache: %s %s", result.error().where.c_str(), result.error().detail.c_str()); // fails the test
    return {};
}

/// lakeFS in small pages, before each of which something happens.
class Paged final : public sources::lakefs::LakeFsClient
{
public:
    Paged(std::unique_ptr<net::HttpClient> http, int most, Console::BeforePage before)
        : LakeFsClient(std::move(http))
        , m_most(most)
        , m_before(std::move(before))
    {
    }
    core::Result<roles::LogPage> log(const core::RepositoryId &repo, const core::RefName &ref, const std::string &after,
                                     int amount, const core::Cancel &cancel) override
    {
        m_before(repo);
        return LakeFsClient::log(repo, ref, after, std::min(amount, m_most), cancel);
    }

private:
    int m_most;
    Console::BeforePage m_before;
};

} // namespace

Console::Console(const std::string &url, const std::string &key, const std::string &secret, int pageSize,
                 BeforePage beforePage)
    : m_file(valueOf(
        store::DatabaseFile::open(m_folder.filePath(QStringLiteral("cache.db")).toStdString(), store::cacheSchema())))
    , m_board(m_clock)
    , m_log(1'000'000)
{
    net::Endpoint endpoint{
        .source = kSource, .baseUrl = url, .auth = net::Endpoint::AuthKind::Basic, .user = key, .secret = secret};
    m_board.add({.name = kSource, .kind = "lakefs", .server = url});
    const factory::SiteParts parts{kSite, m_clock, *m_file, m_board, m_pin};
    auto http = std::make_unique<net::HttpClient>(m_transport, std::move(endpoint), &m_log, &m_clock);
    core::Later<roles::VersionSource> source;
    if (pageSize > 0)
        source = std::make_unique<Paged>(std::move(http), pageSize, std::move(beforePage));
    else
        source = std::make_unique<sources::lakefs::LakeFsClient>(std::move(http));
    m_service = std::make_unique<factory::VersionService>(parts, kSource, source);
    m_gates = std::make_unique<factory::GateService>(parts, *m_service, factory::knownAs({}));
    m_branches = std::make_unique<factory::RefService>(parts, *m_service, source);
    m_pulls = std::make_unique<factory::PullService>(parts, kSource, *m_service, source);
    m_objects = std::make_unique<factory::ObjectService>(parts, kSource, source, *m_service);
    m_comparisons = std::make_unique<factory::CompareService>(*m_service, *m_objects);
}

core::Result<factory::VersionSyncStats> Console::sync()
{
    return m_service->sync({}, core::Cancel());
}

std::vector<std::string> Console::asked()
{
    const auto all = m_log.entries();
    std::vector<std::string> lines;
    for (std::size_t i = static_cast<std::size_t>(m_seen); i < all.size(); ++i)
        lines.push_back(all[i].line);
    m_seen = static_cast<std::int64_t>(all.size());
    return lines;
}

store::RepositoryKey Console::key(const std::string &repo)
{
    store::VersionStore store(*m_file);
    return valueOf(store.repository(valueOf(store.source(kSite, kSource)), core::RepositoryId(repo)));
}

Console::Commits Console::commits(const std::string &repo)
{
    store::VersionStore store(*m_file);
    std::vector<core::CommitId> ids;
    for (const versions::GraphCommit &commit : valueOf(store.topology(key(repo))))
        ids.push_back(commit.id.id());
    Commits all;
    for (versions::Commit &commit : valueOf(store.commits(key(repo), ids)))
        all.emplace(commit.id.value, std::move(commit));
    return all;
}

std::vector<versions::Ref> Console::refs(const std::string &repo)
{
    return valueOf(store::VersionStore(*m_file).refs(key(repo)));
}

std::vector<versions::ActionRun> Console::runs(const std::string &repo)
{
    return valueOf(store::VersionStore(*m_file).runs(key(repo), {}, 100'000));
}

Parents reachedFrom(const Console::Commits &commits, const std::string &head)
{
    Parents reached;
    std::vector<std::string> waiting{head};
    while (!waiting.empty()) {
        const std::string id = waiting.back();
        waiting.pop_back();
        const auto [at, added] = reached.try_emplace(id);
        const auto commit = commits.find(id);
        if (!added || commit == commits.end())
            continue;
        for (const core::CommitId &parent : commit->second.parents) {
            at->second.push_back(parent.value);
            waiting.push_back(parent.value);
        }
        std::sort(at->second.begin(), at->second.end());
    }
    return reached;
}

Parents parentsInDot(const std::string &text)
{
    // A commit is a line `\t"ID" [shape=…`, each of its parents one `\t"PARENT" -> "ID";`.
    constexpr std::size_t kId = 64;
    Parents all;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("\t\"") || line.size() < kId + 5)
            continue;
        const std::string id = line.substr(2, kId);
        const std::string rest = line.substr(2 + kId);
        if (rest.starts_with("\" [shape="))
            all.try_emplace(id);
        else if (rest.starts_with("\" -> \"") && rest.size() >= 6 + kId)
            all[rest.substr(6, kId)].push_back(id);
    }
    for (auto &[id, parents] : all)
        std::sort(parents.begin(), parents.end());
    return all;
}

} // namespace andon::test
