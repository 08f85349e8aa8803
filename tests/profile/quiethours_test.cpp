#include "profile/quiethours.h"
#include "tests/support/suite.h"

#include <QDateTime>

using namespace andon;
using namespace andon::profile;

class QuietHoursTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void textsBothWays()
    {
        for (const char *text : {"", "22:00-06:30", "00:00-23:59", "07:00-07:01"})
            QCOMPARE(quietHoursFrom(text).value_or(QuietHours{1, 1}).text(), std::string(text));
        for (const char *text : {"22:00", "22-6", "22:00-22:00", "24:00-06:00", "22:60-06:00", "2:00-06:00",
                                 "22:00-06:00 ", "22:00–06:00", "+1:00-06:00", "-", "22:00-06:30-07:00"})
            QVERIFY2(!quietHoursFrom(text), text);
    }

    void theyHoldByTheClockOnTheWall_data()
    {
        QTest::addColumn<QString>("hours");
        QTest::addColumn<QString>("utc");
        QTest::addColumn<bool>("quiet");
        const auto row = [](const char *hours, const char *utc, bool quiet) {
            QTest::addRow("%s at %s", hours, utc) << QString::fromLatin1(hours) << QString::fromLatin1(utc) << quiet;
        };
        // Berlin is an hour ahead in winter, two in summer.
        row("22:00-06:30", "2026-11-29T20:59:59Z", false);
        row("22:00-06:30", "2026-11-29T21:00:00Z", true);
        row("22:00-06:30", "2026-11-30T05:29:59Z", true); // past midnight
        row("22:00-06:30", "2026-11-30T05:30:00Z", false);
        row("22:00-06:30", "2026-07-01T20:00:00Z", true);
        row("12:00-13:00", "2026-11-29T11:30:00Z", true);
        row("12:00-13:00", "2026-11-29T12:00:00Z", false);
        row("", "2026-11-29T21:00:00Z", false);
        // The night in which 02:00 becomes 03:00 has no such hour; the one in which 03:00 becomes 02:00 has two.
        row("02:00-03:00", "2026-03-29T00:59:00Z", false);
        row("02:00-03:00", "2026-03-29T01:00:00Z", false);
        row("02:00-03:00", "2026-10-25T00:30:00Z", true);
        row("02:00-03:00", "2026-10-25T01:30:00Z", true);
        row("02:00-03:00", "2026-10-25T02:00:00Z", false);
    }
    void theyHoldByTheClockOnTheWall()
    {
        QFETCH(QString, hours);
        QFETCH(QString, utc);
        QFETCH(bool, quiet);
        const core::Instant at{QDateTime::fromString(utc, Qt::ISODate).toMSecsSinceEpoch()};
        QCOMPARE(quietHoursFrom(hours.toStdString())->hold(at, QTimeZone("Europe/Berlin")), quiet);
    }
};

ANDON_SUITE(QuietHoursTest)
#include "quiethours_test.moc"
