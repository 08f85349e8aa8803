#include "store/acknowledgementstore.h"
#include "tests/support/suite.h"

#include <QTemporaryDir>

using namespace andon;
using namespace andon::store;

namespace
{
const core::Instant kNow = core::Instant::fromSeconds(1'764'416'400);
const core::SiteName kSite("ams-1");

Acknowledgement of(const std::string &subject, const std::string &state, const std::string &who, std::int64_t after = 0)
{
    return {.site = kSite, .kind = "station", .subject = subject, .state = state, .who = who, .at = kNow + after};
}
} // namespace

class AcknowledgementStoreTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        test::failOnAnyWarning();
        m_dir = std::make_unique<QTemporaryDir>();
        open();
    }
    void cleanup() { m_file.reset(); }

    void whatWasSaidIsKept()
    {
        Acknowledgement one = of("storage", "storage-saturated", "Anna");
        one.note = "line 1\n\"quoted\" \xc3\xa4";
        one.until = kNow + core::kHour;
        const auto id = AcknowledgementStore(*m_file).add(one);
        ANDON_VERIFY_RESULT(id);
        one.id = *id;
        m_file.reset();
        open();
        const auto all = AcknowledgementStore(*m_file).all(kSite);
        ANDON_VERIFY_RESULT(all);
        QCOMPARE(all->size(), std::size_t{1});
        QVERIFY(all->front() == one);
        QVERIFY(AcknowledgementStore(*m_file).all(core::SiteName("fra-1"))->empty());
    }

    void theNewestOfASubjectStands()
    {
        AcknowledgementStore store(*m_file);
        ANDON_VERIFY_RESULT(store.add(of("storage", "a", "Anna")));
        ANDON_VERIFY_RESULT(store.add(of("storage", "b", "Ben", 1)));
        ANDON_VERIFY_RESULT(store.add(of("compute", "c", "Cem", 2)));
        const auto standing = store.standing(kSite, kNow + 10);
        ANDON_VERIFY_RESULT(standing);
        QCOMPARE(standing->size(), std::size_t{2});
        QCOMPARE((*standing)[0].who, std::string("Cem"));
        QCOMPARE((*standing)[1].who, std::string("Ben"));
    }

    void whatWasWithdrawnOrIsOverIsHistory()
    {
        AcknowledgementStore store(*m_file);
        ANDON_VERIFY_RESULT(store.add(of("storage", "a", "Anna")));
        ANDON_VERIFY_RESULT(store.add(of("storage", "b", "Ben", 1)));
        Acknowledgement shortOne = of("compute", "c", "Cem");
        shortOne.until = kNow + core::kHour;
        ANDON_VERIFY_RESULT(store.add(shortOne));
        QCOMPARE(store.withdraw(kSite, "station", "storage", "Dora", kNow + 5).value_or(0), std::int64_t{2});
        QCOMPARE(store.withdraw(kSite, "station", "storage", "Dora", kNow + 6).value_or(-1), std::int64_t{0});
        QCOMPARE(store.standing(kSite, kNow + core::kHour - 1)->size(), std::size_t{1});
        QVERIFY(store.standing(kSite, kNow + core::kHour)->empty());
        QCOMPARE(store.standing(kSite, kNow + 4)->size(), std::size_t{2}); // as it was then
        QVERIFY(store.standing(kSite, kNow - 1)->empty());
        const auto all = store.all(kSite);
        QCOMPARE(all->size(), std::size_t{3});
        QCOMPARE((*all)[1].withdrawnBy, std::string("Dora"));
        QCOMPARE((*all)[1].withdrawn, kNow + 5);
    }

    void recordsOfTheFirstVersionAreBroughtUpAndBackedUp()
    {
        m_file.reset();
        const std::string old = m_dir->filePath(QStringLiteral("old.db")).toStdString();
        Schema first = recordsSchema();
        first.steps.resize(1);
        {
            auto file = DatabaseFile::open(old, first);
            ANDON_VERIFY_RESULT(file);
            ANDON_VERIFY_RESULT((*file)->write([](Database &db) {
                return db.run("INSERT INTO report_history(site, definition, made, range_from, range_to, format, file, "
                              "sha256, cached) VALUES('s', 'd', 1, 2, 3, 'pdf', 'f', 'x', 0)");
            }));
        }
        auto file = DatabaseFile::open(old, recordsSchema());
        ANDON_VERIFY_RESULT(file);
        ANDON_VERIFY_RESULT(AcknowledgementStore(**file).add(of("storage", "a", "Anna")));
        const auto kept =
            (*file)->get<std::int64_t>([](Database &db) { return db.number("SELECT count(*) FROM report_history"); });
        QCOMPARE(kept.value_or(0), std::int64_t{1});
        QVERIFY(QFile::exists(QString::fromStdString(old) + QStringLiteral(".before-2")));
    }

private:
    void open()
    {
        auto file = DatabaseFile::open(m_dir->filePath(QStringLiteral("records.db")).toStdString(), recordsSchema());
        ANDON_VERIFY_RESULT(file);
        m_file = std::move(*file);
    }
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<DatabaseFile> m_file;
};

ANDON_SUITE(AcknowledgementStoreTest)
#include "acknowledgementstore_test.moc"
