#include "net/transport.h"
#include "sources/lakefs/lakefsclient.h"
#include "sources/mlflow/mlflowclient.h"
#include "sources/prometheus/prometheusclient.h"
#include "tests/support/faults/faults.h"
#include "tests/support/suite.h"
#include "text/errortext.h"

using namespace andon;

namespace
{

constexpr const char *kLakefs = "lakefs";
constexpr const char *kMlflow = "mlflow";
constexpr const char *kPrometheus = "prometheus";

/// What a source's first call says, as a person would read it; "" when it went well.
QString probe(const QString &kind, const std::string &url)
{
    net::Transport transport;
    net::Endpoint endpoint{.source = core::SourceName(kind.toStdString()), .baseUrl = url};
    endpoint.auth = net::Endpoint::AuthKind::Basic;
    endpoint.user = "operator";
    endpoint.secret = "canary-password";
    net::RetryPolicy policy{.random = [] { return 0.0; }, .sleep = [](std::int64_t, const core::Cancel &) {}};
    auto http = std::make_unique<net::HttpClient>(transport, endpoint, nullptr, nullptr, policy);
    const auto read = [](const auto &answer) { return answer ? QString() : text::paragraph(answer.error()); };
    if (kind == QLatin1String(kLakefs))
        return read(sources::lakefs::LakeFsClient(std::move(http)).probe({}));
    if (kind == QLatin1String(kMlflow))
        return read(sources::mlflow::MlflowClient(std::move(http)).probe({}));
    return read(sources::prometheus::PrometheusClient(std::move(http), "").probe({}));
}

} // namespace

/// From the wire to the sentence: a server that goes wrong, our transport, a source's client, the text.
class FaultSentencesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }
    void healthyServersAreNoFault_data() { kinds(); }
    void healthyServersAreNoFault();
    void theSeven_data();
    void theSeven();
    void theOthers_data();
    void theOthers();
    void aFlakyServerIsAskedAgain_data() { kinds(); }
    void aFlakyServerIsAskedAgain();
    void neverTellsTheSecret_data();
    void neverTellsTheSecret();

private:
    static void kinds()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {kLakefs, kMlflow, kPrometheus})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }
    test::FaultServer m_faults;
};

void FaultSentencesTest::healthyServersAreNoFault()
{
    QFETCH(QString, kind);
    QCOMPARE(probe(kind, m_faults.url("healthy")), QString());
}

void FaultSentencesTest::theSeven_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("text"); // %1 is the server, %2 its port
    const auto row = [](const char *kind, const char *fault, const char *text) {
        QTest::addRow("%s %s", kind, fault)
            << QString::fromLatin1(kind) << QString::fromLatin1(fault) << QString::fromUtf8(text);
    };
    row(kLakefs, "lakefs-password",
        "lakeFS at %1 refused the sign-in: wrong or missing credentials.\n"
        "Check the user and secret of this source; andonctl site check tells where they were read from.\n"
        "It said: error authenticating request");
    row(kMlflow, "mlflow-password",
        "MLflow at %1 refused the sign-in: wrong or missing credentials.\n"
        "Check the user and secret of this source; andonctl site check tells where they were read from.\n"
        "It said: You are not authenticated. Please see https://www.mlflow.org/docs/latest/auth/index.html"
        "#authenticating-to-mlflow on how to authenticate.");
    row(kPrometheus, "prometheus-password",
        "Prometheus at %1 refused the sign-in: wrong or missing credentials.\n"
        "Check the user and secret of this source; andonctl site check tells where they were read from.\n"
        "It said: Unauthorized");
    row(kMlflow, "host-refused",
        "MLflow at %1 refused the host name that it was called by.\n"
        "On the server, start MLflow with --allowed-hosts (or the variable MLFLOW_SERVER_ALLOWED_HOSTS) set to every "
        "name that it is called by, here \"127.0.0.1,127.0.0.1:*\". Or let this source call it by a name that it "
        "allows: host_header in the site file.\n"
        "It said: Invalid Host header - possible DNS rebinding attack detected");
    const std::pair<const char *, const char *> named[]{
        {kLakefs, "lakeFS"}, {kMlflow, "MLflow"}, {kPrometheus, "Prometheus"}};
    for (const auto &[kind, name] : named) {
        const std::string who = name;
        row(kind, "untrusted-certificate",
            (who
             + " at %1 cannot be trusted: nobody that this computer trusts has signed its certificate.\n"
               "If it is signed by your own authority, name the authority's file (ca_file in the site file). "
               "Verification is never switched off.\n"
               "Details: SSL certificate problem: self-signed certificate")
                .c_str());
        row(kind, "login-page",
            (who
             + " at %1 answered with a web page instead of its API.\n"
               "A proxy with a sign-in page probably stands in between: give this source a token or header that the "
               "proxy accepts, or its direct address.\n"
               "It said: Sign in to Factory SSO")
                .c_str());
        row(kind, "limited-seconds",
            (who
             + " at %1 limits the rate of requests (HTTP 429).\n"
               "The server asks to wait 1.0 s before the next request.\n"
               "It said: too many requests")
                .c_str());
        row(kind, "truncated",
            (who
             + " at %1 broke off in the middle of an answer.\n"
               "Try again; if it happens each time, look for a limit on size or time in the server or in a proxy on "
               "the way.\n"
               "Details: transfer closed with 100 bytes remaining to read")
                .c_str());
        row(kind, "unreachable",
            (who
             + " at %1 does not answer: the connection was refused or dropped.\n"
               "Check that the server runs and that host and port are right.\n"
               "Details: Failed to connect to 127.0.0.1 port %2: Connection refused")
                .c_str());
    }
}

void FaultSentencesTest::theSeven()
{
    QFETCH(QString, kind);
    QFETCH(QString, fault);
    QFETCH(QString, text);
    const QString server = QString::fromStdString(m_faults.origin(fault.toStdString()));
    text.replace(QStringLiteral("%1"), server);
    text.replace(QStringLiteral("%2"), server.section(u':', -1));
    QCOMPARE(probe(kind, m_faults.url(fault.toStdString())), text);
    QVERIFY(m_faults.heardElsewhere().empty());
}

void FaultSentencesTest::theOthers_data()
{
    QTest::addColumn<QString>("fault");
    QTest::addColumn<QString>("headline"); // of each source, after its name
    const auto row = [](const char *fault, const char *headline) {
        QTest::newRow(fault) << QString::fromLatin1(fault) << QString::fromLatin1(headline);
    };
    row("limited-long", "limits the rate of requests (HTTP 429).");
    row("reset", "does not answer: the connection was refused or dropped.");
    row("redirect-elsewhere", "redirects to another address.");
    row("oversized", "answered more than can be accepted.");
    row("oversized-length", "answered more than can be accepted.");
    row("gzip-bomb", "answered more than can be accepted.");
    row("invalid-gzip", "answered something that is not its API.");
    row("endless-headers", "answered something that is not its API.");
    row("garbage", "answered something that is not its API.");
}

void FaultSentencesTest::theOthers()
{
    QFETCH(QString, fault);
    QFETCH(QString, headline);
    const std::pair<const char *, const char *> named[]{
        {kLakefs, "lakeFS"}, {kMlflow, "MLflow"}, {kPrometheus, "Prometheus"}};
    for (const auto &[kind, name] : named) {
        const QString text = probe(QString::fromLatin1(kind), m_faults.url(fault.toStdString()));
        const QString server = QString::fromStdString(m_faults.origin(fault.toStdString()));
        QCOMPARE(text.section(u'\n', 0, 0),
                 QStringLiteral("%1 at %2 %3").arg(QString::fromLatin1(name), server, headline));
        QVERIFY(text.count(u'\n') >= 2);
    }
    QVERIFY(m_faults.heardElsewhere().empty());
}

void FaultSentencesTest::aFlakyServerIsAskedAgain()
{
    QFETCH(QString, kind);
    QCOMPARE(probe(kind, m_faults.url("flaky")), QString());
}

void FaultSentencesTest::neverTellsTheSecret_data()
{
    QTest::addColumn<QString>("fault");
    for (const test::Fault &fault : test::faults())
        if (fault.name != "hang" && fault.name != "slow-drip") // these take their time; test_net asks them
            QTest::newRow(fault.name.c_str()) << QString::fromStdString(fault.name);
}

void FaultSentencesTest::neverTellsTheSecret()
{
    QFETCH(QString, fault);
    for (const char *kind : {kLakefs, kMlflow, kPrometheus})
        QVERIFY(!probe(QString::fromLatin1(kind), m_faults.url(fault.toStdString())).contains(u"canary"));
}

ANDON_SUITE(FaultSentencesTest)
#include "faults_test.moc"
