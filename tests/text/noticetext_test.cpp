#include "tests/support/suite.h"
#include "text/noticetext.h"

using namespace andon;
using telemetry::Level;
using telemetry::Notice;
using telemetry::NoticeKind;

class NoticeTextTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void oneLineSaysIt()
    {
        const Notice storage{.name = "storage", .from = "Running", .to = "Saturated", .after = Level::Critical};
        QCOMPARE(text::noticeLine(storage), QStringLiteral("Storage: Running → Saturated"));
        const Notice fires{.kind = NoticeKind::Alert, .name = "Hot\n", .to = "firing", .after = Level::Major};
        QCOMPARE(text::noticeLine(fires), QStringLiteral("Alert Hot : not firing → firing, major"));
        const Notice over{.kind = NoticeKind::Alert, .name = "Hot", .from = "firing", .before = Level::Critical};
        QCOMPARE(text::noticeLine(over), QStringLiteral("Alert Hot: firing, critical → resolved"));
        QCOMPARE(text::noticeWhat({.name = "of-a-newer-andon"}), QStringLiteral("of-a-newer-andon"));
        QCOMPARE(text::moreChanges(1), QStringLiteral("1 more change"));
        QCOMPARE(text::moreChanges(7), QStringLiteral("7 more changes"));
    }
};

ANDON_SUITE(NoticeTextTest)
#include "noticetext_test.moc"
