#include "tests/integration/lakefs/play.h"

namespace andon::test
{

namespace
{

const char *kGate = R"(name: Gate
on:
  pre-commit:
    branches: ["feed-*"]
  pre-merge:
    branches: [main]
  post-merge:
hooks:
  - id: schema
    type: lua
    properties:
      script: print('schema has 12 columns')
  - id: freshness
    type: lua
    properties:
      script: |
        local bad = action.commit and action.commit.metadata and action.commit.metadata.bad
        if bad == "yes" then error("feed is 31 h old, limit 24 h") end
        print("feed is 2 h old")
  - id: volume
    type: lua
    properties:
      script: print("1,204 files <all> & more")
)";

const char *kNotice = R"(name: Notice
on:
  post-create-tag:
  pre-create-branch:
  post-commit:
    branches: ["feed-*"]
hooks:
  - id: tell
    type: lua
    properties:
      script: print("told")
)";

const std::vector<std::string> kJsonObject = {"Content-Type: application/json"};

void firstImages(Lake &lake)
{
    const std::string r = "vision-lake";
    lake.repository(r, {{"default_branch", "main"}});
    for (int i = 1; i <= 5; ++i)
        lake.put(r, "main", "images/train/000" + std::to_string(i) + ".jpg", std::string(100U * i, 'x'));
    lake.put(r, "main", "manifest.json", R"({"schema": 1, "files": 5})", kJsonObject);
    lake.put(r, "main", "images/labels.csv", "id,label\n1,cat\n",
             {"Content-Type: text/csv", "X-Lakefs-Meta-Owner: vision", "X-Lakefs-Meta-Reviewed: <twice> & once"});
    lake.put(r, "main", "odd names/a b&c=100%+1.txt", "odd");
    lake.put(r, "main", "odd names/\u00e4\u65e5/x", "");
    lake.commit(r, "main", "First images",
                {{"metadata",
                  {{"source", "camera-7"},
                   {"record-count", "5"},
                   {"::lakefs::Run::url[url:ui]", "https://ci.example.com/run/17"}}}});
    lake.commit(r, "main", "");
    lake.commit(r, "main",
                "Several lines\n\n\twith <b>markup</b> & \"quotes\", \u00fcml\u00e4ut, \u2028 and a \\ slash",
                {{"metadata", {{"k\u00e9y <1>", "v&1\nsecond line"}, {"empty", ""}}}});
}

void ingest(Lake &lake)
{
    const std::string r = "vision-lake";
    lake.branch(r, "ingest-2026-11", "main");
    lake.branch(r, "hidden-work", "main", true);
    lake.branch(r, "experiment_b", "main~1");
    for (int i = 1; i <= 3; ++i) {
        lake.put(r, "ingest-2026-11", "images/train/010" + std::to_string(i) + ".jpg", "new " + std::to_string(i));
        lake.commit(r, "ingest-2026-11", "Batch " + std::to_string(i));
    }
    lake.put(r, "ingest-2026-11", "manifest.json", R"({"schema": 1, "files": 8})", kJsonObject);
    lake.remove(r, "ingest-2026-11", "images/train/0002.jpg");
    lake.commit(r, "ingest-2026-11", "Count anew, drop one");
    lake.commit(r, "hidden-work", "Nobody lists this");
    lake.tag(r, "v1", "main");
    lake.tag(r, "release-1.0", "main~1");
    lake.commit(r, "main", "Meanwhile");
    lake.merge(r, "ingest-2026-11", "main",
               {{"message", "Merge November ingest"}, {"metadata", {{"ticket", "DATA-17"}}}});
    lake.merge(r, "ingest-2026-11", "main", {}, 400);
    lake.tag(r, "ingested", "main^2");
}

void squashAndConflict(Lake &lake)
{
    const std::string r = "vision-lake";
    lake.branch(r, "squashed", "main");
    for (int i = 0; i < 3; ++i) {
        lake.put(r, "squashed", "sq/" + std::to_string(i), "squashed");
        lake.commit(r, "squashed", "Step " + std::to_string(i));
    }
    lake.branch(r, "conflicting", "main");
    lake.put(r, "conflicting", "manifest.json", R"({"schema": 2})", kJsonObject);
    lake.put(r, "conflicting", "images/labels.csv", "id,label,by\n");
    lake.commit(r, "conflicting", "Schema 2");
    lake.merge(r, "squashed", "main", {{"squash_merge", true}});
    lake.put(r, "main", "manifest.json", R"({"schema": 1, "files": 9})", kJsonObject);
    lake.commit(r, "main", "Nine files");
    lake.merge(r, "conflicting", "main", {}, 409);
    lake.branch(r, "undecided", "main");
    lake.merge(r, "conflicting", "main", {{"strategy", "source-wins"}});
    lake.merge(r, "conflicting", "undecided", {{"strategy", "dest-wins"}});
    lake.tag(r, "before-revert", "main");
    lake.ask("POST", "/" + r + "/branches/main/revert", {{"ref", "main"}, {"parent_number", 0}}, 409);
    lake.revert(r, "main", "main", 1);
    lake.revert(r, "conflicting", "conflicting", 0,
                {{"commit_overrides", {{"message", "Back to schema 1"}, {"metadata", {{"andon.action_id", "a-1"}}}}}});
    lake.cherryPick(r, "experiment_b", "ingest-2026-11~1");
    lake.deleteBranch(r, "squashed");
}

void refsAndPulls(Lake &lake)
{
    const std::string r = "vision-lake";
    lake.branch(r, "gone", "main"); // its commits are reached by nothing at the end
    lake.put(r, "gone", "gone.txt", "gone");
    lake.commit(r, "gone", "Never merged");
    lake.deleteBranch(r, "gone");
    lake.commit(r, "experiment_b", "A step too far");
    lake.hardReset(r, "experiment_b", "experiment_b~1");
    lake.branch(r, lake.head(r, "v1").substr(0, 8), "main~1"); // a branch whose name is a commit's prefix
    lake.branch(r, "cross-a", "main");
    lake.branch(r, "cross-b", "main");
    lake.commit(r, "cross-a", "a1");
    lake.commit(r, "cross-b", "b1");
    lake.branch(r, "cross-a1", "cross-a");
    lake.merge(r, "cross-b", "cross-a", {{"allow_empty", true}});
    lake.merge(r, "cross-a1", "cross-b", {{"allow_empty", true}});
    lake.commit(r, "cross-b", "b2");
    lake.branch(r, "dirty", "main");
    lake.put(r, "dirty", "manifest.json", R"({"schema": 3})", kJsonObject);
    lake.put(r, "dirty", "staged/new.txt", "staged", {"Content-Type: text/plain", "X-Lakefs-Meta-By: hand"});
    lake.remove(r, "dirty", "images/train/0001.jpg");
    const auto pull = [&](const char *title, const char *from, const char *to) {
        return lake
            .ask(
                "POST", "/" + r + "/pulls",
                {{"title", title}, {"description", "**why** <b>"}, {"source_branch", from}, {"destination_branch", to}},
                201)
            .value("id", "");
    };
    pull("Bring experiment", "experiment_b", "main");
    lake.ask("PATCH", "/" + r + "/pulls/" + pull("Close me", "cross-a", "main"), {{"status", "closed"}}, 204);
    lake.branch(r, "for-pull", "main");
    lake.put(r, "for-pull", "pulled.txt", "pulled");
    lake.commit(r, "for-pull", "Asked for");
    lake.ask("PUT", "/" + r + "/pulls/" + pull("Merge me", "for-pull", "main") + "/merge", {}, 200);
    lake.ask("PUT", "/" + r + "/settings/branch_protection", {{{"pattern", "main"}}, {{"pattern", "release-*"}}}, 204);
}

void gates(Lake &lake, int round)
{
    const std::string r = "audio-lake";
    const std::string feed = "feed-" + std::to_string(round);
    const Json good = {{"metadata", {{"bad", "no"}}}};
    const Json bad = {{"metadata", {{"bad", "yes"}}}};
    lake.branch(r, feed, "main");
    lake.put(r, feed, "clips/" + feed + ".wav", feed);
    lake.commit(r, feed, "good feed", good);
    lake.merge(r, feed, "main", good);
    lake.ask("POST", "/" + r + "/branches/" + feed + "/commits",
             {{"message", "bad feed"}, {"allow_empty", true}, {"metadata", bad["metadata"]}}, 412);
    lake.put(r, feed, "clips/late.wav", feed);
    lake.commit(r, feed, "another", good);
    lake.merge(r, feed, "main", bad, 412);
    lake.tag(r, "gold-" + std::to_string(round), "main");
}

void dates(Lake &lake)
{
    const std::string r = "date-lake";
    const auto at = [](std::int64_t seconds) { return Json{{"date", seconds}}; };
    lake.repository(r);
    lake.branch(r, "side", "main");
    lake.commit(r, "main", "far ahead", at(4'102'444'800));
    lake.commit(r, "side", "before everything", at(-86'400));
    lake.commit(r, "main", "one", at(1'700'000'000));
    lake.branch(r, "twin", "main");
    lake.commit(r, "side", "the same second", at(1'700'000'000));
    lake.commit(r, "twin", "the same second too", at(1'700'000'000));
    lake.merge(r, "side", "main", {{"allow_empty", true}});
    for (int i = 0; i < 4; ++i) {
        lake.commit(r, "twin", "t" + std::to_string(i), at(1'700'000'000 - i * 40'000'000));
        lake.commit(r, "main", "m" + std::to_string(i), at(1'700'000'000 - i * 40'000'000));
    }
    lake.merge(r, "twin", "main", {{"allow_empty", true}});
    lake.merge(r, "main", "side", {{"allow_empty", true}});
    lake.tag(r, "ahead", "main~8");
}

} // namespace

void playHistory(Lake &lake)
{
    lake.repository("audio-lake");
    lake.put("audio-lake", "main", "_lakefs_actions/gate.yaml", kGate);
    lake.put("audio-lake", "main", "_lakefs_actions/notice.yaml", kNotice);
    lake.commit("audio-lake", "main", "Gates");
    gates(lake, 1);
    firstImages(lake);
    ingest(lake);
    squashAndConflict(lake);
    refsAndPulls(lake);
    dates(lake);
    lake.repository("bare-lake", {}, true);
    lake.repository("frozen-lake", {{"read_only", true}});
    lake.repository("text-lake");
    lake.ask("DELETE", "/text-lake", {}, 204);
    gates(lake, 2); // some seconds later than the first: runs of a later second come first
}

RandomLake::RandomLake(Lake &lake, std::string repo, unsigned seed)
    : m_lake(lake)
    , m_repo(std::move(repo))
    , m_random(seed)
{
    m_lake.repository(m_repo);
}

void RandomLake::change(int steps)
{
    for (; steps > 0 && m_lake.wrong().empty(); --steps) {
        const std::size_t d = dice(100);
        if (d < 55)
            commit();
        else if (d < 68)
            branchOff();
        else if (d < 84)
            mergeOne();
        else if (d < 90)
            dropBranch();
        else if (d < 95)
            moveAnywhere();
        else
            m_lake.tag(m_repo, "t" + std::to_string(++m_tags), any());
    }
}

void RandomLake::commit()
{
    Json more = Json::object();
    if (dice(6) == 0) // a wrong clock
        more["date"] = 1'700'000'000 + static_cast<std::int64_t>(dice(5)) * 50'000'000;
    m_made.push_back(m_lake.commit(m_repo, any(), "c" + std::to_string(m_random() % 1000), more));
}

void RandomLake::branchOff()
{
    const std::string name = "b" + std::to_string(dice(8)); // few names: a deleted one comes back soon
    if (std::find(m_branches.begin(), m_branches.end(), name) != m_branches.end())
        return commit();
    m_lake.branch(m_repo, name, any());
    m_branches.push_back(name);
}

void RandomLake::dropBranch()
{
    if (m_branches.size() < 2)
        return commit();
    const auto gone = m_branches.begin() + 1 + static_cast<std::ptrdiff_t>(dice(m_branches.size() - 1));
    m_lake.deleteBranch(m_repo, *gone);
    m_branches.erase(gone);
}

void RandomLake::moveAnywhere()
{
    if (m_made.empty())
        return commit();
    m_lake.hardReset(m_repo, any(), m_made[dice(m_made.size())]);
}

void RandomLake::mergeOne()
{
    const std::string from = any();
    const std::string into = any();
    if (from == into || m_lake.head(m_repo, from) == m_lake.head(m_repo, into))
        return commit();
    m_lake.merge(m_repo, from, into, {{"allow_empty", true}, {"squash_merge", dice(4) == 0}});
    if (dice(5) == 0)
        m_lake.revert(m_repo, into, into, m_lake.get("/" + m_repo + "/commits/" + into)["parents"].size() > 1 ? 1 : 0,
                      {{"allow_empty", true}});
    if (dice(6) == 0)
        m_lake.commit(m_repo, into, "after the merge");
}

} // namespace andon::test
