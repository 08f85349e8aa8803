// Sources that die: every command goes on from the cache and says how old it is.
#include "tests/app/desk.h"
#include "tests/support/suite.h"

#include <nlohmann/json.hpp>

#include <QRegularExpression>

#include <set>

using namespace andon;
using namespace andon::test;
using nlohmann::json;

namespace
{

struct Reading {
    const char *kind; ///< the source that it answers from
    QStringList line;
};

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

    void initTestCase()
    {
        QCOMPARE(m_desk.open(), std::string());
        QCOMPARE(m_desk.addSite(m_profile), std::string());
        const Ran sync = m_desk.run(m_profile, words("sync"));
        QVERIFY2(sync.exit == 0, sync.error.c_str());
    }

    void withAllSourcesEveryCommandIsLive()
    {
        for (const Reading &reading : readings()) {
            const Ran ran = m_desk.run(m_profile, reading.line);
            QVERIFY2(ran.exit == 0, (nameOf(reading) + ran.error).c_str());
            QVERIFY2(!ran.out.empty(), nameOf(reading).c_str());
        }
        m_rows = m_desk.cached(m_profile);
    }

    void askedNotToAskItAnswersFromTheCache()
    {
        for (const Reading &reading : readings()) {
            const Ran ran = m_desk.run(m_profile, reading.line + words("--offline"));
            QVERIFY2(ran.exit == 3, (nameOf(reading) + std::to_string(ran.exit) + ran.error).c_str());
            QVERIFY2(hasAge(ran.error), (nameOf(reading) + ran.error).c_str());
        }
    }

    void oneAfterTheOtherDies_data()
    {
        QTest::addColumn<QByteArray>("dies");
        for (const char *kind : {"lakefs", "mlflow", "prometheus"})
            QTest::newRow(kind) << QByteArray(kind);
    }
    void oneAfterTheOtherDies()
    {
        QFETCH(QByteArray, dies);
        m_desk.factory().stop(dies.constData());
        m_dead.insert(dies);
        for (const Reading &reading : readings()) {
            const bool hit = m_dead.contains(reading.kind);
            const Ran ran = m_desk.run(m_profile, reading.line);
            QVERIFY2(ran.exit == (hit ? 3 : 0), (nameOf(reading) + std::to_string(ran.exit) + ran.error).c_str());
            if (!hit)
                continue;
            QVERIFY2(hasAge(ran.error), (nameOf(reading) + ran.error).c_str());
            QVERIFY2(ran.error.find("connection was refused") != std::string::npos,
                     (nameOf(reading) + ran.error).c_str());
            if (dies != reading.kind)
                continue;
            const Ran kept = m_desk.run(m_profile, reading.line + words("--offline"));
            QCOMPARE(withoutAges(ran.out), withoutAges(kept.out));
            saysItIsStale(reading);
        }
        const Ran sync = m_desk.run(m_profile, words("sync"));
        QCOMPARE(sync.exit, 4);
        QCOMPARE(m_desk.run(m_profile, words("site check")).exit, 4);
        QCOMPARE(firstDifference(m_rows, m_desk.cached(m_profile)), std::string()); // nothing is lost
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
    void saysItIsStale(const Reading &reading) const
    {
        if (reading.line.first() == u"report" || reading.line.first() == u"diff")
            return;
        const Ran asJson = m_desk.run(m_profile, reading.line + words("--json"));
        const json answer = json::parse(asJson.out, nullptr, false);
        QVERIFY2(answer.value("/freshness/state"_json_pointer, "") == "stale", asJson.out.substr(0, 300).c_str());
        QVERIFY(answer.contains("/freshness/error"_json_pointer));
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
    Desk m_desk;
    std::vector<std::string> m_rows; ///< of the cache, when all had been asked
    std::set<QByteArray> m_dead;
};

ANDON_SUITE(OfflineTest)
#include "offline_test.moc"
