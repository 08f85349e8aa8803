#include "profile/handoverserver.h"

#include "profile/handoverlines.h"

#include <QTimer>

#include <mutex>

namespace andon::profile
{

namespace
{

constexpr std::size_t kMostConnections = 8;
constexpr int kAliveMs = 2'000;
constexpr int kPatienceMs = 10'000; // for the request
constexpr std::size_t kMostUnsent = 256 * 1024; // a client that does not read misses steps, nothing else

} // namespace

/// One client: its request, its job, its answer. Outlives the client until the job has ended.
class HandOverServer::Connection final : public QObject
{
public:
    Connection(HandOverServer &server, int descriptor)
        : QObject(&server)
        , m_server(server)
        , m_socket(descriptor, kLongestRequest)
    {
        m_mailbox->to = this;
        connect(&m_socket, &LocalSocket::lineReceived, this, &Connection::read);
        connect(&m_socket, &LocalSocket::disconnected, this, &Connection::left);
        connect(&m_job, &QFutureWatcherBase::finished, this, &Connection::finished);
        connect(&m_tick, &QTimer::timeout, this, [this] { m_running ? send(aliveLine()) : m_socket.abort(); });
        m_tick.start(kPatienceMs);
    }
    ~Connection() override
    {
        m_cancel.cancel();
        m_server.m_connections.erase(this);
        const std::scoped_lock lock(m_mailbox->mutex);
        m_mailbox->to = nullptr;
    }

    void answer(const core::Result<std::string> &result)
    {
        m_asked = true;
        m_tick.start(kPatienceMs);
        send(answerLine(result)); // at once: what was done may end this server, as a change of the language does
        m_socket.close(); // when all is written
    }

private:
    /// Through which steps reach the connection from other threads, as long as there is one.
    struct Mailbox {
        std::mutex mutex;
        Connection *to = nullptr;
    };

    void read(const QByteArray &line)
    {
        const std::string_view text(line.data(), static_cast<std::size_t>(line.size()));
        if (m_asked && isCancel(text))
            m_cancel.cancel();
        else if (!m_asked)
            start(text);
    }

    void start(std::string_view line)
    {
        m_asked = true;
        auto write = readRequest(line);
        if (!write)
            return answer(core::fail(write.error()));
        m_write = std::move(*write);
        m_running = true;
        m_tick.start(kAliveMs);
        const auto onStep = [mailbox = m_mailbox](const WriteStep &step) {
            const std::scoped_lock lock(mailbox->mutex);
            if (Connection *to = mailbox->to)
                QMetaObject::invokeMethod(
                    to, [to, step] { to->send(stepLine(step)); }, Qt::QueuedConnection);
        };
        m_job.setFuture(m_server.m_perform(m_write, onStep, m_cancel));
    }

    void finished()
    {
        m_running = false;
        const auto result = m_job.future().resultCount() > 0
            ? m_job.result()
            : core::Result<std::string>(core::fail(core::ErrorKind::Cancelled, "profile", "stopped"));
        answer(result);
        Q_EMIT m_server.performed(m_write, result.has_value());
        if (m_gone)
            deleteLater();
    }

    void send(const std::string &line)
    {
        if (m_socket.unsent() < kMostUnsent)
            m_socket.write(line);
    }

    void left()
    {
        m_gone = true;
        m_cancel.cancel();
        if (!m_running)
            deleteLater();
    }

    HandOverServer &m_server;
    LocalSocket m_socket;
    std::shared_ptr<Mailbox> m_mailbox = std::make_shared<Mailbox>();
    QFutureWatcher<core::Result<std::string>> m_job;
    QTimer m_tick;
    core::Cancel m_cancel;
    Write m_write;
    bool m_asked = false;
    bool m_running = false;
    bool m_gone = false;
};

HandOverServer::HandOverServer(Perform perform, QObject *parent)
    : QObject(parent)
    , m_server([this](int descriptor) { accept(descriptor); })
    , m_perform(std::move(perform))
{
}

HandOverServer::~HandOverServer()
{
    while (!m_connections.empty())
        delete *m_connections.begin(); // takes itself out
}

core::Result<void> HandOverServer::listen(const std::string &socket)
{
    return m_server.listen(socket);
}

void HandOverServer::accept(int descriptor)
{
    auto *connection = new Connection(*this, descriptor);
    m_connections.insert(connection);
    if (m_connections.size() > kMostConnections)
        connection->answer(
            core::fail(core::Error{.kind = core::ErrorKind::Storage, .where = "profile", .hint = "busy"}));
}

} // namespace andon::profile
