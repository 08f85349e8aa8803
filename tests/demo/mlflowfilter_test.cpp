#include "demo/mlflow/ordering.h"
#include "tests/support/suite.h"

#include <map>

using namespace andon::demo::mlflow;

namespace
{

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

Searched searchedOf(const QString &word)
{
    return word == u"runs"       ? Searched::Runs
        : word == u"experiments" ? Searched::Experiments
        : word == u"models"      ? Searched::Models
        : word == u"versions"    ? Searched::Versions
                                 : Searched::LoggedModels;
}

/// A thing with "entity.name" values.
using Thing = std::multimap<std::string, std::string>;

ValuesOf of(const Thing &thing)
{
    return [&thing](const FilterKey &key) {
        std::vector<std::string> values;
        const auto [from, to] = thing.equal_range(key.entity + "." + key.name);
        for (auto i = from; i != to; ++i)
            values.push_back(i->second);
        return values;
    };
}

const Thing kThing = {{"attribute.run_name", "alpha"},
                      {"attribute.status", "FINISHED"},
                      {"attribute.run_id", "r1"},
                      {"attribute.start_time", "1795000060000"},
                      {"metric.auc", "0.91"},
                      {"metric.loss", "nan"},
                      {"parameter.lr", "0.001"},
                      {"tag.Team X", "q"},
                      {"tag.a.b", "c"},
                      {"dataset.name", "tx"},
                      {"dataset.name", "ev"},
                      {"dataset.digest", "4f3a"}};

} // namespace

/// What MLflow 3.17.2 takes and refuses, sentence by sentence. The order of its sets changes from start to start.
class MlflowFilterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { andon::test::failOnAnyWarning(); }

    void compares_data()
    {
        QTest::addColumn<bool>("holds");
        QTest::newRow("") << true;
        QTest::newRow("metrics.auc > 0.9") << true;
        QTest::newRow("metrics.auc > 0.91") << false;
        QTest::newRow("metrics.auc >= .91") << true;
        QTest::newRow("metrics.auc > -1e3") << true;
        QTest::newRow("metrics.nope > -1") << false; // what is not there compares with nothing
        QTest::newRow("metrics.nope != 1") << false;
        QTest::newRow("metrics.loss = 0") << false; // NaN
        QTest::newRow("metrics.loss != 0") << true;
        QTest::newRow("metrics.loss < 1") << false;
        QTest::newRow("params.lr = '0.001'") << true;
        QTest::newRow("params.lr = \"0.001\"") << true;
        QTest::newRow("params.lr LIKE '0.0%'") << true;
        QTest::newRow("params.lr LIKE '0_001'") << true;
        QTest::newRow("params.lr LIKE '0_01'") << false;
        QTest::newRow("run_name LIKE 'AL%'") << false;
        QTest::newRow("run_name ilike 'AL%'") << true;
        QTest::newRow("tags.`Team X` = 'q'") << true;
        QTest::newRow("tags.\"Team X\" = 'q'") << true;
        QTest::newRow("tags.a.b = 'c'") << true;
        QTest::newRow("tags.nope IS NULL") << true;
        QTest::newRow("tags.nope is not null") << false;
        QTest::newRow("params.lr IS NOT NULL") << true;
        QTest::newRow("run_id IN ('r1', 'r2')") << true;
        QTest::newRow("run_id NOT IN ('r1')") << false;
        QTest::newRow("attributes.start_time >= 1795000060000") << true;
        QTest::newRow("attributes.end_time >= 0") << false; // still running
        QTest::newRow("dataset.name = 'ev'") << true; // any of its datasets
        QTest::newRow("dataset.name != 'ev'") << true;
        QTest::newRow("dataset.name IN ('x')") << false;
        QTest::newRow("params.lr='0.001'and metrics.auc>0.9") << true;
        QTest::newRow("params.lr = '0.001' AND metrics.auc > 1") << false;
        QTest::newRow("params.lr = '0.001' metrics.auc > 0.9") << true; // AND may be left out
        QTest::newRow("params.lr = '0.001' AND") << true;
    }
    void compares()
    {
        QFETCH(bool, holds);
        const auto filter = parseFilter(QTest::currentDataTag(), Searched::Runs);
        QVERIFY2(filter, filter ? "" : filter.error().message.c_str());
        QCOMPARE(matches(*filter, of(kThing)), holds);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("searched");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *filter, const char *searched, const char *words) {
            QTest::addRow("%s: %s", searched, filter) << QString::fromUtf8(searched) << QString::fromUtf8(words);
        };
        row("nonsense =", "runs", "Invalid clause(s) in filter string: 'nonsense', '='");
        row("nonsense =", "models", "Invalid clause(s) in filter string: nonsense, =");
        row("nonsense =", "logged",
            "Invalid filter string: 'nonsense ='. Expected a list of comparisons separated by 'AND' (e.g. "
            "'metrics.loss "
            "> 0.1 AND params.lr = 0.01').");
        row("metrics.a > 1 OR metrics.a < 0", "runs", "Invalid clause(s) in filter string: 'OR'");
        row("NOT params.lr = '1'", "runs", "Invalid clause(s) in filter string: 'NOT'");
        row("metrics.auc > '0.8'", "runs", "Expected numeric value type for metric. Found '0.8'");
        row("start_time > 'x'", "runs", "Expected numeric value type for numeric attribute: start_time. Found 'x'");
        row("params.lr = 0.01", "runs",
            "Expected a quoted string value for parameter (e.g. 'my-value'). Got value 0.01");
        row("params.lr = `0.01`", "runs",
            "Parameter value is either not quoted or unidentified quote types used for string value `0.01`. Use either "
            "single or double quotes.");
        row("params.lr > '0'", "runs", "Invalid comparator '>' not one of '");
        row("dataset.name > 'a'", "runs", "Invalid comparator '>' not one of '");
        row("dataset.foo = 'a'", "runs", "Invalid dataset key 'foo' specified. Valid keys are '{'");
        row("nope = 'a'", "runs", "Invalid attribute key 'nope' specified. Valid keys are '{'");
        row("foo.bar = 'a'", "runs",
            "Invalid entity type 'foo'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']");
        row("metrics.x = 1", "experiments",
            "Invalid entity type 'metrics'. Valid entity types are ('attribute', 'tag', 'tags')");
        row("status IN ('a')", "runs",
            "Only ['run_id'] attributes support comparison with a list of quoted string values.");
        row("run_id IN ()", "runs",
            "While parsing a list in the query, expected a non-empty list of string values, but got empty list");
        row("run_name IS NULL", "runs",
            "IS NULL / IS NOT NULL is only supported for tags and params, not for 'attribute' 'run_name'");
        row("name IS NULL", "experiments",
            "IS NULL / IS NOT NULL is only supported for tags, not for attribute 'name'");
        row("'a' = name", "models", "Invalid comparison clause. Expected 'Identifier' found ''a''");
        row("name = 5", "models",
            "Expected a quoted string value or a list of quoted string values for attributes. Got value 5");
        row("name > 'a'", "models", "Invalid comparator for attribute: >");
        row("tags.a > 'a'", "versions", "Invalid comparator for tag: >");
        row("version_number LIKE '1'", "versions", "Invalid comparator for attribute version_number: LIKE");
        row("foo.bar = 'x'", "logged",
            "Invalid entity type: 'foo'. Expected one of ['attributes', 'metrics', 'params', 'tags'].");
    }
    void refuses()
    {
        QFETCH(QString, searched);
        QFETCH(QString, words);
        const std::string tag = QTest::currentDataTag();
        const auto filter = parseFilter(tag.substr(tag.find(':') + 2), searchedOf(searched));
        QVERIFY(!filter);
        QCOMPARE(static_cast<int>(filter.error().kind), static_cast<int>(Refusal::Kind::Invalid));
        QVERIFY2(filter.error().message.starts_with(words.toStdString()), filter.error().message.c_str());
        QVERIFY(words.endsWith(u'\'') || text(filter.error().message) == words);
    }

    void breaksWhereTheServerBreaks()
    {
        const auto kindOf = [](const char *filter, Searched searched) {
            const auto parsed = parseFilter(filter, searched);
            return parsed ? -1 : static_cast<int>(parsed.error().kind);
        };
        QCOMPARE(kindOf("tags.a IS NULL", Searched::Versions), static_cast<int>(Refusal::Kind::Crash));
        QCOMPARE(kindOf("name IS NULL", Searched::Models), static_cast<int>(Refusal::Kind::Crash));
        QCOMPARE(kindOf("nope = 'x'", Searched::LoggedModels), static_cast<int>(Refusal::Kind::Internal));
        QCOMPARE(kindOf("tags.a IS NULL", Searched::Runs), -1);
    }

    void orders_data()
    {
        QTest::addColumn<QString>("order");
        QTest::newRow("metrics.m") << "-1 2 10 nan - "; // numbers as numbers, NaN, then what has none
        QTest::newRow("metrics.m ASC") << "-1 2 10 nan - ";
        QTest::newRow("metrics.m DESC") << "10 2 -1 nan - ";
        QTest::newRow("metrics.m desc") << "10 2 -1 nan - ";
        QTest::newRow("params.m") << "-1 10 2 nan - "; // text as text
        QTest::newRow("tags.`m` DESC") << "nan 2 10 -1 - ";
    }
    void orders()
    {
        QFETCH(QString, order);
        const auto keys = parseOrder({QTest::currentDataTag()}, Searched::Runs);
        QVERIFY(keys);
        std::vector<std::string> items{"10", "nan", "-", "2", "-1"};
        sortBy(items, *keys, [](const std::string &item, const FilterKey &key) {
            return key.name != "m" || item == "-" ? std::vector<std::string>() : std::vector<std::string>{item};
        });
        QString found;
        for (const std::string &item : items)
            found += text(item) + QLatin1Char(' ');
        QCOMPARE(found, order);
    }

    void refusesOrders_data()
    {
        QTest::addColumn<QString>("searched");
        QTest::addColumn<QString>("words");
        QTest::newRow("run_name up") << "runs"
                                     << "Invalid ordering key in order_by clause 'run_name up'.";
        QTest::newRow("metrics.auc > 1") << "runs"
                                         << "Invalid order_by clause 'metrics.auc > 1'. Could not be parsed.";
        QTest::newRow("") << "models"
                          << "Invalid order_by clause ''. Could not be parsed.";
        QTest::newRow("dataset.name") << "runs"
                                      << "Invalid identifier type 'dataset'";
        QTest::newRow("tags.team") << "experiments"
                                   << "Invalid order_by entity: tag";
        QTest::newRow("nope") << "runs"
                              << "Invalid attribute key 'nope' specified. Valid keys are '{'";
        QTest::newRow("creation_timestamp")
            << "models"
            << "Invalid order by key 'creation_timestamp' specified. Valid keys are '{'";
        QTest::newRow("run_id") << "versions"
                                << "Invalid attribute key 'run_id' specified. Valid keys are '{'";
    }
    void refusesOrders()
    {
        QFETCH(QString, searched);
        QFETCH(QString, words);
        const auto keys = parseOrder({QTest::currentDataTag()}, searchedOf(searched));
        QVERIFY(!keys);
        QVERIFY2(text(keys.error().message).startsWith(words), keys.error().message.c_str());
    }

    void refusesAKeyTwice()
    {
        const auto keys = parseOrder({"name", "name DESC"}, Searched::Models);
        QVERIFY(!keys);
        QCOMPARE(static_cast<int>(keys.error().kind), static_cast<int>(Refusal::Kind::Internal));
        QCOMPARE(text(keys.error().message),
                 QStringLiteral("`order_by` contains duplicate fields: ['name', 'name DESC']"));
    }
};

ANDON_SUITE(MlflowFilterTest)
#include "mlflowfilter_test.moc"
