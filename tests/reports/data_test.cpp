#include "tests/reports/sample.h"
#include "tests/support/suite.h"

#include <nlohmann/json.hpp>

using namespace andon;
using nlohmann::json;

namespace
{

/// The lines of a CSV as cells, by RFC 4180.
std::vector<QStringList> cellsOf(const std::string &csv)
{
    std::vector<QStringList> lines;
    QStringList line;
    std::string cell;
    bool quoted = false;
    for (std::size_t i = 0; i < csv.size(); ++i) {
        const char c = csv[i];
        if (quoted && c == '"' && i + 1 < csv.size() && csv[i + 1] == '"')
            cell += csv[++i];
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == ',' || c == '\r')) {
            line << QString::fromStdString(cell);
            cell.clear();
        } else if (!quoted && c == '\n') {
            lines.push_back(line);
            line.clear();
        } else {
            cell += c;
        }
    }
    return lines;
}

std::string plain(const economics::Kpi &kpi)
{
    if (const auto *money = kpi.money())
        return core::decimal(*money);
    return kpi.price() ? core::decimal(*kpi.price()) : std::string();
}

} // namespace

class ReportDataTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void guardsCellsThatASpreadsheetWouldRun_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("cell");
        for (const char *start : {"=", "+", "-", "@", "\t", "\r"}) {
            const QString evil = QString::fromLatin1(start) + QStringLiteral("cmd|' /C calc'!A0");
            QTest::newRow(qPrintable(QString::number(start[0]))) << evil << u'\'' + evil;
        }
        QTest::newRow("quotes") << QStringLiteral("a\"b,c\nd") << QStringLiteral("a\"b,c\nd");
        QTest::newRow("minus that is a number") << QStringLiteral("-12.5") << QStringLiteral("-12.5");
        QTest::newRow("formula in numbers' clothes") << QStringLiteral("-1+1") << QStringLiteral("'-1+1");
        QTest::newRow("plain") << QStringLiteral("chat-small") << QStringLiteral("chat-small");
    }
    void guardsCellsThatASpreadsheetWouldRun()
    {
        QFETCH(QString, model);
        QFETCH(QString, cell);
        reports::KpiDocument document = test::sampleDocument(1);
        document.report.models[0].model = core::ModelName(model.toStdString());
        const auto lines = cellsOf(reports::toCsv(document));
        QCOMPARE(lines[0].join(u','), QStringLiteral("model,version,figure,value,unit,missing,formula"));
        QCOMPARE(lines[1][0], cell);
        for (const QStringList &line : lines)
            QCOMPARE(line.size(), 7);
    }

    void keepsMoneyExactInCsv()
    {
        const reports::KpiDocument document = test::sampleDocument();
        bool seen = false;
        for (const QStringList &line : cellsOf(reports::toCsv(document)))
            if (line[0] == u"chat-small" && line[2] == u"margin") {
                seen = true;
                QCOMPARE(line[3].toStdString(), core::decimal(*document.report.models[0].margin.money()));
                QVERIFY(line[3].startsWith(u'-')); // for a program: the hyphen, and no guard before a number
            }
        QVERIFY(seen);
    }

    void saysInCsvWhatIsMissing()
    {
        bool seen = false;
        for (const QStringList &line : cellsOf(reports::toCsv(test::sampleWithoutGpus())))
            if (line[0] == u"*" && line[2] == u"cost_per_mtok") {
                seen = true;
                QCOMPARE(line[3], QString());
                QCOMPARE(line[5], QStringLiteral("no-gpu-hours"));
            }
        QVERIFY(seen);
    }

    void jsonEqualsTheReport()
    {
        const reports::KpiDocument document = test::sampleDocument();
        const json root = json::parse(reports::toJson(document));
        QCOMPARE(root["site"].get<std::string>(), document.site);
        QCOMPARE(root["window"]["from"].get<std::string>(), std::string("2026-11-23T00:00:00Z"));
        QCOMPARE(root["window"]["to"].get<std::string>(), std::string("2026-11-24T00:00:00Z"));
        QCOMPARE(root["models"].size(), document.report.models.size());
        for (std::size_t i = 0; i < document.report.models.size(); ++i)
            compareRow(root["models"][i], document.report.models[i]);
        compareRow(root["totals"], document.report.totals);
        for (const economics::TaxClass &part : document.report.tax.classes) {
            const json &one = root["utilisation_tax"][part.key];
            QCOMPARE(one["gpu_hours"].get<double>() * 1e6, static_cast<double>(part.microHours));
            QCOMPARE(one["cost"]["value"].get<std::string>(), plain(part.cost));
        }
        QCOMPARE(root["utilisation_tax_total"]["value"].get<std::string>(), plain(document.report.tax.total));
        QCOMPARE(root["releases"].size(), std::size_t(1));
        QCOMPARE(root["releases"][0]["first_paid"].get<std::string>(), std::string("2026-05-01T00:00:00Z"));
        QCOMPARE(root["owners"]["gross_margin"].get<std::string>(), std::string("Platform finance"));
        QCOMPARE(root["cached"].get<bool>(), false);
        QVERIFY(!root["findings"].empty());
    }

    void jsonSaysWhatIsMissingAndStale()
    {
        reports::KpiDocument document = test::sampleWithoutGpus();
        document.freshness.state = core::FreshnessState::Stale;
        document.sources[2].freshness.error = core::Error{.kind = core::ErrorKind::Refused};
        const json root = json::parse(reports::toJson(document));
        const json &cost = root["totals"]["figures"]["cost_per_mtok"];
        QVERIFY(cost["value"].is_null());
        QCOMPARE(cost["missing"].get<std::string>(), std::string("no-gpu-hours"));
        QVERIFY(root["cached"].get<bool>());
        QVERIFY(root["sources"][2]["failed"].get<bool>());
        QVERIFY(!root["sources"][0]["failed"].get<bool>());
    }

    void jsonOfTextThatIsNoUtf8IsJsonAllTheSame()
    {
        reports::KpiDocument document = test::sampleDocument(1);
        document.site = "ams\xff";
        document.report.models[0].model = core::ModelName("\xc3(");
        QVERIFY(json::accept(reports::toJson(document)));
    }

private:
    static void compareRow(const json &row, const economics::KpiRow &is)
    {
        QCOMPARE(row["model"].get<std::string>(), is.model.value);
        QCOMPARE(row["version"].get<std::string>(), is.version.value);
        QCOMPARE(row["tokens_in"].get<std::int64_t>(), *is.inputTokens);
        QCOMPARE(row["loses_money"].get<bool>(), is.losesMoney);
        for (const economics::Kpi *kpi : {&is.cost, &is.revenue, &is.margin, &is.costPerMtok, &is.revenuePerMtok}) {
            const json &figure = row["figures"][kpi->key];
            QCOMPARE(figure["value"].get<std::string>(), plain(*kpi));
            QCOMPARE(figure["formula"].get<std::string>(), kpi->formula);
            QCOMPARE(figure["inputs"].size(), kpi->inputs.size());
            for (std::size_t i = 0; i < kpi->inputs.size(); ++i) {
                QCOMPARE(figure["inputs"][i]["key"].get<std::string>(), kpi->inputs[i].key);
                QCOMPARE(figure["inputs"][i].value("evidence", json::array()).size(), kpi->inputs[i].evidence.size());
            }
        }
    }
};

ANDON_SUITE(ReportDataTest)
#include "data_test.moc"
