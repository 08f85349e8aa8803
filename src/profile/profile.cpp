#include "profile/profile.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QStandardPaths>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace andon::profile
{

namespace
{

namespace fs = std::filesystem;

core::Error problem(const std::string &path, int code)
{
    core::Error error{.kind = core::ErrorKind::Storage, .where = path, .detail = path + ": " + std::strerror(code)};
    if (code == ENOSPC)
        error.hint = "disk-full";
    return error;
}

/// A descriptor that closes itself.
struct Descriptor {
    int fd = -1;
    ~Descriptor()
    {
        if (fd >= 0)
            ::close(fd);
    }
};

std::string standard(QStandardPaths::StandardLocation location)
{
    return QStandardPaths::writableLocation(location).toStdString() + "/andon";
}

} // namespace

core::Result<Paths> resolvePaths(const std::string &profileDir)
{
    Paths paths;
    if (profileDir.empty())
        paths = {standard(QStandardPaths::GenericConfigLocation), standard(QStandardPaths::GenericDataLocation),
                 standard(QStandardPaths::GenericCacheLocation)};
    else
        paths = {fs::absolute(profileDir).string(), fs::absolute(profileDir).string(),
                 fs::absolute(profileDir).string()};
    for (const std::string &folder : {paths.config + "/sites", paths.state + "/journal", paths.cache}) {
        std::error_code failed;
        fs::create_directories(folder, failed);
        if (failed)
            return core::fail(problem(folder, failed.value()));
    }
    for (const std::string &folder : {paths.config, paths.state, paths.cache})
        ::chmod(folder.c_str(), 0700);
    return paths;
}

core::Result<void> writeFile(const std::string &path, std::string_view content, unsigned mode)
{
    const std::string temporary = path + ".new";
    {
        const Descriptor file{::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)};
        if (file.fd < 0)
            return core::fail(problem(temporary, errno));
        ::fchmod(file.fd, mode);
        while (!content.empty()) {
            const ssize_t written = ::write(file.fd, content.data(), content.size());
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0)
                return core::fail(problem(temporary, errno));
            content.remove_prefix(static_cast<std::size_t>(written));
        }
        if (::fsync(file.fd) != 0)
            return core::fail(problem(temporary, errno));
    }
    if (::rename(temporary.c_str(), path.c_str()) != 0)
        return core::fail(problem(path, errno));
    const Descriptor folder{::open(fs::path(path).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (folder.fd >= 0)
        ::fsync(folder.fd);
    return {};
}

core::Result<std::string> readFile(const std::string &path, std::size_t maxBytes)
{
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (file.fd < 0)
        return core::fail(
            errno == ENOENT
                ? core::Error{.kind = core::ErrorKind::NotFound, .where = path, .detail = path + " does not exist"}
                : problem(path, errno));
    std::string content;
    char buffer[65536];
    while (true) {
        const ssize_t got = ::read(file.fd, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return core::fail(problem(path, errno));
        if (got == 0)
            return content;
        content.append(buffer, static_cast<std::size_t>(got));
        if (content.size() > maxBytes)
            return core::fail(core::ErrorKind::Invalid, path, path + " is too large");
    }
}

core::Result<std::string> setAside(const std::string &path, core::Instant now)
{
    const std::string stamp = QDateTime::fromMSecsSinceEpoch(now.ms, Qt::UTC)
                                  .toString(QStringLiteral("yyyyMMdd'T'HHmmsszzz'Z'"))
                                  .toStdString();
    const std::string to = path + ".broken-" + stamp;
    // Two within a millisecond: the second finds nothing that is left to move, or must not write over the first.
    if (::renameat2(AT_FDCWD, path.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0)
        return core::fail(problem(path, errno));
    return to;
}

std::string Profile::socketName() const
{
    // A socket's path is short (sun_path has 108 bytes): a deep folder's goes to the runtime folder under a digest.
    std::string name = m_paths.state + "/handover";
    if (name.size() < 90)
        return name;
    const QByteArray digest =
        QCryptographicHash::hash(QByteArray::fromStdString(m_paths.state), QCryptographicHash::Sha256).toHex().left(24);
    return QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation).toStdString() + "/andon-"
        + digest.toStdString();
}

std::string Profile::siteFile(const core::SiteName &name) const
{
    return m_paths.config + "/sites/" + name.value + ".yaml";
}

std::vector<Profile::Listed> Profile::sites() const
{
    std::vector<Listed> all;
    std::error_code failed;
    for (const auto &entry : fs::directory_iterator(m_paths.config + "/sites", failed)) {
        const core::SiteName name(entry.path().stem().string());
        if (entry.path().extension() == ".yaml" && isSiteName(name.value))
            all.push_back({name, site(name)});
    }
    std::sort(all.begin(), all.end(), [](const Listed &a, const Listed &b) { return a.name < b.name; });
    return all;
}

core::Result<SiteConfig> Profile::site(const core::SiteName &name) const
{
    if (!isSiteName(name.value))
        return core::fail(core::ErrorKind::Invalid, "site", "\"" + name.value + "\" is no name of a site");
    const std::string file = siteFile(name);
    auto text = readFile(file);
    if (!text && text.error().kind == core::ErrorKind::NotFound)
        return core::fail(core::ErrorKind::NotFound, "site", "there is no site \"" + name.value + "\"");
    if (!text)
        return core::fail(text.error());
    auto parsed = parseSite(*text, file);
    if (parsed && parsed->name != name)
        return core::fail(core::ErrorKind::Invalid, file,
                          file + ": the site's name is \"" + parsed->name.value + "\", unlike the file's");
    return parsed;
}

core::Result<void> Profile::save(const SiteConfig &site) const
{
    if (auto valid = validate(site, "site"); !valid)
        return valid;
    return writeFile(siteFile(site.name), writeSite(site));
}

core::Result<void> Profile::remove(const core::SiteName &name) const
{
    if (!isSiteName(name.value) || ::unlink(siteFile(name).c_str()) != 0)
        return core::fail(core::ErrorKind::NotFound, "site", "there is no site \"" + name.value + "\"");
    return {};
}

} // namespace andon::profile
