#pragma once
// lakeFS as a VersionSource: the read calls of its REST API v1. Blocking, any thread.
#include "net/httpclient.h"
#include "roles/versionsource.h"

#include <memory>

namespace andon::sources::lakefs
{

class LakeFsClient : public roles::VersionSource
{
public:
    explicit LakeFsClient(std::unique_ptr<net::HttpClient> http);

    core::Result<roles::VersionSourceInfo> probe(const core::Cancel &cancel) override;
    core::Result<std::vector<versions::Repository>> repositories(const core::Cancel &cancel) override;
    core::Result<std::vector<versions::Ref>> refs(const core::RepositoryId &repo, const core::Cancel &cancel) override;
    core::Result<std::vector<versions::ProtectionRule>> protection(const core::RepositoryId &repo,
                                                                   const core::Cancel &cancel) override;
    core::Result<roles::LogPage> log(const core::RepositoryId &repo, const core::RefName &ref, const std::string &after,
                                     int amount, const core::Cancel &cancel) override;
    core::Result<roles::LogPage> touching(const core::RepositoryId &repo, const core::RefName &ref,
                                          const std::string &prefix, const std::string &after, int amount,
                                          const core::Cancel &cancel) override;
    core::Result<std::optional<versions::Commit>> changedLast(const core::RepositoryId &repo, const core::RefName &ref,
                                                              const std::string &path, core::Instant since,
                                                              const core::Cancel &cancel) override;
    core::Result<versions::Commit> commit(const core::RepositoryId &repo, const core::RefName &ref,
                                          const core::Cancel &cancel) override;
    core::Result<versions::DiffPage> diff(const core::RepositoryId &repo, const core::RefName &left,
                                          const core::RefName &right, versions::DiffMode mode,
                                          const std::string &prefix, const std::string &after, int amount,
                                          const core::Cancel &cancel) override;
    core::Result<core::CommitId> mergeBase(const core::RepositoryId &repo, const core::RefName &left,
                                           const core::RefName &right, const core::Cancel &cancel) override;
    core::Result<versions::ObjectPage> objects(const core::RepositoryId &repo, const core::RefName &ref,
                                               const std::string &prefix, const std::string &delimiter,
                                               const std::string &after, int amount,
                                               const core::Cancel &cancel) override;
    core::Result<versions::ObjectEntry> object(const core::RepositoryId &repo, const core::RefName &ref,
                                               const std::string &path, const core::Cancel &cancel) override;
    core::Result<versions::ObjectBytes> read(const core::RepositoryId &repo, const core::RefName &ref,
                                             const std::string &path, std::int64_t most,
                                             const core::Cancel &cancel) override;
    core::Result<versions::ObjectBytes> readEnd(const core::RepositoryId &repo, const core::RefName &ref,
                                                const std::string &path, std::int64_t most,
                                                const core::Cancel &cancel) override;
    core::Result<roles::RunsPage> runs(const core::RepositoryId &repo, const std::string &after, int amount,
                                       const core::Cancel &cancel) override;
    core::Result<std::vector<versions::HookRun>> hooks(const core::RepositoryId &repo, const std::string &run,
                                                       const core::Cancel &cancel) override;
    core::Result<std::string> hookOutput(const core::RepositoryId &repo, const std::string &run,
                                         const std::string &hook, const core::Cancel &cancel) override;
    core::Result<roles::PullsPage> pulls(const core::RepositoryId &repo, const std::string &after, int amount,
                                         const core::Cancel &cancel) override;
    core::Result<versions::PullRequest> pull(const core::RepositoryId &repo, const std::string &id,
                                             const core::Cancel &cancel) override;
    core::Result<bool> uncommitted(const core::RepositoryId &repo, const core::RefName &branch,
                                   const core::Cancel &cancel) override;

private:
    using Query = std::vector<std::pair<std::string, std::string>>;
    [[nodiscard]] net::Request request(std::string what, std::vector<std::string> path, Query query = {}) const;
    /// The body of a JSON answer; lakeFS's two meanings of 401 told apart.
    core::Result<net::Response> get(const net::Request &request, const core::Cancel &cancel) const;
    core::Result<std::string> json(const net::Request &request, const core::Cancel &cancel) const;
    /// range: "0-99", "-100". All of it from a server that knows no ranges.
    core::Result<versions::ObjectBytes> part(const core::RepositoryId &repo, const core::RefName &ref,
                                             const std::string &path, const std::string &range,
                                             const core::Cancel &cancel) const;

    std::unique_ptr<net::HttpClient> m_http;
};

} // namespace andon::sources::lakefs
