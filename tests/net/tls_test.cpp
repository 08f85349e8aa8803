#include "net/fingerprint.h"
#include "tests/net/support.h"

using namespace andon;
using namespace andon::test;

/// What is trusted and what is not: reference reliability-and-security 3.3, as far as a server of ours can be made bad.
class TlsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        test::failOnAnyWarning();
        m_folder = std::make_unique<QTemporaryDir>();
    }
    void refusesBadCertificates_data();
    void refusesBadCertificates();
    void trustsAnOwnAuthority();
    void refusesOldTls();
    void refusesStaticRsaAndWeakCiphers();
    void refusesWhatWasRevoked();
    void showsAClientCertificate();
    void saysThatAClientCertificateIsWanted();
    void neverAsksForAPassphrase();
    void namesFilesThatCannotBeUsed_data();
    void namesFilesThatCannotBeUsed();
    void knowsPlainHttpOnATlsPort();
    void breaksOffInTheHandshake();
    void printsAFingerprint();

private:
    std::string save(const QString &name, const std::string &text) const
    {
        QFile file(m_folder->filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(text)) < 0)
            QTest::qFail("a file cannot be written", __FILE__, __LINE__);
        return file.fileName().toStdString();
    }
    static core::Result<net::Response> ask(const net::Endpoint &endpoint)
    {
        return StillClient(endpoint, {.tries = 1}).get(read());
    }
    net::Endpoint trusting(const ScriptedServer &server, const Certificate &authority) const
    {
        net::Endpoint endpoint = endpointOf(server.url());
        endpoint.caFile = save(QStringLiteral("ca.pem"), authority.pem);
        return endpoint;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TlsTest::refusesBadCertificates_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<bool>("issued");
    QTest::addColumn<QString>("hint");
    const auto row = [](const char *name, bool issued, const char *hint) {
        QTest::newRow(name) << QString::fromLatin1(name) << issued << QString::fromLatin1(hint);
    };
    row("self-signed", false, "tls-untrusted");
    row("of another authority", false, "tls-untrusted");
    row("expired", true, "tls-expired");
    row("not yet valid", true, "tls-expired");
    row("other host", true, "tls-name");
    row("no subjectAltName", true, "tls-name");
    row("for clients only", true, "tls-untrusted");
    row("a leaf as authority", false, "tls-untrusted");
}

void TlsTest::refusesBadCertificates()
{
    QFETCH(QString, certificate);
    QFETCH(bool, issued);
    const Certificate authority = makeCertificate({.commonName = "Authority", .authority = true});
    const Certificate stranger = makeCertificate({.commonName = "Authority", .authority = true});
    const Certificate leaf = makeCertificate({}, &authority);
    CertificateWish wish;
    const Certificate *issuer = issued ? &authority : nullptr;
    if (certificate == u"of another authority")
        issuer = &stranger;
    if (certificate == u"a leaf as authority")
        issuer = &leaf;
    if (certificate == u"expired")
        wish = {.fromDays = -10, .toDays = -1};
    if (certificate == u"not yet valid")
        wish = {.fromDays = 1, .toDays = 10};
    if (certificate == u"other host")
        wish = {.names = "DNS:other.example,IP:127.0.0.2"};
    if (certificate == u"no subjectAltName")
        wish.names.clear(); // the common name is right: libcurl alone would take it
    if (certificate == u"for clients only")
        wish.usage = "clientAuth";
    const ScriptedServer server(always(200), {.certificate = makeCertificate(wish, issuer)});
    const auto answer = ask(trusting(server, authority));
    QCOMPARE(kindOf(answer), QStringLiteral("TLS"));
    QFETCH(QString, hint);
    QVERIFY2(QString::fromStdString(answer.error().hint) == hint,
             (answer.error().hint + ": " + answer.error().detail).c_str());
    QVERIFY(server.heard().empty());
}

void TlsTest::trustsAnOwnAuthority()
{
    const Certificate authority = makeCertificate({.commonName = "Authority", .authority = true});
    const ScriptedServer server(always(200), {.certificate = makeCertificate({}, &authority)});
    ANDON_VERIFY_RESULT(ask(trusting(server, authority)));
    QCOMPARE(kindOf(ask(endpointOf(server.url()))), QStringLiteral("TLS")); // the system does not
    const Certificate self = makeCertificate(); // one that vouches for itself, when it is the file
    const ScriptedServer lone(always(200), {.certificate = self});
    ANDON_VERIFY_RESULT(ask(trusting(lone, self)));
}

void TlsTest::refusesOldTls()
{
    const Certificate self = makeCertificate();
    const ScriptedServer server(always(200), {.certificate = self, .old = true});
    QCOMPARE(kindOf(ask(trusting(server, self))), QStringLiteral("TLS"));
    QVERIFY(server.heard().empty());
}

void TlsTest::refusesStaticRsaAndWeakCiphers()
{
    const Certificate self = makeCertificate();
    for (const char *cipher : {"ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-CCM8", "aNULL:eNULL:@SECLEVEL=0"}) {
        const ScriptedServer server(always(200), {.certificate = self, .ciphers = cipher});
        QCOMPARE(kindOf(ask(trusting(server, self))), QStringLiteral("TLS"));
        QVERIFY(server.heard().empty());
    }
    const ScriptedServer good(always(200), {.certificate = self, .ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256"});
    ANDON_VERIFY_RESULT(ask(trusting(good, self)));
}

void TlsTest::refusesWhatWasRevoked()
{
    const Certificate authority = makeCertificate({.commonName = "Authority", .authority = true});
    const Certificate first = makeCertificate({}, &authority);
    const Certificate second = makeCertificate({}, &authority);
    const ScriptedServer revoked(always(200), {.certificate = first});
    const ScriptedServer valid(always(200), {.certificate = second});
    const std::string list = save(QStringLiteral("list.pem"), makeRevocationList(authority, {first}));
    net::Endpoint endpoint = trusting(revoked, authority);
    endpoint.crlFile = list;
    const auto answer = ask(endpoint);
    QCOMPARE(kindOf(answer), QStringLiteral("TLS"));
    QCOMPARE(answer.error().hint, std::string("tls-revoked"));
    endpoint.baseUrl = valid.url();
    ANDON_VERIFY_RESULT(ask(endpoint));
}

void TlsTest::showsAClientCertificate()
{
    const Certificate authority = makeCertificate({.commonName = "Authority", .authority = true});
    const Certificate client =
        makeCertificate({.commonName = "operator-7", .names = {}, .usage = "clientAuth"}, &authority);
    const ScriptedServer server(always(200),
                                {.certificate = makeCertificate({}, &authority), .clientAuthority = authority.pem});
    net::Endpoint endpoint = trusting(server, authority);
    endpoint.clientCertFile = save(QStringLiteral("client.pem"), client.pem);
    endpoint.clientKeyFile = save(QStringLiteral("client.key"), client.key);
    ANDON_VERIFY_RESULT(ask(endpoint));
    QCOMPARE(server.heard().at(0).clientName, std::string("operator-7"));
}

void TlsTest::saysThatAClientCertificateIsWanted()
{
    const Certificate authority = makeCertificate({.commonName = "Authority", .authority = true});
    for (const std::string &ciphers : {std::string(), std::string("ECDHE-ECDSA-AES128-GCM-SHA256")}) { // TLS 1.3, 1.2
        const ScriptedServer server(
            always(200),
            {.certificate = makeCertificate({}, &authority), .clientAuthority = authority.pem, .ciphers = ciphers});
        const auto answer = ask(trusting(server, authority));
        QCOMPARE(kindOf(answer), QStringLiteral("TLS"));
        if (ciphers.empty())
            QCOMPARE(answer.error().hint, std::string("tls-client-wanted"));
        QVERIFY(server.heard().empty());
    }
}

void TlsTest::neverAsksForAPassphrase()
{
    const Certificate authority = makeCertificate({.commonName = "Authority", .authority = true});
    const Certificate client = makeCertificate({.usage = "clientAuth"}, &authority);
    const ScriptedServer server(always(200),
                                {.certificate = makeCertificate({}, &authority), .clientAuthority = authority.pem});
    net::Endpoint endpoint = trusting(server, authority);
    endpoint.clientCertFile = save(QStringLiteral("client.pem"), client.pem);
    endpoint.clientKeyFile = save(QStringLiteral("client.key"), lockedKey(client, "a passphrase"));
    QElapsedTimer timer;
    timer.start();
    const auto answer = ask(endpoint);
    QCOMPARE(kindOf(answer), QStringLiteral("TLS"));
    QCOMPARE(answer.error().hint, std::string("tls-client-file"));
    QVERIFY(timer.elapsed() < 3000);
}

void TlsTest::namesFilesThatCannotBeUsed_data()
{
    QTest::addColumn<QString>("which");
    QTest::addColumn<QString>("text"); // "" = there is no such file
    QTest::addColumn<QString>("hint");
    QTest::newRow("no CA") << QStringLiteral("ca") << QString() << QStringLiteral("tls-ca-file");
    QTest::newRow("no PEM") << QStringLiteral("ca") << QStringLiteral("hello") << QStringLiteral("tls-ca-file");
    QTest::newRow("no CRL") << QStringLiteral("crl") << QString() << QStringLiteral("tls-ca-file");
    QTest::newRow("bad CRL") << QStringLiteral("crl") << QStringLiteral("hello") << QStringLiteral("tls-ca-file");
    QTest::newRow("no client") << QStringLiteral("client") << QString() << QStringLiteral("tls-client-file");
    QTest::newRow("bad client") << QStringLiteral("client") << QStringLiteral("x") << QStringLiteral("tls-client-file");
}

void TlsTest::namesFilesThatCannotBeUsed()
{
    QFETCH(QString, which);
    QFETCH(QString, text);
    const ScriptedServer server(always(200), {.certificate = makeCertificate()});
    net::Endpoint endpoint = endpointOf(server.url());
    const std::string file = text.isEmpty() ? m_folder->filePath(QStringLiteral("nothing.pem")).toStdString()
                                            : save(QStringLiteral("bad.pem"), text.toStdString());
    (which == u"ca" ? endpoint.caFile : which == u"crl" ? endpoint.crlFile : endpoint.clientCertFile) = file;
    const auto answer = ask(endpoint);
    QCOMPARE(kindOf(answer), QStringLiteral("TLS"));
    QTEST(QString::fromStdString(answer.error().hint), "hint");
    QCOMPARE(answer.error().server, server.url());
}

void TlsTest::knowsPlainHttpOnATlsPort()
{
    const auto plainServer = ScriptedServer::raw([](Connection &connection) {
        connection.write("HTTP/1.1 400 Bad Request\r\n\r\n"); // what a web server says to a handshake
        connection.pause(-1);
    });
    const auto plain = ask(endpointOf("https://127.0.0.1:" + std::to_string(plainServer->port())));
    QCOMPARE(kindOf(plain), QStringLiteral("TLS"));
    QCOMPARE(plain.error().hint, std::string("tls-plain"));
}

void TlsTest::breaksOffInTheHandshake()
{
    const auto rude = ScriptedServer::raw([](Connection &connection) {
        connection.pause(50); // or else it is the connecting that fails
        connection.reset();
    });
    QCOMPARE(kindOf(ask(endpointOf("https://127.0.0.1:" + std::to_string(rude->port())))), QStringLiteral("TLS"));
    QCOMPARE(kindOf(ask(endpointOf("http://127.0.0.1:" + std::to_string(rude->port())))), QStringLiteral("REFUSED"));
}

void TlsTest::printsAFingerprint()
{
    const auto print = net::fingerprintOf(save(QStringLiteral("ca.pem"), makeCertificate().pem));
    ANDON_VERIFY_RESULT(print);
    QCOMPARE(print->size(), std::size_t{95}); // 32 bytes
    QCOMPARE(print->at(2), ':');
    QVERIFY(!net::fingerprintOf(save(QStringLiteral("ca.pem"), "hello")));
    QVERIFY(!net::fingerprintOf("/nowhere/at/all"));
}

ANDON_SUITE(TlsTest)
#include "tls_test.moc"
