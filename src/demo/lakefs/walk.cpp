#include "demo/lakefs/walk.h"

#include "demo/lakefs/frontier.h"
#include "demo/lakefs/tree.h"

#include <algorithm>
#include <charconv>

namespace andon::demo
{

namespace
{

const std::string kUnknown = "not found";
const std::string kInvalid = "ref: invalid value: validation error";
const std::string kStaging = "ref: invalid value: validation error: should point to a commit";

/// The one commit whose id begins so, -1 for none or several.
std::int32_t byPrefix(const History &history, std::string_view prefix)
{
    if (prefix.size() == 64) {
        const auto id = Oid::fromHex(prefix);
        return id ? history.find(*id) : -1;
    }
    if (prefix.empty() || prefix.size() > 64 || prefix.find_first_not_of("0123456789abcdef") != std::string_view::npos)
        return -1;
    const auto nibble = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    const auto begins = [&](const Oid &oid) {
        for (std::size_t i = 0; i < prefix.size(); ++i) {
            const int byte = oid.bytes[i / 2];
            if ((i % 2 ? byte & 15 : byte >> 4) != nibble(prefix[i]))
                return false;
        }
        return true;
    };
    std::int32_t found = -1;
    for (std::size_t i = 0; i < history.commits.size(); ++i)
        if (begins(history.commits[i].id)) {
            if (found >= 0)
                return -1;
            found = static_cast<std::int32_t>(i);
        }
    return found;
}

struct Modifier {
    char kind = '^';
    int count = 1;
};

/// ^, ^N, ~N, @ and $ in turn; the text of the first that is none of them in `wrong`.
std::vector<Modifier> modifiersOf(std::string_view rest, std::string &wrong)
{
    std::vector<Modifier> all;
    while (!rest.empty()) {
        const std::size_t next = std::min(rest.find_first_of("^~@$", 1), rest.size());
        Modifier modifier{.kind = rest.front()};
        const char *end = rest.data() + next;
        if (next > 1 && std::from_chars(rest.data() + 1, end, modifier.count).ptr != end) {
            wrong.append(rest.substr(0, next));
            return {};
        }
        all.push_back(modifier);
        rest.remove_prefix(next);
    }
    return all;
}

RefAnswer modified(const History &history, std::int32_t n, const std::vector<Modifier> &modifiers)
{
    for (const Modifier &modifier : modifiers) {
        if (modifier.kind == '~') {
            for (int i = 0; i < modifier.count && n >= 0; ++i)
                n = history.at(n).first;
            if (n < 0)
                return {.status = 404, .words = kUnknown};
        } else if (modifier.kind == '^') {
            const DemoCommit &c = history.at(n);
            n = modifier.count == 0 ? n : modifier.count == 1 ? c.first : modifier.count == 2 ? c.second : -1;
            if (n < 0)
                return {.status = 400, .words = kInvalid};
        } else {
            return {.status = 400, .words = kInvalid}; // @ and $ stand alone
        }
    }
    return {.commit = n};
}

} // namespace

LogAnswer walkLog(const History &history, const LogQuery &query)
{
    LogAnswer answer;
    Frontier frontier;
    std::vector<char> seen(history.commits.size(), 0);
    const auto push = [&](std::int32_t n) {
        if (n < 0 || seen[static_cast<std::size_t>(n)])
            return;
        seen[static_cast<std::size_t>(n)] = 1;
        frontier.push({history.at(n).created, history.at(n).microseconds, 0}, history.at(n).id, n);
    };
    push(query.head);
    const bool filtered = !query.objects.empty() || !query.prefixes.empty();
    bool started = query.after < 0;
    while (!frontier.empty()) {
        const std::int32_t n = frontier.pop();
        ++answer.walked;
        if (std::pair(history.at(n).created, history.at(n).microseconds) < query.since)
            continue;
        if (started && (!filtered || changes(history, n, query.objects, query.prefixes))) {
            if (static_cast<int>(answer.commits.size()) == query.amount) {
                answer.more = true;
                break;
            }
            answer.commits.push_back(n);
            if (n == query.stopAt || (query.limit && static_cast<int>(answer.commits.size()) == query.amount))
                break;
        }
        started = started || n == query.after;
        push(history.at(n).first);
        if (!query.firstParent)
            push(history.at(n).second);
    }
    return answer;
}

RefAnswer resolveExpression(const History &history, std::string_view expression)
{
    const std::size_t cut = std::min(expression.find_first_of("^~@$"), expression.size());
    const std::string name(expression.substr(0, cut));
    if (name.empty())
        return {.status = 400, .words = kInvalid};
    const std::string_view rest = expression.substr(cut);
    std::string wrong;
    const std::vector<Modifier> modifiers = modifiersOf(rest, wrong);
    if (!wrong.empty())
        return {.status = 400, .words = "could not parse modifier " + wrong + ": " + kInvalid};
    const auto branch = history.branches.find(name);
    const auto tag = history.tags.find(name);
    bool isBranch = false;
    std::int32_t n = name.size() == 64 ? byPrefix(history, name) : -1;
    if (n < 0 && branch != history.branches.end()) {
        n = branch->second;
        isBranch = true;
    }
    if (n < 0)
        n = tag != history.tags.end() ? tag->second : byPrefix(history, name);
    if (n < 0)
        return {.status = 404, .words = kUnknown};
    if (rest.empty())
        return {.commit = n, .staging = isBranch};
    if (rest == "@" && isBranch)
        return {.commit = n};
    if (rest == "$" && isBranch)
        return {.commit = n, .status = 400, .words = kStaging, .staging = true};
    return modified(history, n, modifiers);
}

} // namespace andon::demo
