#include "tests/support/terminal.h"

#include <QElapsedTimer>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <vector>

namespace andon::test
{

namespace
{

std::vector<std::string> bytesOf(const QStringList &texts)
{
    std::vector<std::string> all;
    for (const QString &text : texts)
        all.push_back(text.toStdString());
    return all;
}

std::vector<char *> pointers(std::vector<std::string> &texts)
{
    std::vector<char *> all;
    for (std::string &text : texts)
        all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

} // namespace

Terminal::~Terminal()
{
    if (m_process > 0) {
        ::kill(m_process, SIGKILL);
        ::waitpid(m_process, nullptr, 0);
    }
    if (m_master >= 0)
        ::close(m_master);
}

bool Terminal::start(const QString &program, const QStringList &arguments, const QProcessEnvironment &environment,
                     int columns)
{
    m_master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (m_master < 0 || ::grantpt(m_master) != 0 || ::unlockpt(m_master) != 0)
        return false;
    const std::string name = ::ptsname(m_master);
    const winsize size{.ws_row = 24, .ws_col = static_cast<unsigned short>(columns), .ws_xpixel = 0, .ws_ypixel = 0};
    ::ioctl(m_master, TIOCSWINSZ, &size);
    std::vector<std::string> words = bytesOf(QStringList{program} + arguments);
    std::vector<std::string> variables = bytesOf(environment.toStringList());
    const std::vector<char *> argv = pointers(words);
    const std::vector<char *> envp = pointers(variables);
    m_process = ::fork();
    if (m_process == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::setsid(); // the terminal that is opened next is the controlling one: Ctrl-C reaches it
        const int slave = ::open(name.c_str(), O_RDWR);
        for (const int end : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
            ::dup2(slave, end);
        ::execve(argv.front(), argv.data(), envp.data());
        ::_exit(127);
    }
    return m_process > 0;
}

bool Terminal::read(int timeoutMs)
{
    pollfd ready{.fd = m_master, .events = POLLIN, .revents = 0};
    if (::poll(&ready, 1, timeoutMs) <= 0)
        return true;
    char buffer[4096];
    const ssize_t n = ::read(m_master, buffer, sizeof buffer);
    if (n > 0)
        m_screen.append(buffer, static_cast<std::size_t>(n));
    return n > 0; // EIO: the other side is closed
}

bool Terminal::shows(const std::string &text, int timeoutMs)
{
    QElapsedTimer clock;
    clock.start();
    bool open = true;
    while (true) {
        const std::size_t at = m_screen.find(text, m_seen);
        if (at != std::string::npos) {
            m_seen = at + text.size();
            return true;
        }
        if (!open || clock.elapsed() > timeoutMs)
            return false;
        open = read(100);
    }
}

void Terminal::type(const std::string &keys)
{
    (void)!::write(m_master, keys.data(), keys.size());
}

int Terminal::finish(int timeoutMs)
{
    QElapsedTimer clock;
    clock.start();
    while (read(100) && clock.elapsed() < timeoutMs) { }
    int status = 0;
    while (::waitpid(m_process, &status, WNOHANG) == 0) {
        if (clock.elapsed() > timeoutMs)
            return -1;
        ::poll(nullptr, 0, 10);
    }
    m_process = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace andon::test
