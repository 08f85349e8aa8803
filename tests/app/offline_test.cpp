// Sources that die: every command goes on from the cache and says how old it is.
#include "tests/app/desk.h"
#include "tests/support/suite.h"

#include <nlohmann/json.hpp>

#include <QRegularExpression>

using namespace andon;
using namespace andon::test;
using nlohmann::json;

namespace
{

struct Reading {
    const char *kind; ///< the source that it answers from
    QStringList line;
};

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(u' ');
}

const std::vector<Reading> &readings()
{
    static const std::vector<Reading> all{
        {"lakefs", words("repos")},
        {"lakefs", words("log ml-data --limit 5")},
        {"lakefs", words("refs ml-data")},
        {"lakefs", words("diff ml-data main~3 main")},
        {"lakefs", words("hooks ml-data")},
        {"mlflow", words("models")},
        {"mlflow", words("trace chat-small@6")},
        {"prometheus", words("signals")},
        {"prometheus", words("query gpu.busy --range 1h")},
        {"prometheus", words("alerts")},
        {"prometheus", words("compute")},
        {"prometheus", words("storage")},
        {"prometheus", words("kpi")},
        {"prometheus", words("report --format csv --out -")},
    };
    return all;
}

bool hasAge(const std::string &text)
{
    static const QRegularExpression age(QStringLiteral("(just now|\\d+ (s|min|h) ago)"));
    return QString::fromStdString(text).contains(age);
}

} // namespace

class OfflineTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void withAllSourcesEveryCommandIsLive()
    {
        Desk desk;
        fill(desk);
        for (const Reading &reading : readings()) {
            const Ran ran = desk.run(m_profile, reading.line);
            QVERIFY2(ran.exit == 0, (nameOf(reading) + ran.error).c_str());
            QVERIFY2(!ran.out.empty(), nameOf(reading).c_str());
        }
    }

    void oneDies_data()
    {
        QTest::addColumn<QByteArray>("dead");
        for (const char *kind : {"lakefs", "mlflow", "prometheus", "all"})
            QTest::newRow(kind) << QByteArray(kind);
    }
    void oneDies()
    {
        QFETCH(QByteArray, dead);
        Desk desk;
        fill(desk);
        std::map<std::string, std::string> live;
        for (const Reading &reading : readings())
            live[nameOf(reading)] = desk.run(m_profile, reading.line + words("--offline")).out;
        const auto before = desk.cached(m_profile);
        for (const char *kind : {"lakefs", "mlflow", "prometheus"})
            if (dead == kind || dead == "all")
                desk.factory().stop(kind);
        for (const Reading &reading : readings()) {
            const bool hit = dead == "all" || dead == reading.kind;
            const Ran ran = desk.run(m_profile, reading.line);
            QVERIFY2(ran.exit == (hit ? 3 : 0), (nameOf(reading) + std::to_string(ran.exit) + ran.error).c_str());
            if (!hit)
                continue;
            QVERIFY2(hasAge(ran.error), (nameOf(reading) + ran.error).c_str());
            QVERIFY2(ran.error.find("connection was refused") != std::string::npos,
                     (nameOf(reading) + ran.error).c_str());
            QCOMPARE(withoutAges(ran.out), withoutAges(live[nameOf(reading)])); // the same as the cache says
            const Ran asJson = desk.run(m_profile, reading.line + words("--json"));
            if (reading.line.first() == u"report" || reading.line.first() == u"diff")
                continue;
            const json answer = json::parse(asJson.out, nullptr, false);
            QVERIFY2(answer.value("/freshness/state"_json_pointer, "") == "stale", asJson.out.substr(0, 300).c_str());
            QVERIFY(answer.contains("/freshness/error"_json_pointer));
        }
        const Ran sync = desk.run(m_profile, words("sync"));
        QCOMPARE(sync.exit, 4);
        QCOMPARE(desk.run(m_profile, words("site check")).exit, 4);
        QCOMPARE(firstDifference(before, desk.cached(m_profile)), std::string()); // nothing is lost
    }

    void askedNotToAskItAnswersFromTheCache()
    {
        Desk desk;
        fill(desk);
        for (const Reading &reading : readings()) {
            const Ran ran = desk.run(m_profile, reading.line + words("--offline"));
            QVERIFY2(ran.exit == 3, (nameOf(reading) + std::to_string(ran.exit) + ran.error).c_str());
            QVERIFY2(hasAge(ran.error), (nameOf(reading) + ran.error).c_str());
        }
    }

    void withAnEmptyCacheThereIsNothingToAnswer()
    {
        Desk desk;
        QCOMPARE(desk.open(), std::string());
        QCOMPARE(desk.addSite(m_profile), std::string());
        for (const char *kind : {"lakefs", "mlflow", "prometheus"})
            desk.factory().stop(kind);
        for (const Reading &reading : readings()) {
            const Ran ran = desk.run(m_profile, reading.line);
            QVERIFY2(ran.exit == 4, (nameOf(reading) + std::to_string(ran.exit) + ran.error).c_str());
            QVERIFY2(ran.error.find("127.0.0.1") != std::string::npos, (nameOf(reading) + ran.error).c_str());
        }
    }

private:
    /// A profile that has asked everything once.
    void fill(Desk &desk) const
    {
        QCOMPARE(desk.open(), std::string());
        QCOMPARE(desk.addSite(m_profile), std::string());
        const Ran sync = desk.run(m_profile, words("sync"));
        QVERIFY2(sync.exit == 0, sync.error.c_str());
        for (const Reading &reading : readings())
            QVERIFY2(desk.run(m_profile, reading.line).exit == 0, nameOf(reading).c_str());
    }
    [[nodiscard]] static std::string nameOf(const Reading &reading)
    {
        return reading.line.join(u' ').toStdString() + ": ";
    }
    [[nodiscard]] static QString withoutAges(const std::string &text)
    {
        static const QRegularExpression age(QStringLiteral("\\b(now|\\d+ (s|min|h|d))\\b"));
        return QString::fromStdString(text).remove(age).simplified();
    }
    const QString m_profile = QStringLiteral("profile");
};

ANDON_SUITE(OfflineTest)
#include "offline_test.moc"
