#include "tests/support/suite.h"
#include "text/errortext.h"

using namespace andon;
using core::Error;
using core::ErrorKind;

/// What stands under the headline of an error is what a person does next: every class, every hint, to the letter.
class ErrorTextTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }
    void everyClass_data();
    void everyClass();
    void everyHint_data();
    void everyHint();
    void namesTheProduct_data();
    void namesTheProduct();
    void saysWhenItIsAskedAgain();
    void aWriteIsNotExplainedAway();
    void whatIsToldAlreadyIsAllThereIs();
    void hostileWordsStayWords();
};

void ErrorTextTest::everyClass_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("text");
    const auto row = [](ErrorKind kind, const char *headline, const char *step) {
        QTest::newRow(core::name(kind).data())
            << static_cast<int>(kind)
            << QString(QLatin1String(headline) + u'\n' + QLatin1String(step) + QLatin1String("\nDetails: words"));
    };
#define WHO "lakeFS at https://data.example "
    row(ErrorKind::Offline, WHO "cannot be reached: there is no network.", "Check this computer's network.");
    row(ErrorKind::Dns, WHO "cannot be reached: the host name is unknown.",
        "Check the spelling of the host name and the VPN or DNS that should know it.");
    row(ErrorKind::Refused, WHO "does not answer: the connection was refused or dropped.",
        "Check that the server runs and that host and port are right.");
    row(ErrorKind::Timeout, WHO "did not answer in time.",
        "The server or the way to it is slow: try again, or look at the server's load.");
    row(ErrorKind::Tls, WHO "cannot be reached: no encrypted connection came about.",
        "Check that the server speaks TLS 1.2 or newer with current ciphers, and that the port is right.");
    row(ErrorKind::Proxy, WHO "cannot be reached: the proxy in between failed.",
        "Check this source's proxy setting and the proxy's own credentials.");
    row(ErrorKind::Auth, WHO "refused the sign-in: wrong or missing credentials.",
        "Check the user and secret of this source; andonctl site check tells where they were read from.");
    row(ErrorKind::Forbidden, WHO "does not allow this account to do that.",
        "Ask whoever administers the server for read permission; signing in again will not help.");
    row(ErrorKind::NotFound, WHO "does not have what was asked for.",
        "Check the name, and that the address has no missing or extra path.");
    row(ErrorKind::Conflict, WHO "is in conflict with the request: something changed meanwhile.",
        "Read the current state again and decide anew.");
    row(ErrorKind::Precondition, WHO "refused: a condition or a hook was not met.",
        "Read the current state again and decide anew.");
    row(ErrorKind::Limited, WHO "limits the rate of requests (HTTP 429).",
        "Wait a moment; if it goes on, lower this source's connections.");
    row(ErrorKind::Server, WHO "failed.", "Look at the server's log, or ask whoever administers it.");
    row(ErrorKind::Protocol, WHO "answered something that is not its API.",
        "Check that the address is the API of this product and not a page or another service.");
    row(ErrorKind::TooLarge, WHO "answered more than can be accepted.",
        "Ask for less: a shorter range or a narrower selection.");
    row(ErrorKind::UnknownOutcome, WHO "may or may not have applied the change.",
        "Check on the server whether it was applied before trying again.");
#undef WHO
}

void ErrorTextTest::everyClass()
{
    QFETCH(int, kind);
    const Error error{.kind = static_cast<ErrorKind>(kind),
                      .where = "lakefs logCommits",
                      .detail = "words",
                      .server = "https://data.example"};
    QTEST(text::paragraph(error), "text");
}

void ErrorTextTest::everyHint_data()
{
    QTest::addColumn<QString>("hint");
    QTest::addColumn<QString>("headline");
    QTest::addColumn<QString>("step"); // how it begins
    const auto row = [](const char *hint, const char *headline, const char *step) {
        QTest::newRow(hint) << QString::fromLatin1(hint)
                            << QStringLiteral("MLflow at https://ml.example:8443 ") + QLatin1String(headline)
                            << QString::fromLatin1(step);
    };
    row("mlflow-host", "refused the host name that it was called by.",
        "On the server, start MLflow with --allowed-hosts (or the variable MLFLOW_SERVER_ALLOWED_HOSTS) set to every "
        "name that it is called by, here \"ml.example,ml.example:*\".");
    row("html-login", "answered with a web page instead of its API.", "A proxy with a sign-in page probably");
    row("truncated", "broke off in the middle of an answer.", "Try again; if it happens each time,");
    row("redirect", "redirects to another address.", "Enter the address that it redirects to,");
    row("tls-untrusted", "cannot be trusted: nobody that this computer trusts has signed its certificate.",
        "If it is signed by your own authority, name the authority's file (ca_file");
    row("tls-expired", "cannot be trusted: its certificate has expired or is not valid yet.",
        "Have the certificate renewed");
    row("tls-revoked", "cannot be trusted: its certificate was revoked.", "Do not connect;");
    row("tls-name", "cannot be trusted: its certificate is not made for this host.", "Use the name that");
    row("tls-ca-file", "was not asked: a certificate file could not be used.", "Check the file: ca_file");
    row("tls-client-file", "was not asked: a certificate file could not be used.", "Check the files: client_cert");
    row("tls-client-wanted", "asks for a client certificate and did not get one that it accepts.",
        "Name a certificate that the server knows (client_cert");
    row("tls-plain", "does not speak TLS on this port.", "If it speaks plain HTTP on this port, change https://");
}

void ErrorTextTest::everyHint()
{
    QFETCH(QString, hint);
    QFETCH(QString, step);
    const Error error{.kind = hint.startsWith(u"tls") ? ErrorKind::Tls : ErrorKind::Protocol,
                      .where = "mlflow runs/search",
                      .server = "https://ml.example:8443",
                      .hint = hint.toStdString()};
    QTEST(text::headline(error), "headline");
    QVERIFY2(text::nextStep(error).startsWith(step), qPrintable(text::nextStep(error)));
    QVERIFY(text::nextStep(error).endsWith(u'.'));
}

void ErrorTextTest::namesTheProduct_data()
{
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *where, const char *server, const char *name) {
        QTest::newRow(name) << QString::fromLatin1(where) << QString::fromLatin1(server) << QString::fromLatin1(name);
    };
    row("lakefs getConfig", "https://h", "lakeFS at https://h");
    row("prometheus query", "http://[::1]:9090", "Prometheus at http://[::1]:9090");
    row("mlflow version", "", "MLflow");
    row("kserve list", "https://h", "The server at https://h");
    row("something else", "", "something else");
}

void ErrorTextTest::namesTheProduct()
{
    QFETCH(QString, where);
    QFETCH(QString, server);
    QFETCH(QString, name);
    const Error error{.kind = ErrorKind::Timeout, .where = where.toStdString(), .server = server.toStdString()};
    QCOMPARE(text::headline(error), name + QStringLiteral(" did not answer in time."));
}

void ErrorTextTest::saysWhenItIsAskedAgain()
{
    Error error{.kind = ErrorKind::Refused, .where = "lakefs x", .server = "https://h", .retryAfterMs = 20'000};
    QVERIFY(text::paragraph(error).contains(QStringLiteral("\nIt is asked again in 20 s at the earliest.")));
    error.kind = ErrorKind::Limited;
    QCOMPARE(text::paragraph(error),
             QStringLiteral("lakeFS at https://h limits the rate of requests (HTTP 429).\n"
                            "The server asks to wait 20 s before the next request."));
}

void ErrorTextTest::aWriteIsNotExplainedAway()
{
    for (const char *hint : {"truncated", "html-login", "redirect"}) {
        const Error error{
            .kind = ErrorKind::UnknownOutcome, .where = "lakefs merge", .server = "https://h", .hint = hint};
        QCOMPARE(text::headline(error), QStringLiteral("lakeFS at https://h may or may not have applied the change."));
        QVERIFY(text::nextStep(error).startsWith(QStringLiteral("Check on the server")));
    }
}

void ErrorTextTest::whatIsToldAlreadyIsAllThereIs()
{
    const Error error{.kind = ErrorKind::NotFound,
                      .where = "ref",
                      .detail = "ml-data has no branch, tag or commit \"x\x1b\".",
                      .hint = "told"};
    QCOMPARE(text::paragraph(error), QString::fromUtf8("ml-data has no branch, tag or commit \"x␛\"."));
    QCOMPARE(text::nextStep(error), QString());
}

void ErrorTextTest::hostileWordsStayWords()
{
    const Error error{.kind = ErrorKind::Server,
                      .where = "lakefs x",
                      .detail = "<img src=x>\n\x1b[31m %1 %2" + std::string(5000, 'w'),
                      .httpStatus = 500,
                      .server = "https://h",
                      .requestId = "r\x1b[0m%1"};
    const QString text = text::paragraph(error);
    QVERIFY(text.contains(QStringLiteral("It said: <img src=x> ␛[31m %1 %2www")));
    QVERIFY(text.contains(QStringLiteral("Request id: r␛[0m%1")));
    QVERIFY(text.size() < 1000);
}

ANDON_SUITE(ErrorTextTest)
#include "errortext_test.moc"
