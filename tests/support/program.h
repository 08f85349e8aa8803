#pragma once
// Programs that a test starts: one that ends by itself, or one that runs beside the test and ends with it. They see
// neither proxies nor the person's own Andon. Main thread.
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

#include <string>

namespace andon::test
{

struct Ran {
    int exit = -1; ///< -1: it did not end by itself
    std::string out = {};
    std::string error = {};
    double seconds = 0;
};

/// The environment without proxies and ANDON_…, with this home.
[[nodiscard]] QProcessEnvironment plainEnvironment(const QString &home);
/// A program of this build: "andonctl" …
[[nodiscard]] QString builtProgram(const char *name);
[[nodiscard]] Ran runProgram(const QString &program, const QStringList &arguments,
                             const QProcessEnvironment &environment, int timeoutMs = 120'000);

class Program
{
public:
    Program() = default;
    ~Program(); ///< ends it
    Program(const Program &) = delete;
    Program &operator=(const Program &) = delete;

    /// With a folder it works there, and all that it prints goes into the file "log" in it: a pipe that nobody reads
    /// fills up.
    void start(const QString &program, const QStringList &arguments, const QProcessEnvironment &environment,
               const QString &folder = {});
    /// The first line it prints; "" when it ends or the time is over before.
    [[nodiscard]] std::string firstLine(int timeoutMs = 60'000);
    void end(); ///< SIGTERM, and SIGKILL after 15 s
    void kill(); ///< SIGKILL
    [[nodiscard]] bool running() const { return m_process.state() != QProcess::NotRunning; }
    [[nodiscard]] int exitCode() const { return m_process.exitCode(); }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    [[nodiscard]] std::string errors(); ///< what it wrote to standard error, or all of the log

private:
    QProcess m_process;
    QString m_log;
};

} // namespace andon::test
