#include "profile/profile.h"
#include "profile/settings.h"
#include "tests/support/suite.h"

#include <QDir>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <sys/stat.h>

using namespace andon;
using namespace andon::profile;

namespace
{

const core::Instant kNow = core::Instant::fromSeconds(1'764'416'400); // 2025-11-29T11:40:00Z

std::string anyText(QRandomGenerator &random)
{
    static const QString letters = QStringLiteral("abc xyz:#\"'\\{}[]-,&*!|>%@`\n\tä日🙂0~");
    const QStringList units = letters.split(QString(), Qt::SkipEmptyParts);
    QString text;
    for (quint32 i = random.bounded(12U); i > 0; --i)
        text += units.at(random.bounded(static_cast<int>(units.size())));
    return QString::fromUtf8(text.toUtf8()).remove(QChar::ReplacementCharacter).toStdString();
}

Settings anySettings(QRandomGenerator &random)
{
    static const char *const themes[] = {"system", "dark", "light", "high-contrast"};
    static const char *const languages[] = {"", "en", "de-CH", "en-XA"};
    static const char *const wishes[] = {"off", "critical", "all"};
    Settings settings{.theme = themes[random.bounded(4)],
                      .language = languages[random.bounded(4)],
                      .timeZone = random.bounded(2) == 1 ? "Europe/Berlin" : "",
                      .zoom = 100 + random.bounded(101),
                      .startView = anyText(random),
                      .cacheCapBytes = (std::int64_t{1} << 20) + random.bounded(1 << 30),
                      .requestsPerMinute = random.bounded(1001) - 1,
                      .notifications = wishes[random.bounded(3)],
                      .quiet = random.bounded(2) == 1 ? QuietHours{random.bounded(720), 720 + random.bounded(720)}
                                                      : QuietHours{},
                      .person = anyText(random)};
    for (int i = random.bounded(4); i > 0; --i)
        settings.shortcuts["go." + anyText(random)] = anyText(random);
    return settings;
}

} // namespace

class SettingsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        test::failOnAnyWarning();
        m_dir = std::make_unique<QTemporaryDir>();
        m_file = m_dir->filePath(QStringLiteral("settings.yaml")).toStdString();
    }

    void withoutAFileThereAreDefaults()
    {
        const SettingsRead read = readSettings(m_file, kNow);
        QVERIFY(read.settings == Settings());
        QVERIFY(read.problems.empty() && read.setAside.empty());
        QCOMPARE(read.settings.cacheCapBytes, std::int64_t{2'147'483'648});
        QCOMPARE(read.settings.budget(false), 600);
        QCOMPARE(read.settings.budget(true), 0); // this machine protects itself
        QCOMPARE(Settings{.requestsPerMinute = 7}.budget(true), 7);
    }

    void whatIsSavedIsReadAgain()
    {
        QRandomGenerator random(20251129);
        for (int i = 0; i < 300; ++i) { // each on top of the one before
            const Settings settings = anySettings(random);
            ANDON_VERIFY_RESULT(saveSettings(m_file, settings));
            const SettingsRead read = readSettings(m_file, kNow);
            QVERIFY2(read.problems.empty(), readFile(m_file).value_or("").c_str());
            QVERIFY2(read.settings == settings, readFile(m_file).value_or("").c_str());
        }
        struct stat info = {};
        QCOMPARE(::stat(m_file.c_str(), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0600U);
    }

    void whatElseStandsInTheFileStays()
    {
        const std::string before = "# mine\n"
                                   "future_key: [1, 2, {a: b}]\n"
                                   "theme: dark   # at night\n"
                                   "shortcuts:\n"
                                   "  refresh: F5\n"
                                   "\n"
                                   "# about the other\n"
                                   "other:\n"
                                   "  deep: value\n";
        ANDON_VERIFY_RESULT(writeFile(m_file, before));
        Settings settings = readSettings(m_file, kNow).settings;
        QCOMPARE(settings.theme, std::string("dark"));
        ANDON_VERIFY_RESULT(saveSettings(m_file, settings));
        QCOMPARE(readFile(m_file).value_or(""), before);
        settings.shortcuts["refresh"] = "F6";
        settings.person = "Anna";
        ANDON_VERIFY_RESULT(saveSettings(m_file, settings));
        QCOMPARE(readFile(m_file).value_or(""),
                 "# mine\n"
                 "future_key: [1, 2, {a: b}]\n"
                 "theme: dark   # at night\n"
                 "shortcuts:\n"
                 "  refresh: \"F6\"\n"
                 "\n"
                 "# about the other\n"
                 "other:\n"
                 "  deep: value\n"
                 "person: Anna\n");
        settings.theme = "system"; // a default again: the key goes
        settings.shortcuts.clear();
        ANDON_VERIFY_RESULT(saveSettings(m_file, settings));
        QCOMPARE(readFile(m_file).value_or(""),
                 "# mine\n"
                 "future_key: [1, 2, {a: b}]\n"
                 "\n"
                 "# about the other\n"
                 "other:\n"
                 "  deep: value\n"
                 "person: Anna\n");
    }

    void aFileOnOneLineCanBeChanged()
    {
        ANDON_VERIFY_RESULT(writeFile(m_file, "{theme: light, future: [1, 2]}\n"));
        Settings settings = readSettings(m_file, kNow).settings;
        QCOMPARE(settings.theme, std::string("light"));
        settings.theme = "dark";
        ANDON_VERIFY_RESULT(saveSettings(m_file, settings));
        QVERIFY(readSettings(m_file, kNow).settings == settings);
        QVERIFY(readFile(m_file).value_or("").find("future") != std::string::npos);
    }

    void aBrokenFileIsSetAside_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("no yaml") << QByteArray("theme: [dark\n");
        QTest::newRow("a list") << QByteArray("- theme\n");
        QTest::newRow("binary") << QByteArray("\x01\x02\x03\xff\xfe", 5);
        QTest::newRow("deep") << QByteArray(200'000, '[');
    }
    void aBrokenFileIsSetAside()
    {
        QFETCH(QByteArray, text);
        ANDON_VERIFY_RESULT(writeFile(m_file, text.toStdString()));
        const SettingsRead read = readSettings(m_file, kNow);
        QVERIFY(read.settings == Settings());
        QCOMPARE(read.problems.size(), std::size_t{1});
        QCOMPARE(read.setAside, m_file + ".broken-20251129T114000000Z");
        QCOMPARE(readFile(read.setAside).value_or(""), text.toStdString());
        QVERIFY(readSettings(m_file, kNow).problems.empty()); // and now there is none
    }

    void aWrongValueIsItsDefaultAndTheRestIsUsed()
    {
        ANDON_VERIFY_RESULT(
            writeFile(m_file,
                      "theme: purple\nlanguage: \"en/us\"\nzoom: 250\ntime_zone: Nowhere/City\nperson: Anna\n"
                      "requests_per_minute: many\ncache_cap: 3\nnotifications: true\n"
                      "quiet_hours: 22:00-22:00\nshortcuts: 5\n"));
        const SettingsRead read = readSettings(m_file, kNow);
        Settings expected;
        expected.person = "Anna";
        QVERIFY(read.settings == expected);
        QVERIFY(read.setAside.empty());
        QCOMPARE(read.problems.size(), std::size_t{9});
        QVERIFY2(read.problems.front().detail.find("settings.yaml:1: \"theme\"") != std::string::npos,
                 read.problems.front().detail.c_str());
    }

    void aFileThatMayNotBeReadStays()
    {
        ANDON_VERIFY_RESULT(writeFile(m_file, "theme: dark\n"));
        QVERIFY(QFile::rename(QString::fromStdString(m_file), QString::fromStdString(m_file + ".was")));
        QVERIFY(QDir().mkdir(QString::fromStdString(m_file))); // a folder: reading fails for root too
        const SettingsRead read = readSettings(m_file, kNow);
        QVERIFY(read.settings == Settings() && read.setAside.empty());
        QVERIFY(read.problems.front().kind == core::ErrorKind::Storage);
        QVERIFY(!saveSettings(m_file, Settings{.theme = "dark"}));
    }

    void aSettingIsSetByItsKey()
    {
        Settings settings;
        for (const auto &[key, value] :
             std::vector<std::pair<std::string, std::string>>{{"theme", "high-contrast"},
                                                              {"cache_cap", "512 MiB"},
                                                              {"notifications", "off"},
                                                              {"quiet_hours", "22:00-06:30"},
                                                              {"shortcuts.a", "Ctrl+K"},
                                                              {"requests_per_minute", "0"}}) {
            ANDON_VERIFY_RESULT(setSetting(settings, key, value));
            QCOMPARE(settingText(settings, key).value_or("?"), value);
        }
        QCOMPARE(settings.cacheCapBytes, std::int64_t{512} << 20);
        ANDON_VERIFY_RESULT(setSetting(settings, "theme", ""));
        QCOMPARE(settings.theme, std::string("system"));
        ANDON_VERIFY_RESULT(setSetting(settings, "shortcuts.a", "default"));
        QVERIFY(settingText(settings, "shortcuts.a").error().kind == core::ErrorKind::NotFound);
        QVERIFY(!setSetting(settings, "colour", "red"));
        QVERIFY(!setSetting(settings, "theme", "red"));
        QVERIFY(!settingText(settings, "nonsense"));
    }

    void sizesAreExact()
    {
        QCOMPARE(bytesFrom("2 GiB"), std::optional(std::int64_t{1} << 31));
        QCOMPARE(bytesFrom("7"), std::optional(std::int64_t{7}));
        QCOMPARE(bytesFrom("1MiB"), std::optional(std::int64_t{1} << 20));
        for (const char *no : {"", "GiB", "-1", "2 GB", "1.5 GiB", "99999999999 TiB", "1 GiB "})
            QVERIFY2(!bytesFrom(no), no);
        for (const std::int64_t bytes :
             {std::int64_t{0}, std::int64_t{1023}, std::int64_t{5} << 30, (std::int64_t{1} << 40) + 1024})
            QCOMPARE(bytesFrom(bytesText(bytes)), std::optional(bytes));
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    std::string m_file;
};

ANDON_SUITE(SettingsTest)
#include "settings_test.moc"
