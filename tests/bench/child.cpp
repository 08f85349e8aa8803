#include "tests/bench/child.h"

#include <cerrno>
#include <chrono>
#include <filesystem>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace andon::bench
{

namespace
{

using Clock = std::chrono::steady_clock;

double since(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double seconds(const timeval &time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

/// Feeds and drains until the child has closed its output.
void converse(Child &child, int in, int out, const std::string &input, Clock::time_point start)
{
    std::size_t written = 0;
    char buffer[65536];
    if (input.empty())
        ::close(in);
    for (bool open = true; open;) {
        pollfd fds[2] = {{out, POLLIN, 0}, {written < input.size() ? in : -1, POLLOUT, 0}};
        if (::poll(fds, 2, -1) < 0)
            break;
        if (fds[1].revents) {
            const ssize_t n = ::write(in, input.data() + written, input.size() - written);
            written = n > 0 ? written + static_cast<std::size_t>(n) : n < 0 && errno == EAGAIN ? written : input.size();
            if (written >= input.size())
                ::close(in);
        }
        if (!fds[0].revents)
            continue;
        const ssize_t n = ::read(out, buffer, sizeof buffer);
        open = n > 0;
        if (n > 0)
            child.output.append(buffer, static_cast<std::size_t>(n));
        if (child.firstLine == 0 && child.output.find('\n') != std::string::npos)
            child.firstLine = since(start);
    }
    ::close(out);
}

} // namespace

Child runChild(const std::vector<std::string> &argv, const std::string &input)
{
    Child child;
    int in[2];
    int out[2];
    if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0)
        return child;
    ::fcntl(in[1], F_SETFL, O_NONBLOCK);
    std::vector<char *> raw;
    for (const std::string &argument : argv)
        raw.push_back(const_cast<char *>(argument.c_str()));
    raw.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    ::posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    const Clock::time_point start = Clock::now();
    pid_t pid = 0;
    const int failed = ::posix_spawnp(&pid, raw[0], &actions, nullptr, raw.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    if (failed) {
        ::close(in[1]);
        ::close(out[0]);
        return child;
    }
    converse(child, in[1], out[0], input, start);
    int status = 0;
    rusage used{};
    ::wait4(pid, &status, 0, &used);
    child.wall = since(start);
    child.cpu = seconds(used.ru_utime) + seconds(used.ru_stime);
    child.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return child;
}

std::string besideUs(const std::string &name)
{
    return std::filesystem::read_symlink("/proc/self/exe").replace_filename(name).string();
}

} // namespace andon::bench
