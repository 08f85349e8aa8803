#include "tests/support/suite.h"
#include "text/kpiexplain.h"
#include "text/kpitext.h"

using namespace andon;
using namespace andon::economics;

namespace
{

constexpr std::int64_t kHours = 1'000'000; // micro-hours
const Instant kStart = Instant::fromSeconds(1795392000); // 2026-11-23T00:00:00Z
const core::TimeRange kDay{kStart, kStart + core::kDay};

ModelUsage usage(const char *name, std::int64_t in, std::int64_t out, std::int64_t gpus)
{
    core::Evidence tokens{.source = core::SourceName("prometheus"),
                          .request = "GET /api/v1/query_range?query=tokens&start=1&end=2&step=300",
                          .sha256 = std::string(64, 'a')};
    return {.model = core::ModelName(name),
            .version = core::ModelVersionNumber("3"),
            .input = {in, 1, {tokens}},
            .output = {out, 0.97, {tokens}},
            .allocated = {{kDay, gpus * 24 * kHours}},
            .gpuCoverage = 1,
            .busy = {gpus * 12 * kHours, 1, {}},
            .millijoules = {3'600'000'000LL * 5, 1, {}}};
}

KpiReport report(std::vector<ModelUsage> models)
{
    const auto book = parsePriceBook("currency: USD\ngpu_hour: [{price: 2.50}]\nshared_per_day: 60\npaid_share: 0.85\n"
                                     "models: [{match: '*', input_per_mtok: 0.10, output_per_mtok: 0.60}]\n"
                                     "targets: {cost_per_mtok: 0.10, gross_margin: 0.30}\n"
                                     "releases: [{name: C, gpus: 8, energised: 2026-09-07, first_paid: 2026-10-02}]\n",
                                     "test");
    Ledger ledger{.window = kDay, .models = std::move(models), .fleetCoverage = 1};
    ledger.fleet = {{kDay, 1 * kHours, 2 * kHours, 3 * kHours, 90 * kHours}};
    return evaluate(book.value(), ledger);
}

QString lines(const std::vector<text::KpiStep> &steps)
{
    QStringList all;
    for (const text::KpiStep &step : steps)
        all << step.symbol + u'|' + step.words + u'|' + step.result;
    return all.join(u'\n').replace(QChar(0x00a0), u' ').replace(QChar(0x202f), u' ');
}

} // namespace

class KpiExplainTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void showsTheStepsWithTheirNumbers()
    {
        const KpiReport r = report({usage("chat", 2'000'000'000, 500'000'000, 4)});
        const KpiRow &row = r.models[0];
        QCOMPARE(lines(text::kpiSteps(row.costPerMtok, &row)),
                 QStringLiteral("C|96.0 GPU-h × $2.50 + $60.00 shared|$300.00\n"
                                "T|2 G in + 500 M out|2.50 G tokens\n"
                                "C ÷ T|per 1 M tokens|$0.120"));
        QCOMPARE(lines(text::kpiSteps(row.grossMargin, &row)),
                 QStringLiteral("R|2 G × $0.10 + 500 M × $0.60 per 1 M, × 85.0 % paid|$425.00\n"
                                "C|96.0 GPU-h × $2.50 + $60.00 shared|$300.00\n"
                                "(R − C) ÷ R||29.4 %"));
        QCOMPARE(lines(text::kpiSteps(row.utilisation, &row)),
                 QStringLiteral("B|GPU time with the engine active|48.0 GPU-h\n"
                                "H|GPU time held|96.0 GPU-h\n"
                                "B ÷ H||50.0 %"));
        QCOMPARE(lines(text::kpiSteps(row.tokensPerJoule, &row)).section(u'\n', 1, 1),
                 QStringLiteral("E|Energy at the GPU board|5.0 kWh"));
    }

    void totalsSumTheirModels()
    {
        const KpiReport r = report({usage("chat", 2'000'000'000, 0, 4), usage("code", 1'000'000'000, 0, 2)});
        QCOMPARE(lines(text::kpiSteps(r.totals.costPerMtok, &r.totals)).section(u'\n', 0, 0),
                 QStringLiteral("C|144.0 GPU-h × $2.50 + $60.00 shared|$420.00"));
        QVERIFY(lines(text::kpiSteps(r.totals.revenue, &r.totals))
                    .startsWith(QStringLiteral("R|tokens × list price, summed over 2 models, × 85.0 % paid|")));
        const auto inputs = text::kpiInputLines(r.totals.costPerMtok);
        QCOMPARE(inputs.size(), std::size_t(5)); // price, hours, shared, in, out: each once
        QCOMPARE(inputs[1].name, QStringLiteral("GPU time held"));
        QCOMPARE(inputs[1].of, QStringLiteral("2 models"));
        QCOMPARE(inputs[0].source, QStringLiteral("price book"));
        QCOMPARE(inputs[3].source, QStringLiteral("prometheus"));
        QCOMPARE(inputs[4].coverage.value(), 0.97);
        QCOMPARE(text::kpiCoverage(r.totals.costPerMtok).value(), 0.97); // the smallest of them
        QCOMPARE(text::kpiAnswers(r.totals.costPerMtok).size(), std::size_t(1)); // the same answer, once
    }

    void aMissingInputIsNoZero()
    {
        ModelUsage blind = usage("chat", 1, 1, 4);
        blind.input.value.reset();
        const KpiReport r = report({blind, usage("code", 1'000'000'000, 0, 2)});
        QCOMPARE(text::kpiValue(r.totals.costPerMtok), QStringLiteral("—"));
        for (const text::KpiInputLine &line : text::kpiInputLines(r.totals.costPerMtok))
            if (line.name == u"Input tokens")
                QCOMPARE(line.value, QStringLiteral("—")); // not the sum of the others
    }

    void explainsWhatStandsAlone()
    {
        const KpiReport r = report({usage("chat", 1, 1, 4)});
        QCOMPARE(lines(text::kpiSteps(r.timeToMonetization, nullptr)), QStringLiteral("|2026-10-02 − 2026-09-07|25 d"));
        QCOMPARE(lines(text::kpiSteps(r.tax.total, nullptr)), QStringLiteral("|6.0 GPU-h × $2.50|$15.00"));
    }

    void comparesWithTheTarget()
    {
        const KpiReport r = report({usage("chat", 2'000'000'000, 500'000'000, 4)});
        const auto cost = text::kpiTarget(r.totals.costPerMtok);
        QVERIFY(cost && !cost->met);
        QCOMPARE(cost->target, QStringLiteral("$0.100"));
        QCOMPARE(cost->gap, QStringLiteral("20.0\u00a0% over"));
        const auto margin = text::kpiTarget(r.totals.grossMargin);
        QVERIFY(margin && !margin->met);
        QCOMPARE(margin->gap, QStringLiteral("0.6 pts under"));
        QVERIFY(!text::kpiTarget(r.totals.margin));
        Kpi unknown = r.totals.costPerMtok;
        unknown.value.reset();
        QVERIFY(text::kpiTarget(unknown)->gap.isEmpty());
    }

    void everyFormulaAndInputHasWords()
    {
        const KpiReport r = report({usage("chat", 1'000'000, 1, 4)});
        const KpiRow &t = r.totals;
        for (const Kpi *kpi : {&t.cost, &t.revenue, &t.margin, &t.costPerMtok, &t.outputCostPerMtok, &t.revenuePerMtok,
                               &t.marginPerMtok, &t.grossMargin, &t.tokensPerSecond, &t.utilisation, &t.tokensPerJoule,
                               &r.timeToMonetization, &r.tax.total}) {
            const QString formula = text::kpiLongFormula(kpi->formula);
            QVERIFY2(!formula.contains(u'_') && !formula.contains(u'*'), qPrintable(formula));
            QVERIFY2(!text::kpiTitle(kpi->key).contains(u'_'), kpi->key.c_str());
            QVERIFY2(!text::kpiBasis(kpi->key).isEmpty(), kpi->key.c_str());
            QVERIFY(!text::kpiSteps(*kpi, &t).empty());
            for (const text::KpiInputLine &line : text::kpiInputLines(*kpi))
                QVERIFY2(line.name.front().isUpper(), qPrintable(line.name));
        }
        for (const TaxClass &part : r.tax.classes)
            QVERIFY(text::taxName(part.key).front().isUpper() && !text::taxMeaning(part.key).isEmpty());
    }

    void takesARequestApart()
    {
        const auto asked = text::askedQuery("GET /api/v1/query_range?query=sum by (a, b) (x{s=\"y\"})&start=1795392000"
                                            "&end=1795478400&step=300");
        QCOMPARE(asked.call, QStringLiteral("GET /api/v1/query_range"));
        QCOMPARE(asked.query, QStringLiteral("sum by (a, b) (x{s=\"y\"})"));
        QCOMPARE(asked.range, QStringLiteral("2026-11-23 00:00 UTC to 2026-11-24 00:00 UTC, every 5 min"));
        QCOMPARE(text::askedQuery("GET /x?a=1&b=2").query, QStringLiteral("a=1&b=2"));
        QCOMPARE(text::askedQuery("GET /x").range, QString());
    }

    void oneMinusSignEverywhere()
    {
        Kpi loss{.unit = KpiUnit::Money, .value = Money{-280'910'000, {}}};
        Kpi ratio{.unit = KpiUnit::Ratio, .value = -3.283};
        Kpi rate{.unit = KpiUnit::MoneyPerMtok, .value = core::UnitPrice{-1'186'597'569'682, {}}};
        for (const QString &text : {text::kpiValue(loss), text::kpiValue(ratio), text::kpiValue(rate)})
            QVERIFY2(text.startsWith(QChar(0x2212)) && !text.contains(u'-'), qPrintable(text));
        QCOMPARE(text::kpiValue(loss), QStringLiteral("−$280.91"));
    }
};

ANDON_SUITE(KpiExplainTest)
#include "kpiexplain_test.moc"
