// A support bundle has what helps, and none of the secrets that were planted wherever a person could have put one.
#include "store/databasefile.h"
#include "tests/app/desk.h"
#include "tests/support/suite.h"

#include <nlohmann/json.hpp>

#include <QDir>
#include <QDirIterator>
#include <QFile>

#include <sys/stat.h>

using namespace andon;
using namespace andon::test;
using nlohmann::json;

namespace
{

const char *const kCanary = "canary";

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
    file.close();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
}

QByteArray read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class BundleTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(m_desk.openSynced(m_profile), std::string());
        const QString folder = m_desk.folder(m_profile);
        write(folder + QStringLiteral("/sites/planted.yaml"),
              "# canary-comment\nname: planted\nsources:\n  - kind: lakefs\n"
              "    url: https://user:canary-url@127.0.0.1:1/base?token=canary-query#canary-fragment\n    auth: basic\n"
              "    headers: {X-Api-Key: canary-header}\n    proxy: http://who:canary/proxy@127.0.0.1:1\n"
              "    selector: 'token=\"canary-selector\"'\n");
        write(folder + QStringLiteral("/sites/broken.yaml"), "name: broken\npassword: canary-unknown-key\n");
        write(folder + QStringLiteral("/sites/worse.yaml"),
              "name: worse\nsources:\n  - {kind: lakefs, url: 'ftp://me:canary-ftp@h'}\n");
        write(folder + QStringLiteral("/settings.yaml"),
              "theme: dark\nperson: canary-person\napi_token: canary-setting\n# canary-remark\n"
              "shortcuts: {refresh: canary-keys}\n");
        write(folder + QStringLiteral("/secrets"),
              "ANDON_PLANTED_LAKEFS_USER=canary-user\n"
              "ANDON_PLANTED_LAKEFS_SECRET=canary-secret\n");
    }
    void init() { test::failOnAnyWarning(); }

    void holdsNoSecretAndSaysWhatItHolds_data()
    {
        QTest::addColumn<QString>("suffix");
        for (const char *suffix : {".tar.gz", ".tgz", ".zip"})
            QTest::newRow(suffix) << QString::fromLatin1(suffix);
    }
    void holdsNoSecretAndSaysWhatItHolds()
    {
        QFETCH(QString, suffix);
        const QString file = m_desk.folder(QStringLiteral("bundle") + suffix);
        const Ran ran = m_desk.run(
            m_profile,
            words("support-bundle --secrets-file")
                + QStringList{m_desk.folder(m_profile) + QStringLiteral("/secrets"), QStringLiteral("--out"), file});
        QVERIFY2(ran.exit == 0, ran.error.c_str());
        QVERIFY2(ran.out.find("Nothing was sent anywhere") != std::string::npos, ran.out.c_str());
        struct stat info = {};
        QCOMPARE(::stat(qPrintable(file), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0600U);
        const QString folder = unpack(file, suffix);
        int parts = 0;
        for (QDirIterator each(folder, QDir::Files, QDirIterator::Subdirectories); each.hasNext(); ++parts) {
            const QString path = each.next();
            QVERIFY2(!read(path).contains(kCanary), qPrintable(path));
            const std::string name = each.fileName().toStdString();
            QVERIFY2(name == "README.txt" || ran.out.find(name) != std::string::npos, name.c_str());
            if (path.endsWith(QStringLiteral(".json")))
                QVERIFY2(json::accept(read(path).toStdString()), qPrintable(path));
        }
        QCOMPARE(parts, 8);
        checkContent(folder + QStringLiteral("/andon-support/"));
    }

    void theLogIsThatOfTheRunningOne()
    {
        Program watch;
        watch.start(builtProgram("andonctl"), m_desk.line(m_profile, words("sync --watch --every 3600 --site demo")),
                    m_desk.environment());
        QVERIFY(!watch.firstLine().empty());
        const QString file = m_desk.folder(QStringLiteral("running.tar.gz"));
        QCOMPARE(m_desk.run(m_profile, words("support-bundle --out") + QStringList{file}).exit, 0);
        const QString folder = unpack(file, QStringLiteral(".tar.gz"));
        const json log = json::parse(read(folder + QStringLiteral("/andon-support/requests.json")).toStdString());
        QVERIFY2(log.size() > 20, log.dump().c_str());
        QVERIFY(log[0].value("request", "").starts_with("GET ") || log[0].value("request", "").starts_with("POST "));
        QVERIFY(!read(folder + QStringLiteral("/andon-support/requests.json"))
                     .contains(m_desk.factory().endpoints().secretAccessKey.c_str()));
        watch.end();
    }

    void anotherEndingIsRefused()
    {
        const QString file = m_desk.folder(QStringLiteral("bundle.rar"));
        QCOMPARE(m_desk.run(m_profile, words("support-bundle --out") + QStringList{file}).exit, 2);
        QVERIFY(!QFile::exists(file));
        QCOMPARE(m_desk.run(m_profile, words("support-bundle --out /no/such/folder/a.zip")).exit, 1);
    }

private:
    QString unpack(const QString &file, const QString &suffix)
    {
        const QString folder = file + QStringLiteral(".unpacked");
        QDir().mkpath(folder);
        const Ran ran = suffix == u".zip"
            ? runProgram(QStringLiteral("cmake"),
                         {QStringLiteral("-E"), QStringLiteral("chdir"), folder, QStringLiteral("cmake"),
                          QStringLiteral("-E"), QStringLiteral("tar"), QStringLiteral("xf"), file},
                         m_desk.environment())
            : runProgram(QStringLiteral("tar"), {QStringLiteral("xzf"), file, QStringLiteral("-C"), folder},
                         m_desk.environment());
        if (ran.exit != 0)
            qWarning("%s", ran.error.c_str());
        return folder;
    }
    void checkContent(const QString &folder)
    {
        const auto part = [&](const char *name) {
            return json::parse(read(folder + QString::fromLatin1(name)).toStdString(), nullptr, false);
        };
        for (const char *key : {"andon", "qt", "network", "sqlite", "os"})
            QVERIFY2(!part("versions.json").value(key, "").empty(), key);
        QVERIFY(part("versions.json").value("network", "").find("libcurl/") == 0);
        QCOMPARE(part("settings.json")["settings"].value("theme", ""), std::string("dark"));
        json planted;
        for (const json &site : part("sites.json"))
            if (site["name"] == "planted")
                planted = site;
        QCOMPARE(planted["sources"][0].value("url", ""), std::string("https://127.0.0.1:1/base"));
        QCOMPARE(planted["sources"][0].value("proxy", ""), std::string("http://127.0.0.1:1"));
        QVERIFY(planted["sources"][0].value("credentials_found", false));
        QVERIFY(planted["sources"][0]["headers"] == json::array({"X-Api-Key"}));
        QVERIFY(part("store.json")["statistics"]["kinds"].size() > 3);
        QCOMPARE(part("store.json")["records"].value("schema", std::size_t{0}), store::recordsSchema().steps.size());
        QVERIFY(part("profile.json").dump().find("cache.db") != std::string::npos);
    }

    Desk m_desk;
    const QString m_profile = QStringLiteral("supported");
};

ANDON_SUITE(BundleTest)
#include "bundle_test.moc"
