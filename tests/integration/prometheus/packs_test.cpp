#include "demo/prometheus/prometheusdialect.h"
#include "tests/integration/prometheus/packqueries.h"
#include "tests/integration/prometheus/victoriaserver.h"
#include "tests/integration/promql/server.h"
#include "tests/support/suite.h"

#include <QFile>
#include <QUrl>
#include <QUrlQuery>

#include <sstream>

using namespace andon;
using namespace andon::demo;
using nlohmann::json;

namespace
{

// A now that is on no half minute, so that the dialect has to find its last scrape.
const Plan kPlan = makePlan(Scale::Small, 1, core::Instant::fromSeconds(1'795'500'017));

/// Half hours that hold the story's turns: a pod restarts, the array saturates; and the deployment.
struct Window {
    std::int64_t from = 0;
    std::int64_t to = 0;
};
Window window(std::int64_t fromMs, std::int64_t toMs)
{
    return {fromMs / kScrapeMs * kScrapeMs, toMs / kScrapeMs * kScrapeMs};
}
const Window kTurns =
    window((kPlan.now - 7 * core::kHour).ms - 20 * core::kMinute, kPlan.saturatedSince.ms + 25 * core::kMinute);
const Window kRelease = window(kPlan.deployedAt.ms - 15 * core::kMinute, kPlan.deployedAt.ms + 15 * core::kMinute);
/// After the restart and with full rate windows on both sides. It must not begin at 00:00:00 UTC:
/// VictoriaMetrics 1.79.5 does not always find the sample of midnight when a query ends exactly there (3 of 60 loads of
/// this dump).
const Window kSteady = window((kPlan.now - 6 * core::kHour).ms + 2 * core::kMinute, kTurns.to - core::kMinute);

std::string seconds(std::int64_t ms)
{
    char text[40];
    std::snprintf(text, sizeof text, "%lld.%03lld", static_cast<long long>(ms / 1000),
                  static_cast<long long>(ms % 1000));
    return text;
}

std::string dump(const PrometheusDialect &dialect, const Window &window)
{
    std::ostringstream out;
    dialect.dumpOpenMetrics(out, window.from, window.to);
    return out.str();
}

/// OpenMetrics has seconds, its older brother milliseconds and no end mark.
std::string inMilliseconds(const std::string &openMetrics)
{
    std::string out;
    std::istringstream in(openMetrics);
    for (std::string line; std::getline(in, line);)
        if (!line.starts_with('#'))
            out += line + "000\n";
    return out;
}

void addRows()
{
    QTest::addColumn<QString>("query");
    const auto queries = test::packQueries(ANDON_SOURCE_DIR "/resources/packs");
    QVERIFY2(queries.size() >= 60, "packs cannot be read");
    for (const test::PackQuery &query : queries)
        QTest::newRow(query.name.c_str()) << QString::fromStdString(query.query);
}

} // namespace

class PacksTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const std::string end = "# EOF\n";
        std::string turns = dump(m_dialect, kTurns);
        turns.resize(turns.size() - end.size()); // one file, one end
        turns += dump(m_dialect, kRelease);
        const std::string wrong = m_prometheus.start(turns);
        QVERIFY2(wrong.empty(), wrong.c_str());
        const std::string noVictoria = m_victoria.start();
        QVERIFY2(noVictoria.empty(), noVictoria.c_str());
        const std::string refused = m_victoria.import(inMilliseconds(turns));
        QVERIFY2(refused.empty(), refused.c_str());
    }
    void init() { test::failOnAnyWarning(); }

    void prometheusAnswersAlike_data() { addRows(); }
    void prometheusAnswersAlike()
    {
        QFETCH(QString, query);
        const std::string text = query.toStdString();
        for (const std::int64_t t : {kTurns.from + 6 * core::kMinute, kTurns.from + 21 * core::kMinute + 7'123,
                                     kPlan.saturatedSince.ms + 4'000, kTurns.to, kRelease.to})
            instantly(text, t);
        const Window turns{kTurns.from + 6 * core::kMinute, kTurns.to};
        for (const std::int64_t step : {60'000LL, 47'300LL, 600'000LL})
            over(text, turns, step);
        over(text, {kRelease.from + 6 * core::kMinute, kRelease.to}, 30'000);
    }

    /// Byte for byte: what is wrong with a call, times and values as they are written, and what there is.
    void otherCallsAnswerTheSameBytes_data()
    {
        QTest::addColumn<QString>("call");
        QFile calls(QStringLiteral(ANDON_SOURCE_DIR "/tests/integration/prometheus/calls.txt"));
        QVERIFY(calls.open(QIODevice::ReadOnly));
        while (!calls.atEnd())
            if (const QByteArray line = calls.readLine().trimmed(); !line.isEmpty() && !line.startsWith('#'))
                QTest::newRow(line.constData()) << QString::fromUtf8(line);
    }
    void otherCallsAnswerTheSameBytes()
    {
        QFETCH(QString, call);
        const QString from = QString::number(kTurns.from / 1000);
        call.replace(QStringLiteral("$from"), from).replace(QStringLiteral("$to"), QString::number(kTurns.to / 1000));
        const QUrl url(call, QUrl::StrictMode);
        QVERIFY(url.isValid());
        Parameters parameters;
        for (const auto &[name, value] : QUrlQuery(url).queryItems(QUrl::FullyDecoded))
            parameters.emplace_back(name.toStdString(), value.toStdString());
        const auto mine = m_dialect.handle("GET", url.path().toStdString(), parameters);
        long status = 0;
        const std::string real = m_prometheus.get(call, status);
        QCOMPARE(QString::fromStdString(mine.body), QString::fromStdString(real));
        QCOMPARE(mine.status, static_cast<int>(status));
    }

    /// Away from restarts and from the ends of the samples, on whole scrapes: elsewhere the engines differ by design.
    void victoriaAnswersAlike_data() { addRows(); }
    void victoriaAnswersAlike()
    {
        QFETCH(QString, query);
        for (const std::int64_t t : {kSteady.from, kSteady.to}) {
            const Parameters at = {{"query", query.toStdString()}, {"time", seconds(t)}};
            report("at " + seconds(t), mine("query", at), m_victoria.ask("query", at));
        }
        const Parameters range = {{"query", query.toStdString()},
                                  {"start", seconds(kSteady.from)},
                                  {"end", seconds(kSteady.to)},
                                  {"step", "60"}};
        report("range", mine("query_range", range), m_victoria.ask("query_range", range));
    }

    void theQueriesFindSomething()
    {
        std::size_t answered = 0;
        std::size_t values = 0;
        const auto queries = test::packQueries(ANDON_SOURCE_DIR "/resources/packs");
        for (const test::PackQuery &query : queries) {
            const std::size_t count =
                test::countValues(mine("query", {{"query", query.query}, {"time", seconds(kSteady.to)}}));
            answered += count > 0 ? 1 : 0;
            values += count;
        }
        QCOMPARE(answered, queries.size()); // the demo factory has a metric for every candidate
        QVERIFY2(values > 2000, std::to_string(values).c_str());
    }

private:
    using Parameters = PrometheusDialect::Params;

    [[nodiscard]] json mine(const std::string &what, const Parameters &parameters) const
    {
        return json::parse(m_dialect.handle("GET", "/api/v1/" + what, parameters).body, nullptr, false);
    }
    static void report(const std::string &where, const json &mine, const json &real)
    {
        const std::string found = test::difference(mine, real);
        QVERIFY2(found.empty(), (where + ": " + found).c_str());
    }
    void instantly(const std::string &query, std::int64_t t)
    {
        const Parameters parameters = {{"query", query}, {"time", seconds(t)}};
        report("at " + seconds(t), mine("query", parameters), m_prometheus.ask("query", parameters));
    }
    void over(const std::string &query, const Window &window, std::int64_t step)
    {
        const Parameters parameters = {
            {"query", query}, {"start", seconds(window.from)}, {"end", seconds(window.to)}, {"step", seconds(step)}};
        report("step " + seconds(step), mine("query_range", parameters), m_prometheus.ask("query_range", parameters));
    }

    PrometheusDialect m_dialect{kPlan};
    test::PrometheusServer m_prometheus;
    test::VictoriaServer m_victoria;
};

ANDON_SUITE(PacksTest)
#include "packs_test.moc"
