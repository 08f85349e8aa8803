// What is worth a notice, and what of it the desktop is told.
#include "telemetry/lookout.h"
#include "telemetry/noticegate.h"
#include "tests/support/suite.h"

using namespace andon;
using namespace andon::telemetry;

namespace
{

const core::Instant kNow = core::Instant::fromSeconds(1'764'416'400);

Watched station(const char *name, Level level, const char *word)
{
    return {.subject = name, .name = name, .state = word, .level = level, .link = "page:storage"};
}

Watched alert(const char *name, Level level, core::Instant since = kNow)
{
    return {
        .kind = NoticeKind::Alert, .subject = name, .name = name, .state = "firing", .since = since, .level = level};
}

Notice notice(const char *name, const char *from, const char *to, Level before, Level after)
{
    return {.subject = name, .name = name, .from = from, .to = to, .before = before, .after = after};
}

Notice broke(const char *name, Level level = Level::Critical)
{
    return notice(name, "Running", "Saturated", Level::Ok, level);
}

Notice recovered(const char *name)
{
    return notice(name, "Saturated", "Running", Level::Critical, Level::Ok);
}

QString words(const std::vector<Notice> &notices)
{
    QStringList all;
    for (const Notice &one : notices)
        all << QString::fromStdString(one.name + ": " + one.from + " > " + one.to + (one.better() ? " better" : ""));
    return all.join(QStringLiteral(", "));
}

/// A look in which the alerts are known.
std::vector<Notice> look(Lookout &lookout, std::vector<Watched> things, core::Instant at = kNow)
{
    return lookout.look({std::move(things), true}, at);
}

} // namespace

class LookoutTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void theFirstLookIsHowThingsAre()
    {
        Lookout lookout;
        QVERIFY(look(lookout, {station("storage", Level::Critical, "Saturated"), alert("Hot", Level::Major)}, kNow)
                    .empty());
        QVERIFY(look(lookout, {station("storage", Level::Critical, "Saturated"), alert("Hot", Level::Major)}, kNow)
                    .empty());
    }

    void whatGotWorseAndWhatRecovered()
    {
        Lookout lookout;
        (void)look(lookout, {station("storage", Level::Ok, "Running"), alert("Hot", Level::Major)}, kNow);
        const auto worse = look(lookout, {station("storage", Level::Critical, "Saturated")}, kNow + 1);
        QCOMPARE(words(worse), QStringLiteral("storage: Running > Saturated, Hot: firing >  better"));
        QCOMPARE(worse.front().at, kNow + 1);
        QVERIFY(worse.front().worst() == Level::Critical);
        const auto milder =
            look(lookout, {station("storage", Level::Warning, "Slow"), alert("Hot", Level::Major, kNow + 2)}, kNow + 2);
        QCOMPARE(words(milder), QStringLiteral("Hot:  > firing, storage: Saturated > Slow better"));
        QVERIFY(look(lookout, {station("storage", Level::Warning, "Busy"), alert("Hot", Level::Major, kNow + 2)}, kNow)
                    .empty());
    }

    void anAlertThatFiresAnewIsNews()
    {
        Lookout lookout;
        (void)look(lookout, {alert("Hot", Level::Major)}, kNow);
        const auto anew = look(lookout, {alert("Hot", Level::Major, kNow + 5)}, kNow + 6);
        QCOMPARE(words(anew), QStringLiteral("Hot:  > firing"));
        QVERIFY(anew.front().before == Level::Ok);
        QCOMPARE(words(look(lookout, {alert("Hot", Level::Critical, kNow + 5)}, kNow + 7)),
                 QStringLiteral("Hot: firing > firing")); // its severity
    }

    void whatIsNotKnownHasNotChanged()
    {
        Lookout lookout;
        (void)look(lookout, {station("storage", Level::Critical, "Saturated"), station("compute", Level::Unknown, "?")},
                   kNow);
        QVERIFY(look(lookout, {station("storage", Level::Unknown, "Unknown"), station("compute", Level::Major, "Slow")},
                     kNow)
                    .empty());
        QVERIFY(look(lookout, {}, kNow).empty());
        QVERIFY(look(lookout, {station("storage", Level::Critical, "Saturated")}, kNow).empty());
        QCOMPARE(words(look(lookout, {station("storage", Level::Ok, "Running")}, kNow)),
                 QStringLiteral("storage: Saturated > Running better"));
    }

    void alertsThatAreNotKnownAreNotResolved()
    {
        Lookout lookout;
        QVERIFY(lookout.look({}, kNow).empty());
        QVERIFY(look(lookout, {alert("Hot", Level::Major)}).empty()); // the first time that they are known
        QVERIFY(lookout.look({}, kNow).empty());
        QCOMPARE(words(look(lookout, {})), QStringLiteral("Hot: firing >  better"));
    }

    void gettingWhereSomebodyIsOnItIsNoNews()
    {
        Lookout lookout;
        Watched taken = station("storage", Level::Critical, "Saturated");
        taken.taken = true;
        (void)look(lookout, {station("storage", Level::Ok, "Running")}, kNow);
        QVERIFY(look(lookout, {taken}, kNow).empty());
        QCOMPARE(words(look(lookout, {station("storage", Level::Ok, "Running")}, kNow)),
                 QStringLiteral("storage: Saturated > Running better"));
        QVERIFY(look(lookout, {taken}, kNow).empty());
    }
};

class NoticeGateTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void whatFlapsIsToldOnceAndThenAsItIs()
    {
        NoticeGate gate;
        QCOMPARE(words(gate.pass({broke("storage")}, kNow, NoticeWish::All, false).single),
                 QStringLiteral("storage: Running > Saturated"));
        for (int minute = 1; minute < 9; minute += 2) {
            QVERIFY(told(gate, {recovered("storage")}, kNow + minute * core::kMinute).isEmpty());
            QVERIFY(told(gate, {broke("storage")}, kNow + (minute + 1) * core::kMinute).isEmpty());
        }
        QVERIFY(told(gate, {}, kNow + NoticeGate::kThingMs).isEmpty()); // it is as it was told
        const core::Instant later = kNow + NoticeGate::kThingMs + 1;
        QVERIFY(!told(gate, {recovered("storage")}, later).isEmpty());
        (void)gate.pass({broke("storage")}, later + 1, NoticeWish::All, false);
        QVERIFY(told(gate, {}, later + NoticeGate::kThingMs - 1).isEmpty());
        const auto due = gate.pass({}, later + NoticeGate::kThingMs, NoticeWish::All, false);
        QCOMPARE(words(due.single), QStringLiteral("storage: Running > Saturated"));
        QCOMPARE(due.more, 0);
    }

    void aFloodIsSummedUp()
    {
        NoticeGate gate;
        std::vector<Notice> flood;
        for (const char *name : {"a", "b", "c", "d", "e", "f", "g"})
            flood.push_back(broke(name));
        const auto let = gate.pass(flood, kNow, NoticeWish::All, false);
        QCOMPARE(let.single.size(), std::size_t{NoticeGate::kMost});
        QCOMPARE(let.more, 2);
        const auto again = gate.pass({broke("h"), broke("i")}, kNow + core::kSecond, NoticeWish::All, false);
        QVERIFY(again.single.empty());
        QCOMPARE(again.more, 0); // one sum a minute
        QCOMPARE(gate.pass({}, kNow + NoticeGate::kAllMs, NoticeWish::All, false).more, 2);
        QCOMPARE(told(gate, {broke("j")}, kNow + NoticeGate::kAllMs + 1), QStringLiteral("j: Running > Saturated"));
    }

    void onlyWhatIsWished()
    {
        NoticeGate gate;
        const std::vector<Notice> both{broke("storage"), broke("compute", Level::Major)};
        QVERIFY(gate.pass(both, kNow, NoticeWish::Off, false).single.empty());
        QCOMPARE(words(gate.pass(both, kNow, NoticeWish::Critical, false).single),
                 QStringLiteral("storage: Running > Saturated"));
        QCOMPARE(
            words(gate.pass({recovered("storage")}, kNow + NoticeGate::kThingMs, NoticeWish::Critical, false).single),
            QStringLiteral("storage: Saturated > Running better"));
    }

    void quietLetsNothingOutAndKeepsNothing()
    {
        NoticeGate gate;
        QVERIFY(gate.pass({broke("storage")}, kNow, NoticeWish::All, true).single.empty());
        QVERIFY(told(gate, {}, kNow + NoticeGate::kThingMs).isEmpty());
        QVERIFY(!told(gate, {recovered("storage")}, kNow + NoticeGate::kThingMs).isEmpty());
    }

private:
    static QString told(NoticeGate &gate, const std::vector<Notice> &changes, core::Instant at)
    {
        return words(gate.pass(changes, at, NoticeWish::All, false).single);
    }
};

ANDON_SUITE(LookoutTest)
ANDON_SUITE(NoticeGateTest)
#include "notices_test.moc"
