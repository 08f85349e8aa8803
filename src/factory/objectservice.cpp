#include "factory/objectservice.h"

#include "factory/compareservice.h"
#include "factory/unpacker.h"
#include "factory/versionservice.h"

#include <algorithm>
#include <chrono>

namespace andon::factory
{

namespace
{

template <typename Archive> void fields(Archive &archive, core::Instant &instant)
{
    archive(instant.ms);
}

template <typename Archive> void fields(Archive &archive, FolderSize &size)
{
    auto &[objects, bytes, unsized, newest, pages, complete] = size;
    archive(objects, bytes, unsized);
    fields(archive, newest);
    archive(pages, complete);
}

constexpr const char *kKind = "objects";
constexpr int kPage = 1000;
constexpr std::int64_t kParquetTail = 8; // the length of a footer and the magic
constexpr std::size_t kMostKeptFooter = 1024 * 1024; // a longer one is read anew

template <typename Archive> void entry(Archive &archive, versions::ObjectEntry &one)
{
    auto &[path, isPrefix, size, modified, checksum, type, address, metadata] = one;
    archive(path, isPrefix, size);
    fields(archive, modified);
    archive(checksum, type, address, metadata);
}

std::string packPage(versions::ObjectPage page)
{
    Packer pack;
    auto count = static_cast<std::uint32_t>(page.entries.size());
    pack(page.next, count);
    for (versions::ObjectEntry &one : page.entries)
        entry(pack, one);
    return pack.take();
}

/// Nothing when the bytes are of another build or damaged: then it is asked for again.
std::optional<versions::ObjectPage> unpackPage(std::string_view bytes)
{
    versions::ObjectPage page;
    Unpacker unpack(bytes);
    std::uint32_t count = 0;
    unpack(page.next, count);
    page.entries.resize(std::min<std::uint32_t>(count, kPage));
    for (versions::ObjectEntry &one : page.entries)
        entry(unpack, one);
    if (!unpack.done())
        return std::nullopt;
    return page;
}

/// A full commit id: what was answered for it stays true.
bool isFixed(const core::RefName &ref)
{
    return versions::Oid::fromHex(ref.value).has_value();
}

std::int64_t steadyMs()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

} // namespace

ObjectService::ObjectService(SiteParts parts, core::SourceName name, core::Later<roles::VersionSource> source,
                             VersionService &versions)
    : m_parts(std::move(parts))
    , m_name(std::move(name))
    , m_source(std::move(source))
    , m_versions(versions)
    , m_sources(m_parts.cache)
    , m_store(m_parts.cache)
{
}

template <typename T, typename Ask>
core::Result<T> ObjectService::asked(const std::string &what, Access access, Ask ask)
{
    if (!m_source || !asks(access))
        return core::fail(core::ErrorKind::Offline, "lakefs " + what, "this is not in the cache");
    const std::int64_t start = steadyMs();
    core::Result<T> answer = ask();
    if (answer)
        m_parts.board.answered("lakefs", steadyMs() - start);
    else if (answer.error().kind != core::ErrorKind::NotFound && answer.error().kind != core::ErrorKind::Cancelled)
        m_parts.board.failed("lakefs", answer.error());
    return answer;
}

core::Result<store::SourceKey> ObjectService::key()
{
    return m_sources.source(m_parts.site, m_name);
}

core::Result<std::optional<std::string>> ObjectService::kept(const std::string &what)
{
    const auto source = key();
    if (!source)
        return core::fail(source.error());
    auto answer = m_store.answer(*source, kKind, what);
    if (!answer)
        return core::fail(answer.error());
    return *answer ? std::optional(std::move((*answer)->body)) : std::nullopt;
}

void ObjectService::keep(const std::string &what, std::string body)
{
    if (const auto source = key()) // what cannot be kept only costs time
        (void)m_store.saveAnswer(*source, kKind, what, {m_parts.clock.now(), std::move(body)});
}

core::Result<core::Snapshot<FolderView>> ObjectService::folder(const core::RepositoryId &repo, const CompareEnd &end,
                                                               const std::string &folder, Access access,
                                                               const core::Cancel &cancel)
{
    core::Snapshot<FolderView> snapshot;
    FolderView &view = snapshot.value;
    view.repo = repo;
    if (repo.empty()) {
        const auto all = m_versions.repositories(Access::CacheOnly, cancel);
        if (!all)
            return core::fail(all.error());
        if (all->value.empty())
            return core::Snapshot<FolderView>{.freshness = all->freshness};
        view.repo = std::max_element(all->value.begin(), all->value.end(), [](const auto &a, const auto &b) {
                        return a.commits < b.commits;
                    })->repository.id;
    }
    const auto known = m_versions.repository(view.repo, access, cancel);
    if (!known)
        return core::fail(known.error());
    snapshot.freshness = known->freshness;
    view.ref = end.ref.empty() ? known->value.repository.repository.defaultBranch : end.ref;
    view.moment = end.at;
    view.folder = folder;
    const auto row = rowOf({view.ref, end.at}, known->value);
    if (!row && end.at.known())
        return core::fail(row.error());
    if (row) {
        const auto commits = m_versions.commits(view.repo, {known->value.graph->oid(*row).id()});
        if (!commits)
            return core::fail(commits.error());
        if (!commits->empty())
            view.commit = commits->front();
    }
    const auto first = page(view.repo, view.at(), folder, "/", {}, access, cancel);
    if (!first)
        return core::fail(first.error());
    view.entries = first->entries;
    view.next = first->next;
    return snapshot;
}

core::Result<versions::ObjectPage> ObjectService::page(const core::RepositoryId &repo, const core::RefName &ref,
                                                       const std::string &prefix, const std::string &delimiter,
                                                       const std::string &after, Access access,
                                                       const core::Cancel &cancel)
{
    const std::string what = "ls" + delimiter + ":" + repo.value + "/" + ref.value + "/" + std::to_string(prefix.size())
        + ":" + prefix + after;
    if (isFixed(ref)) {
        const auto body = kept(what);
        if (!body)
            return core::fail(body.error());
        if (auto page = *body ? unpackPage(**body) : std::nullopt)
            return std::move(*page);
    }
    auto page = asked<versions::ObjectPage>(
        "listObjects", access, [&] { return m_source->objects(repo, ref, prefix, delimiter, after, kPage, cancel); });
    if (page && isFixed(ref))
        keep(what, packPage(*page));
    return page;
}

core::Result<versions::ObjectEntry> ObjectService::stat(const core::RepositoryId &repo, const core::RefName &ref,
                                                        const std::string &path, Access access,
                                                        const core::Cancel &cancel)
{
    const std::string what = "stat:" + repo.value + "/" + ref.value + "/" + path;
    if (isFixed(ref)) {
        const auto body = kept(what);
        if (!body)
            return core::fail(body.error());
        if (const auto page = *body ? unpackPage(**body) : std::nullopt; page && page->entries.size() == 1)
            return page->entries.front();
    }
    auto object =
        asked<versions::ObjectEntry>("statObject", access, [&] { return m_source->object(repo, ref, path, cancel); });
    if (object && isFixed(ref))
        keep(what, packPage({{*object}, {}}));
    return object;
}

core::Result<ObjectPreview> ObjectService::preview(const core::RepositoryId &repo, const core::RefName &ref,
                                                   const std::string &path, Access access, const core::Cancel &cancel)
{
    auto entry = stat(repo, ref, path, access, cancel);
    if (!entry)
        return core::fail(entry.error());
    if (isParquet(*entry) && entry->sizeBytes != 0) // lakeFS fails when it is asked for the end of nothing
        return parquet(repo, ref, std::move(*entry), access, cancel);
    const std::int64_t most = previewBytes(*entry);
    if (most == 0 || entry->sizeBytes.value_or(1) == 0)
        return previewOf(std::move(*entry), {});
    auto bytes = asked<versions::ObjectBytes>("getObject", access,
                                              [&] { return m_source->read(repo, ref, path, most, cancel); });
    if (!bytes)
        return core::fail(bytes.error());
    return previewOf(std::move(*entry), std::move(*bytes));
}

core::Result<ObjectPreview> ObjectService::parquet(const core::RepositoryId &repo, const core::RefName &ref,
                                                   versions::ObjectEntry entry, Access access,
                                                   const core::Cancel &cancel)
{
    const std::string what = "end:" + repo.value + "/" + ref.value + "/" + entry.path;
    if (isFixed(ref)) {
        const auto body = kept(what);
        if (!body)
            return core::fail(body.error());
        if (*body)
            return parquetPreview(std::move(entry), **body);
    }
    const auto end = [&](std::int64_t most) {
        return asked<versions::ObjectBytes>("getObject", access,
                                            [&] { return m_source->readEnd(repo, ref, entry.path, most, cancel); });
    };
    auto bytes = end(kParquetEnd);
    if (!bytes)
        return core::fail(bytes.error());
    const auto needed = versions::parquetFooterBytes(bytes->bytes, bytes->size, kMostFooter);
    if (needed && *needed > static_cast<std::int64_t>(bytes->bytes.size()))
        bytes = end(*needed);
    if (!bytes)
        return core::fail(bytes.error());
    // What tells that it is none, or too long, is in the last bytes.
    const auto size = static_cast<std::size_t>(needed.value_or(kParquetTail));
    const std::string footer = bytes->bytes.substr(bytes->bytes.size() - std::min(bytes->bytes.size(), size));
    if (isFixed(ref) && size <= kMostKeptFooter)
        keep(what, footer);
    return parquetPreview(std::move(entry), footer);
}

core::Result<FolderSize> ObjectService::measure(const core::RepositoryId &repo, const core::RefName &ref,
                                                const std::string &folder, Access access,
                                                const std::function<void(const FolderSize &)> &onProgress,
                                                const core::Cancel &cancel)
{
    const std::string what = "size:" + repo.value + "/" + ref.value + "/" + folder;
    FolderSize size;
    if (isFixed(ref)) {
        const auto body = kept(what);
        if (!body)
            return core::fail(body.error());
        if (*body) {
            Unpacker unpack(**body);
            fields(unpack, size);
            if (unpack.done())
                return size;
            size = {};
        }
    }
    std::string after;
    do {
        if (cancel.cancelled())
            return core::fail(core::ErrorKind::Cancelled, "lakefs listObjects", {});
        // Its pages are not kept: the sum is what is wanted, and a million names are not.
        const auto page = asked<versions::ObjectPage>(
            "listObjects", access, [&] { return m_source->objects(repo, ref, folder, {}, after, kPage, cancel); });
        if (!page)
            return core::fail(page.error());
        if (!page->next.empty() && page->next <= after)
            return core::fail(core::ErrorKind::Protocol, "lakefs listObjects", "the server repeats a page token");
        for (const versions::ObjectEntry &entry : page->entries) {
            ++size.objects;
            size.bytes += entry.sizeBytes.value_or(0);
            size.unsized += entry.sizeBytes ? 0 : 1;
            size.newest = std::max(size.newest, entry.modified);
        }
        ++size.pages;
        after = page->next;
        size.complete = after.empty();
        if (onProgress)
            onProgress(size);
    } while (!after.empty());
    if (isFixed(ref)) {
        Packer pack;
        fields(pack, size);
        keep(what, pack.take());
    }
    return size;
}

} // namespace andon::factory
