#include "tests/support/suite.h"
#include "text/errortext.h"
#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"

#include <ctime>

using namespace andon;
using core::Error;
using core::ErrorKind;
using core::Instant;

class TextTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void serverTextIsData()
    {
        QCOMPARE(text::visible("a\nb\tc"), QStringLiteral("a b c"));
        QCOMPARE(text::visible("\x1b[31m"), QStringLiteral("␛[31m"));
        QCOMPARE(text::visible("ab\xe2\x80\xae"
                               "cd"),
                 QStringLiteral("ab\ufffdcd"));
        QCOMPARE(text::visible("\xff"), QStringLiteral("\ufffd"));
        QCOMPARE(text::visibleLines("a\r\nb"), QStringLiteral("a \nb"));
        QCOMPARE(text::visible("<b>"), QStringLiteral("<b>"));
        QCOMPARE(text::shortId(std::string(64, 'a')), QStringLiteral("aaaaaaaaaaaa"));
        QCOMPARE(text::shortId("main"), QStringLiteral("main"));
    }

    void ages()
    {
        const Instant now{1'800'000'000'000};
        QCOMPARE(text::age({}, now), QStringLiteral("—"));
        QCOMPARE(text::age(now - 3000, now), QStringLiteral("now"));
        QCOMPARE(text::age(now - 41 * core::kMinute, now), QStringLiteral("41 min"));
        QCOMPARE(text::age(now - 30 * core::kHour, now), QStringLiteral("30 h"));
        QCOMPARE(text::age(now - 9 * core::kDay, now), QStringLiteral("9 d"));
        QCOMPARE(text::age(now + 2 * core::kHour, now), QStringLiteral("in 2 h"));
        QCOMPARE(text::ago(now - core::kDay * 800, now), QStringLiteral("2 y ago"));
        QCOMPARE(text::duration(850), QStringLiteral("850 ms"));
        QCOMPARE(text::duration(76 * core::kHour), QStringLiteral("3 d 4 h"));
        QCOMPARE(text::dateTime(Instant{1'700'000'000'000}), QStringLiteral("2023-11-14 22:13 UTC"));
        QCOMPARE(text::compactTime(now - core::kMinute, now), QStringLiteral("07:59"));
        QCOMPARE(text::axisTime(now + core::kHour, core::kHour), QStringLiteral("09:00"));
        QCOMPARE(text::axisTime(now + 5 * core::kSecond, 5 * core::kSecond), QStringLiteral("08:00:05"));
        QCOMPARE(text::axisTime(now + 16 * core::kHour, core::kHour), QStringLiteral("01-16"));
    }

    void numbers()
    {
        QCOMPARE(text::number(1284.5, 2), QStringLiteral("1\u202f284.50"));
        QCOMPARE(text::number(-1234567, 0), QStringLiteral("\u22121\u202f234\u202f567"));
        QCOMPARE(text::number(-0.04, 1), QStringLiteral("0.0"));
        QCOMPARE(text::compact(-12400), QStringLiteral("\u221212.4\u00a0k"));
        QCOMPARE(text::number(qQNaN(), 1), QStringLiteral("—"));
        QCOMPARE(text::count(100000), QStringLiteral("100\u202f000"));
        QCOMPARE(text::compact(12400), QStringLiteral("12.4\u00a0k"));
        QCOMPARE(text::compact(999.6), QStringLiteral("1.00\u00a0k"));
        QCOMPARE(text::compact(0.25), QStringLiteral("0.25"));
        QCOMPARE(text::bytes(3'100'000'000), QStringLiteral("3.10\u00a0GB"));
        QCOMPARE(text::bytes({}), QStringLiteral("—"));
    }

    void everyKindHasServerCauseAndNextStep()
    {
        for (int kind = 0; kind <= static_cast<int>(ErrorKind::Invalid); ++kind) {
            Error error{.kind = static_cast<ErrorKind>(kind),
                        .where = "lakefs logCommits",
                        .detail = "no",
                        .httpStatus = 500,
                        .server = "https://data.example"};
            QVERIFY(!text::headline(error).isEmpty());
            QVERIFY(!text::nextStep(error).isEmpty());
            if (kind < static_cast<int>(ErrorKind::Cancelled))
                QVERIFY(text::headline(error).contains(QStringLiteral("lakeFS at https://data.example")));
        }
    }

    void hintsDecideTheNextStep()
    {
        Error error{.kind = ErrorKind::Forbidden, .where = "mlflow searchRuns", .server = "http://h:5000"};
        error.hint = "mlflow-host";
        QVERIFY(text::nextStep(error).contains(QStringLiteral("--allowed-hosts")));
        error.kind = ErrorKind::Protocol;
        error.hint = "html-login";
        QVERIFY(text::nextStep(error).contains(QStringLiteral("sign-in page")));
        error.kind = ErrorKind::Limited;
        error.hint.clear();
        error.retryAfterMs = 90'000;
        QVERIFY(text::nextStep(error).contains(QStringLiteral("1 min 30 s")));
    }

    void timesAreThoseOfTheClockOnTheWall()
    {
        struct Zone {
            explicit Zone(const char *name) { set(name); }
            ~Zone() { set("UTC"); }
            static void set(const char *name)
            {
                qputenv("TZ", name);
                ::tzset();
            }
        };
        const Instant summer = Instant::fromSeconds(1'782'936'000); // 2026-07-01 20:00 UTC
        const Instant winter = Instant::fromSeconds(1'795'514'400); // 2026-11-24 10:00 UTC
        const Zone berlin("Europe/Berlin");
        QCOMPARE(text::dateTime(summer), QStringLiteral("2026-07-01 22:00 CEST"));
        QCOMPARE(text::dateTime(winter), QStringLiteral("2026-11-24 11:00 CET"));
        QCOMPARE(text::compactTime(summer + 3 * core::kHour, summer + 4 * core::kHour), QStringLiteral("01:00"));
        QCOMPARE(text::axisTime(summer + 2 * core::kHour, core::kHour), QStringLiteral("07-02")); // midnight there
        QCOMPARE(text::firstTick(summer, 6 * core::kHour).ms, (summer + 2 * core::kHour).ms);
        Zone::set("UTC");
        QCOMPARE(text::firstTick(summer, 6 * core::kHour).ms, (summer + 4 * core::kHour).ms);
    }
};

ANDON_SUITE(TextTest)
#include "text_test.moc"
