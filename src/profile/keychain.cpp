#include "profile/keychain.h"

#include <QThread>
#include <QTimer>

#include <qt6keychain/keychain.h>

#include <cstdlib>
#include <functional>

namespace andon::profile
{

namespace
{

constexpr int kPatienceMs = 5000;
const QString kService = QStringLiteral("io.andon.Console");

struct Outcome {
    QKeychain::Error error = QKeychain::OtherError;
    QString words = QStringLiteral("the keychain did not answer");
    QString text = {};
};

core::Error unavailable(const QString &words)
{
    return {
        .kind = core::ErrorKind::Storage, .where = "keychain", .detail = words.toStdString(), .hint = "no-keychain"};
}

/// A thread with its own event loop that runs one job and ends.
template <typename Job> class JobThread final : public QThread
{
public:
    explicit JobThread(std::function<void(Job &)> prepare)
        : m_prepare(std::move(prepare))
    {
    }
    Outcome outcome;

protected:
    void run() override
    {
        Job job(kService);
        job.setAutoDelete(false);
        job.setInsecureFallback(false);
        m_prepare(job);
        QObject::connect(&job, &QKeychain::Job::finished, &job, [&](QKeychain::Job *done) {
            outcome.error = done->error();
            outcome.words = done->errorString();
            if constexpr (std::is_same_v<Job, QKeychain::ReadPasswordJob>)
                outcome.text = job.textData();
            exit();
        });
        QTimer::singleShot(kPatienceMs, &job, [this] { exit(); });
        job.start();
        exec();
    }

private:
    std::function<void(Job &)> m_prepare;
};

template <typename Job> Outcome perform(std::function<void(Job &)> prepare)
{
    if (!std::getenv("DBUS_SESSION_BUS_ADDRESS"))
        return {.words = QStringLiteral("there is no session bus")};
    JobThread<Job> thread(std::move(prepare));
    thread.start();
    thread.wait();
    return thread.outcome;
}

} // namespace

core::Result<std::optional<std::string>> readKeychain(const std::string &key)
{
    const Outcome outcome = perform<QKeychain::ReadPasswordJob>(
        [&](QKeychain::ReadPasswordJob &job) { job.setKey(QString::fromStdString(key)); });
    if (outcome.error == QKeychain::NoError)
        return std::optional<std::string>(outcome.text.toStdString());
    if (outcome.error == QKeychain::EntryNotFound)
        return std::optional<std::string>();
    return core::fail(unavailable(outcome.words));
}

core::Result<void> writeKeychain(const std::string &key, const std::string &value)
{
    const Outcome outcome = perform<QKeychain::WritePasswordJob>([&](QKeychain::WritePasswordJob &job) {
        job.setKey(QString::fromStdString(key));
        job.setTextData(QString::fromStdString(value));
    });
    if (outcome.error == QKeychain::NoError)
        return {};
    return core::fail(unavailable(outcome.words));
}

void removeKeychain(const std::string &key)
{
    (void)perform<QKeychain::DeletePasswordJob>(
        [&](QKeychain::DeletePasswordJob &job) { job.setKey(QString::fromStdString(key)); });
}

} // namespace andon::profile
