#include "tests/support/program.h"

#include <QElapsedTimer>
#include <QFile>

#include <csignal>
#include <sys/prctl.h>

namespace andon::test
{

namespace
{

void endWithParent(QProcess &process)
{
    process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGTERM); });
}

} // namespace

QProcessEnvironment plainEnvironment(const QString &home)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys())
        if (name.endsWith(QStringLiteral("_proxy"), Qt::CaseInsensitive) || name.startsWith(QStringLiteral("ANDON_"))
            || name.startsWith(QStringLiteral("XDG_")) || name == QStringLiteral("DBUS_SESSION_BUS_ADDRESS"))
            environment.remove(name);
    environment.insert(QStringLiteral("HOME"), home);
    return environment;
}

QString builtProgram(const char *name)
{
    return QStringLiteral(ANDON_BINARY_DIR "/bin/") + QString::fromLatin1(name);
}

Ran runProgram(const QString &program, const QStringList &arguments, const QProcessEnvironment &environment,
               int timeoutMs)
{
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setStandardInputFile(QProcess::nullDevice());
    endWithParent(process);
    QElapsedTimer clock;
    clock.start();
    process.start(program, arguments);
    const bool ended = process.waitForFinished(timeoutMs) && process.exitStatus() == QProcess::NormalExit;
    Ran ran{.exit = ended ? process.exitCode() : -1, .seconds = static_cast<double>(clock.elapsed()) / 1000};
    ran.out = process.readAllStandardOutput().toStdString();
    ran.error = process.readAllStandardError().toStdString();
    if (!ended)
        ran.error += process.errorString().toStdString();
    return ran;
}

Program::~Program()
{
    end();
}

void Program::start(const QString &program, const QStringList &arguments, const QProcessEnvironment &environment,
                    const QString &folder)
{
    m_process.setProcessEnvironment(environment);
    if (!folder.isEmpty()) {
        m_process.setWorkingDirectory(folder);
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_log = folder + QStringLiteral("/log");
        m_process.setStandardOutputFile(m_log);
    }
    endWithParent(m_process);
    m_process.start(program, arguments);
}

std::string Program::firstLine(int timeoutMs)
{
    QElapsedTimer clock;
    clock.start();
    while (!m_process.canReadLine() && running() && clock.elapsed() < timeoutMs)
        m_process.waitForReadyRead(100);
    return m_process.readLine().trimmed().toStdString();
}

void Program::end()
{
    if (!running())
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(15'000))
        kill();
}

void Program::kill()
{
    if (!running())
        return;
    m_process.kill();
    m_process.waitForFinished();
}

std::string Program::errors()
{
    if (m_log.isEmpty())
        return m_process.readAllStandardError().toStdString();
    QFile log(m_log);
    return log.open(QIODevice::ReadOnly) ? log.readAll().toStdString() : std::string();
}

} // namespace andon::test
