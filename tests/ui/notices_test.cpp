// The bell and the list of what was noticed.
#include "core/clock.h"
#include "tests/support/suite.h"
#include "ui/shell/bell.h"
#include "ui/shell/noticebook.h"
#include "ui/shell/noticelist.h"
#include "ui/widgets/table.h"

#include <QPushButton>
#include <QSignalSpy>

using namespace andon;
using namespace andon::ui;
using telemetry::Level;
using telemetry::Notice;

namespace
{

const core::Instant kNow = core::Instant::fromSeconds(1'764'416'400);

class Book final : public NoticeBook
{
public:
    Book()
    {
        set({{.id = 2,
              .site = core::SiteName("ams-1"),
              .at = kNow - core::kMinute,
              .kind = telemetry::NoticeKind::Alert,
              .name = "Hot<b>",
              .about = "gpu-03 is hot",
              .to = "firing",
              .after = Level::Major,
              .link = "andon://ams-1/compute"},
             {.id = 1,
              .site = core::SiteName("osl-1"),
              .at = kNow - core::kHour,
              .name = "storage",
              .from = "Saturated",
              .to = "Running",
              .before = Level::Critical,
              .link = "andon://osl-1/storage",
              .seen = true}});
    }
    void markAllRead() override
    {
        auto now = all();
        for (Notice &one : now)
            one.seen = true;
        set(std::move(now));
    }
};

QStringList wordsOf(const QAbstractItemModel &model, int row)
{
    QStringList words;
    for (int column = 0; column < model.columnCount(); ++column)
        words << model.index(row, column).data().toString();
    return words;
}

} // namespace

class NoticesUiTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void theBellCountsWhatNobodyHasRead()
    {
        Bell bell(QStringLiteral("Changes (Ctrl+Shift+N)"), nullptr);
        QCOMPARE(bell.accessibleName(), QStringLiteral("Notifications, nothing unread"));
        bell.setUnread(7);
        QCOMPARE(bell.text(), QStringLiteral("7"));
        QCOMPARE(bell.accessibleName(), QStringLiteral("Notifications, 7 unread"));
        QVERIFY(bell.toolTip().contains(QStringLiteral("Ctrl+Shift+N")));
        bell.setUnread(1000);
        QCOMPARE(bell.text(), QStringLiteral("99+"));
        QSignalSpy clicked(&bell, &Bell::clicked);
        QTest::keyClick(&bell, Qt::Key_Space);
        QCOMPARE(clicked.size(), 1);
    }

    void theListSaysWhatBecameOfWhat()
    {
        Book book;
        NoticeList list(book, m_clock, nullptr);
        const auto *table = list.findChild<Table *>();
        QCOMPARE(wordsOf(*table->model(), 0),
                 (QStringList{QStringLiteral("11:39"), QStringLiteral("ams-1"),
                              QStringLiteral("Alert Hot<b> · gpu-03 is hot"), QStringLiteral("not firing"),
                              QStringLiteral("firing, major")}));
        QCOMPARE(wordsOf(*table->model(), 1),
                 (QStringList{QStringLiteral("10:40"), QStringLiteral("osl-1"), QStringLiteral("Storage"),
                              QStringLiteral("Saturated"), QStringLiteral("Running")}));
        QVERIFY(!table->accessibleName().isEmpty());
    }

    void enterGoesThereAndClosesIt()
    {
        Book book;
        auto *list = new NoticeList(book, m_clock, nullptr); // deletes itself
        QSignalSpy went(list, &NoticeList::linkRequested);
        QSignalSpy gone(list, &QObject::destroyed);
        list->show();
        auto *table = list->findChild<Table *>();
        QTest::keyClick(table, Qt::Key_Down);
        QTest::keyClick(table, Qt::Key_Return);
        QCOMPARE(went.size(), 1);
        QCOMPARE(went.front().front().toString(), QStringLiteral("andon://osl-1/storage"));
        QTRY_COMPARE(gone.size(), 1);
    }

    void allAreMarkedRead()
    {
        Book book;
        NoticeList list(book, m_clock, nullptr);
        auto *read = list.findChild<QPushButton *>();
        QVERIFY(read->isEnabled());
        QCOMPARE(book.unread(), 1);
        read->click();
        QCOMPARE(book.unread(), 0);
        QVERIFY(!read->isEnabled());
    }

private:
    core::ManualClock m_clock{kNow};
};

ANDON_SUITE(NoticesUiTest)
#include "notices_test.moc"
