#include "journal/file.h"

#include <QCryptographicHash>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace andon::journal
{

namespace
{

auto failed(const std::string &path, const char *what)
{
    return core::fail(core::ErrorKind::Storage, "journal",
                      std::string(what) + " " + path + ": " + std::strerror(errno));
}

} // namespace

std::string sha256(std::string_view bytes)
{
    const QByteArrayView view(bytes.data(), static_cast<qsizetype>(bytes.size()));
    return QCryptographicHash::hash(view, QCryptographicHash::Sha256).toHex().toStdString();
}

File::~File()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

File::File(File &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_path(std::move(other.m_path))
{
}

File &File::operator=(File &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_path, other.m_path);
    return *this;
}

core::Result<File> File::open(const std::string &path, int flags)
{
    File file;
    file.m_path = path;
    do
        file.m_descriptor = ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600);
    while (file.m_descriptor < 0 && errno == EINTR);
    if (file.m_descriptor < 0)
        return failed(path, "cannot open");
    struct stat status = {};
    if (::fstat(file.m_descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        return core::fail(core::ErrorKind::Storage, "journal", "not an ordinary file: " + path);
    return file;
}

core::Result<void> File::lock() const
{
    int code = 0;
    do
        code = ::flock(m_descriptor, LOCK_EX);
    while (code != 0 && errno == EINTR);
    if (code != 0)
        return failed(m_path, "cannot lock");
    return {};
}

core::Result<std::int64_t> File::size() const
{
    struct stat status = {};
    if (::fstat(m_descriptor, &status) != 0)
        return failed(m_path, "cannot look at");
    return static_cast<std::int64_t>(status.st_size);
}

core::Result<std::string> File::read(std::int64_t from, std::int64_t count) const
{
    std::string out(static_cast<std::size_t>(count), '\0');
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t got =
            ::pread(m_descriptor, out.data() + done, out.size() - done, from + static_cast<std::int64_t>(done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failed(m_path, "cannot read");
        if (got == 0)
            return core::fail(core::ErrorKind::Storage, "journal", "shorter than expected: " + m_path);
        done += static_cast<std::size_t>(got);
    }
    return out;
}

core::Result<void> File::write(std::int64_t at, std::string_view bytes) const
{
    while (!bytes.empty()) {
        const ssize_t put = ::pwrite(m_descriptor, bytes.data(), bytes.size(), at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return failed(m_path, "cannot write");
        bytes.remove_prefix(static_cast<std::size_t>(put));
        at += put;
    }
    return {};
}

core::Result<void> File::truncate(std::int64_t size) const
{
    if (::ftruncate(m_descriptor, size) != 0)
        return failed(m_path, "cannot cut");
    return {};
}

core::Result<void> File::sync() const
{
    if (::fdatasync(m_descriptor) != 0)
        return failed(m_path, "cannot sync");
    return {};
}

core::Result<void> makePrivateFolder(const std::string &path)
{
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        return failed(path, "cannot make");
    struct stat status = {};
    if (::lstat(path.c_str(), &status) != 0)
        return failed(path, "cannot look at");
    if (!S_ISDIR(status.st_mode) || status.st_uid != ::geteuid() || (status.st_mode & 077) != 0)
        return core::fail(core::ErrorKind::Storage, "journal", "not a folder of ours alone: " + path);
    return {};
}

core::Result<void> syncFolder(const std::string &path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return failed(path, "cannot open");
    const int code = ::fsync(descriptor);
    ::close(descriptor);
    if (code != 0)
        return failed(path, "cannot sync");
    return {};
}

core::Result<std::vector<std::string>> journalFiles(const std::string &path)
{
    std::vector<std::string> out;
    DIR *folder = ::opendir(path.c_str());
    if (!folder)
        return failed(path, "cannot list");
    while (const dirent *entry = ::readdir(folder)) {
        const std::string name = entry->d_name;
        if (name.size() == 12 && name.ends_with(".jsonl") && name.find_first_not_of("0123456789") == 6)
            out.push_back(name);
    }
    ::closedir(folder);
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace andon::journal
