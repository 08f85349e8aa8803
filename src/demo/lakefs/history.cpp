#include "demo/lakefs/history.h"

#include "demo/lakefs/frontier.h"
#include "demo/story/plan.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstdio>

namespace andon::demo
{

namespace
{

constexpr const char *kAuthors[] = {"n.khan", "m.ortiz",    "a.lind",   "s.ito",    "d.costa",
                                    "r.chen", "svc-ingest", "svc-pack", "svc-gdpr", "k.boateng"};
constexpr const char *kTopics[] = {"claims", "transactions", "merchants", "chargebacks", "sessions", "documents"};

std::string month(std::int64_t seconds)
{
    // Civil from days (Howard Hinnant's algorithm), year and month only.
    const std::int64_t z = seconds / 86400 + 719468;
    const std::int64_t era = z / 146097;
    const std::int64_t doe = z - era * 146097;
    const std::int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const std::int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const std::int64_t mp = (5 * doy + 2) / 153;
    const std::int64_t m = mp < 10 ? mp + 3 : mp - 9;
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02d", static_cast<int>(yoe + era * 400 + (m <= 2 ? 1 : 0)),
                  static_cast<int>(m));
    return text;
}

} // namespace

std::string sha256Of(const std::string &text)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha256(), nullptr);
    return {reinterpret_cast<const char *>(digest), size};
}

std::int32_t History::add(CommitWhat what, std::int64_t created, std::int32_t first, std::int32_t second,
                          const std::string &branch, int author, std::int32_t about)
{
    const auto n = static_cast<std::int32_t>(commits.size());
    const auto [number, added] = m_branchNumber.try_emplace(branch, static_cast<std::uint32_t>(branchNames.size()));
    if (added)
        branchNames.push_back(branch);
    DemoCommit commit{.first = first,
                      .second = second,
                      .about = about,
                      .created = created,
                      .author = static_cast<std::uint16_t>(author),
                      .branch = number->second,
                      .what = what};
    for (const std::int32_t parent : {first, second, what == CommitWhat::Squash ? about : -1})
        if (parent >= 0)
            commit.generation = std::max(commit.generation, commits[static_cast<std::size_t>(parent)].generation + 1);
    const std::string key = name + "/" + std::to_string(seed) + "/" + std::to_string(n) + "/" + std::to_string(created)
        + "/" + std::to_string(first) + "/" + std::to_string(second);
    commit.id = *Oid::fromBytes(sha256Of(key));
    m_byHash.emplace(commit.id.hash(), n);
    commits.push_back(commit);
    return n;
}

std::int32_t History::addRecorded(const DemoCommit &commit, RecordedCommit texts)
{
    const auto n = static_cast<std::int32_t>(commits.size());
    m_byHash.emplace(commit.id.hash(), n);
    commits.push_back(commit);
    recorded.push_back(std::move(texts));
    return n;
}

std::int32_t History::find(const Oid &id) const
{
    const auto found = m_byHash.find(id.hash());
    return found != m_byHash.end() && commits[static_cast<std::size_t>(found->second)].id == id ? found->second : -1;
}

std::string History::committer(std::int32_t n) const
{
    if (!recorded.empty())
        return recorded[static_cast<std::size_t>(n)].committer;
    const DemoCommit &c = at(n);
    return c.what == CommitWhat::Initial ? std::string() : kAuthors[c.author % std::size(kAuthors)];
}

std::string History::message(std::int32_t n) const
{
    if (!recorded.empty())
        return recorded[static_cast<std::size_t>(n)].message;
    if (const auto fixed = subjects.find(n); fixed != subjects.end())
        return fixed->second;
    const DemoCommit &c = commits[static_cast<std::size_t>(n)];
    const std::string &branch = branchNames[c.branch];
    switch (c.what) {
    case CommitWhat::Initial:
        return "Repository created";
    case CommitWhat::Merge:
        return "Merge '" + branchNames[commits[static_cast<std::size_t>(c.second)].branch] + "' into '" + branch + "'";
    case CommitWhat::Squash:
        return "Merge '" + branchNames[commits[static_cast<std::size_t>(c.about)].branch] + "' into '" + branch + "'";
    case CommitWhat::Revert:
        return "Revert " + commits[static_cast<std::size_t>(c.about)].id.id().value.substr(0, 12);
    case CommitWhat::CherryPick:
        return message(c.about);
    case CommitWhat::Data:
        break;
    }
    if (branch.starts_with("ingest"))
        return "Ingest " + topic(n) + " " + month(c.created) + ", batch " + std::to_string(n % 97 + 1)
            + (n % 11 ? ""
                      : "\n\nLate files of two partners, asked for in OPS-" + std::to_string(2000 + n % 900) + ".");
    if (branch.starts_with("labels"))
        return "Labels of week " + std::to_string(n % 52 + 1) + ", reviewed twice";
    if (branch.starts_with("dedupe"))
        return "Drop repeated policy ids in " + topic(n);
    if (branch.starts_with("features"))
        return "Risk scores per merchant over " + std::to_string(7 + n % 30) + " days";
    return "Compact " + topic(n) + " to 512 MB files";
}

Texts History::metadata(std::int32_t n) const
{
    if (!recorded.empty())
        return recorded[static_cast<std::size_t>(n)].metadata;
    if (const auto fixed = metadataOf.find(n); fixed != metadataOf.end())
        return fixed->second;
    const DemoCommit &c = commits[static_cast<std::size_t>(n)];
    switch (c.what) {
    case CommitWhat::Merge:
    case CommitWhat::Squash:
        return {{".lakefs.merge.strategy", "default"}};
    case CommitWhat::CherryPick: {
        const std::string origin = commits[static_cast<std::size_t>(c.about)].id.id().value;
        return {{"cherry-pick-committer", committer(c.about)}, {"cherry-pick-origin", origin}};
    }
    case CommitWhat::Data:
        return {{"airflow.run", "ingest_" + std::to_string(c.created)},
                {"rows", std::to_string(rows(n))},
                {"schema", schema(n)},
                {"source", "s3://eu-hub/" + topic(n)}};
    default:
        return {};
    }
}

std::string History::metaRange(std::int32_t n) const
{
    if (!recorded.empty())
        return recorded[static_cast<std::size_t>(n)].metaRange;
    const DemoCommit &c = at(n);
    if (c.what == CommitWhat::Initial)
        return {};
    // What goes onto the very commit that it began at makes the tree that it had there.
    const bool takes = c.what == CommitWhat::Merge || c.what == CommitWhat::Squash || c.what == CommitWhat::CherryPick;
    if (takes && at(brings(n).back()).first == c.first)
        return metaRange(c.what == CommitWhat::Merge ? c.second : c.about);
    return Oid::fromBytes(sha256Of("tree of " + c.id.id().value))->id().value;
}

std::vector<std::int32_t> History::brings(std::int32_t n) const
{
    const DemoCommit &c = at(n);
    if (c.what == CommitWhat::Data)
        return {n};
    if (c.what == CommitWhat::CherryPick)
        return {c.about};
    std::vector<std::int32_t> chain; // the commits of the merged branch, newest first
    if (c.what == CommitWhat::Merge || c.what == CommitWhat::Squash)
        for (std::int32_t k = c.what == CommitWhat::Merge ? c.second : c.about;
             k >= 0 && at(k).branch != c.branch && at(k).what == CommitWhat::Data; k = at(k).first)
            chain.push_back(k);
    return chain;
}

std::vector<std::int32_t> History::takesOut(std::int32_t n) const
{
    return at(n).what == CommitWhat::Revert ? brings(at(n).about) : std::vector<std::int32_t>();
}

std::int64_t History::rows(std::int32_t n) const
{
    return static_cast<std::int64_t>(1000 + noise(seed, static_cast<std::uint64_t>(n), 9) * 4e6);
}

std::string History::schema(std::int32_t n) const
{
    if (!schemaCommits.empty() && n >= *schemaCommits.begin())
        return "v7";
    return "v" + std::to_string(3 + static_cast<std::int64_t>(n) * 4 / static_cast<std::int64_t>(commits.size()));
}

std::string History::topic(std::int32_t n) const
{
    const auto fixed = topics.find(n);
    return fixed != topics.end() ? fixed->second : kTopics[static_cast<std::size_t>(n / 3) % std::size(kTopics)];
}

std::int32_t History::rewriterOf(const std::string &checksum) const
{
    for (const auto &[by, objects] : rewrites)
        for (const Rewrite &one : objects)
            if (one.object.checksum == checksum)
                return by;
    return -1;
}

std::vector<DemoObject> History::payload(std::int32_t n) const
{
    const DemoCommit &c = commits[static_cast<std::size_t>(n)];
    std::vector<DemoObject> objects;
    if (c.what != CommitWhat::Data)
        return objects;
    const int count = 1 + static_cast<int>(noise(seed, static_cast<std::uint64_t>(n), 21) * 6);
    for (int i = 0; i < count; ++i) {
        DemoObject object;
        object.path =
            topic(n) + "/" + month(c.created) + "/part-" + std::to_string(n) + "-" + std::to_string(i) + ".parquet";
        object.size = 100'000
            + static_cast<std::int64_t>(noise(seed, static_cast<std::uint64_t>(n), 40 + static_cast<std::uint64_t>(i))
                                        * 5.2e8);
        object.checksum = Oid::fromBytes(sha256Of(object.path + std::to_string(seed)))->id().value.substr(0, 32);
        object.mtime = c.created;
        object.address = storageNamespace + "/data/" + object.checksum;
        objects.push_back(std::move(object));
    }
    return objects;
}

std::vector<char> History::reach(std::int32_t n) const
{
    // Parents have lower numbers: one pass down.
    std::vector<char> seen(commits.size(), 0);
    if (n >= 0)
        seen[static_cast<std::size_t>(n)] = 1;
    for (std::int32_t i = n; i >= 0; --i)
        if (seen[static_cast<std::size_t>(i)])
            for (const std::int32_t parent :
                 {commits[static_cast<std::size_t>(i)].first, commits[static_cast<std::size_t>(i)].second})
                if (parent >= 0)
                    seen[static_cast<std::size_t>(parent)] = 1;
    return seen;
}

std::int32_t History::mergeBase(std::int32_t a, std::int32_t b) const
{
    // From both heads, the highest generation and of those the newest first, to the first commit that is seen from
    // both, as the server does: in a criss-cross that need not be the nearest.
    if (a == b)
        return a;
    std::vector<std::uint8_t> sides(commits.size(), 0);
    Frontier waiting;
    const auto push = [&](std::int32_t n) {
        waiting.push({at(n).generation, at(n).created, at(n).microseconds}, at(n).id, n);
    };
    push(a);
    push(b);
    sides[static_cast<std::size_t>(a)] = 1;
    sides[static_cast<std::size_t>(b)] = 2;
    while (!waiting.empty()) {
        const std::int32_t n = waiting.pop();
        const std::uint8_t mine = sides[static_cast<std::size_t>(n)];
        for (const std::int32_t parent : {at(n).first, at(n).second}) {
            if (parent < 0)
                continue;
            std::uint8_t &side = sides[static_cast<std::size_t>(parent)];
            if ((side | mine) == 3)
                return parent;
            if (side == mine)
                continue; // seen from this side already
            side = mine;
            push(parent);
        }
    }
    return -1;
}

std::int32_t History::trunkAt(std::int64_t t) const
{
    std::int32_t best = trunk.empty() ? 0 : trunk.front();
    for (const std::int32_t n : trunk)
        if (commits[static_cast<std::size_t>(n)].created <= t)
            best = n;
    return best;
}

} // namespace andon::demo
