#include "lineage/registry.h"
#include "tests/support/suite.h"

using namespace andon;
using core::Instant;
using lineage::RunStatus;

class RunAtTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void aRunIsAsItWas()
    {
        lineage::Run run;
        run.status = RunStatus::Failed;
        run.started = Instant{1000};
        run.ended = Instant{2000};
        run.metrics = {{.key = "loss", .value = 0.5, .at = Instant{1500}},
                       {.key = "auc", .value = 0.9, .at = Instant{1990}}};
        QVERIFY(!lineage::runAt(run, Instant{999}));
        const auto during = lineage::runAt(run, Instant{1600});
        QVERIFY(during && during->status == RunStatus::Running && !during->ended.known());
        QCOMPARE(during->metrics.size(), 1U);
        QVERIFY(lineage::runAt(run, Instant{2000}) == run);
    }
};

ANDON_SUITE(RunAtTest)
#include "runat_test.moc"
