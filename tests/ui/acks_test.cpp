#include "tests/support/suite.h"
#include "ui/pages/floor/ackdialog.h"
#include "ui/pages/floor/needslist.h"
#include "ui/pages/floor/stationcard.h"

#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>

using namespace andon;
using namespace andon::ui;

namespace
{

const core::Instant kNow = core::Instant::fromSeconds(1'764'416'400);

factory::FloorView view()
{
    factory::FloorView view;
    view.attention = {{.severity = lineage::Severity::Critical,
                       .key = "alert",
                       .values = {{"name", "Hot"}},
                       .since = kNow - core::kHour,
                       .link = "page:compute"},
                      {.severity = lineage::Severity::Major,
                       .key = "alert",
                       .values = {{"name", "Slow"}},
                       .since = kNow - core::kHour,
                       .link = "page:storage",
                       .ack = factory::Acknowledged{"Anna", "draining", kNow - 12 * core::kMinute}}};
    return view;
}

factory::StationView station()
{
    factory::StationView one{.station = telemetry::Station::Storage};
    one.state.level = telemetry::Level::Critical;
    one.state.rule = "storage-saturated";
    one.state.word = "Saturated";
    return one;
}

QStringList wordsOf(QMenu *menu)
{
    const std::unique_ptr<QMenu> owned(menu);
    QStringList words;
    for (const QAction *action : menu->actions())
        words << action->text();
    return words;
}

} // namespace

class AcksUiTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void whatIsTakenSaysByWhomAndIsCalm()
    {
        NeedsList list;
        list.set(view(), kNow);
        const QAbstractItemModel *model = list.model();
        QCOMPARE(model->rowCount(), 2);
        QCOMPARE(model->index(1, 1).data().toString(), QStringLiteral("ack Anna 12 min ago: draining"));
        QVERIFY(model->index(1, 0).data(models::CellTable::MutedRole).toBool());
        QVERIFY(!model->index(0, 0).data(models::CellTable::MutedRole).toBool());
    }

    void aRowOffersToBeAcknowledged()
    {
        NeedsList list;
        list.set(view(), kNow);
        list.resize(500, 300);
        list.show();
        const QModelIndex first = list.model()->index(0, 0);
        list.setCurrentIndex(first);
        QVERIFY(!list.chosen()); // nobody said that it may
        QCOMPARE(wordsOf(list.menuOf(first)), QStringList{QStringLiteral("Open")});
        list.setAcknowledging(true);
        QCOMPARE(list.chosen()->subject.id(), std::string("alert:Hot"));
        QSignalSpy asked(&list, &NeedsList::acknowledgeRequested);
        QSignalSpy opened(&list, &NeedsList::linkRequested);
        const QRect row = list.visualRect(first);
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, {row.right() - 30, row.top() + 10});
        QCOMPARE(asked.size(), 1);
        QCOMPARE(opened.size(), 0);
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, {row.left() + 40, row.top() + 10});
        QCOMPARE(asked.size(), 1);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(wordsOf(list.menuOf(first)), (QStringList{QStringLiteral("Open"), QStringLiteral("Acknowledge…")}));
        QCOMPARE(wordsOf(list.menuOf(list.model()->index(1, 0))).last(),
                 QStringLiteral("Withdraw the acknowledgement"));
    }

    void aStationSaysWhoIsOnIt()
    {
        StationCard card;
        factory::StationView one = station();
        card.set(one, QStringLiteral("page:storage"), kNow);
        QVERIFY(!card.accessibleDescription().contains(QStringLiteral("ack ")));
        QCOMPARE(wordsOf(card.makeMenu()), QStringList{QStringLiteral("Open")});
        card.setAcknowledging(true);
        QCOMPARE(wordsOf(card.makeMenu()).last(), QStringLiteral("Acknowledge…"));
        one.ack = factory::Acknowledged{"Ben", "", kNow - core::kMinute};
        card.set(one, QStringLiteral("page:storage"), kNow);
        QVERIFY2(card.accessibleDescription().contains(QStringLiteral("ack Ben 1 min ago")),
                 qPrintable(card.accessibleDescription()));
        QCOMPARE(wordsOf(card.makeMenu()).last(), QStringLiteral("Withdraw the acknowledgement"));
        one.state.level = telemetry::Level::Ok;
        one.ack.reset();
        card.set(one, QStringLiteral("page:storage"), kNow);
        QCOMPARE(wordsOf(card.makeMenu()), QStringList{QStringLiteral("Open")}); // nothing to acknowledge
    }

    void theDialogNeedsANameAndStopsNothing()
    {
        QPointer<AckDialog> dialog = new AckDialog(QStringLiteral("Storage: Saturated"), QStringLiteral("Anna"));
        dialog->show();
        QVERIFY(!dialog->isModal());
        QSignalSpy given(dialog, &AckDialog::given);
        const auto fields = dialog->findChildren<QLineEdit *>();
        QCOMPARE(fields.size(), 2);
        QCOMPARE(fields[0]->text(), QStringLiteral("Anna"));
        QPushButton *save = nullptr;
        for (QPushButton *button : dialog->findChildren<QPushButton *>())
            if (button->text() == u"Acknowledge")
                save = button;
        QVERIFY(save);
        fields[0]->setText(QStringLiteral("  "));
        QVERIFY(!save->isEnabled());
        fields[0]->setText(QStringLiteral(" Ben "));
        fields[1]->setText(QStringLiteral("on it"));
        save->click();
        QCOMPARE(given.size(), 1);
        QCOMPARE(given[0], (QVariantList{QStringLiteral("Ben"), QStringLiteral("on it")}));
        dialog->setBusy(true);
        QVERIFY(!save->isEnabled());
        dialog->showFailure(QStringLiteral("The disk is full."));
        QVERIFY(save->isEnabled() && dialog->isVisible());
        dialog->close();
        QTRY_VERIFY(!dialog);
    }
};

ANDON_SUITE(AcksUiTest)
#include "acks_test.moc"
