#include "profile/lock.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace andon::profile
{

namespace
{

core::Error problem(const std::string &path, int code)
{
    return {.kind = core::ErrorKind::Storage, .where = path, .detail = path + ": " + std::strerror(code)};
}

std::string lockFile(const Paths &paths)
{
    return paths.state + "/lock";
}

} // namespace

std::string Holder::text() const
{
    return program + " (process " + std::to_string(process) + ")";
}

Lock::~Lock()
{
    ::close(m_descriptor); // the kernel lets go of the lock
}

core::Result<std::unique_ptr<Lock>> Lock::take(const Paths &paths, const std::string &program)
{
    const std::string path = lockFile(paths);
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return core::fail(problem(path, errno));
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        const int code = errno;
        ::close(descriptor);
        if (code == EWOULDBLOCK)
            return std::unique_ptr<Lock>();
        return core::fail(problem(path, code));
    }
    std::unique_ptr<Lock> lock(new Lock(descriptor, path, program));
    (void)lock->announce({}); // on a full disk the lock holds all the same
    return lock;
}

core::Result<void> Lock::announce(const std::string &socket)
{
    const std::string text = std::to_string(::getpid()) + "\n" + m_program + "\n" + socket + "\n";
    if (::ftruncate(m_descriptor, 0) != 0
        || ::pwrite(m_descriptor, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()))
        return core::fail(problem(m_path, errno));
    return {};
}

std::optional<Holder> Lock::holder(const Paths &paths)
{
    const auto text = readFile(lockFile(paths), 4096);
    if (!text)
        return std::nullopt;
    std::string lines[3];
    std::size_t at = 0;
    for (std::string &line : lines) {
        const std::size_t end = text->find('\n', at);
        if (end == std::string::npos)
            return std::nullopt; // it is just being written
        line = text->substr(at, end - at);
        at = end + 1;
    }
    return Holder{.process = std::atoll(lines[0].c_str()), .program = lines[1], .socket = lines[2]};
}

} // namespace andon::profile
