#include "tests/integration/lakefs/lakefsserver.h"

#include "tests/demo/client.h"

#include <QTcpServer>
#include <QThread>

namespace andon::test
{

namespace
{

void set(QProcessEnvironment &environment, const char *name, const QString &value)
{
    environment.insert(QString::fromLatin1(name), value);
}

} // namespace

QProcessEnvironment loopbackEnvironment(const QString &home)
{
    QProcessEnvironment environment = plainEnvironment(home);
    for (const QString &name : environment.keys())
        if (name.startsWith(QStringLiteral("LAKE")))
            environment.remove(name);
    return environment;
}

std::string LakeFsServer::key()
{
    return "AKIAJANDONTESTEXAMPLQ";
}

std::string LakeFsServer::secret()
{
    return "not-a-secret-of-anyone/only-of-this-test";
}

std::string LakeFsServer::start()
{
    const QString program = qEnvironmentVariable("ANDON_TEST_LAKEFS");
    if (program.isEmpty())
        return "set ANDON_TEST_LAKEFS to the program of lakeFS 1.84.0";
    QTcpServer probe; // its port is free when it is gone
    if (!probe.listen(QHostAddress::LocalHost))
        return "no free port";
    const QString address = QStringLiteral("127.0.0.1:%1").arg(probe.serverPort());
    m_url = "http://" + address.toStdString();
    probe.close();
    QProcessEnvironment environment = loopbackEnvironment(m_folder.path());
    set(environment, "LAKEFS_LISTEN_ADDRESS", address);
    set(environment, "LAKEFS_DATABASE_TYPE", QStringLiteral("local"));
    set(environment, "LAKEFS_DATABASE_LOCAL_PATH", m_folder.filePath(QStringLiteral("kv")));
    set(environment, "LAKEFS_BLOCKSTORE_TYPE", QStringLiteral("local"));
    set(environment, "LAKEFS_BLOCKSTORE_LOCAL_PATH", m_folder.filePath(QStringLiteral("block")));
    set(environment, "LAKEFS_COMMITTED_LOCAL_CACHE_DIR", m_folder.filePath(QStringLiteral("cache")));
    set(environment, "LAKEFS_AUTH_ENCRYPT_SECRET_KEY", QStringLiteral("any"));
    set(environment, "LAKEFS_STATS_ENABLED", QStringLiteral("false"));
    set(environment, "LAKEFS_SECURITY_CHECK_LATEST_VERSION", QStringLiteral("false"));
    set(environment, "LAKEFS_SECURITY_AUDIT_CHECK_URL", QStringLiteral("http://127.0.0.1:9/"));
    set(environment, "LAKEFS_EMAIL_SUBSCRIPTION_ENABLED", QStringLiteral("false"));
    set(environment, "LAKEFS_INSTALLATION_USER_NAME", QStringLiteral("operator"));
    set(environment, "LAKEFS_INSTALLATION_ACCESS_KEY_ID", QString::fromStdString(key()));
    set(environment, "LAKEFS_INSTALLATION_SECRET_ACCESS_KEY", QString::fromStdString(secret()));
    m_program.start(program, {QStringLiteral("run")}, environment, m_folder.path());
    return waitUntilReady() ? std::string() : "lakeFS does not start: " + m_program.errors();
}

bool LakeFsServer::waitUntilReady()
{
    Client client(m_url);
    for (int i = 0; i < 600; ++i) {
        if (client.get("/api/v1/healthcheck").status == 204)
            return true;
        if (!m_program.running())
            return false;
        QThread::msleep(50);
    }
    return false;
}

Lakectl::Lakectl(std::string url, std::string key, std::string secret)
    : m_url(std::move(url))
    , m_key(std::move(key))
    , m_secret(std::move(secret))
{
}

Ran Lakectl::run(const QStringList &arguments) const
{
    const QString program = qEnvironmentVariable("ANDON_TEST_LAKECTL");
    if (program.isEmpty())
        return {.error = "set ANDON_TEST_LAKECTL to the program lakectl of lakeFS 1.84.0"};
    QProcessEnvironment environment = loopbackEnvironment(m_home.path());
    set(environment, "LAKECTL_SERVER_ENDPOINT_URL", QString::fromStdString(m_url));
    set(environment, "LAKECTL_CREDENTIALS_ACCESS_KEY_ID", QString::fromStdString(m_key));
    set(environment, "LAKECTL_CREDENTIALS_SECRET_ACCESS_KEY", QString::fromStdString(m_secret));
    return runProgram(program, arguments, environment, 60'000);
}

} // namespace andon::test
