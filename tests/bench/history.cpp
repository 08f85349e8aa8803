#include "tests/bench/history.h"

#include <cstring>
#include <random>

namespace andon::bench
{

using versions::kNone;

namespace
{

constexpr int kBranches = 12;
constexpr std::int64_t kBegin = 1'700'000'000; // seconds

} // namespace

History History::of(int commits)
{
    std::mt19937 random(12);
    History all{.first = {kNone}, .second = {kNone}, .heads = std::vector<int>(kBranches, 0)};
    for (int i = 1; i < commits; ++i) {
        const std::size_t branch = random() % kBranches;
        const std::size_t other = (branch + 1 + random() % (kBranches - 1)) % kBranches;
        const bool merge = random() % 100 < 12 && all.heads[branch] != all.heads[other];
        all.first.push_back(all.heads[branch]);
        all.second.push_back(merge ? all.heads[other] : kNone);
        all.heads[branch] = i;
        if (merge && other != 0)
            all.heads[other] = all.heads[0]; // a merged branch begins again at the default one
    }
    return all;
}

versions::Topology History::topology() const
{
    versions::Topology rows;
    const auto row = [this](int commit) { return commit == kNone ? kNone : size() - 1 - commit; };
    for (auto i = first.size(); i-- > 0;) {
        rows.first.push_back(row(first[i]));
        rows.second.push_back(row(second[i]));
    }
    rows.mainHead = row(heads[0]);
    return rows;
}

versions::Oid History::oid(int commit)
{
    versions::Oid id;
    std::uint64_t word = static_cast<std::uint64_t>(commit) + 1;
    for (std::size_t i = 0; i < id.bytes.size(); i += 8) {
        word = (word ^ (word >> 29)) * 0x9e3779b97f4a7c15U; // spread as a hash is
        std::memcpy(id.bytes.data() + i, &word, sizeof word);
    }
    return id;
}

versions::GraphCommit History::commit(int n) const
{
    const auto at = static_cast<std::size_t>(n);
    const auto parent = [](int commit) { return commit == kNone ? std::nullopt : std::optional(oid(commit)); };
    return {
        .id = oid(n), .first = parent(first[at]), .second = parent(second[at]), .created = kBegin + n, .generation = n};
}

std::vector<versions::Ref> History::refs() const
{
    std::vector<versions::Ref> all;
    for (std::size_t b = 0; b < heads.size(); ++b)
        all.push_back({versions::RefKind::Branch, versions::RefName(b == 0 ? "main" : "b" + std::to_string(b)),
                       oid(heads[b]).id()});
    return all;
}

GitRepository::GitRepository(const History &history, CommitGraphFile file)
{
    std::string stream;
    const auto mark = [](int commit) { return ":" + std::to_string(commit + 1); };
    for (int i = 0; i < history.size(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        stream += "commit refs/heads/building\nmark " + mark(i) + "\ncommitter a <a@b> " + std::to_string(kBegin + i)
            + " +0000\ndata 1\nx\n";
        if (history.first[at] != kNone)
            stream += "from " + mark(history.first[at]) + "\n";
        if (history.second[at] != kNone)
            stream += "merge " + mark(history.second[at]) + "\n";
    }
    for (std::size_t b = 0; b < history.heads.size(); ++b)
        stream += "reset refs/heads/b" + std::to_string(b) + "\nfrom " + mark(history.heads[b]) + "\n";
    m_ok = git({"init", "-q", "--bare"}).status == 0 && git({"fast-import", "--quiet", "--force"}, stream).status == 0
        && (file == CommitGraphFile::None || git({"commit-graph", "write", "--reachable"}).status == 0);
}

Child GitRepository::git(std::vector<std::string> arguments, const std::string &input) const
{
    std::vector<std::string> argv{"git", "-C", m_folder.path().toStdString()};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    return runChild(argv, input);
}

} // namespace andon::bench
