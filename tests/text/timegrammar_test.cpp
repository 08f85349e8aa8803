#include "tests/support/suite.h"
#include "text/timegrammar.h"

#include <QDateTime>

using namespace andon;
using core::Instant;

namespace
{
// Wednesday, summer time in Amsterdam (UTC+2).
const Instant kNow{QDateTime(QDate(2026, 7, 15), QTime(10, 20, 30), QTimeZone::utc()).toMSecsSinceEpoch()};

QString utc(Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(at.ms, Qt::UTC).toString(Qt::ISODate);
}
} // namespace

class TimeGrammarTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void moments_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        const auto row = [](const char *words, const char *from, const char *to) {
            QTest::newRow(words) << QString::fromLatin1(words) << QString::fromLatin1(from) << QString::fromLatin1(to);
        };
        row("now", "2026-07-15T10:20:30Z", "2026-07-15T10:20:30Z");
        row("now-6h", "2026-07-15T04:20:30Z", "2026-07-15T04:20:30Z");
        row("now+1d", "2026-07-16T10:20:30Z", "2026-07-16T10:20:30Z");
        row("now/h", "2026-07-15T10:00:00Z", "2026-07-15T11:00:00Z");
        row("now/d", "2026-07-14T22:00:00Z", "2026-07-15T22:00:00Z");
        row("now-1d/d", "2026-07-13T22:00:00Z", "2026-07-14T22:00:00Z");
        row("now/w", "2026-07-12T22:00:00Z", "2026-07-19T22:00:00Z");
        row("now-1M/M", "2026-05-31T22:00:00Z", "2026-06-30T22:00:00Z");
        row("now/y", "2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z");
        row("now/d+6h", "2026-07-15T04:00:00Z", "2026-07-16T04:00:00Z");
        row("2026-07-01", "2026-06-30T22:00:00Z", "2026-07-01T22:00:00Z");
        row("2026-07-01T08:30", "2026-07-01T06:30:00Z", "2026-07-01T06:30:00Z");
        row("2026-07-01 08:30:15", "2026-07-01T06:30:15Z", "2026-07-01T06:30:15Z");
        row("2026-07-01T08:30:00Z", "2026-07-01T08:30:00Z", "2026-07-01T08:30:00Z");
        row("2026-07-01T08:30:00+05:30", "2026-07-01T03:00:00Z", "2026-07-01T03:00:00Z");
        row("1784110830", "2026-07-15T10:20:30Z", "2026-07-15T10:20:30Z");
        row("1784110830000", "2026-07-15T10:20:30Z", "2026-07-15T10:20:30Z");
        row("  now-90s ", "2026-07-15T10:19:00Z", "2026-07-15T10:19:00Z");
    }
    void moments()
    {
        QFETCH(QString, words);
        QFETCH(QString, from);
        QFETCH(QString, to);
        const QTimeZone zone("Europe/Amsterdam");
        const auto begin = text::moment(words, kNow, zone, text::RangeEnd::From);
        const auto end = text::moment(words, kNow, zone, text::RangeEnd::To);
        ANDON_VERIFY_RESULT(begin);
        ANDON_VERIFY_RESULT(end);
        QCOMPARE(utc(*begin), from);
        QCOMPARE(utc(*end), to);
    }

    void daysOfAClockChange()
    {
        const QTimeZone zone("Europe/Amsterdam");
        const Instant spring{QDateTime(QDate(2026, 3, 29), QTime(12, 0), QTimeZone::utc()).toMSecsSinceEpoch()};
        const auto day = text::timeRange({QStringLiteral("now/d"), QStringLiteral("now/d")}, spring, zone);
        ANDON_VERIFY_RESULT(day);
        QCOMPARE(day->length(), 23 * core::kHour);
    }

    void refusals_data()
    {
        QTest::addColumn<QString>("words");
        for (const char *words : {"", "yesterday", "now-", "now-6", "now-6x", "now6h", "now/q", "now-9999999d", "12",
                                  "2026-13-01", "2026-07-01T25:00", "now-200y", "-1784110830", "now -6h"})
            QTest::newRow(words) << QString::fromLatin1(words);
    }
    void refusals()
    {
        QFETCH(QString, words);
        const auto at = text::moment(words, kNow, QTimeZone::utc());
        QVERIFY(!at);
        QCOMPARE(at.error().kind, core::ErrorKind::Invalid);
    }

    void rangesThatEndFirst()
    {
        QVERIFY(!text::timeRange({QStringLiteral("now"), QStringLiteral("now-1h")}, kNow, QTimeZone::utc()));
        QVERIFY(!text::timeRange({QStringLiteral("now-11y"), QStringLiteral("now")}, kNow, QTimeZone::utc()));
        QVERIFY(text::timeRange({}, kNow, QTimeZone::utc()));
    }

    void absoluteStays()
    {
        const core::TimeRange range{kNow - core::kDay, kNow};
        const text::RangeWords words = text::absolute(range);
        QVERIFY(!text::followsClock(words));
        const auto again = text::timeRange(words, kNow + core::kDay, QTimeZone("Asia/Kolkata"));
        ANDON_VERIFY_RESULT(again);
        QCOMPARE(again->from.ms, range.from.ms);
        QCOMPARE(again->to.ms, range.to.ms);
    }

    void words()
    {
        const auto say = [](const char *from, const char *to) {
            return text::describe({QString::fromLatin1(from), QString::fromLatin1(to)}, kNow, QTimeZone::utc());
        };
        QCOMPARE(say("now-24h", "now"), QStringLiteral("Last 24 h"));
        QCOMPARE(say("now-30m", "now"), QStringLiteral("Last 30 min"));
        QCOMPARE(say("now-1d/d", "now-1d/d"), QStringLiteral("Yesterday"));
        QCOMPARE(say("now-2d", "now-1d"), QStringLiteral("now-2d to now-1d"));
        QCOMPARE(say("2026-07-01", "2026-07-02"), QStringLiteral("2026-07-01 00:00 to 2026-07-03 00:00"));
    }
};

ANDON_SUITE(TimeGrammarTest)
#include "timegrammar_test.moc"
