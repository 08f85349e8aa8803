#include "tests/support/suite.h"
#include "text/comparelink.h"
#include "text/linepairs.h"

#include <random>

using namespace andon;
using text::CompareWords;
using text::ObjectWords;
using versions::DiffMode;

class CompareLinkTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theHistoryOfAPathIsAFilter()
    {
        const auto link = [](const char *path, const char *branch) {
            return text::pathHistoryLink(QStringLiteral("r"), QString::fromUtf8(path), QString::fromUtf8(branch));
        };
        QCOMPARE(link("a/b.csv", ""), QStringLiteral("repository:r?path:a/b.csv"));
        QCOMPARE(link("two words/", "dev"), QStringLiteral("repository:r?path:\"two words/\" branch:=dev"));
    }

    void init() { test::failOnAnyWarning(); }

    void comparisonsThereAndBack()
    {
        for (const CompareWords &words :
             {CompareWords{QStringLiteral("ml-data"), QStringLiteral("main"), QStringLiteral("ingest-42")},
              CompareWords{QStringLiteral("ml-data"), QStringLiteral("v1.0"), QStringLiteral("main~2"),
                           DiffMode::TwoDot},
              CompareWords{QStringLiteral("ml-data"), QStringLiteral("main@now-7d"),
                           QStringLiteral("main@2026-11-20 06:00"), DiffMode::TwoDot},
              CompareWords{QStringLiteral("ml-data"), QStringLiteral("main@now/d"), QStringLiteral("main"),
                           DiffMode::ThreeDot, QStringLiteral("claims/a..b #1/c@d.parquet")}}) {
            const auto read = text::readCompareLink(text::compareLink(words));
            QVERIFY(read.has_value());
            QCOMPARE(*read, words);
        }
        QCOMPARE(text::compareLink({QStringLiteral("r"), QStringLiteral("a"), QStringLiteral("b")}),
                 QStringLiteral("compare:r@a...b"));
        QCOMPARE(text::compareLink({QStringLiteral("r"), QStringLiteral("a"), QStringLiteral("b"), DiffMode::TwoDot}),
                 QStringLiteral("compare:r@a..b"));
        QCOMPARE(text::readCompareLink(QStringLiteral("compare:r"))->left, QString()); // its proposal
        for (const char *other : {"commit:r@a", "compare:r@a", "compare:r@...b", "compare:r@a..", "page:compare"})
            QVERIFY2(!text::readCompareLink(QString::fromLatin1(other)), other);
    }

    void objectsThereAndBack()
    {
        for (const ObjectWords &words :
             {ObjectWords{QStringLiteral("r"), QStringLiteral("main"), QStringLiteral("")},
              ObjectWords{QStringLiteral("r"), QStringLiteral("main~1"), QStringLiteral("claims/2026-10/")},
              ObjectWords{QStringLiteral("r"), QStringLiteral("v1"), QStringLiteral("claims/a@b.csv")}}) {
            const auto read = text::readObjectLink(text::objectLink(words));
            QVERIFY(read.has_value());
            QCOMPARE(*read, words);
        }
        QCOMPARE(text::readObjectLink(QStringLiteral("objects:r@main/a/b"))->path, QStringLiteral("a/b"));
        QVERIFY(!text::readObjectLink(QStringLiteral("object:r@main/a")));
    }

    void aSideMayBeADate()
    {
        const core::Instant now = core::Instant::fromSeconds(1'800'000'000);
        QCOMPARE(text::readSide(QStringLiteral(" main "), now)->ref, QStringLiteral("main"));
        QVERIFY(!text::readSide(QStringLiteral("main"), now)->at.known());
        QCOMPARE(text::readSide(QStringLiteral("main@now-7d"), now)->at, now - 7 * core::kDay);
        QCOMPARE(text::readSide(QStringLiteral("main@"), now)->ref, QStringLiteral("main@")); // lakeFS's own
        QCOMPARE(text::readSide(QStringLiteral("main@someday"), now).error().kind, core::ErrorKind::Invalid);
    }

    void linesBesideEachOther()
    {
        using Rows = std::vector<std::pair<int, int>>;
        QCOMPARE(text::linePairs({"a", "b", "c"}, {"a", "c"}), (Rows{{0, 0}, {1, -1}, {2, 1}}));
        QCOMPARE(text::linePairs({"a", "b", "c"}, {"a", "x", "c"}), (Rows{{0, 0}, {1, 1}, {2, 2}})); // a change
        QCOMPARE(text::linePairs({}, {"a"}), (Rows{{-1, 0}}));
        QCOMPARE(text::linePairs({}, {}), Rows{});
    }

    void everyLineStandsOnce()
    {
        std::mt19937 random(3);
        for (int round = 0; round < 300; ++round) {
            std::vector<std::string> a(random() % 30);
            std::vector<std::string> b(random() % 30);
            for (auto *side : {&a, &b})
                for (std::string &line : *side)
                    line = std::string(1, static_cast<char>('a' + random() % 4));
            int i = 0;
            int j = 0;
            for (const auto &[left, right] : text::linePairs(a, b)) {
                if (left >= 0)
                    QCOMPARE(left, i++);
                if (right >= 0)
                    QCOMPARE(right, j++);
            }
            QCOMPARE(static_cast<std::size_t>(i), a.size());
            QCOMPARE(static_cast<std::size_t>(j), b.size());
        }
    }
};

ANDON_SUITE(CompareLinkTest)
#include "comparelink_test.moc"
