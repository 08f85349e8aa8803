#include "app/common/archive.h"

#include "profile/profile.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>

namespace andon::app
{

namespace
{

struct Close {
    void operator()(archive *a) const { archive_write_free(a); }
    void operator()(archive_entry *e) const { archive_entry_free(e); }
};

/// Into a string: what is handed on by libarchive.
la_ssize_t append(archive *, void *out, const void *bytes, std::size_t size)
{
    static_cast<std::string *>(out)->append(static_cast<const char *>(bytes), size);
    return static_cast<la_ssize_t>(size);
}

core::Result<void> add(archive *out, const ArchivedFile &file, core::Instant at)
{
    const std::unique_ptr<archive_entry, Close> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), file.name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(file.bytes.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0600);
    archive_entry_set_mtime(entry.get(), at.seconds(), 0);
    if (archive_write_header(out, entry.get()) != ARCHIVE_OK
        || archive_write_data(out, file.bytes.data(), file.bytes.size()) < 0)
        return core::fail(core::ErrorKind::Storage, file.name, archive_error_string(out));
    return {};
}

} // namespace

core::Result<void> writeArchive(const std::string &file, const std::vector<ArchivedFile> &files, core::Instant at)
{
    const std::unique_ptr<archive, Close> out(archive_write_new());
    if (file.ends_with(".zip")) {
        archive_write_set_format_zip(out.get());
    } else if (file.ends_with(".tar.gz") || file.ends_with(".tgz")) {
        archive_write_add_filter_gzip(out.get());
        archive_write_set_format_pax_restricted(out.get());
    } else {
        return core::fail(core::ErrorKind::Invalid, file, file + " must end with .tar.gz, .tgz or .zip.");
    }
    archive_write_set_bytes_in_last_block(out.get(), 1);
    std::string bytes;
    if (archive_write_open(out.get(), &bytes, nullptr, append, nullptr) != ARCHIVE_OK)
        return core::fail(core::ErrorKind::Storage, file, archive_error_string(out.get()));
    for (const ArchivedFile &one : files)
        if (auto added = add(out.get(), one, at); !added)
            return added;
    if (archive_write_close(out.get()) != ARCHIVE_OK)
        return core::fail(core::ErrorKind::Storage, file, archive_error_string(out.get()));
    return profile::writeFile(file, bytes);
}

} // namespace andon::app
