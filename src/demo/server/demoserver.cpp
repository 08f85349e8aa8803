#include "demo/server/demoserver.h"

#include "core/clock.h"
#include "demo/lakefs/historyfile.h"
#include "demo/mlflow/mlflowdialect.h"
#include "demo/server/lineagetruth.h"
#include "demo/server/truth.h"

#ifdef ANDON_DEMO_HAS_PROMETHEUS
#include "demo/metrics/moneytruth.h"
#include "demo/prometheus/prometheusdialect.h"
#endif

#include <httplib.h>

#include <cstdio>
#include <random>
#include <thread>

namespace andon::demo
{

namespace
{

constexpr std::size_t kChunkAbove = 2048; // the real server sends longer answers chunked

std::string randomText(const char *alphabet, int count)
{
    std::random_device device;
    const std::string digits(alphabet);
    std::string text;
    for (int i = 0; i < count; ++i)
        text += digits[device() % digits.size()];
    return text;
}

std::string requestId()
{
    thread_local std::mt19937_64 random(std::random_device{}());
    char text[40];
    std::snprintf(text, sizeof text, "%08x-%04x-4%03x-a%03x-%012llx", static_cast<unsigned>(random()),
                  static_cast<unsigned>(random() & 0xffff), static_cast<unsigned>(random() & 0xfff),
                  static_cast<unsigned>(random() & 0xfff),
                  static_cast<unsigned long long>(random() & 0xffffffffffffULL));
    return text;
}

Pairs paramsOf(const httplib::Request &request)
{
    return {request.params.begin(), request.params.end()};
}

void send(httplib::Response &response, int status, const std::string &contentType, std::string body, bool chunkLong)
{
    response.status = status;
    if (contentType.empty() && body.empty()) {
        return;
    }
    if (!chunkLong || body.size() <= kChunkAbove) {
        response.set_content(std::move(body), contentType.empty() ? "text/plain" : contentType);
        return;
    }
    response.set_chunked_content_provider(contentType, [text = std::move(body)](std::size_t, httplib::DataSink &sink) {
        sink.write(text.data(), text.size());
        sink.done();
        return true;
    });
}

/// The HTTP library cuts ranges and adds headers in its own way: of these requests nothing is said before it has.
bool answersLast(const httplib::Request &request)
{
    return request.method == "HEAD" || request.has_header("Range");
}

void forgetContent(httplib::Response &response)
{
    for (const char *name : {"Accept-Ranges", "Content-Length", "Content-Range", "Content-Type"})
        response.headers.erase(name);
}

/// One listener with its thread.
class Listener
{
public:
    using Handler = std::function<void(const httplib::Request &, httplib::Response &)>;

    /// last: called once more, when the library has done its part with the answer.
    core::Result<void> start(const std::string &name, int port, Handler handler, Handler last = {})
    {
        if (last)
            m_server.set_post_routing_handler(last);
        m_server.new_task_queue = [] { return new httplib::ThreadPool(24); };
        m_server.set_keep_alive_max_count(1'000'000);
        m_server.set_keep_alive_timeout(30);
        m_server.set_tcp_nodelay(true);
        m_server.set_read_timeout(10);
        m_server.Get(".*", handler);
        m_server.Post(".*", handler);
        m_server.Put(".*", handler);
        m_server.Delete(".*", handler);
        m_server.Patch(".*", handler);
        const bool bound =
            port ? m_server.bind_to_port("127.0.0.1", port) : (port = m_server.bind_to_any_port("127.0.0.1")) > 0;
        if (!bound)
            return core::fail(core::ErrorKind::Invalid, "demo factory",
                              "port " + std::to_string(port) + " for " + name + " is taken");
        m_url = "http://127.0.0.1:" + std::to_string(port);
        m_thread = std::thread([this] { m_server.listen_after_bind(); });
        while (!m_server.is_running())
            std::this_thread::yield();
        return {};
    }
    void stop()
    {
        m_server.stop();
        if (m_thread.joinable())
            m_thread.join();
    }
    ~Listener() { stop(); }
    [[nodiscard]] const std::string &url() const { return m_url; }

private:
    httplib::Server m_server;
    std::thread m_thread;
    std::string m_url;
};

} // namespace

struct DemoServer::Private {
    Plan plan;
    DemoEndpoints endpoints;
    std::unique_ptr<LakeFsDialect> lakefs;
    std::unique_ptr<MlflowDialect> mlflow;
    std::vector<History> told; ///< the story's, when lakeFS serves others from a file
    TrainingCommitOf trainingCommitOf;
#ifdef ANDON_DEMO_HAS_PROMETHEUS
    std::unique_ptr<PrometheusDialect> prometheus;
    Listener prometheusListener;
#endif
    Listener lakefsListener; ///< listeners die first: their handlers use the dialects
    Listener mlflowListener;

    [[nodiscard]] const std::vector<History> &histories() const
    {
        return told.empty() ? lakefs->histories() : told;
    }
    core::Result<void> build(const std::string &historyFile);
    core::Result<void> listen(int port);
    core::Result<void> listenAsLakefs(int port);
    core::Result<void> listenAsMlflow(int port);
};

core::Result<void> DemoServer::Private::build(const std::string &historyFile)
{
    endpoints.accessKeyId = "AKIAJ" + randomText("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 14) + "Q";
    endpoints.secretAccessKey = randomText("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 40);
    if (historyFile.empty()) {
        lakefs = std::make_unique<LakeFsDialect>(plan, makeHistories(plan), endpoints.accessKeyId,
                                                 endpoints.secretAccessKey);
    } else {
        auto recorded = readHistories(historyFile);
        if (!recorded)
            return core::fail(recorded.error());
        lakefs = std::make_unique<LakeFsDialect>(plan, std::move(recorded->repositories), endpoints.accessKeyId,
                                                 endpoints.secretAccessKey, std::move(recorded->server));
        told = makeHistories(plan); // the registry speaks of the story's commits all the same
    }
    trainingCommitOf = [this](const std::string &model, int version) {
        const DataCommit commit = trainingCommit(plan, histories(), model, version);
        return TrainingCommit{commit.repository, commit.id, commit.created};
    };
    mlflow = std::make_unique<MlflowDialect>(makeRegistry(plan, trainingCommitOf));
#ifdef ANDON_DEMO_HAS_PROMETHEUS
    prometheus = std::make_unique<PrometheusDialect>(plan);
#endif
    return {};
}

core::Result<void> DemoServer::Private::listenAsLakefs(int port)
{
    const auto ask = [this](const httplib::Request &request, httplib::Response &response) {
        auto answer = lakefs->handle({.method = request.method,
                                      .path = request.target.substr(0, request.target.find('?')),
                                      .params = paramsOf(request),
                                      .authorization = request.get_header_value("Authorization"),
                                      .range = request.get_header_value("Range"),
                                      .body = request.body});
        response.set_header("X-Request-Id", requestId());
        for (const auto &[name, value] : answer.headers)
            response.set_header(name, value);
        return answer;
    };
    return lakefsListener.start(
        "lakeFS", port,
        [ask](const httplib::Request &request, httplib::Response &response) {
            if (answersLast(request))
                return;
            auto answer = ask(request, response);
            send(response, answer.status, answer.contentType, std::move(answer.body), true);
        },
        [ask](const httplib::Request &request, httplib::Response &response) {
            if (!answersLast(request))
                return;
            forgetContent(response);
            auto answer = ask(request, response);
            response.status = answer.status;
            if (!answer.contentType.empty())
                response.set_header("Content-Type", answer.contentType);
            response.set_header("Content-Length", std::to_string(answer.body.size()));
            response.body = std::move(answer.body);
        });
}

core::Result<void> DemoServer::Private::listenAsMlflow(int port)
{
    return mlflowListener.start("MLflow", port, [this](const httplib::Request &request, httplib::Response &response) {
        auto answer = mlflow->handle({.method = request.method,
                                      .path = request.path,
                                      .params = paramsOf(request),
                                      .contentType = request.get_header_value("Content-Type"),
                                      .host = request.get_header_value("Host"),
                                      .origin = request.get_header_value("Origin"),
                                      .body = request.body});
        response.set_header("Server", "uvicorn");
        if (answer.contentType != "text/plain") { // refusals come from before the application
            response.set_header("X-Content-Type-Options", "nosniff");
            response.set_header("X-Frame-Options", "SAMEORIGIN");
            response.set_header("Vary", "Origin");
        }
        for (const auto &[name, value] : answer.headers)
            response.set_header(name, value);
        send(response, answer.status, answer.contentType, std::move(answer.body), false);
    });
}

core::Result<void> DemoServer::Private::listen(int port)
{
    if (auto started = listenAsLakefs(port); !started)
        return started;
    if (auto started = listenAsMlflow(port ? port + 1 : 0); !started)
        return started;
    endpoints.lakefs = lakefsListener.url();
    endpoints.mlflow = mlflowListener.url();
#ifdef ANDON_DEMO_HAS_PROMETHEUS
    auto prometheusStarted = prometheusListener.start(
        "Prometheus", port ? port + 2 : 0, [this](const httplib::Request &request, httplib::Response &response) {
            auto answer = prometheus->handle(request.method, request.path, paramsOf(request));
            send(response, answer.status, answer.contentType, std::move(answer.body), false);
        });
    if (!prometheusStarted)
        return prometheusStarted;
    endpoints.prometheus = prometheusListener.url();
#endif
    return {};
}

core::Result<std::unique_ptr<DemoServer>> DemoServer::start(const DemoOptions &options)
{
    auto d = std::make_unique<Private>();
    const core::Instant now = options.now.known() ? options.now : core::SystemClock().now();
    d->plan = makePlan(options.scale, options.seed, now);
    if (options.commits > 0)
        holdCommits(d->plan, options.commits);
    if (auto built = d->build(options.historyFile); !built)
        return core::fail(built.error());
    if (auto listening = d->listen(options.port); !listening)
        return core::fail(listening.error());
    return std::unique_ptr<DemoServer>(new DemoServer(std::move(d)));
}

DemoServer::DemoServer(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

DemoServer::~DemoServer() = default;

const Plan &DemoServer::plan() const
{
    return d->plan;
}

const DemoEndpoints &DemoServer::endpoints() const
{
    return d->endpoints;
}

std::string DemoServer::endpointsJson() const
{
    nlohmann::ordered_json json = {{"lakefs",
                                    {{"url", d->endpoints.lakefs},
                                     {"access_key_id", d->endpoints.accessKeyId},
                                     {"secret_access_key", d->endpoints.secretAccessKey}}},
                                   {"mlflow", {{"url", d->endpoints.mlflow}}}};
    if (!d->endpoints.prometheus.empty())
        json["prometheus"] = {{"url", d->endpoints.prometheus}};
    return json.dump();
}

std::string DemoServer::truthJson(const economics::PriceBook *book) const
{
    nlohmann::ordered_json json = {
        {"now", d->plan.now.seconds()},
        {"seed", d->plan.seed},
        {"scale", nameOf(d->plan.scale)},
        {"data", dataTruth(d->plan, d->histories())},
        {"registry", registryTruth(d->plan, d->mlflow->registry(), d->trainingCommitOf)},
        {"lineage", lineageTruth(d->mlflow->registry(), d->histories(), d->trainingCommitOf)}};
#ifdef ANDON_DEMO_HAS_PROMETHEUS
    json["metrics"] = nlohmann::ordered_json::parse(metricsTruthJson(d->plan));
    if (book)
        json["money"] = nlohmann::ordered_json::parse(moneyTruthJson(d->plan, *book));
#endif
    return json.dump(2) + "\n";
}

void DemoServer::stop(std::string_view source)
{
    if (source == "lakefs")
        d->lakefsListener.stop();
    else if (source == "mlflow")
        d->mlflowListener.stop();
#ifdef ANDON_DEMO_HAS_PROMETHEUS
    else if (source == "prometheus")
        d->prometheusListener.stop();
#endif
}

} // namespace andon::demo
