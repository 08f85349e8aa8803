#include "store/noticestore.h"
#include "tests/support/suite.h"

#include <QTemporaryDir>

using namespace andon;
using namespace andon::store;
using telemetry::Level;
using telemetry::Notice;

namespace
{

Notice notice(int number)
{
    return {.site = core::SiteName("ams-1"),
            .at = core::Instant::fromSeconds(1'764'416'400 + number),
            .kind = telemetry::NoticeKind::Alert,
            .subject = "Hot{gpu=\"" + std::to_string(number) + "\"}",
            .name = "Hot",
            .about = "line 1\n\xc3\xa4",
            .to = "firing",
            .after = Level::Major,
            .link = "andon://ams-1/compute"};
}

} // namespace

class NoticeStoreTest : public QObject
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

    void theySurviveARestart()
    {
        const auto added = NoticeStore(*m_file).add({notice(1), notice(2)});
        ANDON_VERIFY_RESULT(added);
        open();
        const auto all = NoticeStore(*m_file).all();
        ANDON_VERIFY_RESULT(all);
        QVERIFY(*all == (std::vector<Notice>{(*added)[1], (*added)[0]})); // newest first, nothing lost
        QVERIFY(all->front().id > all->back().id);
    }

    void onlyTheNewestAreKept()
    {
        NoticeStore store(*m_file);
        std::vector<Notice> many;
        for (int i = 0; i < NoticeStore::kMost; ++i)
            many.push_back(notice(i));
        ANDON_VERIFY_RESULT(store.add(many));
        QCOMPARE(store.all()->size(), std::size_t{NoticeStore::kMost});
        ANDON_VERIFY_RESULT(store.add({notice(5000), notice(5001)}));
        const auto all = store.all();
        QCOMPARE(all->size(), std::size_t{NoticeStore::kMost});
        QCOMPARE(all->front().at, notice(5001).at);
        QCOMPARE(all->back().at, notice(2).at);
    }

    void whatWasSeenIsMarked()
    {
        NoticeStore store(*m_file);
        const auto added = store.add({notice(1), notice(2), notice(3)});
        QCOMPARE(store.markSeen((*added)[1].id).value_or(-1), std::int64_t{2});
        QCOMPARE(store.markSeen((*added)[1].id).value_or(-1), std::int64_t{0});
        const auto all = store.all();
        QVERIFY(!(*all)[0].seen && (*all)[1].seen && (*all)[2].seen); // one came meanwhile
    }

    void recordsWithoutThemAreBroughtUp()
    {
        m_file.reset();
        const std::string old = m_dir->filePath(QStringLiteral("old.db")).toStdString();
        Schema before = recordsSchema();
        before.steps.resize(2);
        ANDON_VERIFY_RESULT(DatabaseFile::open(old, before));
        const auto file = DatabaseFile::open(old, recordsSchema());
        ANDON_VERIFY_RESULT(file);
        ANDON_VERIFY_RESULT(NoticeStore(**file).add({notice(1)}));
        QCOMPARE(NoticeStore(**file).all()->size(), std::size_t{1});
        QVERIFY(QFile::exists(QString::fromStdString(old) + QStringLiteral(".before-3")));
    }

private:
    void open()
    {
        m_file.reset();
        auto file = DatabaseFile::open(m_dir->filePath(QStringLiteral("records.db")).toStdString(), recordsSchema());
        ANDON_VERIFY_RESULT(file);
        m_file = std::move(*file);
    }
    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<DatabaseFile> m_file;
};

ANDON_SUITE(NoticeStoreTest)
#include "noticestore_test.moc"
