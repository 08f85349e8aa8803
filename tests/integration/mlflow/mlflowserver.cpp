#include "tests/integration/mlflow/mlflowserver.h"

#include "tests/demo/client.h"

#include <QFile>
#include <QFileInfo>
#include <QTcpServer>
#include <QThread>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace andon::test
{

namespace
{

/// Loopback alone, nothing of this account, nothing sent home.
QProcessEnvironment environmentAt(const QString &home, const QString &programs)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys())
        if (name.endsWith(QStringLiteral("_proxy"), Qt::CaseInsensitive) || name.startsWith(QStringLiteral("MLFLOW")))
            environment.remove(name);
    environment.insert(QStringLiteral("HOME"), home);
    environment.insert(QStringLiteral("MLFLOW_DISABLE_TELEMETRY"), QStringLiteral("true"));
    environment.insert(QStringLiteral("DO_NOT_TRACK"), QStringLiteral("true"));
    // It starts its web server by name.
    environment.insert(QStringLiteral("PATH"), programs + QLatin1Char(':') + environment.value(QStringLiteral("PATH")));
    return environment;
}

} // namespace

std::string MlflowServer::start(const char *variable)
{
    const QString program = qEnvironmentVariable(variable);
    if (program.isEmpty())
        return std::string("set ") + variable + " to the program mlflow of MLflow 3.17.2 or 2.22.5";
    QTcpServer probe; // its port is free when it is gone
    if (!probe.listen(QHostAddress::LocalHost))
        return "no free port";
    const QString port = QString::number(probe.serverPort());
    m_url = "http://127.0.0.1:" + port.toStdString();
    probe.close();
    m_process.setProcessEnvironment(environmentAt(m_folder.path(), QFileInfo(program).path()));
    m_process.setWorkingDirectory(m_folder.path());
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(m_folder.filePath(QStringLiteral("log"))); // a pipe that nobody reads fills up
    m_process.setChildProcessModifier([] {
        ::setsid();
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    });
    // MLflow 2.x leaves its web server running when it is ended: the shell leads a group of them all and ends that.
    m_process.start(QStringLiteral("/bin/sh"),
                    {QStringLiteral("-c"),
                     QStringLiteral("trap 'trap \"\" TERM; kill -- -$$; wait; exit' TERM; \"$@\" & wait"),
                     QStringLiteral("sh"), program, QStringLiteral("server"), QStringLiteral("--backend-store-uri"),
                     QStringLiteral("sqlite:///") + m_folder.filePath(QStringLiteral("mlflow.db")),
                     QStringLiteral("--artifacts-destination"), m_folder.filePath(QStringLiteral("artifacts")),
                     QStringLiteral("--host"), QStringLiteral("127.0.0.1"), QStringLiteral("--port"), port,
                     QStringLiteral("--workers"), QStringLiteral("1")});
    return {};
}

std::string MlflowServer::waitUntilReady()
{
    Client client(m_url);
    for (int i = 0; i < 1200 && m_process.state() != QProcess::NotRunning; ++i) {
        if (client.get("/health").status == 200)
            return {};
        QThread::msleep(100);
    }
    QFile log(m_folder.filePath(QStringLiteral("log")));
    (void)log.open(QIODevice::ReadOnly);
    return "MLflow does not start: " + m_process.errorString().toStdString() + "\n" + log.readAll().toStdString();
}

MlflowServer::~MlflowServer()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.terminate();
    if (!m_process.waitForFinished(15'000)) {
        ::kill(-static_cast<pid_t>(m_process.processId()), SIGKILL);
        m_process.waitForFinished();
    }
}

} // namespace andon::test
