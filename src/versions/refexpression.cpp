#include "versions/refexpression.h"

#include <charconv>

namespace andon::versions
{

namespace
{

core::Error problem(core::ErrorKind kind, std::string_view expression, const std::string &why,
                    const std::string &hint = {})
{
    return {.kind = kind, .where = "ref", .detail = "\"" + std::string(expression) + "\": " + why, .hint = hint};
}

core::Result<std::int32_t> base(std::string_view name, const std::vector<Ref> &refs, const CommitGraph &graph)
{
    if (name.size() == 64)
        if (const std::int32_t row = graph.rowOf(CommitId(std::string(name))); row != kNone)
            return row;
    for (const RefKind kind : {RefKind::Branch, RefKind::Tag})
        for (const Ref &ref : refs)
            if (ref.kind == kind && ref.name.value == name)
                if (const std::int32_t row = graph.rowOf(ref.commit); row != kNone)
                    return row;
    std::int32_t found = kNone;
    const bool hex = name.size() >= 4 && name.size() < 64
        && name.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
    for (std::int32_t row = 0; hex && row < graph.size(); ++row) {
        if (!graph.oid(row).id().value.starts_with(name))
            continue;
        if (found != kNone)
            return core::fail(problem(core::ErrorKind::Invalid, name, "several commits begin like that"));
        found = row;
    }
    if (found == kNone)
        return core::fail(
            problem(core::ErrorKind::NotFound, name, "no branch, tag or commit has that name", "no-such-ref"));
    return found;
}

} // namespace

core::Result<std::int32_t> resolveRef(std::string_view expression, const std::vector<Ref> &refs,
                                      const CommitGraph &graph)
{
    // '~' may stand in a tag's name: try the whole before cutting modifiers off.
    if (auto whole = base(expression, refs, graph))
        return whole;
    const std::size_t cut = expression.find_first_of("^~@");
    auto row = base(expression.substr(0, cut), refs, graph);
    if (!row || cut == std::string_view::npos)
        return row;
    std::string_view rest = expression.substr(cut);
    if (rest == "@")
        return row;
    while (!rest.empty()) {
        const char kind = rest.front();
        rest.remove_prefix(1);
        int n = 1;
        const auto parsed = std::from_chars(rest.data(), rest.data() + rest.size(), n);
        rest.remove_prefix(static_cast<std::size_t>(parsed.ptr - rest.data()));
        if ((kind != '^' && kind != '~') || n < 0)
            return core::fail(problem(core::ErrorKind::Invalid, expression, "this cannot be read as a ref"));
        const Topology &t = graph.topology();
        const auto up = [&](const std::vector<std::int32_t> &parents) {
            *row = *row == kNone ? kNone : parents[static_cast<std::size_t>(*row)];
        };
        if (kind == '~')
            for (int i = 0; i < n; ++i)
                up(t.first);
        else if (n == 1)
            up(t.first);
        else if (n == 2)
            up(t.second);
        else if (n > 2)
            *row = kNone;
        if (*row == kNone)
            return core::fail(problem(core::ErrorKind::NotFound, expression, "there is no such parent"));
    }
    return row;
}

} // namespace andon::versions
