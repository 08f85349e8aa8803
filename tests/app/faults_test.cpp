#include "tests/support/faults/faults.h"
#include "tests/support/program.h"
#include "tests/support/suite.h"

#include <nlohmann/json.hpp>

#include <QFile>

using namespace andon;
using namespace andon::test;
using nlohmann::json;

/// andonctl beside a server that goes wrong: what it says, and the code that it ends with.
class AppFaultsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        test::failOnAnyWarning();
        m_folder = std::make_unique<QTemporaryDir>();
    }
    void explains_data();
    void explains();
    void oneBadSourceLeavesTheOthersWhole();
    void anOwnAuthorityIsNamedByItsFingerprint();
    void writesNoKeysOfTls();
    void takesNoProxyFromTheEnvironment();
    void theProgramForHandsWorks();

private:
    struct Sources {
        QString lakefs = {};
        QString mlflow = {};
        QString prometheus = {};
    };
    Ran run(QStringList arguments, const QMap<QString, QString> &more = {}) const
    {
        QProcessEnvironment environment = plainEnvironment(m_folder->path());
        for (const QString &name : {QStringLiteral("LAKEFS"), QStringLiteral("MLFLOW"), QStringLiteral("PROMETHEUS")}) {
            environment.insert(QStringLiteral("ANDON_BAD_%1_USER").arg(name), QStringLiteral("operator"));
            environment.insert(QStringLiteral("ANDON_BAD_%1_SECRET").arg(name), QStringLiteral("canary-password"));
        }
        for (auto it = more.begin(); it != more.end(); ++it)
            environment.insert(it.key(), it.value());
        arguments << QStringLiteral("--profile") << m_folder->filePath(QStringLiteral("profile"));
        return runProgram(builtProgram("andonctl"), arguments, environment);
    }
    /// A site "bad" of the given sources; "" = without that one.
    void addSite(const Sources &sources, const QStringList &more = {}) const
    {
        QStringList line{QStringLiteral("site"), QStringLiteral("add"), QStringLiteral("bad"),
                         QStringLiteral("--replace")};
        const std::pair<const char *, QString> all[]{
            {"lakefs", sources.lakefs}, {"mlflow", sources.mlflow}, {"prometheus", sources.prometheus}};
        for (const auto &[kind, url] : all)
            if (!url.isEmpty())
                line << QStringLiteral("--source") << QStringLiteral("%1=%2").arg(QString::fromLatin1(kind), url)
                     << QStringLiteral("--auth") << QString::fromLatin1(kind) + QStringLiteral("=basic");
        const Ran added = run(line + more);
        QVERIFY2(added.exit == 0, added.error.c_str());
    }
    QString url(const char *fault) const { return QString::fromStdString(m_faults.url(fault)); }

    FaultServer m_faults;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void AppFaultsTest::explains_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("text"); // %1 the server, %2 its port
    const auto row = [](const char *kind, const char *fault, const char *text) {
        QTest::addRow("%s %s", kind, fault)
            << QString::fromLatin1(kind) << QString::fromLatin1(fault) << QString::fromUtf8(text);
    };
    row("lakefs", "lakefs-password",
        "lakeFS at %1 refused the sign-in: wrong or missing credentials.\n"
        "Check the user and secret of this source; andonctl site check tells where they were read from.\n"
        "It said: error authenticating request\n");
    row("mlflow", "mlflow-password",
        "MLflow at %1 refused the sign-in: wrong or missing credentials.\n"
        "Check the user and secret of this source; andonctl site check tells where they were read from.\n"
        "It said: You are not authenticated. Please see https://www.mlflow.org/docs/latest/auth/index.html"
        "#authenticating-to-mlflow on how to authenticate.\n");
    row("prometheus", "untrusted-certificate",
        "Prometheus at %1 cannot be trusted: nobody that this computer trusts has signed its certificate.\n"
        "If it is signed by your own authority, name the authority's file (ca_file in the site file). Verification is "
        "never switched off.\n"
        "Details: SSL certificate problem: self-signed certificate\n");
    row("lakefs", "login-page",
        "lakeFS at %1 answered with a web page instead of its API.\n"
        "A proxy with a sign-in page probably stands in between: give this source a token or header that the proxy "
        "accepts, or its direct address.\n"
        "It said: Sign in to Factory SSO\n");
    row("prometheus", "limited-long",
        "Prometheus at %1 limits the rate of requests (HTTP 429).\n"
        "The server asks to wait 2 h 0 min before the next request.\n"
        "It said: quota used up\n");
    row("mlflow", "truncated",
        "MLflow at %1 broke off in the middle of an answer.\n"
        "Try again; if it happens each time, look for a limit on size or time in the server or in a proxy on the way.\n"
        "Details: transfer closed with 100 bytes remaining to read\n");
    row("mlflow", "host-refused",
        "MLflow at %1 refused the host name that it was called by.\n"
        "On the server, start MLflow with --allowed-hosts (or the variable MLFLOW_SERVER_ALLOWED_HOSTS) set to every "
        "name that it is called by, here \"127.0.0.1,127.0.0.1:*\". Or let this source call it by a name that it "
        "allows: host_header in the site file.\n"
        "It said: Invalid Host header - possible DNS rebinding attack detected\n");
    row("lakefs", "unreachable",
        "lakeFS at %1 does not answer: the connection was refused or dropped.\n"
        "Check that the server runs and that host and port are right.\n"
        "Details: Failed to connect to 127.0.0.1 port %2: Connection refused\n");
}

void AppFaultsTest::explains()
{
    QFETCH(QString, kind);
    QFETCH(QString, fault);
    QFETCH(QString, text);
    Sources sources;
    (kind == u"lakefs"       ? sources.lakefs
         : kind == u"mlflow" ? sources.mlflow
                             : sources.prometheus) = url(qPrintable(fault));
    addSite(sources);
    const QString server = QString::fromStdString(m_faults.origin(fault.toStdString()));
    text.replace(QStringLiteral("%1"), server);
    text.replace(QStringLiteral("%2"), server.section(u':', -1));

    const Ran checked = run({QStringLiteral("site"), QStringLiteral("check")});
    QCOMPARE(QString::fromStdString(checked.error), kind + QStringLiteral(": ") + text);
    QCOMPARE(checked.exit, 4);
    const Ran synced = run({QStringLiteral("sync")});
    QVERIFY2(QString::fromStdString(synced.error).contains(text.section(u'\n', 0, 0)), synced.error.c_str());
    QCOMPARE(synced.exit, 4);
    const Ran asJson = run({QStringLiteral("site"), QStringLiteral("check"), QStringLiteral("--json")});
    QCOMPARE(asJson.exit, 4);
    const json told = json::parse(asJson.out, nullptr, false);
    QVERIFY2(told.contains("sources") && told["sources"][0].contains("error"), asJson.out.c_str());
    const Ran verbose = run({QStringLiteral("site"), QStringLiteral("check"), QStringLiteral("-v")});
    for (const Ran &ran : {checked, synced, asJson, verbose})
        QVERIFY((ran.out + ran.error).find("canary") == std::string::npos);
    QVERIFY(verbose.error.find(" GET /") != std::string::npos);
}

void AppFaultsTest::oneBadSourceLeavesTheOthersWhole()
{
    addSite({.lakefs = url("healthy"), .mlflow = url("unreachable"), .prometheus = url("lakefs-password")});
    const Ran checked = run({QStringLiteral("site"), QStringLiteral("check")});
    QCOMPARE(checked.exit, 4);
    QVERIFY2(checked.out.find("lakefs: ok, lakeFS 1.84.0 as operator (credentials: environment)") != std::string::npos,
             checked.out.c_str());
    QVERIFY(checked.error.find("mlflow: MLflow at ") != std::string::npos);
    QVERIFY(checked.error.find("prometheus: Prometheus at ") != std::string::npos);
    const Ran synced = run({QStringLiteral("sync"), QStringLiteral("--json")});
    QCOMPARE(synced.exit, 4);
    const json told = json::parse(synced.out, nullptr, false);
    QVERIFY2(told["lakefs"].contains("repositories"), synced.out.c_str());
    QVERIFY(told["mlflow"].contains("error") && told["prometheus"].contains("error"));
}

void AppFaultsTest::anOwnAuthorityIsNamedByItsFingerprint()
{
    const QString file = m_folder->filePath(QStringLiteral("ca.pem"));
    QFile pem(file);
    QVERIFY(pem.open(QIODevice::WriteOnly));
    pem.write(QByteArray::fromStdString(m_faults.certificate()));
    pem.close();
    addSite({.lakefs = url("untrusted-certificate")}, {QStringLiteral("--ca-file"), QStringLiteral("lakefs=") + file});
    const Ran checked = run({QStringLiteral("site"), QStringLiteral("check")});
    QVERIFY2(checked.exit == 0, checked.error.c_str());
    QVERIFY2(checked.out.find("own authority, SHA-256 ") != std::string::npos, checked.out.c_str());

    QVERIFY(QFile::remove(file));
    const Ran without = run({QStringLiteral("site"), QStringLiteral("check")});
    QCOMPARE(without.exit, 4);
    QVERIFY2(without.error.find(" was not asked: a certificate file could not be used.") != std::string::npos,
             without.error.c_str());
}

void AppFaultsTest::writesNoKeysOfTls()
{
    const QString keys = m_folder->filePath(QStringLiteral("keys.log"));
    addSite({.lakefs = url("untrusted-certificate")});
    (void)run({QStringLiteral("site"), QStringLiteral("check")}, {{QStringLiteral("SSLKEYLOGFILE"), keys}});
    QVERIFY(!QFile::exists(keys));
}

void AppFaultsTest::takesNoProxyFromTheEnvironment()
{
    const ScriptedServer proxy([](Connection &connection, const Heard &) { return connection.answer(200, "", "{}"); });
    addSite({.lakefs = url("healthy")});
    const QString address = QString::fromStdString(proxy.url());
    const Ran checked = run({QStringLiteral("site"), QStringLiteral("check")},
                            {{QStringLiteral("http_proxy"), address}, {QStringLiteral("ALL_PROXY"), address}});
    QVERIFY2(checked.exit == 0, checked.error.c_str());
    QCOMPARE(proxy.connections(), 0);
}

void AppFaultsTest::theProgramForHandsWorks()
{
    Program server;
    const QProcessEnvironment environment = plainEnvironment(m_folder->path());
    server.start(builtProgram("faultserver"), {QStringLiteral("--seconds"), QStringLiteral("60")}, environment);
    const json ready = json::parse(server.firstLine(), nullptr, false);
    QVERIFY(ready.contains("faults"));
    for (const Fault &fault : faults())
        QVERIFY2(ready["faults"].contains(fault.name), fault.name.c_str());
    addSite({.lakefs = QString::fromStdString(ready["faults"]["healthy"].get<std::string>())});
    QCOMPARE(run({QStringLiteral("site"), QStringLiteral("check")}).exit, 0);
    addSite({.mlflow = QString::fromStdString(ready["faults"]["host-refused"].get<std::string>())});
    const Ran refused = run({QStringLiteral("site"), QStringLiteral("check")});
    QCOMPARE(refused.exit, 4);
    QVERIFY(refused.error.find("--allowed-hosts") != std::string::npos);
    const Ran brief = runProgram(builtProgram("faultserver"), {QStringLiteral("--seconds"), QStringLiteral("1")},
                                 environment); // ends by itself
    QCOMPARE(brief.exit, 0);
    QCOMPARE(runProgram(builtProgram("faultserver"), {QStringLiteral("--help")}, environment).exit, 2);
}

ANDON_SUITE(AppFaultsTest)
#include "faults_test.moc"
