#include "tests/support/faults/faults.h"

#include "tests/support/faults/healthy.h"

#include <QByteArray>

#include <cstdlib>
#include <ctime>
#include <map>
#include <mutex>

namespace andon::test
{

namespace
{

constexpr std::size_t kBomb = 64 * 1024 * 1024; // unpacked
constexpr std::size_t kOversized = 40 * 1024 * 1024; // more than the 32 MiB that a request accepts

/// What a fault may know: its place in the story and the other origin.
struct Scene {
    int nth = 1; ///< which request to this fault it is
    std::string elsewhere = {};
};
using Play = bool (*)(Connection &, const Heard &, const Scene &);

std::string pathBelow(const Heard &heard) // the fault's name is the first segment
{
    const std::string path = heard.path();
    const std::size_t slash = path.find('/', 1);
    return slash == std::string::npos ? "/" : path.substr(slash);
}

bool healthy(Connection &connection, const Heard &heard, const Scene &)
{
    const HealthyAnswer answer = healthyAnswer(pathBelow(heard));
    return connection.answer(answer.status, answer.contentType, answer.body);
}

bool lakefsPassword(Connection &connection, const Heard &, const Scene &)
{
    return connection.answer(401, "application/json", "{\"message\":\"error authenticating request\"}\n");
}

bool mlflowPassword(Connection &connection, const Heard &, const Scene &)
{
    return connection.answer(401, "text/html; charset=utf-8",
                             "You are not authenticated. Please see https://www.mlflow.org/docs/latest/auth/"
                             "index.html#authenticating-to-mlflow on how to authenticate.",
                             {"WWW-Authenticate: Basic realm=\"mlflow\""});
}

bool prometheusPassword(Connection &connection, const Heard &, const Scene &)
{
    return connection.answer(401, "text/plain; charset=utf-8", "Unauthorized\n", {"WWW-Authenticate: Basic"});
}

bool loginPage(Connection &connection, const Heard &, const Scene &)
{
    return connection.answer(200, "text/html; charset=utf-8",
                             "<!DOCTYPE html>\n<html lang=\"en\"><head><title>Sign in to Factory SSO</title></head>"
                             "<body><form method=\"post\"><input name=\"user\"></form></body></html>\n");
}

bool limitedSeconds(Connection &connection, const Heard &, const Scene &)
{
    return connection.answer(429, "application/json", "{\"message\":\"too many requests\"}\n", {"Retry-After: 1"});
}

bool limitedDate(Connection &connection, const Heard &, const Scene &)
{
    const std::time_t then = std::time(nullptr) + 2;
    char date[64];
    std::strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", std::gmtime(&then));
    return connection.answer(429, "application/json", "{\"message\":\"too many requests\"}\n",
                             {std::string("Retry-After: ") + date});
}

bool limitedLong(Connection &connection, const Heard &, const Scene &)
{
    return connection.answer(429, "application/json", "{\"message\":\"quota used up\"}\n", {"Retry-After: 7230"});
}

bool truncated(Connection &connection, const Heard &heard, const Scene &)
{
    const HealthyAnswer answer = healthyAnswer(pathBelow(heard));
    connection.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                     + std::to_string(answer.body.size() + 100) + "\r\n\r\n" + answer.body);
    return false;
}

bool hostRefused(Connection &connection, const Heard &heard, const Scene &scene)
{
    if (pathBelow(heard) == "/version" || pathBelow(heard) == "/health") // the real server checks them not
        return healthy(connection, heard, scene);
    return connection.answer(403, "text/plain", "Invalid Host header - possible DNS rebinding attack detected");
}

bool reset(Connection &connection, const Heard &, const Scene &)
{
    connection.reset();
    return false;
}

bool hang(Connection &connection, const Heard &, const Scene &)
{
    connection.pause(-1);
    return false;
}

bool slowDrip(Connection &connection, const Heard &, const Scene &)
{
    connection.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{");
    while (connection.pause(500) && connection.write(" ")) { }
    return false;
}

bool flaky(Connection &connection, const Heard &heard, const Scene &scene)
{
    if (scene.nth % 2 == 0)
        return healthy(connection, heard, scene);
    return connection.answer(503, "text/html", "<html><title>503 Service Unavailable</title></html>");
}

bool redirectElsewhere(Connection &connection, const Heard &heard, const Scene &scene)
{
    return connection.answer(302, "", "", {"Location: " + scene.elsewhere + pathBelow(heard)});
}

bool oversized(Connection &connection, const Heard &, const Scene &)
{
    connection.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string part = "10000\r\n" + std::string(0x10000, ' ') + "\r\n";
    for (std::size_t sent = 0; sent < kOversized && connection.write(part); sent += 0x10000) { }
    return false;
}

bool oversizedLength(Connection &connection, const Heard &, const Scene &)
{
    connection.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                     + std::to_string(kOversized) + "\r\n\r\n{");
    connection.pause(-1);
    return false;
}

bool invalidGzip(Connection &connection, const Heard &, const Scene &)
{
    return connection.answer(200, "application/json", "\x1f\x8b\x08 this was never packed", {"Content-Encoding: gzip"});
}

/// Spaces as gzip, but for its checksum: whoever unpacks that far has already lost.
std::string packed(std::size_t size)
{
    const QByteArray zlib = qCompress(QByteArray(static_cast<qsizetype>(size), ' '), 9);
    const std::string header("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
    constexpr qsizetype kBefore = 6; // Qt's length and zlib's header
    return header + zlib.mid(kBefore, zlib.size() - kBefore - 4).toStdString() + std::string(8, '\0');
}

bool gzipBomb(Connection &connection, const Heard &, const Scene &)
{
    return connection.answer(200, "application/json", packed(kBomb), {"Content-Encoding: gzip"});
}

bool endlessHeaders(Connection &connection, const Heard &, const Scene &)
{
    connection.write("HTTP/1.1 200 OK\r\n");
    for (int i = 0; connection.write("X-Line-" + std::to_string(i) + ": " + std::string(100, 'x') + "\r\n"); ++i) { }
    return false;
}

bool garbage(Connection &connection, const Heard &, const Scene &)
{
    connection.write("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n");
    return false;
}

const std::map<std::string, std::pair<std::string, Play>, std::less<>> &plays()
{
    static const std::map<std::string, std::pair<std::string, Play>, std::less<>> all{
        {"healthy", {"nothing", healthy}},
        {"lakefs-password", {"401 in lakeFS's words", lakefsPassword}},
        {"mlflow-password", {"401 in MLflow's words", mlflowPassword}},
        {"prometheus-password", {"401 in Prometheus's words", prometheusPassword}},
        {"untrusted-certificate", {"TLS with a certificate that nobody has signed", healthy}},
        {"login-page", {"200 with the sign-in page of a proxy", loginPage}},
        {"limited-seconds", {"429 with Retry-After in seconds", limitedSeconds}},
        {"limited-date", {"429 with Retry-After as a date", limitedDate}},
        {"limited-long", {"429 with a Retry-After of two hours", limitedLong}},
        {"truncated", {"a body shorter than its Content-Length", truncated}},
        {"host-refused", {"MLflow's 403 to a host name that it does not know", hostRefused}},
        {"reset", {"RST instead of an answer", reset}},
        {"hang", {"no answer at all", hang}},
        {"slow-drip", {"two bytes a second", slowDrip}},
        {"flaky", {"503, then a good answer, in turn", flaky}},
        {"redirect-elsewhere", {"302 to another origin", redirectElsewhere}},
        {"oversized", {"a body of 40 MiB without a length", oversized}},
        {"oversized-length", {"a Content-Length of 40 MiB", oversizedLength}},
        {"invalid-gzip", {"a body that is not the gzip that it says", invalidGzip}},
        {"gzip-bomb", {"64 KiB of gzip that unpack to 64 MiB", gzipBomb}},
        {"endless-headers", {"header lines without end", endlessHeaders}},
        {"garbage", {"an answer in another protocol", garbage}},
        {"unreachable", {"nobody listens", nullptr}},
    };
    return all;
}

} // namespace

const std::vector<Fault> &faults()
{
    static const std::vector<Fault> all = [] {
        std::vector<Fault> out{{.name = "healthy", .says = plays().find("healthy")->second.first}};
        for (const auto &[name, play] : plays())
            if (name != "healthy")
                out.push_back({.name = name, .says = play.first});
        return out;
    }();
    return all;
}

struct FaultServer::Private {
    const Certificate own = makeCertificate();
    std::mutex mutex = {};
    std::map<std::string, int> asked = {}; // by fault
    ScriptedServer elsewhere{
        [](Connection &connection, const Heard &) { return connection.answer(200, "application/json", "{}"); }};
    ClosedPort closed = {};
    ScriptedServer plain{[this](Connection &connection, const Heard &heard) { return serve(connection, heard); }};
    ScriptedServer tls{[this](Connection &connection, const Heard &heard) { return serve(connection, heard); },
                       TlsSetup{.certificate = own}};

    bool serve(Connection &connection, const Heard &heard)
    {
        const std::string path = heard.path();
        const std::string name = path.substr(1, path.find('/', 1) - 1);
        const auto play = plays().find(name);
        if (play == plays().end() || !play->second.second)
            return connection.answer(404, "text/plain", "there is no fault of that name\n");
        Scene scene{.elsewhere = elsewhere.url()};
        {
            const std::scoped_lock lock(mutex);
            scene.nth = ++asked[name];
        }
        return play->second.second(connection, heard, scene);
    }
};

FaultServer::FaultServer()
    : d(new Private)
{
}

FaultServer::~FaultServer() = default;

std::string FaultServer::origin(std::string_view fault) const
{
    if (plays().find(fault) == plays().end())
        std::abort();
    if (fault == "unreachable")
        return d->closed.url();
    return fault == "untrusted-certificate" ? d->tls.url() : d->plain.url();
}

std::string FaultServer::url(std::string_view fault) const
{
    return origin(fault) + "/" + std::string(fault);
}

std::vector<Heard> FaultServer::heard() const
{
    std::vector<Heard> all = d->plain.heard();
    const std::vector<Heard> more = d->tls.heard();
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

std::vector<Heard> FaultServer::heardElsewhere() const
{
    return d->elsewhere.heard();
}

std::string FaultServer::certificate() const
{
    return d->own.pem;
}

} // namespace andon::test
