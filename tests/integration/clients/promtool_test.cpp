#include "tests/app/console.h"
#include "tests/support/suite.h"

#include <cmath>
#include <map>
#include <set>

using namespace andon;
using test::json;

namespace
{

using Labels = std::map<std::string, std::string>;
using Samples = std::map<double, double>; ///< seconds → value
using Answer = std::map<Labels, Samples>;

double valueOf(const json &value)
{
    return value.is_string() ? std::stod(value.get<std::string>()) : value.get<double>(); // promtool writes text
}

/// Series of promtool ("metric") or of andonctl ("labels").
Answer answerOf(const json &list, const char *labels)
{
    Answer answer;
    for (const json &series : list) {
        Samples &samples = answer[series.at(labels).get<Labels>()];
        for (const json &value : series.value("values", json::array()))
            samples[value.at(0).get<double>()] = valueOf(value.at(1));
        if (series.contains("value"))
            samples[series.at("value").at(0).get<double>()] = valueOf(series.at("value").at(1));
    }
    return answer;
}

/// "Hostname=node": the label Hostname is called node.
Answer canonical(const Answer &answer, const QString &renamed)
{
    Answer out;
    for (const auto &[labels, samples] : answer) {
        Labels named = labels;
        for (const QString &pair : renamed.split(u' ', Qt::SkipEmptyParts))
            if (auto node = named.extract(pair.section(u'=', 0, 0).toStdString())) {
                node.key() = pair.section(u'=', 1).toStdString();
                named.insert(std::move(node));
            }
        out[named] = samples;
    }
    return out;
}

std::string textOf(const Labels &labels)
{
    return json(labels).dump();
}

/// "" when the label sets are equal and the values within 1e-9.
std::string difference(const Answer &got, const Answer &wanted)
{
    for (const auto &[labels, samples] : wanted) {
        const auto found = got.find(labels);
        if (found == got.end())
            return "no series " + textOf(labels);
        if (found->second.size() != samples.size())
            return textOf(labels) + ": " + std::to_string(found->second.size()) + " samples, not "
                + std::to_string(samples.size());
        for (auto ours = samples.begin(), theirs = found->second.begin(); ours != samples.end(); ++ours, ++theirs) {
            const bool nan = std::isnan(ours->second) && std::isnan(theirs->second);
            const bool close = std::abs(ours->second - theirs->second) <= 1e-9 * std::abs(ours->second);
            if (std::abs(ours->first - theirs->first) > 1e-3 || (!nan && !close && ours->second != theirs->second))
                return textOf(labels) + " at " + std::to_string(ours->first) + ": " + std::to_string(theirs->second)
                    + ", not " + std::to_string(ours->second);
        }
    }
    return got.size() == wanted.size() ? std::string() : std::to_string(got.size()) + " series";
}

} // namespace

/// Prometheus's own client beside the demo Prometheus and `andonctl query --json`, which says in PromQL what it asked.
class PromtoolTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_promtool = qEnvironmentVariable("ANDON_TEST_PROMTOOL");
        QVERIFY2(!m_promtool.isEmpty(), "set ANDON_TEST_PROMTOOL to the program promtool of Prometheus 2.42");
        const std::string wrong = m_console.start(QStringLiteral("small"));
        QVERIFY2(wrong.empty(), wrong.c_str());
        m_url = QString::fromStdString(m_console.endpoints().at("prometheus").at("url"));
    }
    void init() { test::failOnAnyWarning(); }

    void readsWhatAndonctlReads_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("renamed"); // labels of the metric that andonctl calls by their canonical names
        const auto row = [](const char *name, const char *line, const char *renamed) {
            QTest::newRow(name) << QString::fromLatin1(line).split(u' ') << QString::fromLatin1(renamed);
        };
        row("by node", "gpu.busy --by node --range 2h --step 1m", "Hostname=node");
        row("one series", "gpu.power --by= --range 6h --step 5m", "");
        row("every GPU", "gpu.sm_active --range 30m --step 30s",
            "Hostname=node UUID=uuid exported_namespace=namespace exported_pod=pod");
        row("by model", "tokens.generated_rate --by model --range 24h --step 10m", "model_name=model");
        row("storage", "storage.read --range 12h --step 5m", "instance=array");
        row("a quantile", "ttft.p95 --range 3h --step 5m", "model_name=model");
    }
    void readsWhatAndonctlReads()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, renamed);
        const json said = m_console.ask(QStringList{QStringLiteral("query")} + arguments);
        const Answer wanted = answerOf(said.value("series", json::array()), "labels");
        QVERIFY2(!wanted.empty(), said.dump().c_str());
        const QString query = QString::fromStdString(said.at("promql"));
        const QString step = arguments.at(arguments.indexOf(QStringLiteral("--step")) + 1);
        double first = 1e18;
        double last = 0;
        for (const auto &[labels, samples] : wanted) {
            first = std::min(first, samples.begin()->first);
            last = std::max(last, samples.rbegin()->first);
        }
        QVERIFY(last > first);
        const json range =
            run({QStringLiteral("range"), QStringLiteral("--start=") + number(first),
                 QStringLiteral("--end=") + number(last), QStringLiteral("--step=") + step, m_url, query});
        std::string wrong = difference(canonical(answerOf(range, "metric"), renamed), wanted);
        QVERIFY2(wrong.empty(), wrong.c_str());
        // Asked for one instant: the last value of each series that has one then.
        Answer now;
        for (const auto &[labels, samples] : wanted)
            if (samples.rbegin()->first == last)
                now[labels][last] = samples.rbegin()->second;
        const json instant = run({QStringLiteral("instant"), QStringLiteral("--time=") + number(last), m_url, query});
        wrong = difference(canonical(answerOf(instant, "metric"), renamed), now);
        QVERIFY2(wrong.empty(), wrong.c_str());
    }

    void findsSeriesAndLabels()
    {
        const QString metric = QStringLiteral("DCGM_FI_DEV_GPU_UTIL");
        const double now = m_console.truth().at("now").get<double>();
        const json instant = run({QStringLiteral("instant"), QStringLiteral("--time=") + number(now), m_url, metric});
        std::set<Labels> wanted;
        for (const auto &[labels, samples] : answerOf(instant, "metric"))
            wanted.insert(labels);
        QCOMPARE(wanted.size(), std::size_t(64));
        std::set<Labels> found;
        const json series =
            run({QStringLiteral("series"), QStringLiteral("--match=") + metric,
                 QStringLiteral("--start=") + number(now - 60), QStringLiteral("--end=") + number(now), m_url});
        for (const json &labels : series)
            found.insert(labels.get<Labels>());
        QVERIFY(found == wanted);
        for (const char *label : {"Hostname", "UUID", "__name__"}) {
            std::set<std::string> values;
            for (const Labels &labels : wanted)
                values.insert(labels.at(label));
            const json listed = run({QStringLiteral("labels"), QStringLiteral("--match=") + metric,
                                     QStringLiteral("--start=") + number(now - 60),
                                     QStringLiteral("--end=") + number(now), m_url, QString::fromLatin1(label)});
            QCOMPARE(listed.dump(), json(values).dump());
        }
    }

    void isRefusedAsByAPrometheus()
    {
        const auto ran = test::runProgram(
            m_promtool, {QStringLiteral("query"), QStringLiteral("instant"), m_url, QStringLiteral("sum(")},
            environment());
        QVERIFY(ran.exit != 0);
        QVERIFY2(ran.error.find("parse error: ") != std::string::npos, ran.error.c_str());
    }

private:
    static QString number(double seconds) { return QString::number(seconds, 'f', 3); }
    [[nodiscard]] QProcessEnvironment environment() const { return test::plainEnvironment(m_home.path()); }

    json run(const QStringList &arguments)
    {
        const auto ran = test::runProgram(
            m_promtool, QStringList{QStringLiteral("query"), QStringLiteral("--format=json")} + arguments,
            environment());
        json answer = json::parse(ran.out, nullptr, false);
        if (ran.exit != 0 || answer.is_discarded())
            qWarning("promtool %s ended with %d: %s", qPrintable(arguments.join(u' ')), ran.exit, ran.error.c_str());
        return answer;
    }

    QTemporaryDir m_home;
    test::Console m_console;
    QString m_promtool;
    QString m_url;
};

ANDON_SUITE(PromtoolTest)
#include "promtool_test.moc"
