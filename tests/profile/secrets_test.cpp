#include "profile/profile.h"
#include "profile/secrets.h"
#include "tests/support/suite.h"

#include <QTemporaryDir>

#include <sys/stat.h>

using namespace andon;
using namespace andon::profile;

class SecretsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        test::failOnAnyWarning();
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        clearEnvironment();
        m_dir = std::make_unique<QTemporaryDir>();
        m_file = m_dir->filePath(QStringLiteral("secrets")).toStdString();
    }
    void cleanup() { clearEnvironment(); }

    void theEnvironmentGivesUserAndSecretOrAToken()
    {
        const Secrets secrets;
        QVERIFY(!found(secrets).found());
        qputenv("ANDON_AMS_1_LAKEFS_USER", "u");
        qputenv("ANDON_AMS_1_LAKEFS_SECRET", "s");
        QCOMPARE(found(secrets).user, std::string("u"));
        QCOMPARE(found(secrets).secret, std::string("s"));
        QCOMPARE(found(secrets).from, std::string("environment"));
        qputenv("ANDON_AMS_1_LAKEFS_TOKEN", "t");
        QCOMPARE(found(secrets).user, std::string());
        QCOMPARE(found(secrets).secret, std::string("t"));
        QVERIFY(!secrets.find(core::SiteName("ams-2"), m_source)->found()); // of another site
    }

    void aNameIsMadeOfWhatAShellTakes()
    {
        QCOMPARE(variableName(core::SiteName("ams-1"), core::SourceName("data.x"), "SECRET"),
                 std::string("ANDON_AMS_1_DATA_X_SECRET"));
        QCOMPARE(variableName(core::SiteName("1\xc3\xa4"), core::SourceName("b"), "USER"),
                 std::string("ANDON_1___B_USER"));
    }

    void memoryGoesBeforeTheFileAndTheFileBeforeTheEnvironment()
    {
        qputenv("ANDON_AMS_1_LAKEFS_TOKEN", "of the environment");
        ANDON_VERIFY_RESULT(writeFile(m_file, "# a comment\nANDON_AMS_1_LAKEFS_TOKEN=of the file\n", 0600));
        Secrets secrets(m_file);
        QCOMPARE(found(secrets).secret, std::string("of the file"));
        QCOMPARE(found(secrets).from, "file " + m_file);
        secrets.remember(m_site, m_source, "", "of memory");
        QCOMPARE(found(secrets).secret, std::string("of memory"));
        QCOMPARE(found(secrets).from, std::string("memory"));
        QCOMPARE(found(Secrets(m_file)).secret, std::string("of the file")); // memory is this process's
    }

    void aFileThatOthersMayReadIsRefused_data()
    {
        QTest::addColumn<int>("mode");
        for (const int mode : {0640, 0620, 0610, 0604, 0602, 0601, 0644, 0666})
            QTest::addRow("%o", mode) << mode;
    }
    void aFileThatOthersMayReadIsRefused()
    {
        QFETCH(int, mode);
        ANDON_VERIFY_RESULT(writeFile(m_file, "ANDON_AMS_1_LAKEFS_TOKEN=canary\n", 0600));
        QCOMPARE(::chmod(m_file.c_str(), static_cast<mode_t>(mode)), 0);
        Secrets secrets(m_file);
        const auto read = secrets.find(m_site, m_source);
        QVERIFY(!read);
        QVERIFY(read.error().kind == core::ErrorKind::Invalid);
        QVERIFY(read.error().detail.find("chmod 600") != std::string::npos);
        QVERIFY(read.error().detail.find("canary") == std::string::npos);
        QVERIFY(!secrets.keep(m_site, core::SourceName("mlflow"), "u", "s")); // nor is it written into
        QCOMPARE(readFile(m_file).value_or(""), std::string("ANDON_AMS_1_LAKEFS_TOKEN=canary\n"));
    }

    void whatIsKeptInTheFileIsFoundByTheNextAndForgottenAlone()
    {
        const core::SourceName other("mlflow");
        {
            Secrets secrets(m_file);
            ANDON_VERIFY_RESULT(secrets.keep(m_site, m_source, "u", "a=b # c"));
            ANDON_VERIFY_RESULT(secrets.keep(m_site, other, "", "token"));
        }
        struct stat info = {};
        QCOMPARE(::stat(m_file.c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0600U);
        Secrets later(m_file);
        QCOMPARE(found(later).user, std::string("u"));
        QCOMPARE(found(later).secret, std::string("a=b # c"));
        later.forget(m_site, m_source);
        QVERIFY(!found(later).found());
        QVERIFY(!found(Secrets(m_file)).found());
        QCOMPARE(Secrets(m_file).find(m_site, other)->secret, std::string("token"));
    }

    void withoutAKeychainASecretStaysInMemory()
    {
        Secrets secrets;
        const auto kept = secrets.keep(m_site, m_source, "u", "s");
        QVERIFY(!kept);
        QCOMPARE(kept.error().hint, std::string("no-keychain"));
        QCOMPARE(found(secrets).from, std::string("memory"));
        QVERIFY(!found(Secrets()).found());
        secrets.lookAgain(m_site); // forgets what the keychain said, not what it was told
        QCOMPARE(found(secrets).secret, std::string("s"));
        secrets.forget(m_site, m_source);
        QVERIFY(!found(secrets).found());
    }

private:
    static void clearEnvironment()
    {
        for (const char *name : {"ANDON_AMS_1_LAKEFS_USER", "ANDON_AMS_1_LAKEFS_SECRET", "ANDON_AMS_1_LAKEFS_TOKEN"})
            qunsetenv(name);
    }
    [[nodiscard]] Secret found(const Secrets &secrets) const
    {
        return secrets.find(m_site, m_source).value_or(Secret{.from = "error"});
    }
    const core::SiteName m_site{"ams-1"};
    const core::SourceName m_source{"lakefs"};
    std::unique_ptr<QTemporaryDir> m_dir;
    std::string m_file;
};

ANDON_SUITE(SecretsTest)
#include "secrets_test.moc"
