#include "profile/profile.h"
#include "profile/secrets.h"
#include "tests/support/suite.h"

#include <QFile>
#include <QTemporaryDir>

#include <sys/stat.h>

using namespace andon;
using namespace andon::profile;

class ProfileTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        test::failOnAnyWarning();
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        m_dir = std::make_unique<QTemporaryDir>();
        const auto paths = resolvePaths(m_dir->path().toStdString());
        ANDON_VERIFY_RESULT(paths);
        m_paths = *paths;
    }

    void aSiteSurvivesTheFile()
    {
        SiteConfig site{
            .name = core::SiteName("ams-1"), .title = "Amsterdam: one", .priceBook = "prices.yaml", .colour = "S3"};
        site.refreshSeconds = 60;
        site.readOnly = false;
        site.isProtected = true;
        SourceConfig source{.name = core::SourceName("lakefs"), .kind = "lakefs", .url = "https://data.example:8000/x"};
        source.auth = SourceConfig::Auth::Basic;
        source.headers = {{"X-Scope-OrgID", "ml: \"team\""}};
        source.caFile = "/etc/ca.pem";
        source.crlFile = "/etc/crl.pem";
        source.selector = "site=\"ams-1\"";
        source.allowPlainHttp = true;
        source.connections = 8;
        site.sources = {source};
        const Profile profile(m_paths);
        ANDON_VERIFY_RESULT(profile.save(site));
        const auto back = profile.site(core::SiteName("ams-1"));
        ANDON_VERIFY_RESULT(back);
        QVERIFY(*back == site);
        QCOMPARE(profile.sites().size(), std::size_t{1});
        ANDON_VERIFY_RESULT(profile.remove(core::SiteName("ams-1")));
        QVERIFY(profile.site(core::SiteName("ams-1")).error().kind == core::ErrorKind::NotFound);
        QVERIFY(!profile.remove(core::SiteName("ams-1")));
    }

    void mistakesAreNamedWithTheirLine_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char *name, const char *yaml, const char *says) {
            QTest::newRow(name) << QByteArray(yaml) << QByteArray(says);
        };
        row("no yaml", "name: [", "s.yaml:");
        row("a list", "- a", "mapping");
        row("misspelt key", "name: a\ntitel: b\nsources: []", "s.yaml:2: unknown key \"titel\"");
        row("unknown auth", "name: a\nsources:\n  - kind: lakefs\n    url: http://h\n    auth: magic", "s.yaml:5");
        row("no sources", "name: a", "at least one source");
        row("unknown kind", "name: a\nsources:\n  - {kind: ftp, url: 'http://h'}", "no kind of source");
        row("no url", "name: a\nsources:\n  - {kind: lakefs}", "needs a \"url\"");
        row("not http", "name: a\nsources:\n  - {kind: lakefs, url: 'file:///etc'}", "no http");
        row("twice", "name: a\nsources:\n  - {kind: lakefs, url: 'http://h'}\n  - {kind: lakefs, url: 'http://h'}",
            "two sources");
        row("colour", "name: a\ncolour: S9", "s.yaml:2: \"colour\" must be S1 to S8");
        row("refresh", "name: a\nrefresh_seconds: 0", "s.yaml:2: \"refresh_seconds\"");
        row("access", "name: a\naccess: all", "read-only or write");
        row("protected", "name: a\nprotected: maybe", "true or false");
        row("bad name", "name: ../a\nsources:\n  - {kind: lakefs, url: 'http://h'}", "a site's name");
        row("connections", "name: a\nsources:\n  - {kind: lakefs, url: 'http://h', connections: 900}", "from 1 to 32");
    }
    void mistakesAreNamedWithTheirLine()
    {
        QFETCH(QByteArray, yaml);
        QFETCH(QByteArray, says);
        const auto site = parseSite(yaml.toStdString(), "s.yaml");
        QVERIFY(!site);
        QVERIFY2(site.error().detail.find(says.toStdString()) != std::string::npos, site.error().detail.c_str());
    }

    void aSiteIsReadOnlyUntilItIsSaidOtherwise()
    {
        auto site = parseSite("name: a\nsources:\n  - {kind: lakefs, url: 'http://h'}", "s.yaml");
        ANDON_VERIFY_RESULT(site);
        QVERIFY(site->readOnly && !site->isProtected && site->refreshSeconds == 15 && site->colour.empty());
        const SiteConfig before = *site;
        ANDON_VERIFY_RESULT(setSiteValue(*site, "access", "write"));
        ANDON_VERIFY_RESULT(setSiteValue(*site, "refresh_seconds", "30"));
        ANDON_VERIFY_RESULT(setSiteValue(*site, "title", "A"));
        QVERIFY(!site->readOnly && site->refreshSeconds == 30 && site->title == "A");
        for (const char *key : {"access", "refresh_seconds", "title"})
            ANDON_VERIFY_RESULT(setSiteValue(*site, key, ""));
        QVERIFY(*site == before);
        QVERIFY(!setSiteValue(*site, "access", "sudo"));
        QVERIFY(!setSiteValue(*site, "url", "http://h"));
    }

    void filesArePrivate()
    {
        const std::string path = m_paths.config + "/x";
        ANDON_VERIFY_RESULT(writeFile(path, "hello"));
        struct stat info = {};
        QCOMPARE(::stat(path.c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0600U);
        QCOMPARE(readFile(path).value_or(""), std::string("hello"));
        QVERIFY(!readFile(path, 3));
        QVERIFY(readFile(path + "y").error().kind == core::ErrorKind::NotFound);
    }

    void secretsComeFromWhereTheyWerePut()
    {
        const core::SiteName site("ams-1");
        const core::SourceName source("lakefs");
        QCOMPARE(variableName(site, source, "USER"), std::string("ANDON_AMS_1_LAKEFS_USER"));
        const std::string file = m_paths.config + "/secrets";
        Secrets secrets(file);
        QVERIFY(!secrets.find(site, source)->found());
        qputenv("ANDON_AMS_1_LAKEFS_USER", "envuser");
        qputenv("ANDON_AMS_1_LAKEFS_SECRET", "envsecret");
        QCOMPARE(secrets.find(site, source)->from, std::string("environment"));
        const auto kept = secrets.keep(site, source, "u", "s=with=equals");
        ANDON_VERIFY_RESULT(kept);
        const Secrets later(file);
        QCOMPARE(later.find(site, source)->user, std::string("u"));
        QCOMPARE(later.find(site, source)->secret, std::string("s=with=equals"));
        ::chmod(file.c_str(), 0644);
        QVERIFY(!later.find(site, source));
        qunsetenv("ANDON_AMS_1_LAKEFS_USER");
        qunsetenv("ANDON_AMS_1_LAKEFS_SECRET");
    }

    void withoutAKeychainItSaysSo()
    {
        Secrets secrets;
        const auto kept = secrets.keep(core::SiteName("a"), core::SourceName("b"), "u", "s");
        QVERIFY(!kept);
        QCOMPARE(kept.error().hint, std::string("no-keychain"));
        QCOMPARE(secrets.find(core::SiteName("a"), core::SourceName("b"))->from, std::string("memory"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    Paths m_paths;
};

ANDON_SUITE(ProfileTest)
#include "profile_test.moc"
