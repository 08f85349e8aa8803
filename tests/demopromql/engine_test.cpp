#include "demo/promql/engine.h"
#include "tests/demopromql/memorystore.h"
#include "tests/support/suite.h"

using namespace andon::demo::promql;
using andon::test::MemoryStore;

namespace
{
constexpr std::int64_t kAt = 1'795'000'000'000;

MemoryStore::Points every(std::int64_t stepMs, const std::vector<double> &values)
{
    MemoryStore::Points points;
    for (std::size_t i = 0; i < values.size(); ++i)
        points.push_back({kAt + static_cast<std::int64_t>(i) * stepMs, values[i]});
    return points;
}

/// A counter that grows by 10 in 10 s and begins again at 100 s; two GPUs; one series that was told to end.
MemoryStore smallStore()
{
    MemoryStore store;
    store.add("tokens_total", {{"model", "chat"}},
              every(10'000, {0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 0, 10, 20, 30, 40}));
    store.add("gpu", {{"id", "0"}, {"host", "a"}}, every(10'000, {10, 20, 30}));
    store.add("gpu", {{"id", "1"}, {"host", "a"}}, every(10'000, {30, 20, 10}));
    store.add("gpu", {{"id", "2"}, {"host", "b"}}, every(10'000, {5, 5, 5}));
    store.add("price", {{"host", "a"}, {"zone", "east"}}, every(10'000, {2, 2, 2}));
    store.add("ended", {}, every(10'000, {1, 2, staleMarker(), staleMarker(), 5}));
    for (const auto &[le, count] : std::vector<std::pair<std::string, double>>{{"1", 10}, {"2", 30}, {"+Inf", 40}})
        store.add("seconds_bucket", {{"le", le}}, every(10'000, {count, count, count}));
    return store;
}

/// Of a vector or a scalar: `{labels} value` in the order given, joined by "; ".
QString textOfAnswer(const andon::core::Result<Value> &value)
{
    if (!value)
        return QString::fromStdString(value.error().hint + ": " + value.error().detail);
    if (value->type == Value::Scalar)
        return QString::number(value->scalar, 'g', 12);
    if (value->type == Value::String)
        return QString::fromStdString(value->text);
    QStringList parts;
    for (const Sample &sample : value->vector)
        parts << QString::fromStdString(textOf(sample.labels)) + QLatin1Char(' ') + QString::number(sample.v, 'g', 12);
    for (const Series &series : value->matrix) {
        QString part = QString::fromStdString(textOf(series.labels));
        for (const Point &point : series.points)
            part += QStringLiteral(" %1@%2").arg(point.v, 0, 'g', 12).arg((point.t - kAt) / 1000);
        parts << part;
    }
    return parts.join(QStringLiteral("; "));
}
} // namespace

class EngineTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { andon::test::failOnAnyWarning(); }

    void answersAtAnInstant_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<int>("after"); // seconds
        QTest::addColumn<QString>("answer");
        const auto row = [](const char *query, int after, const char *answer) {
            QTest::addRow("%s at %d", query, after) << QString::fromUtf8(query) << after << QString::fromUtf8(answer);
        };
        row("gpu{id=\"0\"}", 20, "{__name__=\"gpu\", host=\"a\", id=\"0\"} 30");
        row("gpu{id=\"0\"}", 320, "{__name__=\"gpu\", host=\"a\", id=\"0\"} 30"); // exactly five minutes old
        row("gpu{id=\"0\"}", 321, "");
        row("gpu{id=\"0\"}", -1, "");
        // 0, 10 … 90, 0, 10 from 0 s to 110 s: 100 more in 110 s, and the window is 120 s long.
        row("increase(tokens_total[110s])", 110, "{model=\"chat\"} 100");
        row("rate(tokens_total[110s])", 110, "{model=\"chat\"} 0.909090909091");
        row("increase(tokens_total[15s])", 34, "{model=\"chat\"} 15");
        row("rate(tokens_total[9s])", 35, "");
        row("irate(tokens_total[1m])", 100, "{model=\"chat\"} 0");
        row("resets(tokens_total[2m])", 120, "{model=\"chat\"} 1");
        row("sum by (host) (gpu)", 0, "{host=\"a\"} 40; {host=\"b\"} 5");
        row("topk(2, gpu)", 0,
            "{__name__=\"gpu\", host=\"a\", id=\"1\"} 30; {__name__=\"gpu\", host=\"a\", id=\"0\"} 10");
        row("quantile(0.5, gpu)", 0, "{} 10");
        row("gpu * on (host) group_left (zone) price", 0,
            "{host=\"a\", id=\"0\", zone=\"east\"} 20; {host=\"a\", id=\"1\", zone=\"east\"} 60");
        row("gpu unless on (host) price", 0, "{__name__=\"gpu\", host=\"b\", id=\"2\"} 5");
        row("histogram_quantile(0.5, seconds_bucket)", 0, "{} 1.5");
        row("histogram_quantile(0.9, seconds_bucket)", 0, "{} 2");
        row("absent(nothing{a=\"b\"})", 0, "{a=\"b\"} 1");
        row("scalar(gpu)", 0, "nan");
        row("2 ^ 3 ^ 2 - -1", 0, "513");
        row("\"text\"", 0, "text");
        row("day_of_week(vector(0))", 0, "{} 4");
        row("price[15s]", 15, "{__name__=\"price\", host=\"a\", zone=\"east\"} 2@0 2@10");
    }
    void answersAtAnInstant()
    {
        QFETCH(QString, query);
        QFETCH(int, after);
        QTEST(textOfAnswer(instant(smallStore(), query.toStdString(), kAt + after * 1000)), "answer");
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *query, const char *error) {
            QTest::newRow(query) << QString::fromUtf8(query) << QString::fromUtf8(error);
        };
        row("price * on (host) gpu",
            "execution: found duplicate series for the match group {host=\"a\"} on the right hand-side of the "
            "operation: [{__name__=\"gpu\", host=\"a\", id=\"1\"}, {__name__=\"gpu\", host=\"a\", id=\"0\"}];"
            "many-to-many matching not allowed: matching labels must be unique on one side");
        row("gpu * on (host) price",
            "execution: multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)");
        row("label_replace(gpu, \"id\", \"x\", \"\", \"\")",
            "execution: vector cannot contain metrics with the same labelset");
        row("rate({__name__=~\"gpu|ended\"}[1m]) + nope()",
            "bad_data: 1:37: parse error: unknown function with name \"nope\"");
        row("rate(gpu[5m:1m])", "bad_data: 1:9: parse error: subqueries are not supported by this server");
        row("holt_winters(gpu[5m], 0.5, 0.5)",
            "bad_data: 1:1: parse error: unknown function with name \"holt_winters\"");
    }
    void refuses()
    {
        QFETCH(QString, query);
        QTEST(textOfAnswer(instant(smallStore(), query.toStdString(), kAt)), "error");
        QTEST(textOfAnswer(range(smallStore(), query.toStdString(), kAt, kAt + 20'000, 10'000)), "error");
    }

    void answersOverARange()
    {
        const auto ask = [](const char *query) {
            return textOfAnswer(range(smallStore(), query, kAt, kAt + 45'000, 10'000));
        };
        QCOMPARE(ask("gpu{id=\"0\"} > 15"),
                 QStringLiteral("{__name__=\"gpu\", host=\"a\", id=\"0\"} 20@10 30@20 30@30 30@40"));
        QCOMPARE(ask("sum(gpu) by (host)"),
                 QStringLiteral("{host=\"a\"} 40@0 40@10 40@20 40@30 40@40; {host=\"b\"} 5@0 5@10 5@20 5@30 5@40"));
        QCOMPARE(ask("time() - 1795000000"), QStringLiteral("{} 0@0 10@10 20@20 30@30 40@40"));
        QCOMPARE(ask("gpu{id=\"0\"} @ end()"),
                 QStringLiteral("{__name__=\"gpu\", host=\"a\", id=\"0\"} 30@0 30@10 30@20 30@30 30@40"));
        QCOMPARE(ask("price[1m]"),
                 QStringLiteral("bad_data: invalid expression type \"range vector\" for range query, must be Scalar or "
                                "instant Vector"));
    }

    void endsAtAStaleMarker()
    {
        const auto ask = [](const char *query) {
            return textOfAnswer(range(smallStore(), query, kAt, kAt + 50'000, 10'000));
        };
        QCOMPARE(ask("ended"), QStringLiteral("{__name__=\"ended\"} 1@0 2@10 5@40 5@50"));
        QCOMPARE(ask("count_over_time(ended[1m])"), QStringLiteral("{} 1@0 2@10 2@20 2@30 3@40 3@50"));
        QCOMPARE(ask("absent(ended)"), QStringLiteral("{} 1@20 1@30"));
        QCOMPARE(ask("timestamp(ended) - 1795000000"), QStringLiteral("{} 0@0 10@10 40@40 40@50"));
        QCOMPARE(ask("-ended"), QStringLiteral("{} -1@0 -2@10 -5@40 -5@50"));
    }

    void readsEachSeriesOncePerRangeSelector()
    {
        const MemoryStore store = smallStore();
        const auto answer = range(store, "sum(rate(gpu[1m])) / count(increase(gpu[5m]))", kAt, kAt + 3'600'000, 1'000);
        ANDON_VERIFY_RESULT(answer);
        QCOMPARE(store.reads(), 6);
    }
};

ANDON_SUITE(EngineTest)
#include "engine_test.moc"
