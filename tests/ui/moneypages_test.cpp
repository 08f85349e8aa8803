// Economics and Reports over the demo's series: their figures are those of the window's time range.
#include "tests/factory/demoseries.h"
#include "tests/support/suite.h"
#include "ui/pages/economics/economicspage.h"
#include "ui/pages/reports/reportspage.h"
#include "ui/theme/style.h"
#include "ui/widgets/factsheet.h"
#include "ui/widgets/label.h"

#include <QApplication>

using namespace andon;
using namespace andon::ui;

namespace
{

QString wordsOf(const QWidget &page)
{
    QString words;
    for (const auto *label : page.findChildren<Label *>())
        words += label->text() + u'\n';
    for (const auto *sheet : page.findChildren<FactSheet *>())
        words += sheet->accessibleDescription() + u'\n';
    return words;
}

reports::KpiDocument documentOf(core::Snapshot<economics::KpiReport> figures)
{
    return {.site = "ams-1", .made = figures.freshness.at, .report = std::move(figures.value)};
}

} // namespace

#define VERIFY_SAYS(page, words)                                                                                       \
    QVERIFY2(wordsOf(page).contains(QStringLiteral(words)), qPrintable(wordsOf(page).left(2000)))

class MoneyPagesTest : public QObject
{
    Q_OBJECT

    template <typename Page> void showsItsRange(Page &page, const test::DemoSite &demo, const char *day)
    {
        applyTheme(*qApp, Theme::Dark);
        page.resize(1376, 768);
        page.QWidget::show();
        QVERIFY(page.usesTimeRange());
        page.refresh(true);
        QTRY_VERIFY_WITH_TIMEOUT(page.settled(), 20'000);
        QVERIFY2(wordsOf(page).contains(QString::fromUtf8(day)), qPrintable(wordsOf(page).left(2000)));
        page.setRange([&demo] { return core::TimeRange{demo.clock.now() - 7 * core::kDay, demo.clock.now()}; });
        page.refresh(true);
        QTRY_VERIFY_WITH_TIMEOUT(page.settled(), 20'000);
    }

private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void economicsFollowTheRange()
    {
        const test::DemoSite demo;
        factory::Worker worker;
        EconomicsPage page(demo.site->economics(), worker, demo.clock);
        showsItsRange(page, demo, "Closed window of 24 h");
        VERIFY_SAYS(page, "Closed window of 7 d");
    }

    void reportsFollowTheRange()
    {
        const test::DemoSite demo;
        factory::Worker worker;
        ReportsPage page(demo.site->economics(), worker, demo.clock, documentOf);
        showsItsRange(page, demo, "a closed window of 24 h");
        VERIFY_SAYS(page, "a closed window of 7 d");
        VERIFY_SAYS(page, "-7D");
    }
};

ANDON_SUITE(MoneyPagesTest)
#include "moneypages_test.moc"
