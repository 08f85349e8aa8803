#include "demo/lakefs/tree.h"

#include <nlohmann/json.hpp>
#include <openssl/evp.h>

#include <algorithm>
#include <iterator>

namespace andon::demo
{

namespace
{

constexpr const char *kSchema = "_schemas/claims.json";
constexpr const char *kManifest = "manifest.json";
constexpr std::int32_t kColumnEvery = 37; // one made data commit in this many adds a column

bool changesSchema(const History &history, std::int32_t n)
{
    return n % kColumnEvery == 5 || history.schemaCommits.contains(n);
}

/// The tree of a made commit as sets of commits: whose payload is there, and who wrote the shared files last.
struct Tree {
    std::vector<char> present; ///< per commit: its payload is there
    std::int32_t schemaBy = -1;
    std::int32_t manifestBy = -1;
};

Tree treeAt(const History &history, std::int32_t n)
{
    const std::vector<char> reach = history.reach(n);
    Tree tree{.present = std::vector<char>(history.commits.size(), 0)};
    std::vector<std::int32_t> out;
    const auto write = [&](std::int32_t by) {
        tree.present[static_cast<std::size_t>(by)] = 1;
        tree.manifestBy = std::max(tree.manifestBy, by);
        if (changesSchema(history, by))
            tree.schemaBy = std::max(tree.schemaBy, by);
    };
    for (std::size_t i = 0; i < reach.size(); ++i) {
        if (!reach[i])
            continue;
        const auto number = static_cast<std::int32_t>(i);
        const CommitWhat what = history.commits[i].what;
        if (what == CommitWhat::Data)
            write(number);
        else if (what == CommitWhat::CherryPick || what == CommitWhat::Squash)
            for (const std::int32_t by : history.brings(number))
                write(by);
        else if (what == CommitWhat::Revert)
            for (const std::int32_t by : history.takesOut(number))
                out.push_back(by);
    }
    for (const std::int32_t by : out)
        tree.present[static_cast<std::size_t>(by)] = 0;
    return tree;
}

std::string md5Of(const std::string &text)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest, &size, EVP_md5(), nullptr);
    static constexpr char kHex[] = "0123456789abcdef";
    std::string hex;
    for (unsigned i = 0; i < size; ++i) {
        hex += kHex[digest[i] >> 4];
        hex += kHex[digest[i] & 15];
    }
    return hex;
}

using Newest = std::map<std::string, const Rewrite *>; ///< by path

/// Who wrote objects of a tree anew last. Those that no commit of it wrote anew are not in it.
Newest newestIn(const History &history, const Tree &tree)
{
    Newest newest;
    for (const auto &[by, objects] : history.rewrites)
        if (tree.present[static_cast<std::size_t>(by)])
            for (const Rewrite &one : objects)
                newest[one.object.path] = &one;
    return newest;
}

const Rewrite *in(const Newest &newest, const std::string &path)
{
    const auto found = newest.find(path);
    return found == newest.end() ? nullptr : found->second;
}

/// The objects of a data commit as they are in a tree.
std::vector<DemoObject> payloadIn(const History &history, const Newest &newest, std::int32_t n)
{
    std::vector<DemoObject> objects = history.payload(n);
    for (DemoObject &object : objects)
        if (const Rewrite *later = in(newest, object.path))
            object = later->object;
    return objects;
}

/// What is in both trees and was written anew between them.
void diffRewritten(const History &history, const Tree &a, const Tree &b, const Tree *ours, std::vector<DiffItem> &items)
{
    const Newest before = newestIn(history, a);
    const Newest after = newestIn(history, b);
    const Newest mine = ours ? newestIn(history, *ours) : before;
    std::map<std::string, std::int32_t> paths;
    for (const Newest *tree : {&before, &after})
        for (const auto &[path, one] : *tree)
            paths[path] = one->of;
    for (const auto &[path, of] : paths) {
        const auto n = static_cast<std::size_t>(of);
        const Rewrite *x = in(before, path);
        const Rewrite *y = in(after, path);
        const Rewrite *own = in(mine, path);
        if (x == y || own == y || !a.present[n] || !b.present[n])
            continue;
        for (const DemoObject &object : payloadIn(history, after, of))
            if (object.path == path)
                items.push_back({own == x ? "changed" : "conflict", path, false, object});
    }
}

/// What the shared file says after its last writer.
std::string textOf(const History &history, const std::string &path, std::int32_t by)
{
    if (path == kManifest)
        return nlohmann::ordered_json{{"written_by", history.idOf(by)}, {"at", history.at(by).created}}.dump(2) + "\n";
    // A story's schema commit turns the amount into text; the others add a column each.
    const bool amountIsText = std::any_of(history.schemaCommits.begin(), history.schemaCommits.end(),
                                          [&](std::int32_t n) { return n <= by; });
    nlohmann::ordered_json columns = nlohmann::ordered_json::array();
    const auto column = [&](const std::string &name, const char *type) {
        columns.push_back({{"name", name}, {"type", type}});
    };
    column("claim_id", "int64");
    column("policy_id", "int64");
    column("amount", amountIsText ? "string" : "decimal(12,2)");
    column(amountIsText ? "partner_code" : "currency", "string");
    column("opened", "timestamp");
    for (int i = 0; i < std::min(by / kColumnEvery, 24); ++i)
        column("f_" + std::to_string(i + 1), "double");
    return nlohmann::ordered_json{{"table", "claims"}, {"columns", columns}}.dump(2) + "\n";
}

DemoObject shared(const History &history, const char *path, std::int32_t by)
{
    const std::string text = textOf(history, path, by);
    DemoObject object{.path = path,
                      .size = static_cast<std::int64_t>(text.size()),
                      .checksum = md5Of(text),
                      .mtime = history.at(by).created,
                      .contentType = "application/json"};
    object.address = history.storageNamespace + "/data/" + object.checksum;
    return object;
}

const std::vector<DemoObject> &kept(const History &history, std::int32_t n)
{
    static const std::vector<DemoObject> none;
    const auto tree = n < 0 ? history.trees.end() : history.trees.find(history.metaRange(n));
    return tree == history.trees.end() ? none : tree->second;
}

const DemoObject *objectIn(const std::vector<DemoObject> &tree, const std::string &path)
{
    const auto found = std::lower_bound(tree.begin(), tree.end(), path,
                                        [](const DemoObject &o, const std::string &key) { return o.path < key; });
    return found != tree.end() && found->path == path ? &*found : nullptr;
}

bool equal(const DemoObject *a, const DemoObject *b)
{
    return a && b ? a->sameAs(*b) : a == b;
}

std::vector<DiffItem> recordedDiff(const std::vector<DemoObject> &from, const std::vector<DemoObject> &ours,
                                   const std::vector<DemoObject> &theirs, bool threeDot)
{
    std::vector<std::string> paths;
    for (const auto *tree : {&from, &theirs})
        for (const DemoObject &object : *tree)
            paths.push_back(object.path);
    std::sort(paths.begin(), paths.end());
    paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
    std::vector<DiffItem> items;
    for (const std::string &path : paths) {
        const DemoObject *base = objectIn(from, path);
        const DemoObject *right = objectIn(theirs, path);
        const DemoObject *left = threeDot ? objectIn(ours, path) : base;
        if (equal(base, right) || equal(left, right))
            continue;
        const char *type = !equal(base, left) ? "conflict" : !base ? "added" : !right ? "removed" : "changed";
        items.push_back({type, path, false, right ? *right : *base});
    }
    return items;
}

void diffShared(const History &history, const char *path, std::int32_t x, std::int32_t y, std::int32_t ours,
                bool threeDot, std::vector<DiffItem> &items)
{
    if (x == y)
        return;
    const bool conflict = threeDot && ours != x && ours != y && x >= 0;
    const char *type = conflict ? "conflict" : x < 0 ? "added" : y < 0 ? "removed" : "changed";
    items.push_back({type, path, false, shared(history, path, y < 0 ? x : y)});
}

} // namespace

std::vector<DiffItem> diffOf(const History &history, std::int32_t left, std::int32_t right, bool threeDot)
{
    const std::int32_t from = threeDot ? history.mergeBase(left, right) : left;
    if (!history.recorded.empty())
        return recordedDiff(kept(history, from), kept(history, left), kept(history, right), threeDot);
    const Tree a = treeAt(history, from);
    const Tree b = treeAt(history, right);
    const Tree ours = threeDot ? treeAt(history, left) : a;
    std::vector<DiffItem> items;
    const Newest before = newestIn(history, a);
    const Newest after = newestIn(history, b);
    for (std::size_t i = 0; i < history.commits.size(); ++i)
        if (a.present[i] != b.present[i] && !(threeDot && ours.present[i] == b.present[i]))
            for (DemoObject &object : payloadIn(history, b.present[i] ? after : before, static_cast<std::int32_t>(i))) {
                const std::string path = object.path;
                items.push_back({b.present[i] ? "added" : "removed", path, false, std::move(object)});
            }
    diffRewritten(history, a, b, threeDot ? &ours : nullptr, items);
    diffShared(history, kSchema, a.schemaBy, b.schemaBy, ours.schemaBy, threeDot, items);
    // Every data commit writes the manifest anew: whoever has it from two sides has a conflict, as the server says.
    diffShared(history, kManifest, a.manifestBy, b.manifestBy, ours.manifestBy, threeDot, items);
    std::sort(items.begin(), items.end(), [](const DiffItem &x, const DiffItem &y) { return x.path < y.path; });
    return items;
}

std::vector<DiffItem> diffWithStaged(const History &history, std::int32_t left, const std::string &branch)
{
    if (!history.uncommitted.contains(branch))
        return diffOf(history, left, history.branches.at(branch), false);
    const auto &before = kept(history, left);
    return recordedDiff(before, before, objectsOn(history, branch), false);
}

std::vector<DemoObject> objectsAt(const History &history, std::int32_t commit)
{
    if (!history.recorded.empty())
        return kept(history, commit);
    const Tree tree = treeAt(history, commit);
    const Newest newest = newestIn(history, tree);
    std::vector<DemoObject> objects;
    for (std::size_t i = 0; i < history.commits.size(); ++i)
        if (tree.present[i])
            for (DemoObject &object : payloadIn(history, newest, static_cast<std::int32_t>(i)))
                objects.push_back(std::move(object));
    if (tree.schemaBy >= 0)
        objects.push_back(shared(history, kSchema, tree.schemaBy));
    if (tree.manifestBy >= 0)
        objects.push_back(shared(history, kManifest, tree.manifestBy));
    std::sort(objects.begin(), objects.end(), [](const auto &x, const auto &y) { return x.path < y.path; });
    return objects;
}

std::vector<DemoObject> objectsOn(const History &history, const std::string &branch)
{
    std::vector<DemoObject> objects = objectsAt(history, history.branches.at(branch));
    const auto pending = history.uncommitted.find(branch);
    if (pending == history.uncommitted.end())
        return objects;
    for (const RecordedChange &change : pending->second) {
        std::erase_if(objects, [&](const DemoObject &object) { return object.path == change.object.path; });
        if (change.type != "removed")
            objects.push_back(change.object);
    }
    std::sort(objects.begin(), objects.end(), [](const auto &x, const auto &y) { return x.path < y.path; });
    return objects;
}

std::vector<DiffItem> listed(std::vector<DemoObject> objects)
{
    std::vector<DiffItem> items;
    items.reserve(objects.size());
    for (DemoObject &object : objects) {
        std::string path = object.path;
        items.push_back({{}, std::move(path), false, std::move(object)});
    }
    return items;
}

bool changes(const History &history, std::int32_t commit, const std::vector<std::string> &paths,
             const std::vector<std::string> &prefixes)
{
    const DemoCommit &c = history.at(commit);
    if (c.second >= 0 || c.first < 0)
        return false; // the server's filter skips merges and the first commit
    const auto wanted = [&](const std::string &path) {
        return std::find(paths.begin(), paths.end(), path) != paths.end()
            || std::any_of(prefixes.begin(), prefixes.end(),
                           [&](const auto &prefix) { return path.starts_with(prefix); });
    };
    if (!history.recorded.empty()) {
        const auto &before = kept(history, c.first);
        const auto items = recordedDiff(before, before, kept(history, commit), false);
        return std::any_of(items.begin(), items.end(), [&](const DiffItem &item) { return wanted(item.path); });
    }
    std::vector<std::int32_t> touched = history.brings(commit);
    for (const std::int32_t by : history.takesOut(commit))
        touched.push_back(by);
    const bool writes = c.what != CommitWhat::Revert; // a revert leaves the shared files alone
    const auto inBulk = [](const std::string &prefix) {
        static const std::string folder = "embeddings/";
        return folder.starts_with(prefix) || prefix.starts_with(folder);
    };
    if (std::find(history.bulk.begin(), history.bulk.end(), commit) != history.bulk.end()
        && (std::any_of(prefixes.begin(), prefixes.end(), inBulk)
            || std::any_of(paths.begin(), paths.end(),
                           [](const auto &path) { return path.starts_with("embeddings/"); })))
        return true;
    for (const std::int32_t by : touched) {
        if (writes && (wanted(kManifest) || (changesSchema(history, by) && wanted(kSchema))))
            return true;
        for (const DemoObject &object : history.payload(by))
            if (wanted(object.path))
                return true;
        if (const auto anew = history.rewrites.find(by); anew != history.rewrites.end())
            for (const Rewrite &one : anew->second)
                if (wanted(one.object.path))
                    return true;
    }
    return false;
}

std::optional<std::string> contentOf(const History &history, std::int32_t commit, const DemoObject &object)
{
    const std::string &path = object.path;
    if (!history.recorded.empty()) {
        const auto kept = history.contents.find(object.checksum);
        return kept == history.contents.end() ? std::nullopt : std::optional<std::string>(kept->second);
    }
    if (path != kSchema && path != kManifest)
        return std::nullopt;
    const Tree tree = treeAt(history, commit);
    const std::int32_t by = path == kSchema ? tree.schemaBy : tree.manifestBy;
    return by < 0 ? std::nullopt : std::optional<std::string>(textOf(history, path, by));
}

} // namespace andon::demo
