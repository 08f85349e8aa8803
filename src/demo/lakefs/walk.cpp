#include "demo/lakefs/walk.h"

#include <algorithm>
#include <charconv>
#include <queue>
#include <set>

namespace andon::demo
{

namespace
{

const DemoCommit &at(const History &history, std::int32_t n)
{
    return history.commits[static_cast<std::size_t>(n)];
}

bool touches(const History &history, std::int32_t n, const LogQuery &query)
{
    if (query.objects.empty() && query.prefixes.empty())
        return true;
    // The server's filter skips merges and the first commit.
    if (at(history, n).second >= 0 || at(history, n).first < 0)
        return false;
    for (const DemoObject &object : history.payload(n)) {
        for (const std::string &path : query.objects)
            if (object.path == path)
                return true;
        for (const std::string &prefix : query.prefixes)
            if (object.path.starts_with(prefix))
                return true;
    }
    return false;
}

/// The tree as sets of commits: whose payload is there, and who wrote the shared files last.
struct Tree {
    std::vector<char> present; ///< per commit: its payload is there
    std::int32_t schemaBy = -1; ///< the commit that wrote _schemas/claims.json last
    std::int32_t manifestBy = -1;
};

Tree treeAt(const History &history, std::int32_t n)
{
    const std::vector<char> reach = history.reach(n);
    Tree tree{.present = std::vector<char>(history.commits.size(), 0)};
    std::vector<char> removed(history.commits.size(), 0);
    for (std::size_t i = 0; i < reach.size(); ++i) {
        if (!reach[i])
            continue;
        const DemoCommit &c = history.commits[i];
        const auto number = static_cast<std::int32_t>(i);
        if (c.what == CommitWhat::Data) {
            tree.present[i] = 1;
            tree.manifestBy = number;
            if (number % 37 == 5)
                tree.schemaBy = number;
        } else if (c.what == CommitWhat::CherryPick && at(history, c.about).what == CommitWhat::Data) {
            tree.present[static_cast<std::size_t>(c.about)] = 1;
        } else if (c.what == CommitWhat::Squash) {
            for (std::int32_t k = c.about; k >= 0 && !reach[static_cast<std::size_t>(k)]; k = at(history, k).first)
                if (at(history, k).what == CommitWhat::Data)
                    tree.present[static_cast<std::size_t>(k)] = 1;
        } else if (c.what == CommitWhat::Revert) {
            removed[static_cast<std::size_t>(c.about)] = 1;
        }
    }
    for (std::size_t i = 0; i < removed.size(); ++i)
        if (removed[i])
            tree.present[i] = 0;
    return tree;
}

DemoObject shared(const History &history, const char *path, std::int32_t by)
{
    return {path, 400 + by % 300,
            Oid::fromBytes(sha256Of(path + history.commits[static_cast<std::size_t>(by)].id.id().value))
                ->id()
                .value.substr(0, 32)};
}

} // namespace

LogAnswer walkLog(const History &history, const LogQuery &query)
{
    struct Waiting {
        std::int64_t created;
        std::int64_t order; ///< of discovery: earlier first on equal dates
        std::int32_t commit;
        bool operator<(const Waiting &other) const
        {
            return created < other.created || (created == other.created && order > other.order);
        }
    };
    LogAnswer answer;
    std::priority_queue<Waiting> frontier;
    std::vector<char> seen(history.commits.size(), 0);
    std::int64_t order = 0;
    const auto push = [&](std::int32_t n) {
        if (n < 0 || seen[static_cast<std::size_t>(n)])
            return;
        seen[static_cast<std::size_t>(n)] = 1;
        frontier.push({at(history, n).created, order++, n});
    };
    push(query.head);
    bool started = query.after.empty();
    while (!frontier.empty()) {
        const std::int32_t n = frontier.top().commit;
        frontier.pop();
        if (at(history, n).created < query.since)
            continue;
        if (started && touches(history, n, query)) {
            if (static_cast<int>(answer.commits.size()) == query.amount) {
                answer.more = true;
                break;
            }
            answer.commits.push_back(n);
            if (query.limit && static_cast<int>(answer.commits.size()) == query.amount)
                break;
        }
        if (!started)
            started = at(history, n).id.id().value == query.after;
        if (n == query.stopAt)
            break;
        push(at(history, n).first);
        if (!query.firstParent)
            push(at(history, n).second);
    }
    return answer;
}

RefAnswer resolveExpression(const History &history, std::string_view expression)
{
    const std::size_t cut = std::min(expression.find_first_of("^~@$"), expression.size());
    const std::string name(expression.substr(0, cut));
    std::string_view rest = expression.substr(cut);
    std::int32_t n = -1;
    if (const auto oid = Oid::fromHex(name))
        n = history.find(*oid);
    const auto branch = history.branches.find(name);
    if (n < 0 && branch != history.branches.end())
        n = branch->second;
    if (n < 0)
        if (const auto tag = history.tags.find(name); tag != history.tags.end())
            n = tag->second;
    if (n < 0 && name.size() >= 2 && name.find_first_not_of("0123456789abcdef") == std::string::npos)
        for (std::size_t i = 0; i < history.commits.size(); ++i)
            if (history.commits[i].id.id().value.starts_with(name)) {
                if (n >= 0)
                    return {-1, 404};
                n = static_cast<std::int32_t>(i);
            }
    if (n < 0)
        return {-1, 404};
    if (rest == "@" || rest == "$")
        return branch == history.branches.end() ? RefAnswer{-1, 404}
            : rest == "$"                       ? RefAnswer{-1, 400}
                                                : RefAnswer{n, 0};
    while (!rest.empty()) {
        const char kind = rest.front();
        rest.remove_prefix(1);
        int count = 1;
        const auto parsed = std::from_chars(rest.data(), rest.data() + rest.size(), count);
        rest.remove_prefix(static_cast<std::size_t>(parsed.ptr - rest.data()));
        if (kind == '~')
            for (int i = 0; i < count && n >= 0; ++i)
                n = at(history, n).first;
        else if (kind == '^' && count > 0)
            n = count == 1 ? at(history, n).first : count == 2 ? at(history, n).second : -1;
        else if (kind != '^')
            return {-1, 400};
        if (n < 0)
            return {-1, 404};
    }
    return {n, 0};
}

std::vector<DiffItem> diffOf(const History &history, std::int32_t left, std::int32_t right, bool threeDot)
{
    const std::int32_t from = threeDot ? history.mergeBase(left, right) : left;
    const Tree a = treeAt(history, from);
    const Tree b = treeAt(history, right);
    std::vector<DiffItem> items;
    for (std::size_t i = 0; i < history.commits.size(); ++i)
        if (a.present[i] != b.present[i])
            for (DemoObject &object : history.payload(static_cast<std::int32_t>(i))) {
                const std::string path = object.path;
                items.push_back({b.present[i] ? "added" : "removed", path, false, std::move(object)});
            }
    const Tree ours = threeDot ? treeAt(history, left) : a;
    const auto file = [&](const char *path, std::int32_t x, std::int32_t y, std::int32_t mine) {
        if (x == y)
            return;
        const bool conflict = threeDot && mine != x && mine != y && x >= 0;
        items.push_back({conflict    ? "conflict"
                             : x < 0 ? "added"
                             : y < 0 ? "removed"
                                     : "changed",
                         path, false, shared(history, path, y < 0 ? x : y)});
    };
    file("_schemas/claims.json", a.schemaBy, b.schemaBy, ours.schemaBy);
    file("manifest.json", a.manifestBy, b.manifestBy, threeDot ? a.manifestBy : ours.manifestBy);
    std::sort(items.begin(), items.end(), [](const DiffItem &x, const DiffItem &y) { return x.path < y.path; });
    return items;
}

std::vector<DemoObject> objectsAt(const History &history, std::int32_t commit)
{
    const Tree tree = treeAt(history, commit);
    std::vector<DemoObject> objects;
    for (std::size_t i = 0; i < history.commits.size(); ++i)
        if (tree.present[i])
            for (DemoObject &object : history.payload(static_cast<std::int32_t>(i)))
                objects.push_back(std::move(object));
    if (tree.schemaBy >= 0)
        objects.push_back(shared(history, "_schemas/claims.json", tree.schemaBy));
    if (tree.manifestBy >= 0)
        objects.push_back(shared(history, "manifest.json", tree.manifestBy));
    std::sort(objects.begin(), objects.end(), [](const auto &x, const auto &y) { return x.path < y.path; });
    return objects;
}

} // namespace andon::demo
