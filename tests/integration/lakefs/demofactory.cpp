#include "tests/integration/lakefs/demofactory.h"

#include "tests/integration/lakefs/lakefsserver.h"

#include <nlohmann/json.hpp>

namespace andon::test
{

std::string DemoFactory::start(const QStringList &arguments)
{
    m_process.setProcessEnvironment(loopbackEnvironment(m_home.path()));
    endWithParent(m_process);
    m_process.start(QStringLiteral(ANDON_BINARY_DIR "/bin/andonctl"),
                    QStringList{QStringLiteral("demo-factory")} + arguments);
    QByteArray line;
    while (!line.contains('\n') && m_process.waitForReadyRead(20'000))
        line += m_process.readAllStandardOutput();
    const auto endpoints = nlohmann::json::parse(line.toStdString(), nullptr, false);
    if (!endpoints.is_object() || !endpoints.contains("lakefs"))
        return "andonctl demo-factory does not start: " + m_process.readAllStandardError().toStdString();
    m_url = endpoints["lakefs"].value("url", "");
    m_key = endpoints["lakefs"].value("access_key_id", "");
    m_secret = endpoints["lakefs"].value("secret_access_key", "");
    return {};
}

int DemoFactory::stop()
{
    m_process.terminate();
    return m_process.waitForFinished(10'000) ? m_process.exitCode() : -1;
}

DemoFactory::~DemoFactory()
{
    if (m_process.state() == QProcess::NotRunning || stop() >= 0)
        return;
    m_process.kill();
    m_process.waitForFinished();
}

} // namespace andon::test
