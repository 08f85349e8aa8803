#include "profile/lock.h"
#include "tests/support/suite.h"

#include <QTemporaryDir>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

using namespace andon;
using namespace andon::profile;

namespace
{

/// A child that takes the lock, says so through a pipe and keeps it until it is killed.
class OtherProcess
{
public:
    explicit OtherProcess(const Paths &paths)
    {
        int ends[2] = {};
        if (::pipe(ends) != 0)
            return;
        m_process = ::fork();
        if (m_process == 0) {
            auto lock = Lock::take(paths, "other");
            const char held = lock && *lock ? '1' : '0';
            if (lock && *lock)
                (void)(*lock)->announce("/there");
            (void)!::write(ends[1], &held, 1);
            while (true)
                ::pause();
        }
        char held = '0';
        (void)!::read(ends[0], &held, 1);
        m_held = held == '1';
        ::close(ends[0]);
        ::close(ends[1]);
    }
    ~OtherProcess() { kill(); }
    void kill()
    {
        if (m_process > 0) {
            ::kill(m_process, SIGKILL);
            ::waitpid(m_process, nullptr, 0);
        }
        m_process = -1;
    }
    [[nodiscard]] bool held() const { return m_held; }
    [[nodiscard]] pid_t process() const { return m_process; }

private:
    pid_t m_process = -1;
    bool m_held = false;
};

} // namespace

class LockTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        test::failOnAnyWarning();
        m_dir = std::make_unique<QTemporaryDir>();
        const auto paths = resolvePaths(m_dir->path().toStdString());
        ANDON_VERIFY_RESULT(paths);
        m_paths = *paths;
    }

    void oneProcessHoldsIt()
    {
        OtherProcess other(m_paths);
        QVERIFY(other.held());
        const auto mine = Lock::take(m_paths, "mine");
        ANDON_VERIFY_RESULT(mine);
        QVERIFY(!*mine);
        const auto holder = Lock::holder(m_paths);
        QVERIFY(holder);
        QCOMPARE(holder->process, static_cast<std::int64_t>(other.process()));
        QCOMPARE(holder->program, std::string("other"));
        QCOMPARE(holder->socket, std::string("/there"));
        QCOMPARE(holder->text(), "other (process " + std::to_string(other.process()) + ")");
    }

    void killMinusNineLetsGoOfIt()
    {
        OtherProcess other(m_paths);
        QVERIFY(other.held());
        other.kill();
        const auto mine = Lock::take(m_paths, "mine");
        ANDON_VERIFY_RESULT(mine);
        QVERIFY(*mine);
        QCOMPARE(Lock::holder(m_paths)->program, std::string("mine")); // nothing of the dead one is left
        QVERIFY(Lock::holder(m_paths)->socket.empty());
    }

    void letGoItMayBeTakenAgain()
    {
        auto first = Lock::take(m_paths, "first");
        ANDON_VERIFY_RESULT(first);
        QVERIFY(!*Lock::take(m_paths, "second"));
        first->reset();
        QVERIFY(*Lock::take(m_paths, "second"));
    }

    void whatIsNoHolderIsNone()
    {
        QVERIFY(!Lock::holder(m_paths));
        for (const char *text : {"", "12\nandon", "\xff\xff"}) {
            ANDON_VERIFY_RESULT(writeFile(m_paths.state + "/lock", text));
            QVERIFY(!Lock::holder(m_paths));
        }
    }

    void aFolderThatCannotBeWrittenIsAnError()
    {
        Paths nowhere = m_paths;
        nowhere.state = m_paths.state + "/missing";
        const auto lock = Lock::take(nowhere, "x");
        QVERIFY(!lock);
        QVERIFY(lock.error().kind == core::ErrorKind::Storage);
    }

    void racingForItOneWins()
    {
        constexpr int kRacers = 4;
        for (int round = 0; round < 50; ++round) {
            int results[2] = {};
            int hold[2] = {};
            QVERIFY(::pipe(results) == 0 && ::pipe(hold) == 0);
            std::vector<pid_t> racers;
            for (int i = 0; i < kRacers; ++i) {
                const pid_t child = ::fork();
                if (child == 0) {
                    ::close(hold[1]);
                    const auto lock = Lock::take(m_paths, "racer");
                    const char won = lock && *lock ? '1' : '0';
                    (void)!::write(results[1], &won, 1);
                    char end = 0;
                    (void)!::read(hold[0], &end, 1); // until all have tried
                    ::_exit(0);
                }
                racers.push_back(child);
            }
            char won[kRacers] = {};
            for (char &one : won)
                QCOMPARE(::read(results[0], &one, 1), ssize_t{1});
            for (const int end : {results[0], results[1], hold[0], hold[1]})
                ::close(end);
            for (const pid_t racer : racers)
                ::waitpid(racer, nullptr, 0);
            QCOMPARE(std::count(won, won + kRacers, '1'), std::ptrdiff_t{1});
        }
    }

private:
    std::unique_ptr<QTemporaryDir> m_dir;
    Paths m_paths;
};

ANDON_SUITE(LockTest)
#include "lock_test.moc"
