#pragma once
// A version source in memory that answers log pages as lakeFS does: from a head, by date, max-heap, first parent's side
// first on equal dates.
#include "roles/versionsource.h"

#include <algorithm>
#include <functional>
#include <map>
#include <queue>
#include <set>

namespace andon::test
{

class FakeVersionSource final : public roles::VersionSource
{
public:
    std::map<core::CommitId, versions::Commit> commits;
    std::vector<versions::Ref> branches;
    std::vector<versions::Repository> listed{
        {.id = core::RepositoryId("data"), .defaultBranch = core::RefName("main")}}; ///< all with these commits
    std::int64_t returned = 0;
    int requests = 0;
    int failAfter = -1; ///< requests after which every call fails; -1 never
    std::vector<versions::ActionRun> actionRuns; ///< newest first
    int failRunsAfter = -1; ///< pages of runs
    int mostPerPage = 1000; ///< of a log
    std::function<void()> onLog; ///< called before each page of a log is answered
    std::function<void()> onRuns;
    std::vector<versions::PullRequest> pullList;
    int pullRequests = 0; ///< pages of pulls that were asked for
    std::set<core::RefName> dirty; ///< branches with what is not committed
    std::vector<versions::ProtectionRule> rules;
    std::map<std::string, std::vector<versions::HookRun>> hooksOf; ///< by run
    std::vector<std::string> capabilities;
    std::function<core::Result<versions::DiffPage>(const std::string &after, int amount)> onDiff;
    int diffPages = 0;
    std::map<std::string, versions::ObjectEntry> tree; ///< the same at every ref
    std::map<std::string, std::string> contents;
    int objectCalls = 0;
    std::vector<std::int64_t> endReads; ///< how much of an end each call asked for
    std::map<core::CommitId, std::string> touched; ///< the one path that each commit changed

    core::Result<roles::VersionSourceInfo> probe(const core::Cancel &) override
    {
        return roles::VersionSourceInfo{.product = "fake", .capabilities = capabilities};
    }
    core::Result<std::vector<versions::Repository>> repositories(const core::Cancel &) override { return listed; }
    core::Result<std::vector<versions::Ref>> refs(const core::RepositoryId &, const core::Cancel &) override
    {
        return branches;
    }
    core::Result<std::vector<versions::ProtectionRule>> protection(const core::RepositoryId &,
                                                                   const core::Cancel &) override
    {
        return rules;
    }
    core::Result<roles::LogPage> log(const core::RepositoryId &, const core::RefName &ref, const std::string &after,
                                     int amount, const core::Cancel &) override
    {
        if (failAfter >= 0 && requests >= failAfter)
            return core::fail(core::ErrorKind::Timeout, "fake log", "the server went away");
        ++requests;
        if (onLog)
            onLog();
        const auto later = [this](const core::CommitId &a, const core::CommitId &b) {
            return commits.at(a).created < commits.at(b).created;
        };
        std::priority_queue<core::CommitId, std::vector<core::CommitId>, decltype(later)> heap(later);
        std::set<core::CommitId> seen;
        heap.push(core::CommitId(ref.value));
        seen.insert(core::CommitId(ref.value));
        roles::LogPage page;
        bool started = after.empty();
        while (!heap.empty() && static_cast<int>(page.commits.size()) < std::min(amount, mostPerPage)) {
            const versions::Commit &commit = commits.at(heap.top());
            heap.pop();
            for (const core::CommitId &parent : commit.parents)
                if (seen.insert(parent).second)
                    heap.push(parent);
            if (started)
                page.commits.push_back(commit);
            started = started || commit.id.value == after;
        }
        if (!heap.empty() && !page.commits.empty())
            page.next = page.commits.back().id.value;
        returned += static_cast<std::int64_t>(page.commits.size());
        return page;
    }
    core::Result<roles::LogPage> touching(const core::RepositoryId &repo, const core::RefName &ref,
                                          const std::string &prefix, const std::string &after, int amount,
                                          const core::Cancel &cancel) override
    {
        roles::LogPage page;
        std::string from;
        do {
            const auto all = log(repo, ref, from, 1000, cancel);
            if (!all)
                return core::fail(all.error());
            for (const versions::Commit &commit : all->commits)
                if (commit.parents.size() == 1 && touched[commit.id].starts_with(prefix))
                    page.commits.push_back(commit);
            from = all->next;
        } while (!from.empty());
        const auto known = std::find_if(page.commits.begin(), page.commits.end(),
                                        [&](const versions::Commit &commit) { return commit.id.value == after; });
        if (!after.empty() && known != page.commits.end())
            page.commits.erase(page.commits.begin(), known + 1);
        if (static_cast<int>(page.commits.size()) > amount) {
            page.commits.resize(static_cast<std::size_t>(amount));
            page.next = page.commits.back().id.value;
        }
        return page;
    }
    core::Result<std::optional<versions::Commit>> changedLast(const core::RepositoryId &repo, const core::RefName &ref,
                                                              const std::string &path, core::Instant since,
                                                              const core::Cancel &cancel) override
    {
        const auto all = touching(repo, ref, path, {}, 1000, cancel);
        if (!all)
            return core::fail(all.error());
        for (const versions::Commit &commit : all->commits)
            if (touched[commit.id] == path && commit.created >= since.seconds())
                return commit;
        return std::nullopt;
    }
    core::Result<versions::Commit> commit(const core::RepositoryId &, const core::RefName &ref,
                                          const core::Cancel &) override
    {
        const auto found = commits.find(core::CommitId(ref.value));
        if (found == commits.end())
            return core::fail(core::ErrorKind::NotFound, "fake", "commit not found");
        return found->second;
    }
    core::Result<versions::DiffPage> diff(const core::RepositoryId &, const core::RefName &, const core::RefName &,
                                          versions::DiffMode, const std::string &, const std::string &after, int amount,
                                          const core::Cancel &) override
    {
        ++diffPages;
        return onDiff ? onDiff(after, amount) : core::Result<versions::DiffPage>(versions::DiffPage{});
    }
    core::Result<core::CommitId> mergeBase(const core::RepositoryId &, const core::RefName &, const core::RefName &,
                                           const core::Cancel &) override
    {
        return core::CommitId();
    }
    core::Result<versions::ObjectPage> objects(const core::RepositoryId &, const core::RefName &,
                                               const std::string &prefix, const std::string &delimiter,
                                               const std::string &after, int amount, const core::Cancel &) override
    {
        ++objectCalls;
        versions::ObjectPage page;
        for (const auto &[path, entry] : tree) {
            if (!path.starts_with(prefix))
                continue;
            const std::size_t cut = delimiter.empty() ? std::string::npos : path.find(delimiter, prefix.size());
            versions::ObjectEntry one = entry;
            if (cut != std::string::npos)
                one = {.path = path.substr(0, cut + 1), .isPrefix = true};
            if (one.path <= after || (!page.entries.empty() && page.entries.back().path == one.path))
                continue;
            if (static_cast<int>(page.entries.size()) == amount) {
                page.next = page.entries.back().path;
                break;
            }
            page.entries.push_back(one);
        }
        return page;
    }
    core::Result<versions::ObjectEntry> object(const core::RepositoryId &, const core::RefName &,
                                               const std::string &path, const core::Cancel &) override
    {
        ++objectCalls;
        const auto found = tree.find(path);
        if (found == tree.end())
            return core::fail(core::ErrorKind::NotFound, "fake", "not found");
        return found->second;
    }
    core::Result<versions::ObjectBytes> read(const core::RepositoryId &, const core::RefName &, const std::string &path,
                                             std::int64_t most, const core::Cancel &) override
    {
        const auto found = contents.find(path);
        if (found == contents.end())
            return core::fail(core::ErrorKind::NotFound, "fake", "gone");
        return versions::ObjectBytes{found->second.substr(0, static_cast<std::size_t>(most)),
                                     static_cast<std::int64_t>(found->second.size())};
    }
    core::Result<versions::ObjectBytes> readEnd(const core::RepositoryId &, const core::RefName &,
                                                const std::string &path, std::int64_t most,
                                                const core::Cancel &) override
    {
        const auto found = contents.find(path);
        if (found == contents.end())
            return core::fail(core::ErrorKind::NotFound, "fake", "gone");
        endReads.push_back(most);
        const std::string &all = found->second;
        return versions::ObjectBytes{all.substr(all.size() - std::min(all.size(), static_cast<std::size_t>(most))),
                                     static_cast<std::int64_t>(all.size())};
    }
    core::Result<roles::RunsPage> runs(const core::RepositoryId &, const std::string &after, int amount,
                                       const core::Cancel &) override
    {
        if (failRunsAfter == 0)
            return core::fail(core::ErrorKind::Timeout, "fake runs", "the server went away");
        failRunsAfter -= failRunsAfter > 0 ? 1 : 0;
        if (onRuns)
            onRuns();
        roles::RunsPage page;
        std::size_t at = after.empty() ? 0 : std::stoul(after);
        for (; at < actionRuns.size() && static_cast<int>(page.runs.size()) < amount; ++at)
            page.runs.push_back(actionRuns[at]);
        if (at < actionRuns.size())
            page.next = std::to_string(at);
        return page;
    }
    core::Result<std::vector<versions::HookRun>> hooks(const core::RepositoryId &, const std::string &run,
                                                       const core::Cancel &) override
    {
        const auto found = hooksOf.find(run);
        return found == hooksOf.end() ? std::vector<versions::HookRun>{} : found->second;
    }
    core::Result<std::string> hookOutput(const core::RepositoryId &, const std::string &run, const std::string &hook,
                                         const core::Cancel &) override
    {
        return run + "/" + hook + " wrote this";
    }
    core::Result<roles::PullsPage> pulls(const core::RepositoryId &, const std::string &after, int amount,
                                         const core::Cancel &) override
    {
        ++pullRequests;
        roles::PullsPage page;
        std::size_t at = after.empty() ? 0 : std::stoul(after);
        for (; at < pullList.size() && static_cast<int>(page.pulls.size()) < amount; ++at) {
            page.pulls.push_back(pullList[at]);
            page.pulls.back().description.clear();
            page.pulls.back().merged = {};
        }
        if (at < pullList.size())
            page.next = std::to_string(at);
        return page;
    }
    core::Result<versions::PullRequest> pull(const core::RepositoryId &, const std::string &id,
                                             const core::Cancel &) override
    {
        for (const versions::PullRequest &one : pullList)
            if (one.id == id)
                return one;
        return core::fail(core::ErrorKind::NotFound, "fake", "pull request not found");
    }
    core::Result<bool> uncommitted(const core::RepositoryId &, const core::RefName &branch,
                                   const core::Cancel &) override
    {
        return dirty.contains(branch);
    }
};

} // namespace andon::test
