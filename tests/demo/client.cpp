#include "tests/demo/client.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <curl/curl.h>

namespace andon::test
{

namespace
{

std::size_t keep(char *data, std::size_t, std::size_t count, void *into)
{
    static_cast<std::string *>(into)->append(data, count);
    return count;
}

std::size_t keepHeader(char *data, std::size_t, std::size_t count, void *into)
{
    const std::string line(data, count);
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos)
        return count;
    std::string name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    const std::size_t from = std::min(line.find_first_not_of(" \t", colon + 1), line.size());
    const std::size_t to = line.find_last_not_of(" \t\r\n");
    (*static_cast<std::map<std::string, std::string> *>(into))[name] =
        to == std::string::npos || to < from ? std::string() : line.substr(from, to - from + 1);
    return count;
}

} // namespace

Client::Client(std::string url, std::string user)
    : m_curl(curl_easy_init())
    , m_url(std::move(url))
    , m_user(std::move(user))
{
}

Client::~Client()
{
    curl_easy_cleanup(m_curl);
}

Reply Client::ask(const Ask &ask)
{
    Reply reply;
    const std::string url = m_url + ask.target;
    const std::string user = ask.user.empty() ? m_user : ask.user;
    curl_slist *headers = curl_slist_append(nullptr, "Expect:");
    for (const std::string &header : ask.headers)
        headers = curl_slist_append(headers, header.c_str());
    curl_easy_reset(m_curl);
    curl_easy_setopt(m_curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(m_curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(m_curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(m_curl, CURLOPT_TIMEOUT, 60L);
    curl_easy_setopt(m_curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(m_curl, CURLOPT_CUSTOMREQUEST, ask.method.c_str());
    if (ask.method == "HEAD")
        curl_easy_setopt(m_curl, CURLOPT_NOBODY, 1L);
    if (!ask.body.empty() || ask.method == "POST") {
        curl_easy_setopt(m_curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(ask.body.size()));
        curl_easy_setopt(m_curl, CURLOPT_COPYPOSTFIELDS, ask.body.c_str());
        curl_easy_setopt(m_curl, CURLOPT_CUSTOMREQUEST, ask.method.c_str());
    }
    if (!user.empty())
        curl_easy_setopt(m_curl, CURLOPT_USERPWD, user.c_str());
    curl_easy_setopt(m_curl, CURLOPT_WRITEFUNCTION, keep);
    curl_easy_setopt(m_curl, CURLOPT_WRITEDATA, &reply.body);
    curl_easy_setopt(m_curl, CURLOPT_HEADERFUNCTION, keepHeader);
    curl_easy_setopt(m_curl, CURLOPT_HEADERDATA, &reply.headers);
    if (curl_easy_perform(m_curl) == CURLE_OK) {
        long status = 0;
        curl_easy_getinfo(m_curl, CURLINFO_RESPONSE_CODE, &status);
        curl_easy_getinfo(m_curl, CURLINFO_TOTAL_TIME, &reply.seconds);
        reply.status = static_cast<int>(status);
    }
    curl_slist_free_all(headers);
    return reply;
}

Reply Client::post(const std::string &target, const std::string &json)
{
    return ask({.method = "POST", .target = target, .headers = {"Content-Type: application/json"}, .body = json});
}

std::unique_ptr<demo::DemoServer> startDemo(demo::DemoOptions options)
{
    if (!options.now.known())
        options.now = core::Instant::fromSeconds(1'795'521'600);
    auto server = demo::DemoServer::start(options);
    if (server)
        return std::move(*server);
    qFatal("the demo factory did not start: %s %s", server.error().where.c_str(), server.error().detail.c_str());
}

std::string lakefsUser(const demo::DemoServer &server)
{
    return server.endpoints().accessKeyId + ":" + server.endpoints().secretAccessKey;
}

std::string demoGolden(const std::string &file)
{
    QFile in(QStringLiteral(ANDON_SOURCE_DIR "/tests/demo/golden/") + QString::fromStdString(file));
    if (!in.open(QIODevice::ReadOnly))
        qFatal("no golden file %s", file.c_str());
    return in.readAll().toStdString();
}

} // namespace andon::test
