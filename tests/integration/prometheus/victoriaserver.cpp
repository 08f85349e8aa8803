#include "tests/integration/prometheus/victoriaserver.h"

#include <QTcpServer>
#include <QThread>
#include <QUrl>
#include <curl/curl.h>

namespace andon::test
{

std::string VictoriaServer::start()
{
    const QString program = qEnvironmentVariable("ANDON_TEST_VICTORIA");
    if (program.isEmpty())
        return "set ANDON_TEST_VICTORIA to the program of VictoriaMetrics 1.79.5";
    QTcpServer probe; // its port is free when it is gone
    if (!probe.listen(QHostAddress::LocalHost))
        return "no free port";
    m_port = probe.serverPort();
    probe.close();
    m_program.start(program,
                    {QStringLiteral("-storageDataPath=") + m_folder.filePath(QStringLiteral("data")),
                     QStringLiteral("-retentionPeriod=120"), QStringLiteral("-memory.allowedPercent=10"),
                     QStringLiteral("-httpListenAddr=127.0.0.1:%1").arg(m_port)},
                    plainEnvironment(m_folder.path()), m_folder.path());
    for (int i = 0; i < 300; ++i) {
        long status = 0;
        (void)request("/health", nullptr, status);
        if (status == 200)
            return {};
        if (!m_program.running())
            break;
        QThread::msleep(100);
    }
    return "VictoriaMetrics does not start: " + m_program.errors();
}

std::string VictoriaServer::import(const std::string &lines)
{
    long status = 0;
    const std::string answer = request("/api/v1/import/prometheus", &lines, status);
    if (status != 204)
        return "VictoriaMetrics refuses the samples: " + std::to_string(status) + " " + answer;
    (void)request("/internal/force_flush", nullptr, status); // otherwise they appear seconds later
    return status == 200 ? std::string() : "VictoriaMetrics does not flush";
}

nlohmann::json VictoriaServer::ask(const std::string &what, const Parameters &parameters) const
{
    std::string target = "/api/v1/" + what + "?nocache=1"; // else it moves start and end
    for (const auto &[name, value] : parameters)
        target += "&" + name + "="
            + QString::fromLatin1(QUrl::toPercentEncoding(QString::fromStdString(value))).toStdString();
    long status = 0;
    const std::string body = request(target, nullptr, status);
    return nlohmann::json::parse(body.begin(), body.end(), nullptr, false);
}

std::string VictoriaServer::request(const std::string &target, const std::string *body, long &status) const
{
    std::string answer;
    CURL *handle = curl_easy_init();
    const std::string url = "http://127.0.0.1:" + std::to_string(m_port) + target;
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_TIMEOUT, 120L);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &answer);
    const auto append = [](const char *data, std::size_t, std::size_t size, std::string *into) {
        into->append(data, size);
        return size;
    };
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION,
                     static_cast<std::size_t (*)(const char *, std::size_t, std::size_t, std::string *)>(append));
    if (body) {
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, body->data());
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body->size()));
    }
    status = 0;
    if (curl_easy_perform(handle) == CURLE_OK)
        curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup(handle);
    return answer;
}

} // namespace andon::test
