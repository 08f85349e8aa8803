#include "journal/file.h"
#include "journal/journal.h"
#include "tests/support/suite.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

using namespace andon;
using namespace andon::journal;

namespace
{

// The worked example of the format's reference: three records whose hashes were computed by other means.
const char kExample[] =
    "{\"app\":\"andon/0.1.0\",\"journal\":\"7f3c9a52\",\"key_id\":"
    "\"sha256:06e3fd8fda29bb60ab59557de61edb0aecdb231134be30e75b455f8e1b792fa9\",\"phase\":\"genesis\",\"prev\":"
    "\"0000000000000000000000000000000000000000000000000000000000000000\",\"seq\":0,\"ts\":"
    "\"2026-11-21T05:00:00.000Z\",\"v\":1}\n"
    "{\"action\":\"lakefs.merge\",\"actor\":{\"os_user\":\"op1\",\"service_user\":\"alice\"},\"app\":\"andon/0.1.0\","
    "\"id\":\"01JD6X0Q2M8F3S5T7V9W1Y3Z5B\",\"journal\":\"7f3c9a52\",\"phase\":\"intent\",\"pre\":{\"dest_head\":"
    "\"d1d1d1d1d1d1d1d1\",\"source_head\":\"5e5e5e5e5e5e5e5e\"},\"prev\":"
    "\"f67a1316ed8b8fb55993b5fd30067b61a60a8f1dfd74f387e10a1267389931a0\",\"req\":{\"body_sha256\":"
    "\"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\",\"method\":\"POST\",\"path\":"
    "\"/api/v1/repositories/datasets/refs/5e5e5e5e5e5e5e5e/merge/main\"},\"seq\":1,\"target\":{\"base\":"
    "\"https://lakefs.example\",\"dest\":\"main\",\"repo\":\"datasets\",\"service\":\"lakefs\",\"source\":"
    "\"ingest-42\"},\"ts\":\"2026-11-21T05:01:00.000Z\",\"v\":1}\n"
    "{\"app\":\"andon/0.1.0\",\"id\":\"01JD6X0Q2M8F3S5T7V9W1Y3Z5B\",\"journal\":\"7f3c9a52\",\"outcome\":\"applied\","
    "\"phase\":\"result\",\"post\":{\"commit\":\"aaaaaaaaaaaaaaaa\",\"parents\":[\"d1d1d1d1d1d1d1d1\","
    "\"5e5e5e5e5e5e5e5e\"]},\"prev\":\"1baca556eba86e6b345991c35df13de4cad3e7cd886d8821eaab284700d60166\",\"res\":"
    "{\"body_sha256\":\"32c184fc16fce24ca910a446e4af8ef3a7b36059ba4ac968a6a8a14f31a1a820\",\"status\":200},\"seq\":2,"
    "\"ts\":\"2026-11-21T05:01:00.412Z\",\"v\":1}\n";

Record note(const std::string &words)
{
    return {.phase = Phase::Note, .fields = {{"text", words}}};
}

} // namespace

class JournalTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        test::failOnAnyWarning();
        m_dir = std::make_unique<QTemporaryDir>();
        m_folder = (m_dir->path() + QStringLiteral("/journal")).toStdString();
    }

    void beginsWithAGenesis()
    {
        const auto journal = Journal::open(m_folder, {.app = "andon/x", .clock = &m_clock, .id = "7f3c9a52"});
        ANDON_VERIFY_RESULT(journal);
        QCOMPARE((*journal)->id(), std::string("7f3c9a52"));
        const std::string line = contents().toStdString();
        QCOMPARE(line,
                 "{\"app\":\"andon/x\",\"journal\":\"7f3c9a52\",\"phase\":\"genesis\",\"prev\":\""
                     + std::string(64, '0') + "\",\"seq\":0,\"ts\":\"2026-11-21T05:00:00.000Z\",\"v\":1}\n");
        QCOMPARE(QFileInfo(QString::fromStdString(m_folder)).permissions() & 0x77, QFileDevice::Permissions());
        QCOMPARE(QFileInfo(QString::fromStdString(m_folder + "/000001.jsonl")).permissions() & 0x77,
                 QFileDevice::Permissions());
    }

    void chainsRecords()
    {
        auto journal = open();
        const auto first = journal->appendHead({.phase = Phase::Intent, .fields = {{"id", "1"}, {"action", "x"}}});
        ANDON_VERIFY_RESULT(first);
        QCOMPARE(first->seq.value, 1LL);
        QCOMPARE(journal->append(note("two"))->value, 2LL);
        journal.reset();
        journal = open();
        QCOMPARE(journal->append({.phase = Phase::Signoff})->value, 3LL);
        const auto entries = journal->read();
        ANDON_VERIFY_RESULT(entries);
        QCOMPARE(entries->size(), std::size_t(4));
        QCOMPARE((*entries)[1].hash, first->hash);
        QCOMPARE((*entries)[2].prev, first->hash);
        QCOMPARE((*entries)[2].phase, Phase::Note);
        QCOMPARE(*(*entries)[2].value.find("text")->text(), std::string("two"));
        const auto verified = journal->verify();
        ANDON_VERIFY_RESULT(verified);
        QCOMPARE(verified->records, 4LL);
        QVERIFY(verified->breaks.empty());
        QCOMPARE(verified->head, (*entries)[3].hash);
    }

    void agreesWithTheWorkedExample()
    {
        QDir().mkdir(QString::fromStdString(m_folder));
        put(kExample);
        const auto verified = verify(m_folder);
        ANDON_VERIFY_RESULT(verified);
        QVERIFY(verified->breaks.empty());
        QCOMPARE(verified->head, std::string("a58b57ea1f7b32b1bcdc5decc38195adfd252e2963f68dfa9cb09b52048df495"));
        QCOMPARE(verified->journal, std::string("7f3c9a52"));
    }

    void noByteCanChange()
    {
        QDir().mkdir(QString::fromStdString(m_folder));
        const std::string good = kExample;
        const std::size_t lastLine = good.rfind('\n', good.size() - 2) + 1;
        for (std::size_t i = 0; i < good.size(); ++i) {
            std::string bad = good;
            bad[i] = static_cast<char>(bad[i] ^ 1);
            put(bad);
            const auto verified = verify(m_folder);
            ANDON_VERIFY_RESULT(verified);
            // The last line is bound by nothing but its own form and the head that others hold.
            QVERIFY2(!verified->breaks.empty() || (i >= lastLine && verified->head.substr(0, 4) != "a58b"),
                     std::to_string(i).c_str());
        }
    }

    void seesWhatWasRemovedInsertedOrMoved()
    {
        QDir().mkdir(QString::fromStdString(m_folder));
        const QStringList lines = QString::fromUtf8(kExample).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        const auto breaks = [&](const QStringList &kept) {
            put((kept.join(QLatin1Char('\n')) + QLatin1Char('\n')).toStdString());
            QStringList out;
            const Verified verified = verify(m_folder).value();
            for (const Break &one : verified.breaks)
                out << QStringLiteral("%1:%2").arg(one.line).arg(QString::fromStdString(one.what));
            return out.join(QLatin1Char(' '));
        };
        QCOMPARE(breaks(lines), QString());
        QCOMPARE(breaks({lines[1], lines[2]}), QStringLiteral("1:seq 1:prev 1:genesis"));
        QCOMPARE(breaks({lines[0], lines[2]}), QStringLiteral("2:seq 2:prev"));
        QCOMPARE(breaks({lines[0], lines[2], lines[1]}), QStringLiteral("2:seq 2:prev 3:seq 3:prev"));
        QCOMPARE(breaks({lines[0], lines[1], lines[1]}), QStringLiteral("3:seq 3:prev"));
        QCOMPARE(breaks({lines[0], QStringLiteral("{}"), lines[2]}), QStringLiteral("2:form 3:prev"));
        QString foreign = lines[2];
        foreign.replace(QStringLiteral("7f3c9a52"), QStringLiteral("00000000"));
        QCOMPARE(breaks({lines[0], lines[1], foreign}), QStringLiteral("3:journal"));
        put(std::string(kExample) + "{\"v\":");
        QCOMPARE(verify(m_folder)->breaks, (std::vector<Break>{{"000001.jsonl", 4, "torn"}}));
    }

    void cutsOffATornTail_data()
    {
        QTest::addColumn<QByteArray>("torn");
        QTest::newRow("no line feed") << QByteArray("{\"app\":\"andon/0.1");
        QTest::newRow("no record") << QByteArray("{\"app\":\"andon/0.1.0\"}\n");
        QTest::newRow("zeros") << QByteArray(5000, '\0');
        QTest::newRow("one byte") << QByteArray("{");
        QTest::newRow("a broken line and half a one") << QByteArray("{\"a\n{\"b");
        QTest::newRow("more than the small window") << QByteArray(200000, 'x');
    }
    void cutsOffATornTail()
    {
        QFETCH(QByteArray, torn);
        auto journal = open();
        ANDON_VERIFY_RESULT(journal->append(note("kept")));
        journal.reset();
        QFile file(QString::fromStdString(m_folder + "/000001.jsonl"));
        QVERIFY(file.open(QIODevice::Append));
        file.write(torn);
        file.close();
        journal = open();
        QVERIFY(journal->verify()->breaks.empty());
        const auto entries = journal->read();
        QCOMPARE(entries->size(), std::size_t(3));
        QCOMPARE(entries->back().phase, Phase::Recovered);
        QCOMPARE(*entries->back().value.find("sha256")->text(), sha256(torn.toStdString()));
        QCOMPARE(*entries->back().value.find("bytes")->number(), static_cast<std::int64_t>(torn.size()));
        const QDir kept(QString::fromStdString(m_folder + "/torn"));
        QCOMPARE(kept.entryList(QDir::Files).size(), 1);
        QFile copy(kept.filePath(kept.entryList(QDir::Files)[0]));
        QVERIFY(copy.open(QIODevice::ReadOnly));
        QCOMPARE(copy.readAll(), torn);
        QCOMPARE(journal->append(note("next"))->value, 3LL);
        journal.reset();
        QCOMPARE(open()->read()->size(), std::size_t(4)); // nothing more to recover
    }

    void recoversWhileOpenToo()
    {
        auto journal = open();
        QFile file(QString::fromStdString(m_folder + "/000001.jsonl"));
        QVERIFY(file.open(QIODevice::Append));
        file.write("{\"half");
        file.close();
        QCOMPARE(journal->append(note("x"))->value, 2LL);
        QVERIFY(journal->verify()->breaks.empty());
    }

    void beginsAgainWhenNotEvenTheGenesisIsWhole()
    {
        open().reset();
        put("{\"app\":\"and");
        const auto journal = open();
        QVERIFY(journal->verify()->breaks.empty());
        QCOMPARE(journal->read()->size(), std::size_t(1));
        QCOMPARE(QDir(QString::fromStdString(m_folder + "/torn")).entryList(QDir::Files).size(), 1);
    }

    void refusesToMendWhatSomebodyChanged()
    {
        open().reset();
        put(std::string(kExample) + "rubbish\nmore rubbish\n");
        const auto journal = Journal::open(m_folder);
        QVERIFY(!journal);
        QCOMPARE(journal.error().kind, core::ErrorKind::Storage);
        QVERIFY(contents().endsWith("more rubbish\n")); // untouched
    }

    void rotatesFiles()
    {
        auto journal = open(600);
        for (int i = 0; i < 20; ++i)
            ANDON_VERIFY_RESULT(journal->append(note("number " + std::to_string(i))));
        const auto files = journalFiles(m_folder);
        ANDON_VERIFY_RESULT(files);
        QVERIFY(files->size() >= 5);
        QVERIFY(journal->verify()->breaks.empty());
        QCOMPARE(journal->verify()->records, 21LL);
        // A crash between the birth of a file and its first line leaves it empty.
        QFile empty(QString::fromStdString(m_folder + "/000099.jsonl"));
        QVERIFY(empty.open(QIODevice::WriteOnly));
        empty.close();
        journal = open(600);
        QCOMPARE(journal->append(note("after"))->value, 21LL);
        QVERIFY(journal->verify()->breaks.empty());
        QVERIFY(QFile::remove(QString::fromStdString(m_folder + "/000002.jsonl")));
        QVERIFY(!journal->verify()->breaks.empty());
    }

    void refusesReservedAndOddFields()
    {
        auto journal = open();
        for (const char *key : {"v", "journal", "seq", "prev", "ts", "app", "phase", "Big"})
            QCOMPARE(journal->append({.fields = {{key, 1}}}).error().kind, core::ErrorKind::Invalid);
        QVERIFY(!journal->append({.fields = {{"x", Fields{{"prev", 1}}}}}));
        QVERIFY(!journal->append(note(std::string(2 << 20, 'x'))));
        ANDON_VERIFY_RESULT(journal->append(note(std::string(900000, 'x'))));
        ANDON_VERIFY_RESULT(journal->append(note("after a long one")));
        QVERIFY(journal->verify()->breaks.empty());
        QCOMPARE(journal->verify()->records, 3LL);
    }

    void refusesFoldersThatOthersCanReach()
    {
        QVERIFY(QDir().mkdir(QString::fromStdString(m_folder)));
        QFile::setPermissions(QString::fromStdString(m_folder), QFileDevice::Permissions(0x7077));
        QCOMPARE(Journal::open(m_folder).error().kind, core::ErrorKind::Storage);
        const QString link = m_dir->path() + QStringLiteral("/link");
        QVERIFY(QDir().mkdir(m_dir->path() + QStringLiteral("/real")));
        QVERIFY(QFile::link(m_dir->path() + QStringLiteral("/real"), link));
        QCOMPARE(Journal::open(link.toStdString()).error().kind, core::ErrorKind::Storage);
        QCOMPARE(Journal::open("/proc/no/such/folder").error().kind, core::ErrorKind::Storage);
    }

    void doesNotWriteThroughALink()
    {
        open().reset();
        const QString victim = m_dir->path() + QStringLiteral("/victim");
        const QString file = QString::fromStdString(m_folder + "/000001.jsonl");
        QVERIFY(QFile::rename(file, victim));
        QVERIFY(QFile::link(victim, file));
        QCOMPARE(Journal::open(m_folder).error().kind, core::ErrorKind::Storage);
    }

    void keepsTheChainWhenTheDiskIsFull()
    {
        open().reset();
        const qint64 before = contents().size();
        const pid_t child = ::fork();
        if (child == 0) { // a file size limit stands for a full disk
            ::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{static_cast<rlim_t>(before + 100), static_cast<rlim_t>(before + 100)};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            auto journal = Journal::open(m_folder);
            const auto refused = journal ? (*journal)->append(note("does not fit")) : core::Result<Seq>(Seq{});
            ::_exit(!refused && refused.error().kind == core::ErrorKind::Storage ? 0 : 1);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        QCOMPARE(contents().size(), before);
        const auto journal = open();
        QCOMPARE(journal->append(note("fits again"))->value, 1LL);
        QVERIFY(journal->verify()->breaks.empty());
        QCOMPARE(journal->read()->size(), std::size_t(2)); // nothing to recover
    }

    void survivesKill9()
    {
        std::int64_t acknowledged = -1;
        for (int round = 0; round < 12; ++round) {
            int ends[2] = {};
            QCOMPARE(::pipe(ends), 0);
            const pid_t child = ::fork();
            if (child == 0) {
                ::close(ends[0]);
                auto journal = Journal::open(m_folder, {.rotateAt = 20000});
                for (int i = 0; journal; ++i) {
                    const auto seq = (*journal)->append(note(std::string(static_cast<std::size_t>(i % 7) * 300, 'x')));
                    if (!seq || ::write(ends[1], &seq->value, sizeof seq->value) < 0)
                        break;
                }
                ::_exit(1);
            }
            ::close(ends[1]);
            std::this_thread::sleep_for(std::chrono::milliseconds(15 + 7 * round));
            ::kill(child, SIGKILL);
            int status = 0;
            QCOMPARE(::waitpid(child, &status, 0), child);
            QVERIFY(WIFSIGNALED(status));
            std::int64_t seq = 0;
            while (::read(ends[0], &seq, sizeof seq) == sizeof seq)
                acknowledged = seq;
            ::close(ends[0]);
            const auto journal = Journal::open(m_folder);
            ANDON_VERIFY_RESULT(journal);
            const auto verified = (*journal)->verify();
            ANDON_VERIFY_RESULT(verified);
            QVERIFY(verified->breaks.empty());
            QVERIFY2(verified->records > acknowledged, std::to_string(acknowledged).c_str());
        }
        QVERIFY(acknowledged > 20);
    }

    void letsProcessesAndThreadsTakeTurns()
    {
        open().reset();
        constexpr int kEach = 40;
        std::vector<pid_t> children;
        for (int c = 0; c < 3; ++c) {
            const pid_t child = ::fork();
            if (child == 0) {
                auto journal = Journal::open(m_folder, {.rotateAt = 5000});
                for (int i = 0; journal && i < kEach; ++i)
                    if (!(*journal)->append(note("child")))
                        ::_exit(1);
                ::_exit(journal ? 0 : 1);
            }
            children.push_back(child);
        }
        auto journal = open(5000);
        std::vector<std::thread> threads;
        std::atomic<int> failures = 0;
        for (int t = 0; t < 2; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < kEach; ++i)
                    failures += journal->append(note("thread")) ? 0 : 1;
            });
        for (std::thread &thread : threads)
            thread.join();
        for (const pid_t child : children) {
            int status = 0;
            ::waitpid(child, &status, 0);
            QVERIFY(WIFEXITED(status) && WEXITSTATUS(status) == 0);
        }
        QCOMPARE(failures.load(), 0);
        const auto verified = journal->verify();
        QVERIFY(verified->breaks.empty());
        QCOMPARE(verified->records, 1LL + 5 * kEach);
    }

private:
    [[nodiscard]] std::unique_ptr<Journal> open(std::int64_t rotateAt = 8 * 1024 * 1024)
    {
        auto journal = Journal::open(m_folder, {.clock = &m_clock, .rotateAt = rotateAt});
        if (!journal)
            QTest::qFail(journal.error().detail.c_str(), __FILE__, __LINE__);
        return journal ? std::move(*journal) : nullptr;
    }
    [[nodiscard]] QByteArray contents() const
    {
        QFile file(QString::fromStdString(m_folder + "/000001.jsonl"));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void put(const std::string &bytes) const
    {
        QFile file(QString::fromStdString(m_folder + "/000001.jsonl"));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(bytes.data(), static_cast<qint64>(bytes.size()));
    }

    core::ManualClock m_clock{{1795237200000}};
    std::unique_ptr<QTemporaryDir> m_dir;
    std::string m_folder;
};

ANDON_SUITE(JournalTest)
#include "journal_test.moc"
