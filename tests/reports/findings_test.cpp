#include "reports/kpifindings.h"
#include "tests/reports/sample.h"
#include "tests/support/suite.h"

using namespace andon;
using namespace andon::reports;

namespace
{

const ReportFinding *find(const std::vector<ReportFinding> &all, const QString &words)
{
    for (const ReportFinding &finding : all)
        if (finding.title.contains(words))
            return &finding;
    return nullptr;
}

} // namespace

class FindingsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void namesTheModelThatLosesMoneyAndWhatItsRevenuePaysFor()
    {
        const auto findings = findingsOf(test::sampleDocument());
        QVERIFY(!findings.empty());
        const ReportFinding &first = findings.front(); // worst first
        QCOMPARE(first.weight, ReportFinding::Weight::Major);
        QVERIFY2(first.title.contains(QStringLiteral("chat-small@1")), qPrintable(first.title));
        QVERIFY(first.detail.contains(QStringLiteral("lost in the window")));
        QVERIFY(!first.detail.contains(QChar(0x2212))); // "lost −$5" would be twice negative
        // Revenue $10 of a cost of $240.02 on 4 GPUs.
        QVERIFY2(first.action.contains(QStringLiteral("0.1 of the 4 GPUs")), qPrintable(first.action));
    }

    void pricesTheClassesOfTheTax()
    {
        const auto findings = findingsOf(test::sampleDocument());
        for (const char *words : {"Starved", "Allocated, idle", "Unallocated"})
            QVERIFY(find(findings, QString::fromLatin1(words)));
        QVERIFY(!find(findings, QStringLiteral("Busy")));
        QVERIFY(find(findings, QStringLiteral("over its budget"))); // $750 against $100
        QCOMPARE(find(findings, QStringLiteral("Starved"))->weight, ReportFinding::Weight::Warning); // 9.1 %
        QCOMPARE(find(findings, QStringLiteral("Allocated, idle"))->weight, ReportFinding::Weight::Note); // 3.9 %
    }

    void saysWhichFigureIsMissingAndWhatWouldGiveIt()
    {
        const auto findings = findingsOf(test::sampleWithoutGpus());
        const ReportFinding *cost = find(findings, QStringLiteral("Cost per 1 M tokens is not known"));
        QVERIFY(cost);
        QVERIFY(cost->detail.contains(QStringLiteral("no GPU time was measured")));
        QVERIFY(cost->detail.contains(QStringLiteral("never as 0")));
        QVERIFY(!cost->action.isEmpty());
        QVERIFY(find(findings, QStringLiteral("The margin of model-1@2 is not known")));
    }

    void namesASourceThatDoesNotAnswer()
    {
        KpiDocument document = test::sampleDocument();
        QVERIFY(!find(findingsOf(document), QStringLiteral("does not answer")));
        document.sources[1].freshness.error = core::Error{.kind = core::ErrorKind::Refused, .where = "mlflow probe"};
        const auto findings = findingsOf(document);
        const ReportFinding *stale = find(findings, QStringLiteral("MLflow 3.17.2 does not answer"));
        QVERIFY(stale);
        QVERIFY(stale->detail.contains(QStringLiteral("2026-11-24")));
        QVERIFY(!stale->action.isEmpty());
    }

    void summarisesInSentences()
    {
        const QString summary = summaryOf(test::sampleDocument());
        QVERIFY2(summary.startsWith(QStringLiteral("A million tokens cost $")), qPrintable(summary));
        QVERIFY(summary.contains(QStringLiteral("1 of 3 models cost more than they earn: chat-small@1 (−$")));
        const QString without = summaryOf(test::sampleWithoutGpus());
        QVERIFY2(without.startsWith(QStringLiteral("What a million tokens cost is not known")), qPrintable(without));
        QVERIFY(!without.contains(QStringLiteral("$0")));
    }

    void knowsTheStalestSource()
    {
        KpiDocument document = test::sampleDocument();
        QCOMPARE(stalestOf(document)->kind, std::string("prometheus"));
        document.sources[0].freshness.at = test::kMade - core::kHour;
        QCOMPARE(stalestOf(document)->kind, std::string("lakefs"));
        document.sources.clear();
        QVERIFY(!stalestOf(document));
    }

    void namesTheReport()
    {
        KpiDocument document = test::sampleDocument();
        QCOMPARE(reportName(document), QStringLiteral("AMS-1-KPI-20261124-0000"));
        document.report.window.from = document.report.window.to - 7 * core::kDay;
        QCOMPARE(reportName(document), QStringLiteral("AMS-1-KPI-20261124-0000-7D"));
        document.report.window.from = document.report.window.to - core::kDay;
        document.site = "../../etc/x";
        QCOMPARE(reportName(document), QStringLiteral("------ETC-X-KPI-20261124-0000")); // it becomes a file name
    }
};

ANDON_SUITE(FindingsTest)
#include "findings_test.moc"
