#include "tests/integration/promql/server.h"

#include <QFile>
#include <QTcpServer>
#include <QThread>
#include <QUrl>
#include <curl/curl.h>

namespace andon::test
{

std::string PrometheusServer::makeBlocks(const QString &promtool, const std::string &openMetrics)
{
    QFile file(m_folder.filePath(QStringLiteral("samples.om")));
    if (!file.open(QIODevice::WriteOnly) || file.write(openMetrics.c_str()) != static_cast<qint64>(openMetrics.size()))
        return "cannot write the samples";
    file.close();
    const Ran made =
        runProgram(promtool,
                   {QStringLiteral("tsdb"), QStringLiteral("create-blocks-from"), QStringLiteral("openmetrics"),
                    QStringLiteral("-q"), file.fileName(), m_folder.filePath(QStringLiteral("data"))},
                   plainEnvironment(m_folder.path()));
    if (made.exit != 0)
        return "promtool cannot make blocks: " + made.out + made.error;
    return {};
}

std::string PrometheusServer::start(const std::string &openMetrics)
{
    const QString prometheus = qEnvironmentVariable("ANDON_TEST_PROMETHEUS");
    const QString promtool = qEnvironmentVariable("ANDON_TEST_PROMTOOL");
    if (prometheus.isEmpty() || promtool.isEmpty())
        return "set ANDON_TEST_PROMETHEUS and ANDON_TEST_PROMTOOL to the programs of Prometheus 2.42";
    if (const std::string wrong = makeBlocks(promtool, openMetrics); !wrong.empty())
        return wrong;
    QFile config(m_folder.filePath(QStringLiteral("prometheus.yml")));
    if (!config.open(QIODevice::WriteOnly))
        return "cannot write the configuration";
    config.close();
    QTcpServer probe; // its port is free when it is gone
    if (!probe.listen(QHostAddress::LocalHost))
        return "no free port";
    m_port = probe.serverPort();
    probe.close();
    m_program.start(prometheus,
                    {QStringLiteral("--config.file=") + config.fileName(),
                     QStringLiteral("--storage.tsdb.path=") + m_folder.filePath(QStringLiteral("data")),
                     QStringLiteral("--storage.tsdb.retention.time=3650d"),
                     QStringLiteral("--web.listen-address=127.0.0.1:%1").arg(m_port)},
                    plainEnvironment(m_folder.path()), m_folder.path());
    return waitUntilReady() ? std::string() : "Prometheus does not start: " + m_program.errors();
}

bool PrometheusServer::waitUntilReady()
{
    for (int i = 0; i < 300; ++i) {
        long status = 0;
        (void)get(QStringLiteral("/-/ready"), status);
        if (status == 200)
            return true;
        if (!m_program.running() && i > 10)
            return false;
        QThread::msleep(100);
    }
    return false;
}

std::string PrometheusServer::get(const QString &target, long &status) const
{
    std::string body;
    CURL *handle = curl_easy_init();
    const std::string url = QStringLiteral("http://127.0.0.1:%1%2").arg(m_port).arg(target).toStdString();
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_TIMEOUT, 60L);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &body);
    const auto append = [](const char *data, std::size_t, std::size_t size, std::string *into) {
        into->append(data, size);
        return size;
    };
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION,
                     static_cast<std::size_t (*)(const char *, std::size_t, std::size_t, std::string *)>(append));
    status = 0;
    if (curl_easy_perform(handle) == CURLE_OK)
        curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_cleanup(handle);
    return body;
}

nlohmann::json PrometheusServer::ask(const std::string &what, const Parameters &parameters)
{
    QString target = QStringLiteral("/api/v1/") + QString::fromStdString(what);
    char separator = '?';
    for (const auto &[name, value] : parameters) {
        target += QLatin1Char(separator) + QString::fromStdString(name) + QLatin1Char('=')
            + QString::fromLatin1(QUrl::toPercentEncoding(QString::fromStdString(value)));
        separator = '&';
    }
    long status = 0;
    const std::string body = get(target, status);
    return nlohmann::json::parse(body.begin(), body.end(), nullptr, false);
}

} // namespace andon::test
