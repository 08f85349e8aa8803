#include "demo/lakefs/scenario.h"

#include "demo/lakefs/pullstory.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <set>

namespace andon::demo
{

namespace
{

constexpr std::int64_t kDay = 86400;
constexpr std::int64_t kSpan = 420 * kDay; // the history goes back this far
constexpr std::size_t kWrittenAnew = 12; // objects of earlier claims that the story's ingest wrote anew, at least
constexpr std::int64_t kRunsKept = 90 * kDay; // gates are remembered for this long

struct Open {
    std::string name;
    std::int32_t head = -1;
    std::int32_t base = -1;
    int left = 0; ///< commits still to make
};

class Writer
{
public:
    Writer(const Plan &plan, std::size_t index)
        : m_plan(plan)
        , m_index(index)
        , m_total(plan.repositories[index].commits)
        , m_start(plan.now.seconds() - kSpan)
    {
        m_history.name = plan.repositories[index].name;
        m_history.seed = plan.seed + index;
        m_history.createdAt = m_start;
        m_history.storageNamespace = "s3://" + plan.site + "-data/" + m_history.name;
        m_history.protection = {"main", "release-*"};
    }

    History write()
    {
        m_main = m_history.add(CommitWhat::Initial, m_start, -1, -1, "main", 0);
        m_history.trunk.push_back(m_main);
        const bool story = m_history.name == m_plan.dataRepository;
        constexpr std::int64_t kStoryCommits = 6; // five on the branch, and its merge; the refused one takes a step
        const std::int64_t fill = m_total - 1 - (story ? kStoryCommits : 0);
        bool told = !story;
        for (std::int64_t i = 0; i < fill; ++i) {
            const std::int64_t at = m_start + (i + 1) * (kSpan - 1800) / (fill + 1);
            if (!told && at >= m_plan.ingestMerged.seconds()) {
                tellStory();
                told = true;
                continue;
            }
            step(at, fill - i);
        }
        if (!told)
            tellStory();
        finish();
        return std::move(m_history);
    }

private:
    double dice(std::uint64_t what) { return noise(m_history.seed, m_history.commits.size(), what); }
    int author(bool service = false) { return service ? 6 : static_cast<int>(dice(2) * 10); }

    void step(std::int64_t at, std::int64_t left)
    {
        const double d = dice(1);
        // A clock that is wrong now and then: parents may be dated after their children.
        const std::int64_t skewed = dice(8) < 0.01 ? at - 3 * kDay : at;
        if (m_open.size() < 9 && d < 0.16 && left > 2)
            m_open.push_back(newBranch());
        if (!m_open.empty() && d < 0.8) {
            auto &branch = m_open[static_cast<std::size_t>(dice(3) * static_cast<double>(m_open.size()))];
            if (branch.left > 0) {
                branch.head =
                    m_history.add(CommitWhat::Data, skewed, branch.head, -1, branch.name, author(dice(4) < 0.3));
                --branch.left;
                return;
            }
            return mergeBranch(branch, at);
        }
        trunkCommit(at);
    }

    Open newBranch()
    {
        static constexpr const char *kKinds[] = {"ingest-",  "ingest-", "features-v",
                                                 "labels-q", "dedupe-", "exp-graph-"};
        const auto kind = static_cast<std::size_t>(dice(5) * 6);
        int &count = m_counts[kKinds[kind]];
        ++count;
        if (std::string(kKinds[kind]) == "ingest-" && count == 42)
            ++count; // that name belongs to the story
        return {kKinds[kind] + std::to_string(count), m_main, m_main, 1 + static_cast<int>(dice(6) * 4)};
    }

    void trunkCommit(std::int64_t at)
    {
        const double d = dice(7);
        const auto last = m_history.commits[static_cast<std::size_t>(m_main)].what;
        const bool canRevert = last == CommitWhat::Data || (last == CommitWhat::Merge && d < 0.02);
        if (d < 0.05 && canRevert)
            setMain(m_history.add(CommitWhat::Revert, at, m_main, -1, "main", author(), m_main));
        else if (d < 0.09 && !m_open.empty() && m_open.front().head != m_open.front().base
                 && m_picked.insert(m_open.front().head).second)
            setMain(m_history.add(CommitWhat::CherryPick, at, m_main, -1, "main", author(), m_open.front().head));
        else
            setMain(m_history.add(CommitWhat::Data, at, m_main, -1, "main", author(dice(13) < 0.6)));
    }

    void setMain(std::int32_t commit)
    {
        m_main = commit;
        m_history.trunk.push_back(commit);
    }

    void mergeBranch(Open &branch, std::int64_t at)
    {
        if (branch.head == branch.base)
            return trunkCommit(at);
        const bool squash = dice(9) < (m_total > 5000 ? 0.002 : 0.12);
        setMain(squash ? m_history.add(CommitWhat::Squash, at, m_main, -1, "main", author(), branch.head)
                       : m_history.add(CommitWhat::Merge, at, m_main, branch.head, "main", author()));
        addRuns(m_main, at, dice(10) < 0.04 ? "schema-check" : "");
        // A squashed branch keeps its name: its commits would be unreachable otherwise.
        const bool kept = squash || dice(11) < (m_total > 5000 ? 0.002 : 0.12);
        if (kept)
            m_history.branches[branch.name] = branch.head;
        if (dice(12) < (m_total > 5000 ? 0.01 : 0.08))
            addTag("golden-" + std::to_string(m_history.tags.size() + 1), at);
        branch = m_open.back();
        m_open.pop_back();
    }

    void addTag(const std::string &name, std::int64_t at)
    {
        m_history.tags[name] = m_main;
        if (at < m_plan.now.seconds() - kRunsKept)
            return;
        DemoRunRecord run = record(at + 60, "post-create-tag", "", m_main);
        run.hooks = {{"Afterwards", "freeze-copy", "completed", "copied " + name + "\n"}};
        m_history.runs.push_back(std::move(run));
    }

    /// The gates of a merge: before it (with one that failed first and was repaired, if named) and after it.
    void addRuns(std::int32_t commit, std::int64_t at, const std::string &failedFirst)
    {
        if (at < m_plan.now.seconds() - kRunsKept)
            return;
        if (!failedFirst.empty()) {
            DemoRunRecord refused = record(at - 900, "pre-commit", "main", -1);
            refused.status = "failed";
            refused.hooks = {{"Gate", "row-count", "completed", "41206118 rows\n"},
                             {"Gate", failedFirst, "failed",
                              "Error: action failed: runtime error: amount is text, number expected\n"},
                             {"Gate", "notify", "skipped", ""}};
            m_history.runs.push_back(std::move(refused));
        }
        DemoRunRecord before = record(at - 2, "pre-merge", "main", commit);
        before.hooks = {{"Gate", "row-count", "completed", "rows within 5 % of last week\n"},
                        {"Gate", "pii-scan", "completed", "0 findings\n"},
                        {"Gate", "schema-check", "completed", "schema unchanged\n"}};
        m_history.runs.push_back(std::move(before));
        DemoRunRecord after = record(at, "post-merge", "main", commit);
        after.hooks = {{"Afterwards", "notify-training", "completed", "sent\n"}};
        m_history.runs.push_back(std::move(after));
    }

    DemoRunRecord record(std::int64_t at, const std::string &event, const std::string &branch, std::int32_t commit)
    {
        return {.id = runId(at, static_cast<std::uint32_t>(m_history.runs.size() + 1)),
                .branch = branch,
                .commit = commit,
                .event = event,
                .startedMs = at * 1000 + static_cast<std::int64_t>(m_history.runs.size() % 900)};
    }

    /// Files of claims that were there weeks before: the same rows with the new amount.
    void writeClaimsAnew(std::int32_t commit)
    {
        const std::vector<char> reach = m_history.reach(m_history.trunkAt(m_plan.now.seconds() - 26 * kDay));
        std::set<std::int32_t> out;
        for (std::int32_t n = 0; n < static_cast<std::int32_t>(reach.size()); ++n)
            for (const std::int32_t by : m_history.takesOut(n))
                out.insert(by);
        std::vector<Rewrite> &anew = m_history.rewrites[commit];
        for (auto n = static_cast<std::int32_t>(reach.size()); n-- > 0 && anew.size() < kWrittenAnew;) {
            if (!reach[static_cast<std::size_t>(n)] || m_history.topic(n) != "claims" || out.contains(n))
                continue;
            for (DemoObject object : m_history.payload(n)) {
                object.checksum =
                    Oid::fromBytes(sha256Of(object.checksum + m_history.idOf(commit)))->id().value.substr(0, 32);
                object.size += object.size / 4; // what is not packed by zstd is larger
                object.mtime = m_history.at(commit).created;
                object.address = m_history.storageNamespace + "/data/" + object.checksum;
                anew.push_back({n, std::move(object)});
            }
        }
    }

    void tellStory()
    {
        const std::int64_t merged = m_plan.ingestMerged.seconds();
        std::int32_t head = m_main;
        const QDateTime cut = QDateTime::fromSecsSinceEpoch(merged, Qt::UTC).addDays(-4);
        const auto day = [&](const QString &format) { return QLocale::c().toString(cut, format).toStdString(); };
        const std::string subjects[] = {"Open ingest-42: claims of 3 late partners",
                                        "Compact transactions to 512 MB files", "Read amount in partner claims as text",
                                        "Ingest late claims " + day(QStringLiteral("yyyy-MM-dd")),
                                        "Ingest late claims of the third partner"};
        m_history.storyBranch = m_plan.ingestBranch;
        for (int i = 0; i < 5; ++i) {
            head = m_history.add(CommitWhat::Data, merged - (5 - i) * 9 * 3600, head, -1, m_plan.ingestBranch, 0);
            m_history.subjects[head] = subjects[i];
            m_history.topics[head] = i == 1 ? "transactions" : "claims";
            if (i == 2) {
                m_history.schemaCommits.insert(head);
                writeClaimsAnew(head);
            }
        }
        refuseMerge(merged - 3600, head);
        setMain(m_history.add(CommitWhat::Merge, merged, m_main, head, "main", 0));
        m_history.subjects[m_main] = "Merge ingest-42: claims " + day(QStringLiteral("yyyy-MM"))
            + "\n\nLate claims of 3 partners, cut of " + day(QStringLiteral("d MMM"))
            + ", with the new amount format of their export. Ticket OPS-2291. No pull request.";
        m_history.metadataOf[m_main] = {{".lakefs.merge.strategy", "default"},
                                        {"airflow.run", "ingest_claims_" + day(QStringLiteral("MMdd'T1030'"))},
                                        {"rows", "41206118"},
                                        {"schema", "v7"},
                                        {"source", "s3://eu-hub/claims"}};
        m_history.branches[m_plan.ingestBranch] = head;
        DemoRunRecord gate = record(merged - 2, "pre-merge", "main", m_main);
        gate.hooks = {{"Gate", "row-count", "completed", "41206118 rows\n"},
                      {"Gate", "pii-scan", "completed", "0 findings\n"},
                      {"Gate", m_plan.skippedHook, "skipped", ""}};
        m_history.runs.push_back(std::move(gate));
        DemoRunRecord after = record(merged, "post-merge", "main", m_main);
        after.hooks = {{"Afterwards", "notify-training", "completed", "sent\n"}};
        m_history.runs.push_back(std::move(after));
    }

    /// The first attempt, an hour before: the gate refused it, and no ref ever held it.
    void refuseMerge(std::int64_t at, std::int32_t head)
    {
        const std::int32_t refused = m_history.add(CommitWhat::Merge, at, m_main, head, "main", 0);
        DemoRunRecord gate = record(at - 2, "pre-merge", "main", refused);
        gate.status = "failed";
        gate.hooks = {{"Gate", "row-count", "completed", "41206118 rows\n"},
                      {"Gate", "pii-scan", "completed", "0 findings\n"},
                      {"Gate", m_plan.skippedHook, "failed",
                       "Error: action failed: runtime error: amount is text, decimal(12,2) expected\n"}};
        m_history.runs.push_back(std::move(gate));
    }

    /// Commits that write more objects than anybody looks at one by one.
    void addBulk()
    {
        static constexpr const char *kSubjects[] = {"Embed the corpus: 700 shards of 1,000 files",
                                                    "Embed the corpus anew with encoder 2: 1,000 shards"};
        for (const int days : {120, 4}) {
            std::int32_t n = m_history.trunkAt(m_plan.now.seconds() - days * kDay);
            while (n > 0 && m_history.at(n).what != CommitWhat::Data)
                n = m_history.at(n).first;
            if (n <= 0)
                return;
            m_history.subjects[n] = kSubjects[m_history.bulk.size()];
            m_history.bulk.push_back(n);
        }
        m_history.tags["embeddings-1"] = m_history.at(m_history.bulk.back()).first;
    }

    void finish()
    {
        m_history.branches["main"] = m_main;
        if (m_index == 1 && m_total > 5000)
            addBulk();
        for (const Open &branch : m_open)
            if (branch.head != branch.base)
                m_history.branches[branch.name] = branch.head;
        m_history.tags["q4-freeze"] = m_history.trunkAt(m_plan.now.seconds() - 23 * kDay);
        m_history.tags["release-1.0"] = m_history.trunkAt(m_plan.now.seconds() - 200 * kDay);
        std::sort(m_history.runs.begin(), m_history.runs.end(),
                  [](const DemoRunRecord &a, const DemoRunRecord &b) { return a.id < b.id; });
    }

    const Plan &m_plan;
    std::size_t m_index;
    std::int64_t m_total;
    std::int64_t m_start;
    History m_history;
    std::int32_t m_main = -1;
    std::vector<Open> m_open;
    std::map<std::string, int> m_counts;
    std::set<std::int32_t> m_picked; ///< commits that were cherry-picked: not twice
};

} // namespace

std::string runId(std::int64_t seconds, std::uint32_t counter)
{
    static constexpr char kDigits[] = "0123456789abcdefghijklmnopqrstuv";
    const auto down = static_cast<std::uint32_t>(0xffffffffLL - seconds);
    unsigned char bytes[12] = {};
    for (int i = 0; i < 4; ++i)
        bytes[i] = static_cast<unsigned char>(down >> (24 - 8 * i));
    for (int i = 4; i < 9; ++i)
        bytes[i] = static_cast<unsigned char>(0x5b * i);
    for (int i = 0; i < 3; ++i)
        bytes[9 + i] = static_cast<unsigned char>(counter >> (16 - 8 * i));
    std::string text;
    for (unsigned bit = 0; bit < 96; bit += 5) {
        unsigned value = 0;
        for (unsigned k = bit; k < bit + 5; ++k)
            value = value << 1 | (k < 96 ? bytes[k / 8] >> (7 - k % 8) & 1U : 0U);
        text += kDigits[value];
    }
    return text;
}

std::vector<History> makeHistories(const Plan &plan)
{
    std::vector<History> all;
    for (std::size_t i = 0; i < plan.repositories.size(); ++i)
        all.push_back(Writer(plan, i).write());
    for (History &history : all)
        history.pulls = makePulls(plan, history);
    return all;
}

DataCommit trainingCommit(const Plan &plan, const std::vector<History> &histories, const std::string &model,
                          int version)
{
    const std::string repository = model == "doc-embedder" ? plan.repositories[1].name
        : model == "vision-qa"                             ? plan.repositories[2].name
                                                           : plan.dataRepository;
    const auto history =
        std::find_if(histories.begin(), histories.end(), [&](const History &h) { return h.name == repository; });
    const auto known =
        std::find_if(plan.models.begin(), plan.models.end(), [&](const ModelPlan &m) { return m.name == model; });
    const int newest = known->deployed ? known->deployed : known->versions;
    const Instant deployed = known->deployed ? known->deployedAt : plan.now - 14 * core::kDay;
    std::int64_t at = deployed.seconds() - 60 * 3600 - static_cast<std::int64_t>(newest - version) * 24 * kDay;
    if (model == plan.failedModel && version == plan.failedVersion)
        at = plan.ingestMerged.seconds();
    else if (model == plan.failedModel && version < plan.failedVersion)
        at = plan.now.seconds() - (31 + static_cast<std::int64_t>(plan.lastGoodVersion - version) * 24) * kDay;
    const std::int32_t n = history->trunkAt(std::max(at, history->createdAt));
    const DemoCommit &commit = history->commits[static_cast<std::size_t>(n)];
    return {repository, commit.id.id().value, commit.created};
}

} // namespace andon::demo
