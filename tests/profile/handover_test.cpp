// Both halves of the hand-over against each other, and each against what no Andon would send.
#include "profile/handover.h"
#include "profile/handoverserver.h"
#include "tests/support/suite.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThreadPool>

#include <csignal>
#include <sys/stat.h>
#include <thread>

using namespace andon;
using namespace andon::profile;

namespace
{

using Answer = core::Result<std::string>;
using Work = std::function<Answer(const Write &, const OnStep &, const core::Cancel &)>;

/// A server whose work runs on threads of its own.
struct Holding {
    explicit Holding(Work toDo)
        : work(std::move(toDo))
    {
        server = std::make_unique<HandOverServer>([this](const Write &write, OnStep step, const core::Cancel &cancel) {
            auto promise = std::make_shared<QPromise<Answer>>();
            promise->start();
            auto pending = promise->future();
            threads.start([this, promise, write, step = std::move(step), cancel] {
                promise->addResult(work(write, step, cancel));
                promise->finish();
            });
            return pending;
        });
    }
    ~Holding() { threads.waitForDone(); }
    Work work;
    QThreadPool threads; // before the server: it outlives it
    std::unique_ptr<HandOverServer> server;
};

/// handOver() on another thread, as it runs in another process.
class Asking
{
public:
    Asking(const std::string &socket, Write write, int silenceMs = 20'000)
        : m_thread([this, socket, write = std::move(write), silenceMs] {
            m_answer = handOver(
                {.process = 1, .program = "holder", .socket = socket}, write,
                [this](const WriteStep &step) { steps.push_back(step); }, cancel, silenceMs);
            m_done = true;
        })
    {
    }
    [[nodiscard]] bool done() const { return m_done; }
    [[nodiscard]] const Answer &answer() const { return m_answer; }
    [[nodiscard]] std::string hint() const { return m_answer ? "" : m_answer.error().hint; }
    std::vector<WriteStep> steps; ///< when it is done
    core::Cancel cancel;

private:
    Answer m_answer = core::fail(core::ErrorKind::Invalid, "", "not yet");
    std::atomic<bool> m_done = false;
    std::jthread m_thread; // last: it uses the others
};

} // namespace

class HandOverTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        test::failOnAnyWarning();
        std::signal(SIGPIPE, SIG_DFL); // a write to a dead client must not end us either way
        m_dir = std::make_unique<QTemporaryDir>();
        m_socket = m_dir->filePath(QStringLiteral("handover")).toStdString();
    }

    void theWriteItsStepsAndItsAnswerArriveWhole()
    {
        const Write write{.command = "sync", .arguments = {{"site", "ams-1"}, {"odd", "a\n\"b\" \xe2\x82\xac"}}};
        std::optional<Write> got;
        Holding holding([&](const Write &asked, const OnStep &step, const core::Cancel &) -> Answer {
            got = asked;
            for (int i = 0; i < 100; ++i)
                step({"lakefs", "ml-data\ncommits", i});
            return std::string("{\"done\":\n true}");
        });
        ANDON_VERIFY_RESULT(holding.server->listen(m_socket));
        QSignalSpy performed(holding.server.get(), &HandOverServer::performed);
        Asking asking(m_socket, write);
        QTRY_VERIFY(asking.done());
        ANDON_VERIFY_RESULT(asking.answer());
        QCOMPARE(*asking.answer(), std::string("{\"done\":\n true}"));
        QVERIFY(got == write);
        QCOMPARE(asking.steps.size(), std::size_t{100});
        QVERIFY(asking.steps.back() == (WriteStep{"lakefs", "ml-data\ncommits", 99}));
        QTRY_COMPARE(performed.count(), 1);
        QVERIFY(performed.first().first().value<Write>() == write);
    }

    void anErrorArrivesWhole()
    {
        const core::Error error{.kind = core::ErrorKind::Limited,
                                .where = "lakefs logCommits",
                                .detail = "slow \x01 down",
                                .httpStatus = 429,
                                .server = "https://data.example",
                                .requestId = "r-1",
                                .retryAfterMs = 1500,
                                .hint = "some"};
        Holding holding(
            [&](const Write &, const OnStep &, const core::Cancel &) -> Answer { return core::fail(error); });
        ANDON_VERIFY_RESULT(holding.server->listen(m_socket));
        Asking asking(m_socket, {.command = "sync"});
        QTRY_VERIFY(asking.done());
        QVERIFY(!asking.answer());
        QVERIFY(asking.answer().error() == error);
    }

    void theSocketIsPrivate()
    {
        Holding holding([](const Write &, const OnStep &, const core::Cancel &) -> Answer { return std::string(); });
        ANDON_VERIFY_RESULT(holding.server->listen(m_socket));
        struct stat info = {};
        QCOMPARE(::stat(m_socket.c_str(), &info), 0);
        QVERIFY(S_ISSOCK(info.st_mode));
        QCOMPARE(info.st_mode & 0777, 0600U);
    }

    void whatADeadProcessLeftIsReplaced()
    {
        ANDON_VERIFY_RESULT(writeFile(m_socket, "left over"));
        Asking nobody(m_socket, {.command = "x"});
        QTRY_VERIFY(nobody.done());
        QCOMPARE(nobody.hint(), std::string("no-holder"));
        Holding holding([](const Write &, const OnStep &, const core::Cancel &) -> Answer { return std::string("y"); });
        ANDON_VERIFY_RESULT(holding.server->listen(m_socket));
        Asking somebody(m_socket, {.command = "x"});
        QTRY_VERIFY(somebody.done());
        ANDON_VERIFY_RESULT(somebody.answer());
    }

    void nobodyListens()
    {
        for (const std::string &socket : {m_socket, std::string(), std::string(300, 'x')}) {
            Asking asking(socket, {.command = "x"});
            QTRY_VERIFY(asking.done());
            QCOMPARE(asking.hint(), std::string("no-holder"));
        }
    }

    void cancellingReachesTheWork()
    {
        Holding holding([](const Write &, const OnStep &step, const core::Cancel &cancel) -> Answer {
            step({"lakefs", "begun", 0});
            while (!cancel.cancelled())
                std::this_thread::yield();
            return core::fail(core::ErrorKind::Cancelled, "lakefs", "stopped");
        });
        ANDON_VERIFY_RESULT(holding.server->listen(m_socket));
        Asking asking(m_socket, {.command = "sync"});
        asking.cancel.cancel();
        QTRY_VERIFY(asking.done());
        QVERIFY(!asking.answer());
        QVERIFY(asking.answer().error().kind == core::ErrorKind::Cancelled);
    }

    void aClientThatDiesCancelsItsWork()
    {
        std::atomic<bool> begun = false;
        std::atomic<bool> cancelled = false;
        Holding holding([&](const Write &, const OnStep &step, const core::Cancel &cancel) -> Answer {
            begun = true;
            while (!cancel.cancelled())
                std::this_thread::yield();
            for (int i = 0; i < 1000; ++i)
                step({"lakefs", "to nobody", i});
            cancelled = true;
            return std::string();
        });
        ANDON_VERIFY_RESULT(holding.server->listen(m_socket));
        QSignalSpy performed(holding.server.get(), &HandOverServer::performed);
        QLocalSocket client;
        client.connectToServer(QString::fromStdString(m_socket));
        client.write("{\"andon\":1,\"command\":\"sync\"}\n");
        QTRY_VERIFY(begun);
        client.abort();
        QTRY_VERIFY(cancelled);
        QTRY_COMPARE(performed.count(), 1); // what it did do is shown
    }

    void theHolderEndsInTheMiddle()
    {
        auto holding =
            std::make_unique<Holding>([](const Write &, const OnStep &step, const core::Cancel &cancel) -> Answer {
                while (!cancel.cancelled())
                    step({"lakefs", "on and on", 1});
                for (int i = 0; i < 1000; ++i) // the server is gone, the work does not know yet
                    step({"lakefs", "still", i});
                return std::string("too late");
            });
        ANDON_VERIFY_RESULT(holding->server->listen(m_socket));
        Asking asking(m_socket, {.command = "sync"});
        QTRY_VERIFY(holding->threads.activeThreadCount() > 0);
        holding->server.reset();
        QTRY_VERIFY(asking.done());
        QCOMPARE(asking.hint(), std::string("holder-died"));
        QCOMPARE(asking.answer().error().detail, std::string("holder (process 1)"));
    }

    void aHolderThatHangsIsGivenUp()
    {
        QLocalServer mute;
        QVERIFY(mute.listen(QString::fromStdString(m_socket)));
        Asking asking(m_socket, {.command = "sync"}, 400);
        QTRY_VERIFY(asking.done());
        QCOMPARE(asking.hint(), std::string("holder-silent"));
    }

    void workThatTakesLongIsNotSilence()
    {
        Holding holding([](const Write &, const OnStep &, const core::Cancel &cancel) -> Answer {
            for (int i = 0; i < 50 && !cancel.cancelled(); ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds(100));
            return std::string("at last");
        });
        ANDON_VERIFY_RESULT(holding.server->listen(m_socket));
        Asking asking(m_socket, {.command = "sync"}, 4'000); // the holder says that it lives every 2 s
        QTRY_VERIFY_WITH_TIMEOUT(asking.done(), 20'000);
        ANDON_VERIFY_RESULT(asking.answer());
    }

    void anotherVersionIsSaid()
    {
        Holding holding([](const Write &, const OnStep &, const core::Cancel &) -> Answer { return std::string(); });
        ANDON_VERIFY_RESULT(holding.server->listen(m_socket));
        const QByteArray answer = rawly("{\"andon\":2,\"command\":\"sync\"}\n");
        QVERIFY2(answer.contains("holder-version"), answer.constData());
    }

    void whatIsNoRequestIsRefusedAndTheServerGoesOn_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty line") << QByteArray("\n");
        QTest::newRow("no JSON") << QByteArray("GET / HTTP/1.1\r\n\r\n");
        QTest::newRow("a list") << QByteArray("[1]\n");
        QTest::newRow("no command") << QByteArray("{\"andon\":1}\n");
        QTest::newRow("command of another type") << QByteArray("{\"andon\":1,\"command\":[]}\n");
        QTest::newRow("argument of another type")
            << QByteArray("{\"andon\":1,\"command\":\"x\",\"arguments\":{\"a\":1}}\n");
        QTest::newRow("arguments of another type") << QByteArray("{\"andon\":1,\"command\":\"x\",\"arguments\":[]}\n");
        QTest::newRow("deep") << QByteArray(30'000, '[') + '\n';
        QTest::newRow("invalid UTF-8") << QByteArray("{\"andon\":1,\"command\":\"\xff\"}\n");
        QTest::newRow("endless") << QByteArray(1'000'000, 'x');
    }
    void whatIsNoRequestIsRefusedAndTheServerGoesOn()
    {
        QFETCH(QByteArray, bytes);
        int performed = 0;
        Holding holding([&](const Write &, const OnStep &, const core::Cancel &) -> Answer {
            ++performed;
            return std::string("fine");
        });
        ANDON_VERIFY_RESULT(holding.server->listen(m_socket));
        const QByteArray answer = rawly(bytes);
        QVERIFY2(answer.isEmpty() || answer.startsWith("{\"error\""), answer.constData());
        QCOMPARE(performed, 0);
        Asking asking(m_socket, {.command = "x"});
        QTRY_VERIFY(asking.done());
        ANDON_VERIFY_RESULT(asking.answer());
    }

    void aHolderThatTalksNonsenseIsAnError_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("no JSON") << QByteArray("hello\n");
        QTest::newRow("a number") << QByteArray("1\n");
        QTest::newRow("error of another type") << QByteArray("{\"error\":7}\n");
        QTest::newRow("endless") << QByteArray(5'000'000, 'x');
    }
    void aHolderThatTalksNonsenseIsAnError()
    {
        QFETCH(QByteArray, bytes);
        QLocalServer odd;
        QVERIFY(odd.listen(QString::fromStdString(m_socket)));
        connect(&odd, &QLocalServer::newConnection, &odd, [&] { odd.nextPendingConnection()->write(bytes); });
        Asking asking(m_socket, {.command = "sync"}, 5'000);
        QTRY_VERIFY_WITH_TIMEOUT(asking.done(), 10'000);
        QVERIFY(!asking.answer());
        QVERIFY(asking.hint() != "holder-silent");
    }

    void severalAtOnceAndTheRestIsTurnedAway()
    {
        std::atomic<bool> open = false;
        Holding holding([&](const Write &write, const OnStep &, const core::Cancel &) -> Answer {
            while (!open)
                std::this_thread::yield();
            return write.arguments.at("n");
        });
        holding.threads.setMaxThreadCount(4);
        ANDON_VERIFY_RESULT(holding.server->listen(m_socket));
        std::vector<std::unique_ptr<Asking>> all;
        for (int i = 0; i < 12; ++i)
            all.push_back(
                std::make_unique<Asking>(m_socket, Write{.command = "x", .arguments = {{"n", std::to_string(i)}}}));
        const auto count = [&](auto what) { return std::count_if(all.begin(), all.end(), what); };
        QTRY_COMPARE(count([](const auto &one) { return one->done(); }), std::ptrdiff_t{4});
        QCOMPARE(count([](const auto &one) { return one->done() && one->hint() == "busy"; }), std::ptrdiff_t{4});
        open = true;
        QTRY_COMPARE(count([](const auto &one) { return one->done(); }), std::ptrdiff_t{12});
        QCOMPARE(count([](const auto &one) { return one->answer().has_value(); }), std::ptrdiff_t{8});
    }

private:
    /// What the server says to these bytes until it hangs up.
    QByteArray rawly(const QByteArray &bytes)
    {
        QLocalSocket client;
        client.connectToServer(QString::fromStdString(m_socket));
        client.write(bytes);
        [&] { QTRY_COMPARE(client.state(), QLocalSocket::UnconnectedState); }();
        return client.readAll();
    }
    std::unique_ptr<QTemporaryDir> m_dir;
    std::string m_socket;
};

ANDON_SUITE(HandOverTest)
#include "handover_test.moc"
