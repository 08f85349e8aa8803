// The lists of the pages under their filters, with the demo factory's story behind them.
#include "models/celltable.h"
#include "tests/factory/demoseries.h"
#include "tests/support/suite.h"
#include "ui/pages/compute/computepage.h"
#include "ui/pages/compute/heatmap.h"
#include "ui/pages/economics/economicspage.h"
#include "ui/pages/floor/floorpage.h"
#include "ui/pages/floor/needslist.h"
#include "ui/pages/storage/storagepage.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/table.h"

using namespace andon;
using namespace andon::ui;

namespace
{

QString s(const char *words)
{
    return QString::fromUtf8(words);
}

/// The first column of the table of that name that has cells.
QStringList firsts(const QWidget &page, const QString &name, int column = 0)
{
    QStringList all;
    for (const auto *table : page.findChildren<QAbstractItemView *>())
        if (table->accessibleName() == name)
            for (int row = 0; row < table->model()->rowCount(); ++row)
                all << table->model()->index(row, column).data().toString();
    return all;
}

template <typename Shown> bool read(Shown &page)
{
    page.resize(1376, 768);
    page.QWidget::show();
    page.refresh(true);
    return QTest::qWaitFor([&] { return page.settled(); }, 20'000);
}

} // namespace

class FilterPagesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void computeFiltersWorkloadsByTheirValues()
    {
        const test::DemoSite demo;
        factory::Worker worker;
        ComputePage page(demo.machines(), worker, demo.clock);
        QVERIFY(read(page));
        page.setFilter(s("waited:>0"));
        QCOMPARE(page.filter(), s("waited:>0"));
        QCOMPARE(firsts(page, s("Workloads"), 1), (QStringList{s("code-assist-train-0"), s("fraud-llm-train-0")}));
        page.setFilter(s("power:>2kW gpus:>=8 -state:computing"));
        QCOMPARE(firsts(page, s("Workloads"), 1), QStringList{s("code-assist-train-0")});
        // What is asked for by a link is shown, whatever the filter.
        QVERIFY(page.open(s("compute:serving/chat-small-vllm-0")));
        QVERIFY(page.filter().isEmpty());
        QCOMPARE(page.findChild<HeatMap *>()->highlight(), s("serving/chat-small-vllm-0"));
    }

    void economicsKeepsTheTotal()
    {
        const test::DemoSite demo;
        factory::Worker worker;
        EconomicsPage page(demo.site->economics(), worker, demo.clock);
        QVERIFY(read(page));
        page.setFilter(s("margin:<0"));
        QVERIFY(!page.filterBar()->problem());
        const auto *table = page.findChild<Table *>();
        QCOMPARE(table->model()->rowCount(), 2);
        QVERIFY(table->model()->index(0, 12).data().toString().contains(s("Loses")));
        QVERIFY(table->model()->index(1, 0).data().toString().contains(s("models")));
        page.setFilter(s("margin:>=0"));
        QVERIFY(table->model()->rowCount() > 2);
    }

    void floorAndStorageFilter()
    {
        const test::DemoSite demo;
        factory::Worker worker;
        FloorPage floor(demo.machines(), worker, demo.clock);
        QVERIFY(read(floor));
        const qsizetype all = firsts(floor, s("Needs you")).size();
        floor.setFilter(s("severity:critical"));
        const qsizetype some = firsts(floor, s("Needs you")).size();
        QVERIFY(some > 0 && some < all);
        StoragePage storage(demo.machines(), worker, demo.clock);
        QVERIFY(read(storage));
        storage.setFilter(s("verdict:storage"));
        QVERIFY(!firsts(storage, s("Workloads and their verdicts")).isEmpty());
        for (const QString &verdict : firsts(storage, s("Workloads and their verdicts")))
            QVERIFY2(verdict.contains(s("storage"), Qt::CaseInsensitive), qPrintable(verdict));
    }
};

ANDON_SUITE(FilterPagesTest)
#include "filterpages_test.moc"
