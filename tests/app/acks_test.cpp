// Who is on it, through andonctl: what was said survives, holds for its state alone and stands on the Floor.
#include "store/acknowledgementstore.h"
#include "tests/app/desk.h"
#include "tests/support/suite.h"

#include <nlohmann/json.hpp>

#include <csignal>
#include <unistd.h>

using namespace andon;
using namespace andon::test;
using nlohmann::json;

class AcksTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QCOMPARE(m_desk.openSynced(m_profile), std::string()); }
    void init() { test::failOnAnyWarning(); }

    void itStandsOnTheFloorUntilItIsWithdrawn()
    {
        const json before = floor();
        QVERIFY(before["attention"].size() > 2);
        const std::string subject = before["attention"][0].value("subject", "");
        QVERIFY(before["attention"][0]["acknowledged"].is_null());
        const Ran ran = m_desk.run(m_profile,
                                   {QStringLiteral("ack"), QString::fromStdString(subject), QStringLiteral("--as"),
                                    QStringLiteral("Anna"), QStringLiteral("--note"), QStringLiteral("on it")});
        QVERIFY2(ran.exit == 0 && ran.out.find("Anna is on " + subject) == 0, (ran.out + ran.error).c_str());
        const json after = floor();
        const json last = after["attention"].back(); // after all that nobody is on
        QCOMPARE(last.value("subject", ""), subject);
        QCOMPARE(last["acknowledged"].value("who", ""), std::string("Anna"));
        QCOMPARE(last["acknowledged"].value("note", ""), std::string("on it"));
        QVERIFY(after["attention"][0]["acknowledged"].is_null());
        QVERIFY(standing(after) != standing(before));
        const Ran table = m_desk.run(m_profile, words("floor"));
        QVERIFY2(table.out.find("ack Anna ") != std::string::npos, table.out.c_str());
        const Ran gone = m_desk.run(m_profile, {QStringLiteral("unack"), QString::fromStdString(subject)});
        QVERIFY2(gone.exit == 0, gone.error.c_str());
        QCOMPARE(standing(floor()), standing(before));
        QCOMPARE(m_desk.run(m_profile, {QStringLiteral("unack"), QString::fromStdString(subject)}).exit, 1);
        QCOMPARE(acks("").size(), std::size_t{0});
        QCOMPARE(acks("--history")[0].value("who", ""), std::string("Anna"));
    }

    void aStationIsAcknowledgedForItsStateAlone()
    {
        const Ran ran = m_desk.run(m_profile, words("ack storage --as Ben --note draining"));
        QVERIFY2(ran.exit == 0, ran.error.c_str());
        QCOMPARE(floor()["stations"][0]["acknowledged"].value("who", ""), std::string("Ben"));
        {
            auto records = store::DatabaseFile::open(
                (m_desk.folder(m_profile) + QStringLiteral("/records.db")).toStdString(), store::recordsSchema());
            ANDON_VERIFY_RESULT(records);
            ANDON_VERIFY_RESULT((*records)->write([](store::Database &db) { // as if it had been made for another one
                return db.run("UPDATE acknowledgement SET state = 'another' WHERE subject = 'storage'");
            }));
        }
        QVERIFY(floor()["stations"][0]["acknowledged"].is_null());
        QCOMPARE(acks("").size(), std::size_t{1}); // it is still written down
    }

    void whatNeedsNobodyIsRefused()
    {
        const Ran ran = m_desk.run(m_profile, words("ack nonsense"));
        QCOMPARE(ran.exit, 2);
        QVERIFY2(ran.error.find("station:storage") != std::string::npos, ran.error.c_str()); // it says what there is
        QCOMPARE(m_desk.run(m_profile, words("ack storage --until now-1h")).exit, 2);
        QCOMPARE(m_desk.run(m_profile, words("unack storagex")).exit, 1);
    }

    void killedAfterItWasPrintedNothingIsLost()
    {
        QCOMPARE(m_desk.run(m_profile, words("settings set person Carl")).exit, 0);
        Program watch; // holds the profile, and takes the write
        watch.start(builtProgram("andonctl"), m_desk.line(m_profile, words("sync --watch --every 3600")),
                    m_desk.environment());
        QVERIFY(!watch.firstLine().empty());
        const Ran ran = m_desk.run(m_profile, words("ack storage --note first --offline"));
        QVERIFY2(ran.exit == 0 && ran.out.find("Carl is on station:storage") == 0, (ran.out + ran.error).c_str());
        QVERIFY2(ran.error.find("Done by andonctl sync --watch") != std::string::npos, ran.error.c_str());
        ::kill(static_cast<pid_t>(watch.pid()), SIGKILL);
        QTRY_VERIFY(!watch.running());
        const json all = acks("");
        QCOMPARE(all.size(), std::size_t{1});
        QCOMPARE(all[0].value("who", ""), std::string("Carl"));
        QCOMPARE(all[0].value("note", ""), std::string("first"));
    }

private:
    /// Who is on what, in order; not since when, which moves with the factory's clock.
    static std::string standing(const json &floor)
    {
        json rows = json::array();
        for (const json &one : floor["attention"])
            rows.push_back({one["subject"], one["severity"], one["acknowledged"]});
        return rows.dump();
    }
    json floor() const { return json::parse(m_desk.run(m_profile, words("floor --json")).out, nullptr, false); }
    json acks(const char *options) const
    {
        return json::parse(m_desk.run(m_profile, words("acks --json") + words(options)).out, nullptr,
                           false)["acknowledgements"];
    }
    Desk m_desk;
    const QString m_profile = QStringLiteral("manned");
};

ANDON_SUITE(AcksTest)
#include "acks_test.moc"
