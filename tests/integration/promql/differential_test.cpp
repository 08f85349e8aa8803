#include "demo/promql/engine.h"
#include "demo/promql/labels.h"
#include "tests/integration/promql/samples.h"
#include "tests/integration/promql/server.h"
#include "tests/support/suite.h"

#include <QFile>

#include <cmath>
#include <map>

using namespace andon::demo::promql;
using nlohmann::json;

namespace
{
using Points = std::map<std::int64_t, double>;
using Answer = std::map<std::string, Points>; // text of the labels, samples

bool isSame(double ours, double theirs)
{
    if (std::isnan(ours) || std::isnan(theirs))
        return std::isnan(ours) && std::isnan(theirs);
    if (ours == theirs)
        return true;
    return std::abs(ours - theirs) <= 1e-9 * std::max(std::abs(ours), std::abs(theirs));
}

std::int64_t milliseconds(const json &seconds)
{
    return std::llround(seconds.get<double>() * 1000);
}

double number(const json &pair)
{
    return parseFloat(pair.at(1).get<std::string>()).value();
}

Answer theirs(const json &data)
{
    Answer answer;
    const json &result = data.at("result");
    if (data.at("resultType") == "scalar") {
        answer["scalar"][milliseconds(result.at(0))] = number(result);
    } else if (data.at("resultType") == "string") {
        answer[result.at(1).get<std::string>()][milliseconds(result.at(0))] = 0;
    } else {
        for (const json &series : result) {
            Labels labels;
            for (const auto &[name, value] : series.at("metric").items())
                labels.emplace_back(name, value.get<std::string>());
            std::sort(labels.begin(), labels.end());
            Points &points = answer[textOf(labels)];
            if (series.contains("value"))
                points[milliseconds(series["value"].at(0))] = number(series["value"]);
            for (const json &pair : series.value("values", json::array()))
                points[milliseconds(pair.at(0))] = number(pair);
        }
    }
    return answer;
}

Answer ours(const Value &value)
{
    Answer answer;
    if (value.type == Value::Scalar)
        answer["scalar"][value.t] = value.scalar;
    if (value.type == Value::String)
        answer[value.text][value.t] = 0;
    for (const Sample &sample : value.vector)
        answer[textOf(sample.labels)][value.t] = sample.v;
    for (const Series &series : value.matrix)
        for (const Point &point : series.points)
            answer[textOf(series.labels)][point.t] = point.v;
    return answer;
}

std::string exact(double value)
{
    char text[40];
    std::snprintf(text, sizeof text, "%.17g", value);
    return text;
}

/// "" or the first difference.
std::string difference(const Answer &mine, const Answer &real)
{
    for (const auto &[labels, points] : real)
        if (!mine.contains(labels))
            return "we have no " + labels;
    for (const auto &[labels, points] : mine) {
        if (!real.contains(labels))
            return "we invent " + labels;
        const Points &wanted = real.at(labels);
        for (const auto &[t, v] : points)
            if (!wanted.contains(t))
                return labels + " has no value at " + std::to_string(t) + ", we say " + std::to_string(v);
        for (const auto &[t, v] : wanted)
            if (!points.contains(t) || !isSame(points.at(t), v))
                return labels + " at " + std::to_string(t) + ": " + exact(v) + ", we say "
                    + (points.contains(t) ? exact(points.at(t)) : "nothing");
    }
    return {};
}

std::string withoutPrefix(std::string error)
{
    const std::string prefix = "invalid parameter \"query\": ";
    return error.starts_with(prefix) ? error.substr(prefix.size()) : error;
}

std::string compare(const andon::core::Result<Value> &mine, const json &real)
{
    if (!real.is_object())
        return "no answer from Prometheus";
    if (real.at("status") == "error") {
        const std::string wanted =
            real.at("errorType").get<std::string>() + ": " + withoutPrefix(real.at("error").get<std::string>());
        const std::string got = mine ? "an answer" : mine.error().hint + ": " + mine.error().detail;
        return wanted == got ? "" : "Prometheus: " + wanted + "\n   we:         " + got;
    }
    if (!mine)
        return "we fail: " + mine.error().hint + ": " + mine.error().detail;
    return difference(ours(*mine), theirs(real.at("data")));
}

void addRows(const char *file)
{
    QTest::addColumn<QString>("query");
    QFile queries(QStringLiteral(ANDON_SOURCE_DIR "/tests/integration/promql/") + QLatin1String(file));
    QVERIFY2(queries.open(QIODevice::ReadOnly), file);
    while (!queries.atEnd()) {
        const QByteArray line = queries.readLine().trimmed();
        if (!line.isEmpty() && !line.startsWith('#'))
            QTest::newRow(line.constData()) << QString::fromUtf8(line);
    }
}

std::string secondsText(std::int64_t ms)
{
    char text[40];
    std::snprintf(text, sizeof text, "%lld.%03lld", static_cast<long long>(ms / 1000),
                  static_cast<long long>(ms % 1000));
    return text;
}
} // namespace

class PromqlDifferentialTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_store = andon::test::awkwardSamples();
        const std::string wrong = m_server.start(andon::test::openMetrics(m_store));
        QVERIFY2(wrong.empty(), wrong.c_str());
    }
    void init() { andon::test::failOnAnyWarning(); }

    void answersAlike_data() { addRows("queries.txt"); }
    void answersAlike()
    {
        QFETCH(QString, query);
        const std::string text = query.toStdString();
        for (const std::int64_t after :
             {-100'000LL, 0LL, 61'234LL, 2'400'000LL, 3'600'000LL, 4'111'111LL, 7'199'000LL, 7'450'000LL})
            instantly(text, andon::test::kBeginMs + after);
        for (const std::int64_t step : {15'000LL, 47'300LL, 600'000LL})
            over(text, andon::test::kBeginMs - 120'000, andon::test::kEndMs + 400'000, step);
        over(text, andon::test::kBeginMs + 3'700'000, andon::test::kBeginMs + 3'700'000, 1'000);
    }

    void refusesAlike_data() { addRows("bad-queries.txt"); }
    void refusesAlike()
    {
        QFETCH(QString, query);
        const json real =
            m_server.ask("query", {{"query", query.toStdString()}, {"time", secondsText(andon::test::kBeginMs)}});
        QCOMPARE(real.value("status", std::string()), std::string("error"));
        const std::string found = compare(instant(m_store, query.toStdString(), andon::test::kBeginMs), real);
        QVERIFY2(found.empty(), found.c_str());
    }

private:
    void instantly(const std::string &query, std::int64_t tMs)
    {
        const json real = m_server.ask("query", {{"query", query}, {"time", secondsText(tMs)}});
        const std::string found = compare(instant(m_store, query, tMs), real);
        QVERIFY2(found.empty(), ("at " + secondsText(tMs) + ": " + found).c_str());
    }
    void over(const std::string &query, std::int64_t from, std::int64_t to, std::int64_t step)
    {
        const json real = m_server.ask(
            "query_range",
            {{"query", query}, {"start", secondsText(from)}, {"end", secondsText(to)}, {"step", secondsText(step)}});
        const std::string found = compare(range(m_store, query, from, to, step), real);
        QVERIFY2(found.empty(), ("step " + secondsText(step) + ": " + found).c_str());
    }

    andon::test::MemoryStore m_store;
    andon::test::PrometheusServer m_server;
};

ANDON_SUITE(PromqlDifferentialTest)
#include "differential_test.moc"
