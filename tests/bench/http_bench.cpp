// Requests per second over 8 connections to a fast server on loopback: our transport beside QNetworkAccessManager
// (which opens at most 6 per host) in the same run. The server is a process of its own; answers are the size of a small
// lakeFS or Prometheus answer. `client` is what a source really uses: retries, breaker and log, from 8 worker threads.
#include "net/httpclient.h"
#include "net/requestlog.h"
#include "net/transport.h"
#include "tests/bench/ratio.h"

#include <QCoreApplication>
#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QUrl>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <map>
#include <mutex>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace andon;

namespace
{

constexpr int kInFlight = 8;
constexpr int kBatch = 4000; // requests of one iteration
constexpr std::size_t kBody = 400;

std::string answer()
{
    const std::string start = R"({"status":"success","data":")";
    const std::string body = start + std::string(kBody - start.size() - 2, 'x') + R"("})";
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Request-Id: 4f0c\r\nContent-Length: "
        + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// Answers every request that ends in a blank line; as little else as can be.
[[noreturn]] void serve(int listener)
{
    const std::string text = answer();
    const int poll = ::epoll_create1(0);
    epoll_event event{.events = EPOLLIN, .data = {.fd = listener}};
    ::epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
    std::map<int, std::string> started;
    for (;;) {
        epoll_event events[64];
        const int count = ::epoll_wait(poll, events, 64, -1);
        for (int i = 0; i < count; ++i) {
            int fd = events[i].data.fd;
            if (fd == listener) {
                fd = ::accept(listener, nullptr, nullptr);
                const int yes = 1;
                ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
                event.data.fd = fd;
                ::epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
                continue;
            }
            char bytes[8192];
            const auto got = ::recv(fd, bytes, sizeof bytes, 0);
            std::string &request = started[fd];
            if (got <= 0) {
                started.erase(fd);
                ::close(fd);
                continue;
            }
            request.append(bytes, static_cast<std::size_t>(got));
            for (std::size_t end; (end = request.find("\r\n\r\n")) != std::string::npos; request.erase(0, end + 4))
                (void)::send(fd, text.data(), text.size(), MSG_NOSIGNAL);
        }
    }
}

/// The server's process; started before this one has threads.
class Server
{
public:
    Server()
    {
        const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in at = {};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at;
        if (::bind(listener, reinterpret_cast<const sockaddr *>(&at), size) != 0 || ::listen(listener, 64) != 0
            || ::getsockname(listener, reinterpret_cast<sockaddr *>(&at), &size) != 0)
            std::abort();
        m_url = "http://127.0.0.1:" + std::to_string(ntohs(at.sin_port));
        m_pid = ::fork();
        if (m_pid == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL);
            serve(listener);
        }
        ::close(listener);
    }
    ~Server() { ::kill(m_pid, SIGKILL); }
    [[nodiscard]] const std::string &url() const { return m_url; }

private:
    std::string m_url;
    pid_t m_pid = 0;
};

std::string serverUrl; // the benchmark functions can be handed nothing

net::Endpoint endpoint()
{
    return {.source = core::SourceName("bench"), .baseUrl = serverUrl, .maxConnections = kInFlight};
}

net::Request request()
{
    return {.path = {"api", "v1", "config"}, .query = {{"amount", "1000"}}, .what = "bench"};
}

bool isGood(const core::Result<net::Response> &answer)
{
    return answer && answer->status == 200 && answer->body.size() == kBody;
}

/// submit(), 8 under way: the next is sent from the callback of the one before.
void transport(benchmark::State &state)
{
    net::Transport transport;
    const auto source = std::make_shared<const net::Endpoint>(endpoint());
    for (auto _ : state) {
        std::mutex mutex;
        std::condition_variable ready;
        int sent = kInFlight;
        int done = 0;
        bool good = true;
        std::function<void(core::Result<net::Response>)> onDone = [&](const core::Result<net::Response> &answer) {
            const std::scoped_lock lock(mutex);
            good = good && isGood(answer);
            if (sent < kBatch) {
                ++sent;
                transport.submit(source, request(), {}, onDone);
            }
            if (++done == kBatch)
                ready.notify_one();
        };
        for (int i = 0; i < kInFlight; ++i)
            transport.submit(source, request(), {}, onDone);
        std::unique_lock lock(mutex);
        ready.wait(lock, [&] { return done == kBatch; });
        if (!good)
            state.SkipWithError("a request failed");
    }
    state.SetItemsProcessed(state.iterations() * kBatch);
}

void client(benchmark::State &state)
{
    net::Transport transport;
    net::RequestLog log;
    const net::HttpClient client(transport, endpoint(), &log);
    for (auto _ : state) {
        std::atomic<int> left = kBatch;
        std::atomic<bool> good = true;
        {
            std::vector<std::jthread> workers;
            for (int i = 0; i < kInFlight; ++i)
                workers.emplace_back([&] {
                    while (left-- > 0)
                        if (!isGood(client.get(request(), {})))
                            good = false;
                });
        }
        if (!good)
            state.SkipWithError("a request failed");
    }
    state.SetItemsProcessed(state.iterations() * kBatch);
}

/// As many under way as it likes of 8.
void qnam(benchmark::State &state)
{
    QNetworkAccessManager manager;
    manager.setProxy(QNetworkProxy::NoProxy);
    const QNetworkRequest asked(QUrl(QString::fromStdString(serverUrl + "/api/v1/config?amount=1000")));
    for (auto _ : state) {
        int sent = 0;
        int done = 0;
        bool good = true;
        const std::function<void()> send = [&] {
            ++sent;
            QNetworkReply *reply = manager.get(asked);
            QObject::connect(reply, &QNetworkReply::finished, &manager, [&, reply] {
                good = good && reply->error() == QNetworkReply::NoError && reply->readAll().size() == kBody;
                reply->deleteLater();
                if (sent < kBatch)
                    send();
                if (++done == kBatch)
                    QCoreApplication::quit();
            });
        };
        for (int i = 0; i < kInFlight; ++i)
            send();
        QCoreApplication::exec();
        if (!good)
            state.SkipWithError("a request failed");
    }
    state.SetItemsProcessed(state.iterations() * kBatch);
}

} // namespace

BENCHMARK(transport)->Unit(benchmark::kMillisecond)->UseRealTime()->MinTime(0.3)->Repetitions(7);
BENCHMARK(client)->Unit(benchmark::kMillisecond)->UseRealTime()->MinTime(0.3)->Repetitions(7);
BENCHMARK(qnam)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1)->Repetitions(7);

int main(int argc, char **argv)
{
    const Server server;
    serverUrl = server.url();
    const QCoreApplication app(argc, argv);
    return bench::run(argc, argv, {{.name = "http", .ours = "transport", .peer = "qnam", .atLeast = 5}});
}
