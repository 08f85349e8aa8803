#include "tests/integration/lakefs/calls.h"

#include <algorithm>
#include <set>
#include <sstream>

namespace andon::test
{

namespace
{

using Names = std::vector<std::string>;

class Expander
{
public:
    Expander(const Json &history, const IdOf &idOf)
        : m_history(history)
        , m_idOf(idOf)
    {
    }

    /// Calls out(target) for every way to fill the {names} of a target.
    template <typename Out> void expand(const std::string &target, const Out &out)
    {
        const std::size_t open = target.find('{');
        if (open == std::string::npos)
            return out(target);
        const std::size_t close = target.find('}', open);
        const std::string name = target.substr(open + 1, close - open - 1);
        for (const std::string &value : valuesOf(name)) {
            if (name == "repo")
                m_repo = value;
            expand(replaced(target, "{" + name + "}", value), out);
        }
    }

    void setRepository(const std::string &target)
    {
        const std::string before = "/repositories/";
        const std::size_t from = target.find(before);
        if (from != std::string::npos && target[from + before.size()] != '{')
            m_repo = target.substr(from + before.size(),
                                   target.find_first_of("/?", from + before.size()) - from - before.size());
    }

private:
    static std::string replaced(std::string text, const std::string &what, const std::string &by)
    {
        for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
            text.replace(at, what.size(), by);
        return text;
    }

    const Json *repository() const
    {
        for (const Json &one : m_history["repositories"])
            if (one["repository"]["id"] == m_repo)
                return &one;
        return nullptr;
    }

    Names listed(const char *list, const char *key) const
    {
        Names names;
        if (const Json *repo = repository())
            for (const Json &one : (*repo)[list])
                names.push_back(encoded(one[key].get<std::string>()));
        return names;
    }

    Names paths() const
    {
        std::set<std::string> all;
        if (const Json *repo = repository())
            for (const auto &[range, tree] : (*repo)["trees"].items())
                for (const Json &object : tree)
                    all.insert(encoded(object["path"].get<std::string>()));
        return {all.begin(), all.end()};
    }

    /// {run} and {output}: a run, and each hook of it as RUN/hooks/HOOK/output.
    Names runs(bool outputs) const
    {
        Names names;
        if (const Json *repo = repository())
            for (const Json &one : (*repo)["runs"]) {
                const std::string id = one["run"]["run_id"];
                if (!outputs)
                    names.push_back(id);
                for (const Json &hook : one["hooks"])
                    if (outputs)
                        names.push_back(id + "/hooks/" + hook["hook"]["hook_run_id"].get<std::string>() + "/output");
            }
        return names;
    }

    Names ambiguous() const
    {
        Names ids = listed("commits", "id");
        std::sort(ids.begin(), ids.end());
        std::string longest;
        for (std::size_t i = 1; i < ids.size(); ++i) {
            const auto differ = std::mismatch(ids[i].begin(), ids[i].end(), ids[i - 1].begin()).first;
            if (differ - ids[i].begin() > static_cast<std::ptrdiff_t>(longest.size()))
                longest.assign(ids[i].begin(), differ);
        }
        return longest.empty() ? Names() : Names{longest};
    }

    Names ranges() const
    {
        Names names;
        if (const Json *repo = repository())
            for (const auto &[range, tree] : (*repo)["trees"].items())
                names.push_back(range);
        return names;
    }

    Names valuesOf(const std::string &name)
    {
        if (name.starts_with("id:"))
            return {m_idOf(m_repo, name.substr(3))};
        if (name.starts_with("short:"))
            return {m_idOf(m_repo, name.substr(6)).substr(0, 10)};
        if (name == "repo") {
            Names names;
            for (const Json &one : m_history["repositories"])
                names.push_back(one["repository"]["id"].get<std::string>());
            return names;
        }
        if (name == "branch")
            return listed("branches", "id");
        if (name == "tag")
            return listed("tags", "id");
        if (name == "commit")
            return listed("commits", "id");
        if (name == "pull")
            return listed("pulls", "id");
        if (name == "path")
            return paths();
        if (name == "ambiguous")
            return ambiguous();
        if (name == "range")
            return ranges();
        if (name == "run" || name == "output")
            return runs(name == "output");
        Names refs = listed("branches", "id"); // ref, left, right
        for (const std::string &tag : listed("tags", "id"))
            refs.push_back(tag);
        return refs;
    }

    const Json &m_history;
    const IdOf &m_idOf;
    std::string m_repo;
};

/// "name TARGET", "name HEAD TARGET", "name TARGET | Header: value", "name none TARGET" without credentials.
Call parsed(const std::string &line)
{
    Call call{.line = line};
    const std::size_t bar = std::min(line.find(" | "), line.size());
    if (bar < line.size())
        call.ask.headers = {line.substr(bar + 3)};
    std::istringstream words(line.substr(0, bar));
    std::string name; // says which recorded exchange this is
    words >> name >> call.ask.target;
    if (call.ask.target == "none") {
        call.anonymous = true;
        words >> call.ask.target;
    } else if (!call.ask.target.starts_with('/')) {
        call.ask.method = call.ask.target;
        words >> call.ask.target;
    }
    return call;
}

} // namespace

std::vector<Call> callsOf(const std::string &text, const Json &history, const IdOf &idOf,
                          std::vector<std::string> &empty)
{
    std::vector<Call> calls;
    std::set<std::string> known; // templates overlap
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line.starts_with('#'))
            continue;
        const Call call = parsed(line);
        Expander expander(history, idOf);
        expander.setRepository(call.ask.target);
        bool any = false;
        expander.expand(call.ask.target, [&](const std::string &target) {
            any = true;
            if (!known
                     .insert(call.ask.method + target + (call.anonymous ? "!" : "")
                             + (call.ask.headers.empty() ? "" : call.ask.headers[0]))
                     .second)
                return;
            calls.push_back(call);
            calls.back().ask.target = target;
        });
        if (!any)
            empty.push_back(line);
    }
    return calls;
}

} // namespace andon::test
