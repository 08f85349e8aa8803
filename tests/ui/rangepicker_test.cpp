#include "tests/support/suite.h"
#include "ui/shell/rangepicker.h"

#include <QApplication>
#include <QDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

using namespace andon;

class RangePickerTest : public QObject
{
    Q_OBJECT
    core::Instant m_now{1'764'000'000'000};

private Q_SLOTS:
    void init()
    {
        // no failOnAnyWarning: the offscreen platform warns that it cannot raise or grab a popup
        m_now = core::Instant{1'764'000'000'000};
    }

    void followsTheClockUntilSomebodyLooksBack()
    {
        ui::RangePicker picker([this] { return m_now; });
        QSignalSpy changed(&picker, &ui::RangePicker::changed);
        QCOMPARE(picker.range().length(), core::kDay);
        m_now = m_now + core::kHour;
        QCOMPARE(picker.range().to.ms, m_now.ms);

        picker.shift(-1);
        QCOMPARE(changed.size(), 1);
        QVERIFY(!text::followsClock(picker.words()));
        const core::TimeRange back = picker.range();
        QCOMPARE(back.to.ms, (m_now - core::kDay / 2).ms);
        QCOMPARE(back.length(), core::kDay);
        m_now = m_now + core::kHour;
        QCOMPARE(picker.range().to.ms, back.to.ms);

        picker.follow();
        QVERIFY(text::followsClock(picker.words()));
        QCOMPARE(picker.range().length(), core::kDay);
    }

    void neverEndsInTheFuture()
    {
        ui::RangePicker picker([this] { return m_now; });
        picker.shift(1);
        QVERIFY(text::followsClock(picker.words()));
        picker.shift(-1);
        picker.zoomOut();
        QVERIFY(picker.range().to <= m_now);
        QCOMPARE(picker.range().length(), 2 * core::kDay);
    }

    void wordsThatMeanNothingAreRefused()
    {
        ui::RangePicker picker([this] { return m_now; });
        QSignalSpy changed(&picker, &ui::RangePicker::changed);
        QVERIFY(!picker.setWords({QStringLiteral("soon"), QStringLiteral("now")}));
        QVERIFY(!picker.setWords({QStringLiteral("now"), QStringLiteral("now-1h")}));
        QCOMPARE(changed.size(), 0);
        QCOMPARE(picker.words(), text::RangeWords());
    }

    void isTypedInThePopup()
    {
        ui::RangePicker picker([this] { return m_now; });
        picker.show();
        picker.openPopup();
        auto *popup = picker.findChild<QDialog *>();
        QVERIFY(popup);
        const auto edits = popup->findChildren<QLineEdit *>();
        QCOMPARE(edits.size(), 2);
        QTest::keyClicks(edits[0], QStringLiteral("soon"));
        QTest::keyClick(edits[0], Qt::Key_Return);
        QVERIFY(popup->isVisible()); // refused, with the reason beside it
        edits[0]->setText(QStringLiteral("now-6h"));
        QTest::keyClick(edits[0], Qt::Key_Return);
        QTRY_VERIFY(!picker.findChild<QDialog *>());
        QCOMPARE(picker.range().length(), 6 * core::kHour);
    }
};

ANDON_SUITE(RangePickerTest)
#include "rangepicker_test.moc"
