#include "tests/sources/shared/goldenserver.h"

#include "tests/support/suite.h"

#include <httplib.h>

#include <QFile>

#include <thread>

namespace andon::test
{

std::string golden(const std::string &file)
{
    QFile in(QString::fromUtf8(ANDON_GOLDEN_DIR "/") + QString::fromStdString(file));
    if (!in.open(QIODevice::ReadOnly)) {
        QTest::qFail(qPrintable(QStringLiteral("no golden file ") + in.fileName()), __FILE__, __LINE__);
        return {};
    }
    return in.readAll().toStdString();
}

struct GoldenServer::Private {
    httplib::Server server;
    std::thread thread;
    int port = 0;
    mutable std::mutex mutex;
    std::map<std::string, std::vector<Answer>> answers;
    std::map<std::string, std::size_t> given;
    std::vector<Asked> asked;

    void handle(const httplib::Request &request, httplib::Response &response)
    {
        const std::lock_guard lock(mutex);
        Asked ask{.method = request.method, .path = request.path, .body = request.body};
        for (const auto &[key, value] : request.params)
            ask.query.emplace(key, value);
        for (const auto &[key, value] : request.headers)
            ask.headers.emplace(key, value);
        asked.push_back(std::move(ask));
        const std::string key = request.method + " " + request.path;
        const auto found = answers.find(key);
        if (found == answers.end()) {
            response.status = 404;
            response.set_content("404 page not found\n", "text/plain");
            return;
        }
        const std::size_t index = std::min(given[key]++, found->second.size() - 1);
        const Answer &answer = found->second[index];
        response.status = answer.status;
        response.set_content(answer.body, answer.contentType);
        for (const auto &[name, value] : answer.headers)
            response.set_header(name, value);
    }
};

GoldenServer::GoldenServer()
    : d(new Private)
{
    const auto handler = [this](const httplib::Request &request, httplib::Response &response) {
        d->handle(request, response);
    };
    d->server.Get(".*", handler);
    d->server.Post(".*", handler);
    d->server.set_keep_alive_max_count(1); // a kept connection would hold up stop() for 5 s
    d->port = d->server.bind_to_any_port("127.0.0.1");
    d->thread = std::thread([this] { d->server.listen_after_bind(); });
    while (!d->server.is_running())
        std::this_thread::yield();
}

GoldenServer::~GoldenServer()
{
    d->server.stop();
    d->thread.join();
}

void GoldenServer::answer(const std::string &methodAndPath, Answer answer)
{
    const std::lock_guard lock(d->mutex);
    d->answers[methodAndPath].push_back(std::move(answer));
}

std::vector<Asked> GoldenServer::asked() const
{
    const std::lock_guard lock(d->mutex);
    return d->asked;
}

std::string GoldenServer::url() const
{
    return "http://127.0.0.1:" + std::to_string(d->port);
}

std::unique_ptr<net::HttpClient> GoldenServer::client(net::Transport &transport, net::Endpoint endpoint) const
{
    endpoint.source = core::SourceName("golden");
    endpoint.baseUrl = url() + endpoint.baseUrl; // what a test put there is a prefix
    net::RetryPolicy policy{.random = [] { return 0.0; }, .sleep = [](std::int64_t, const core::Cancel &) {}};
    return std::make_unique<net::HttpClient>(transport, std::move(endpoint), nullptr, nullptr, std::move(policy));
}

} // namespace andon::test
