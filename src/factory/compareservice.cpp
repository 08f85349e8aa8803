#include "factory/compareservice.h"

#include "factory/objectservice.h"
#include "factory/versionservice.h"
#include "versions/aheadbehind.h"
#include "versions/refexpression.h"

#include <algorithm>
#include <chrono>

namespace andon::factory
{

namespace
{

using versions::DiffEntry;
using versions::DiffType;

constexpr std::int64_t kTellMs = 250;
constexpr std::size_t kAskedOneByOne = 24; // changed objects; more are listed
constexpr int kMostListPages = 60;

std::int64_t steadyMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

std::vector<versions::Ref> refsOf(const RepositoryView &view)
{
    std::vector<versions::Ref> refs;
    for (const RefRow &row : view.refs)
        refs.push_back(row.ref);
    return refs;
}

CompareSide sideOf(const CompareEnd &end, const RepositoryView &view, std::int32_t row)
{
    CompareSide side{.asked = end};
    for (const RefRow &ref : view.refs)
        if (ref.ref.name == end.ref)
            side.kind = ref.ref.kind;
    if (const auto found = view.gates->find(view.graph->oid(row)); found != view.gates->end())
        side.gates = found->second;
    return side;
}

SameTree sameOf(const Comparison &c)
{
    const auto same = [](const versions::Commit &a, const versions::Commit &b) {
        return !a.metaRangeId.empty() && a.metaRangeId == b.metaRangeId;
    };
    if (c.left.commit.id == c.right.commit.id)
        return SameTree::SameCommit;
    if (same(c.left.commit, c.right.commit))
        return SameTree::SameData;
    const bool threeDot = c.mode == versions::DiffMode::ThreeDot;
    if (threeDot && c.base && (c.base->id == c.right.commit.id || same(*c.base, c.right.commit)))
        return SameTree::NothingSinceBase;
    return SameTree::No;
}

} // namespace

void DiffIndex::add(const versions::DiffPage &page, const std::string &after)
{
    if (page.entries.empty() || full())
        return;
    auto one = std::make_shared<DiffIndexPage>(DiffIndexPage{.after = after, .firstRow = m_size});
    for (const DiffEntry &entry : page.entries) {
        one->types.push_back(entry.type);
        one->sizes.push_back(entry.sizeBytes.value_or(-1));
    }
    m_size += static_cast<std::int64_t>(one->types.size());
    m_pages.push_back(std::move(one));
}

const DiffIndexPage &DiffIndex::pageOf(std::int64_t row) const
{
    const auto next = std::upper_bound(m_pages.begin(), m_pages.end(), row,
                                       [](std::int64_t r, const auto &page) { return r < page->firstRow; });
    return **std::prev(next);
}

DiffType DiffIndex::type(std::int64_t row) const
{
    const DiffIndexPage &page = pageOf(row);
    return page.types[static_cast<std::size_t>(row - page.firstRow)];
}

std::int64_t DiffIndex::bytes(std::int64_t row) const
{
    const DiffIndexPage &page = pageOf(row);
    return page.sizes[static_cast<std::size_t>(row - page.firstRow)];
}

core::Result<std::int32_t> rowOf(const CompareEnd &end, const RepositoryView &view)
{
    const versions::CommitGraph &graph = *view.graph;
    auto row = versions::resolveRef(end.ref.value, refsOf(view), graph);
    if (!row || !end.at.known())
        return row;
    while (*row != versions::kNone && graph.created(*row) > end.at.seconds())
        *row = graph.topology().first[static_cast<std::size_t>(*row)];
    if (*row == versions::kNone)
        return core::fail(core::ErrorKind::NotFound, "ref", "\"" + end.ref.value + "\" had no commit at that moment");
    return row;
}

CompareService::CompareService(VersionService &versions, ObjectService &objects)
    : m_versions(versions)
    , m_objects(objects)
{
}

core::Result<CompareAsk> CompareService::proposal(const core::RepositoryId &repo, const core::Cancel &cancel)
{
    const auto all = m_versions.repositories(Access::CacheOnly, cancel);
    if (!all)
        return core::fail(all.error());
    const RepositoryRow *wanted = nullptr;
    for (const RepositoryRow &row : all->value)
        if (repo.empty() ? !wanted || row.commits > wanted->commits : row.repository.id == repo)
            wanted = &row;
    if (!wanted)
        return core::fail(core::ErrorKind::NotFound, "cache", "no repository is known yet");
    const auto view = m_versions.repository(wanted->repository.id, Access::CacheOnly, cancel);
    if (!view)
        return core::fail(view.error());
    const versions::CommitGraph &graph = *view->value.graph;
    CompareAsk ask{.repo = wanted->repository.id, .left = {}, .right = {wanted->repository.defaultBranch}};
    const std::int32_t head = graph.topology().mainHead;
    if (head == versions::kNone)
        return core::fail(core::ErrorKind::NotFound, "cache", "\"" + ask.repo.value + "\" has no commits yet");
    const RefRow *newest = nullptr;
    for (const RefRow &ref : view->value.refs)
        if (ref.ref.kind == versions::RefKind::Tag && graph.rowOf(ref.ref.commit) != head
            && (!newest || ref.at > newest->at))
            newest = &ref;
    std::int32_t row = head; // the last merge, along the default branch
    while (row != versions::kNone && graph.topology().second[static_cast<std::size_t>(row)] == versions::kNone)
        row = graph.topology().first[static_cast<std::size_t>(row)];
    const std::int32_t from = row == versions::kNone ? head : row;
    const std::int32_t before = graph.topology().first[static_cast<std::size_t>(from)];
    ask.left.ref =
        newest ? newest->ref.name : core::RefName(graph.oid(before == versions::kNone ? head : before).id().value);
    return ask;
}

core::Result<core::Snapshot<Comparison>> CompareService::resolve(const CompareAsk &ask, Access access,
                                                                 const core::Cancel &cancel)
{
    const auto view = m_versions.repository(ask.repo, access, cancel);
    if (!view)
        return core::fail(view.error());
    const versions::CommitGraph &graph = *view->value.graph;
    const auto left = rowOf(ask.left, view->value);
    const auto right = rowOf(ask.right, view->value);
    if (const auto error = core::firstError(left, right))
        return core::fail(*error);
    core::Snapshot<Comparison> snapshot{.freshness = view->freshness};
    Comparison &c = snapshot.value;
    c.repo = ask.repo;
    c.mode = ask.mode;
    c.left = sideOf(ask.left, view->value, *left);
    c.right = sideOf(ask.right, view->value, *right);
    const versions::Distance apart = versions::distances(graph, {*left}, *right).front();
    c.left.commits = apart.ahead;
    c.right.commits = apart.behind;
    const std::int32_t base = graph.mergeBase(*left, *right);
    std::vector<core::CommitId> ids{graph.oid(*left).id(), graph.oid(*right).id()};
    if (base != versions::kNone)
        ids.push_back(graph.oid(base).id());
    const auto find = [&](const core::CommitId &id) { return m_versions.commits(ask.repo, {id}); };
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto commits = find(ids[i]);
        if (!commits)
            return core::fail(commits.error());
        if (commits->empty())
            return core::fail(core::ErrorKind::NotFound, "cache", "the commit " + ids[i].value + " is not cached");
        if (i == 2)
            c.base = commits->front();
        else
            (i == 0 ? c.left : c.right).commit = commits->front();
    }
    c.same = sameOf(c);
    return snapshot;
}

core::Result<versions::DiffPage> CompareService::page(const Comparison &c, const std::string &after, Access access,
                                                      const core::Cancel &cancel)
{
    return m_versions.diff(c.repo, c.left.commit.id, c.right.commit.id, c.mode, {}, after, access, cancel);
}

core::Result<void> CompareService::eachPage(const Comparison &c, const std::string &prefix, Access access,
                                            const OnPage &onPage, const core::Cancel &cancel)
{
    std::string after;
    std::string last;
    for (bool more = c.same == SameTree::No; more;) {
        if (cancel.cancelled())
            return core::fail(core::ErrorKind::Cancelled, "lakefs diffRefs", {});
        const auto page =
            m_versions.diff(c.repo, c.left.commit.id, c.right.commit.id, c.mode, prefix, after, access, cancel);
        if (!page)
            return core::fail(page.error());
        for (const DiffEntry &entry : page->entries)
            if (!last.empty() && entry.path <= last)
                return core::fail(core::ErrorKind::Protocol, "lakefs diffRefs",
                                  "the server's list goes back to " + entry.path);
            else
                last = entry.path;
        if (auto told = onPage(*page, after); !told)
            return told;
        more = !page->next.empty();
        after = page->next;
    }
    return {};
}

core::Result<DiffRead> CompareService::read(const Comparison &comparison, Access access,
                                            const std::function<void(const DiffRead &)> &onRead,
                                            const core::Cancel &cancel)
{
    DiffRead read{.comparison = comparison};
    const std::int64_t start = steadyMs();
    std::int64_t told = start;
    const auto done = eachPage(
        comparison, {}, access,
        [&](const versions::DiffPage &page, const std::string &after) -> core::Result<void> {
            for (const DiffEntry &entry : page.entries)
                (void)read.rollup.add(entry); // ascends: eachPage has looked
            read.index.add(page, after);
            ++read.pages;
            read.elapsedMs = steadyMs() - start;
            if (onRead && steadyMs() - told >= kTellMs) {
                onRead(read);
                told = steadyMs();
            }
            return {};
        },
        cancel);
    read.elapsedMs = steadyMs() - start;
    read.complete = done.has_value();
    if (!done && (read.pages == 0 || done.error().kind == core::ErrorKind::Cancelled))
        return core::fail(done.error());
    if (!done)
        read.error = done.error();
    return read;
}

namespace
{

struct Wanted {
    std::int64_t row = 0;
    std::string path = {};
};

using PageOf = std::function<core::Result<versions::DiffPage>(const std::string &after)>;

/// What changed in rows [first, end): as much as is listed, and how many there are.
core::Result<std::vector<Wanted>> changedIn(const DiffIndex &index, std::int64_t first, std::int64_t end,
                                            const PageOf &pageOf, std::int64_t &all)
{
    std::vector<Wanted> wanted;
    for (std::int64_t row = first; row < end;) {
        const DiffIndexPage &at = index.pageOf(row);
        const auto page = pageOf(at.after);
        if (!page)
            return core::fail(page.error());
        const std::int64_t pageEnd = at.firstRow + static_cast<std::int64_t>(page->entries.size());
        if (pageEnd <= row)
            return core::fail(core::ErrorKind::Storage, "cache", "a page of the comparison has changed");
        for (; row < std::min(end, pageEnd); ++row) {
            const DiffEntry &entry = page->entries[static_cast<std::size_t>(row - at.firstRow)];
            if (entry.type != DiffType::Changed && entry.type != DiffType::Conflict)
                continue;
            ++all;
            if (wanted.size() < static_cast<std::size_t>(kMostListPages) * 1000)
                wanted.push_back({row, entry.path});
        }
    }
    return wanted;
}

} // namespace

core::Result<SizesBefore> CompareService::sizesBefore(const DiffRead &read, const std::string &folder,
                                                      std::int64_t first, std::int64_t count, Access access,
                                                      const core::Cancel &cancel)
{
    const Comparison &c = read.comparison;
    SizesBefore sizes;
    const auto changed = changedIn(
        read.index, first, std::min(first + count, read.index.size()),
        [&](const std::string &after) { return page(c, after, access, cancel); }, sizes.wanted);
    if (!changed)
        return core::fail(changed.error());
    const std::vector<Wanted> &wanted = *changed;
    const auto take = [&](std::int64_t row, std::int64_t bytes) {
        sizes.sizes.emplace_back(row, bytes);
        sizes.bytes += bytes;
    };
    if (wanted.size() <= kAskedOneByOne) {
        for (const Wanted &one : wanted)
            if (const auto object = m_objects.stat(c.repo, core::RefName(c.before().value), one.path, access, cancel);
                object && object->sizeBytes)
                take(one.row, *object->sizeBytes);
            else if (!object && object.error().kind != core::ErrorKind::NotFound)
                return core::fail(object.error());
    } else {
        std::size_t at = 0;
        std::string after = wanted.front().path.substr(0, wanted.front().path.size() - 1); // just before it
        for (int pages = 0; pages < kMostListPages && at < wanted.size(); ++pages) {
            const auto listed =
                m_objects.page(c.repo, core::RefName(c.before().value), folder, {}, after, access, cancel);
            if (!listed)
                return core::fail(listed.error());
            for (const versions::ObjectEntry &entry : listed->entries) {
                while (at < wanted.size() && wanted[at].path < entry.path)
                    ++at;
                if (at < wanted.size() && wanted[at].path == entry.path && entry.sizeBytes)
                    take(wanted[at].row, *entry.sizeBytes);
            }
            after = listed->next;
            if (after.empty())
                break;
        }
    }
    sizes.whole = static_cast<std::int64_t>(sizes.sizes.size()) == sizes.wanted;
    return sizes;
}

core::Result<ChangedLast> CompareService::changedLast(const Comparison &c, const DiffEntry &entry, Access access,
                                                      const core::Cancel &cancel)
{
    ChangedLast last;
    if (!c.base)
        return last;
    for (auto [side, into] : {std::pair(&c.left, &last.left), {&c.right, &last.right}}) {
        if (side == &c.left && c.beside(entry.type) != c.left.commit.id)
            continue;
        auto found = m_versions.changedLast(c.repo, side->commit.id, entry.path,
                                            core::Instant::fromSeconds(c.base->created), access, cancel);
        if (!found)
            return core::fail(found.error());
        if (*found && (*found)->id != c.base->id) // of that second, and before it
            *into = std::move(*found);
    }
    return last;
}

core::Result<std::optional<DiffEntry>> CompareService::entry(const Comparison &c, const std::string &path,
                                                             Access access, const core::Cancel &cancel)
{
    if (c.same != SameTree::No)
        return std::nullopt;
    auto page = m_versions.diff(c.repo, c.left.commit.id, c.right.commit.id, c.mode, path, {}, access, cancel);
    if (!page)
        return core::fail(page.error());
    if (page->entries.empty() || page->entries.front().path != path) // it would be the first that begins with itself
        return std::nullopt;
    return std::move(page->entries.front());
}

} // namespace andon::factory
