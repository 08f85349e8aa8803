#include "reports/kpireport.h"
#include "tests/reports/sample.h"
#include "tests/support/program.h"
#include "tests/support/suite.h"

#include <QImage>
#include <QStandardPaths>
#include <QTemporaryDir>

using namespace andon;

namespace
{

/// The words of a PDF, page by page: white space is one space.
QStringList wordsOf(const reports::KpiDocument &document)
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("kpi.pdf"));
    const auto written = reports::writePdf(document, file.toStdString());
    if (!written)
        return {QStringLiteral("not written: ") + QString::fromStdString(written.error().detail)};
    const test::Ran ran =
        test::runProgram(QStringLiteral("pdftotext"), {QStringLiteral("-raw"), file, QStringLiteral("-")},
                         test::plainEnvironment(folder.path()));
    if (ran.exit != 0)
        return {QStringLiteral("pdftotext (poppler-utils) is missing or failed: ") + QString::fromStdString(ran.error)};
    QStringList pages = QString::fromStdString(ran.out).split(u'\f');
    pages.removeLast(); // nothing stands after the last form feed
    for (QString &page : pages)
        page = page.normalized(QString::NormalizationForm_KC).simplified(); // a font may have joined f and i
    return pages;
}

#define VERIFY_SAYS(text, words) QVERIFY2((text).contains(words), qPrintable(text))

} // namespace

class PagesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void hasItsPagesAndTexts()
    {
        const reports::KpiDocument document = test::sampleDocument();
        const QStringList pages = wordsOf(document);
        QCOMPARE(pages.size(), reports::pageCount(document));
        const QString all = pages.join(u' ');
        for (const char *words : {"KPI report",
                                  "AI factory ams-1",
                                  "Key figures",
                                  "Findings and actions",
                                  "Margin by model",
                                  "Utilisation tax",
                                  "Time to monetization",
                                  "Definition and basis",
                                  "Provenance",
                                  "chat-small@1",
                                  "3 models",
                                  "loses money",
                                  "Platform finance",
                                  "no owner named",
                                  "Block A",
                                  "46",
                                  "(revenue − cost) ÷ revenue",
                                  "Starved",
                                  "vllm:prompt_tokens_total{site=\"ams-1\"}",
                                  "GET /api/v1/query_range"})
            VERIFY_SAYS(all, QString::fromUtf8(words));
        QString digits = all;
        VERIFY_SAYS(digits.remove(u' '), QString(64, u'a')); // a hash wraps, it is not cut off
        QVERIFY(!all.contains(u'…'));
    }

    void everyPageSaysHowOldItIsAndWhichItIs()
    {
        const QStringList pages = wordsOf(test::sampleDocument());
        for (qsizetype i = 0; i < pages.size(); ++i) {
            VERIFY_SAYS(pages[i], QStringLiteral("Page %1/%2").arg(i + 1).arg(pages.size()));
            VERIFY_SAYS(pages[i], QStringLiteral("AMS-1-KPI-20261124-0000"));
            VERIFY_SAYS(pages[i], QStringLiteral("data as of 2026-11-24 00:06 UTC"));
            VERIFY_SAYS(pages[i], QStringLiteral("Stalest source: Prometheus 3.5.0, 11 s ago"));
            VERIFY_SAYS(pages[i], QStringLiteral("from live answers"));
        }
    }

    void saysThatItIsCachedAndWhoDoesNotAnswer()
    {
        reports::KpiDocument document = test::sampleDocument();
        document.freshness.state = core::FreshnessState::Stale;
        document.sources[2].freshness.error =
            core::Error{.kind = core::ErrorKind::Timeout, .where = "prometheus query"};
        for (const QString &page : wordsOf(document)) {
            VERIFY_SAYS(page, QStringLiteral("contains cached data"));
            VERIFY_SAYS(page, QStringLiteral("does not answer: Prometheus 3.5.0"));
            QVERIFY(!page.contains(QStringLiteral("from live answers")));
        }
    }

    void saysWhatIsMissingAndWhy()
    {
        const QString all = wordsOf(test::sampleWithoutGpus()).join(u' ');
        VERIFY_SAYS(all, QStringLiteral("—"));
        VERIFY_SAYS(all, QStringLiteral("no GPU time was measured"));
        VERIFY_SAYS(all, QStringLiteral("Cost per 1 M tokens is not known"));
        QVERIFY2(!all.contains(QStringLiteral("$0.00")), qPrintable(all)); // missing is never 0
    }

    void breaksThirtyModelsIntoPages()
    {
        const reports::KpiDocument few = test::sampleDocument();
        const reports::KpiDocument many = test::sampleDocument(60);
        QVERIFY(reports::pageCount(many) > reports::pageCount(few));
        const QStringList pages = wordsOf(many);
        QCOMPARE(pages.size(), reports::pageCount(many));
        const QString all = pages.join(u' ');
        for (int i = 1; i < 60; ++i)
            VERIFY_SAYS(all, QStringLiteral("model-%1@%2 ").arg(i).arg(i + 1));
        int heads = 0; // the table's head is repeated where it goes on
        for (const QString &page : pages)
            heads += page.contains(QStringLiteral("Margin, %")) ? 1 : 0;
        QVERIFY(heads >= 2);
        for (const QString &page : pages)
            QVERIFY2(page.size() > 400, qPrintable(page)); // none is nearly empty
    }

    void wrapsALongNameOfTheSite()
    {
        reports::KpiDocument document = test::sampleDocument();
        document.site = "amsterdam-zuidoost-science-park-hall-three-of-the-national-research-computing-consortium";
        const QString all = wordsOf(document).join(u' ');
        VERIFY_SAYS(QString(all).remove(u' '), QString::fromStdString(document.site));
    }

    void showsServerTextAsText()
    {
        reports::KpiDocument document = test::sampleDocument(1);
        document.report.models[0].model = core::ModelName("<b>x</b>\x1b[31m");
        VERIFY_SAYS(wordsOf(document).join(u' '), QStringLiteral("<b>x</b>"));
    }

    void paintsTheSameOnTheScreen()
    {
        const reports::KpiPages pages(test::sampleDocument());
        for (int page = 0; page < pages.count(); ++page) {
            QImage image(595, 842, QImage::Format_RGB32);
            image.fill(Qt::magenta);
            QPainter painter(&image);
            pages.paint(painter, page);
            painter.end();
            QCOMPARE(image.pixelColor(5, 5), QColor(Qt::white));
            int inked = 0;
            for (int y = 0; y < image.height(); y += 2)
                for (int x = 0; x < image.width(); x += 2)
                    inked += image.pixelColor(x, y).lightness() < 200 ? 1 : 0;
            QVERIFY2(inked > 600, qPrintable(QString::number(inked)));
        }
    }

    void saysWhenAFileCannotBeWritten()
    {
        const auto written = reports::writePdf(test::sampleDocument(), "/nowhere/at/all/kpi.pdf");
        QVERIFY(!written);
        QCOMPARE(written.error().kind, core::ErrorKind::Storage);
    }
};

ANDON_SUITE(PagesTest)
#include "pages_test.moc"
