#include "economics/kpi.h"
#include "tests/support/suite.h"

#include <QFile>

#include <cmath>

using namespace andon;
using namespace andon::economics;

namespace
{
constexpr std::int64_t kHours = 1000000; // micro-hours
const Instant kStart = Instant::fromSeconds(1795392000); // 2026-11-23T00:00:00Z
const core::TimeRange kDayLong{kStart, kStart + core::kDay};

PriceBook bookOf(const std::string &more = {})
{
    return parsePriceBook("currency: USD\ngpu_hour: [{price: 2.50}]\n"
                          "models: [{match: chat, input_per_mtok: 0.10, output_per_mtok: 0.60}]\n"
                              + more,
                          "test")
        .value();
}

ModelUsage usageOf(const char *model, std::int64_t in, std::int64_t out, std::int64_t gpus)
{
    return {.model = core::ModelName(model),
            .version = core::ModelVersionNumber("1"),
            .input = {in, 1, {core::Evidence{.sha256 = "in"}}},
            .output = {out, 1, {}},
            .allocated = {{kDayLong, gpus * 24 * kHours}},
            .gpuCoverage = 1,
            .busy = {gpus * 24 * kHours / 2, 1, {}},
            .millijoules = {620LL * gpus * 24 * 3600 * 1000, 1, {}}};
}

Ledger ledgerOf(std::vector<ModelUsage> models)
{
    return {.window = kDayLong,
            .models = std::move(models),
            .fleet = {{kDayLong, 10 * kHours, 20 * kHours, 30 * kHours, 40 * kHours}},
            .fleetCoverage = 1,
            .fleetBusy = {45 * kHours, 1, {}}};
}

QString money(const Kpi &kpi)
{
    return kpi.money() ? QString::fromStdString(core::decimal(*kpi.money())) : QString::fromStdString(kpi.missing);
}

/// Six decimals, as the reference prints them.
QString price(const Kpi &kpi)
{
    if (!kpi.price())
        return QString::fromStdString(kpi.missing);
    const auto micro = static_cast<std::int64_t>(core::divideHalfEven(kpi.price()->pico, 1000000));
    return QString::fromStdString(core::decimal(Money{micro, {}}));
}
} // namespace

class KpiTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void agreesWithTheReference() // vectors 4 to 8
    {
        const auto report = evaluate(bookOf(), ledgerOf({usageOf("chat", 40000000000, 8000000000, 64)}));
        const KpiRow &row = report.totals;
        QCOMPARE(money(row.cost), QStringLiteral("3840.00"));
        QCOMPARE(price(row.costPerMtok), QStringLiteral("0.08"));
        QCOMPARE(price(row.outputCostPerMtok), QStringLiteral("0.48"));
        QCOMPARE(money(row.revenue), QStringLiteral("8800.00"));
        QCOMPARE(price(row.revenuePerMtok), QStringLiteral("0.183333"));
        QCOMPARE(price(row.marginPerMtok), QStringLiteral("0.103333"));
        QVERIFY(std::abs(*row.grossMargin.number() - 0.563636) < 1e-6);
        QVERIFY(std::abs(*row.tokensPerSecond.number() - 555555.5556) < 1e-3);
        QVERIFY(std::abs(*row.tokensPerJoule.number() - 14.000896) < 1e-6);
        QCOMPARE(row.gpus, 64.0);
        QVERIFY(!row.losesMoney);
        QCOMPARE(report.models[0].utilisation.number() ? *report.models[0].utilisation.number() : -1, 0.5);
        QCOMPARE(report.utilisation.number() ? *report.utilisation.number() : -1, 0.5); // 45 of 90 allocated
        const auto paid =
            evaluate(bookOf("paid_share: 0.85\n"), ledgerOf({usageOf("chat", 40000000000, 8000000000, 64)}));
        QCOMPARE(money(paid.totals.revenue), QStringLiteral("7480.00"));
        QCOMPARE(price(paid.totals.revenuePerMtok), QStringLiteral("0.155833"));
        QVERIFY(std::abs(*paid.totals.grossMargin.number() - 0.486631) < 1e-6);
        QCOMPARE(paid.totals.revenue.formula, std::string("list_price*paid_share"));
    }

    void totalsAreRatiosOfSums()
    {
        const auto book = bookOf("shared_per_day: 100\n");
        auto cheap = usageOf("chat", 9000000000, 1000000000, 4);
        auto dear = usageOf("chat", 90000000, 10000000, 4);
        dear.version = core::ModelVersionNumber("2");
        dear.busy = {};
        dear.busy.value = 0;
        dear.busy.coverage = 1;
        const auto report = evaluate(book, ledgerOf({cheap, dear}));
        const double *whole = report.totals.utilisation.number();
        QVERIFY(whole && *whole == *report.models[1].utilisation.number() / 2); // of those that serve, not of the fleet
        QVERIFY(*whole != *report.utilisation.number());
        QCOMPARE(money(report.totals.cost), QStringLiteral("580.00")); // 8 × 24 × 2.50 + 100
        QCOMPARE(price(report.totals.costPerMtok), QStringLiteral("0.057426")); // 580 / 10.1 G, not a mean
        Money sum{0, {}};
        for (const KpiRow &row : report.models)
            sum = core::add(sum, *row.cost.money()).value();
        QCOMPARE(core::decimal(sum), std::string("580.00")); // the shares leave nothing over
        QVERIFY(report.models[0].margin.money()->micro < report.models[1].margin.money()->micro); // worst first
        QCOMPARE(report.models[0].version.value, std::string("2"));
        QVERIFY(report.models[0].losesMoney);
    }

    void everyFigureCanBeAskedWhy()
    {
        const auto report =
            evaluate(bookOf("shared_per_day: 100\n"), ledgerOf({usageOf("chat", 40000000000, 8000000000, 64)}));
        const Kpi &kpi = report.models[0].costPerMtok;
        QCOMPARE(kpi.key, std::string("cost_per_mtok"));
        QCOMPARE(kpi.formula, std::string("cost/tokens"));
        std::vector<std::string> keys;
        bool evidence = false;
        for (const KpiInput &input : kpi.inputs) {
            keys.push_back(input.key);
            QCOMPARE(input.of, std::string("chat@1"));
            evidence |= !input.evidence.empty() && input.evidence[0].sha256 == "in";
            if (input.key == "tokens_in") {
                QCOMPARE(std::get<std::int64_t>(*input.value), 40000000000LL);
                QCOMPARE(*input.coverage, 1.0);
            }
        }
        QCOMPARE(keys, (std::vector<std::string>{"gpu_hour_price", "gpu_hours", "shared", "tokens_in", "tokens_out"}));
        QVERIFY(evidence);
    }

    void saysWhyThereIsNoFigure_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("cost");
        QTest::addColumn<QString>("costPerMtok");
        QTest::addColumn<QString>("revenue");
        const auto row = [](const char *what, const char *cost, const char *per, const char *revenue) {
            QTest::newRow(what) << QString::fromUtf8(what) << QString::fromUtf8(cost) << QString::fromUtf8(per)
                                << QString::fromUtf8(revenue);
        };
        row("no tokens", "2.50", "no-tokens", "no-tokens");
        row("tokens seen for 94 %", "2.50", "coverage", "coverage");
        row("0 tokens", "2.50", "no-tokens", "0.00");
        row("no GPUs", "no-gpu-hours", "no-gpu-hours", "0.70");
        row("GPUs seen for 94 %", "coverage", "coverage", "0.70");
        row("not in the book", "2.50", "1.25", "no-price");
        row("before the first price", "no-price", "no-price", "0.70");
        row("price changes within", "price-change", "price-change", "0.70");
        row("outside of the window", "window", "window", "0.70");
        row("billed in euro", "2.50", "1.25", "currency");
        row("billed", "2.50", "1.25", "9.00");
        row("95 % is enough", "2.50", "1.25", "0.70");
    }
    void saysWhyThereIsNoFigure()
    {
        QFETCH(QString, what);
        auto usage = usageOf("chat", 1000000, 1000000, 1);
        usage.allocated = {{kDayLong, kHours}};
        auto book = bookOf();
        if (what == QLatin1String("no tokens"))
            usage.output.value.reset();
        else if (what == QLatin1String("tokens seen for 94 %"))
            usage.input.coverage = 0.94;
        else if (what == QLatin1String("0 tokens"))
            usage.input.value = usage.output.value = 0;
        else if (what == QLatin1String("no GPUs"))
            usage.allocated.clear();
        else if (what == QLatin1String("GPUs seen for 94 %"))
            usage.gpuCoverage = 0.94;
        else if (what == QLatin1String("not in the book"))
            usage.model = core::ModelName("other");
        else if (what == QLatin1String("before the first price"))
            book.gpuHour[0].from = kStart + 1;
        else if (what == QLatin1String("price changes within"))
            book.gpuHour.push_back({kStart + 5, {3, {}}});
        else if (what == QLatin1String("outside of the window"))
            usage.allocated[0].range.from = kStart - 1;
        else if (what == QLatin1String("billed in euro"))
            usage.billed = Money{1, {"EUR"}};
        else if (what == QLatin1String("billed"))
            usage.billed = Money{9000000, {"USD"}};
        else
            usage.input.coverage = usage.output.coverage = usage.gpuCoverage = 0.95;
        const auto report = evaluate(book, ledgerOf({usage}));
        for (const KpiRow *row : {&report.models[0], &report.totals}) {
            QTEST(money(row->cost), "cost");
            QTEST(price(row->costPerMtok), "costPerMtok");
            QTEST(money(row->revenue), "revenue");
            QCOMPARE(row->margin.value.has_value(), row->cost.value && row->revenue.value);
            QVERIFY(row->cost.value.has_value() != !row->cost.missing.empty());
        }
    }

    void whatOneModelLacksTheTotalLacks()
    {
        auto blind = usageOf("chat", 1, 1, 1);
        blind.input.coverage = 0.5;
        const auto report = evaluate(bookOf(), ledgerOf({blind, usageOf("chat", 40000000000, 8000000000, 64)}));
        QCOMPARE(price(report.totals.costPerMtok), QStringLiteral("coverage"));
        QVERIFY(report.totals.cost.value);
        QVERIFY(!report.models.back().margin.value); // unknown ones last
        const auto none = evaluate(bookOf(), ledgerOf({}));
        QCOMPARE(money(none.totals.cost), QStringLiteral("no-models"));
        auto unread = ledgerOf({});
        unread.tokensRead = false;
        QCOMPARE(money(evaluate(bookOf(), unread).totals.cost), QStringLiteral("tokens-not-read"));
    }

    void marginsAreUndefinedWithoutRevenue()
    {
        auto usage = usageOf("chat", 1000000, 0, 1);
        usage.billed = Money{0, {"USD"}};
        const auto report = evaluate(bookOf(), ledgerOf({usage}));
        QCOMPARE(report.totals.grossMargin.missing, std::string("no-revenue"));
        QVERIFY(report.totals.margin.value && report.totals.losesMoney);
    }

    void pricesEachStretchOfTime()
    {
        auto book =
            parsePriceBook("currency: USD\ngpu_hour: [{price: 2}, {from: '2026-11-23T12:00:00Z', price: 3}]\n", "t")
                .value();
        auto usage = usageOf("chat", 1, 1, 1);
        usage.allocated.clear();
        for (const core::TimeRange &range : book.stretches(kDayLong))
            usage.allocated.push_back({range, 12 * kHours});
        QCOMPARE(usage.allocated.size(), std::size_t(2));
        QCOMPARE(money(evaluate(book, ledgerOf({usage})).totals.cost), QStringLiteral("60.00"));
    }

    void splitsTheUtilisationTax()
    {
        const auto report = evaluate(bookOf("budget: 48\n"), ledgerOf({}));
        QCOMPARE(report.tax.classes.size(), std::size_t(4));
        const QString expected[] = {QStringLiteral("100.00"), QStringLiteral("75.00"), QStringLiteral("50.00"),
                                    QStringLiteral("25.00")};
        const char *const keys[] = {"busy", "starved", "idle", "unallocated"};
        for (std::size_t i = 0; i < 4; ++i) {
            QCOMPARE(report.tax.classes[i].key, std::string(keys[i]));
            QCOMPARE(money(report.tax.classes[i].cost), expected[i]);
        }
        QCOMPARE(money(report.tax.total), QStringLiteral("150.00"));
        QCOMPARE(report.tax.quotaMicroHours, 100 * kHours);
        QCOMPARE(report.tax.budget->micro, 48000000LL);
        auto blind = ledgerOf({});
        blind.fleetCoverage = 0.5;
        QCOMPARE(evaluate(bookOf(), blind).tax.total.missing, std::string("coverage"));
        blind.fleet.clear();
        QCOMPARE(evaluate(bookOf(), blind).tax.total.missing, std::string("no-gpu-hours"));
        QVERIFY(evaluate(bookOf(), blind).tax.classes.empty());
    }

    void timesReleases() // vector 15
    {
        const auto report = evaluate(
            bookOf("targets: {time_to_monetization_days: 21}\n"
                   "releases:\n"
                   "  - {name: A, gpus: 8, energised: 2026-01-01, first_paid: 2026-02-01}\n"
                   "  - {name: C, gpus: 64, delivered: 2026-03-02, energised: 2026-03-16, first_paid: 2026-04-10}\n"
                   "  - {name: B, gpus: 8, energised: 2026-01-05, first_paid: 2026-03-01}\n"
                   "  - {name: D, gpus: 8, energised: 2026-05-01}\n"),
            ledgerOf({}));
        const ReleaseRow &row = report.releases[1];
        QCOMPARE(*row.sinceEnergised.number(), 25.0);
        QCOMPARE(*row.sinceDelivered.number(), 39.0);
        QCOMPARE(row.sinceOrdered.missing, std::string("no-milestone"));
        QCOMPARE(money(row.carry), QStringLiteral("96000.00"));
        QCOMPARE(*row.overTargetDays, 4.0);
        QCOMPARE(report.releases[3].sinceEnergised.missing, std::string("no-milestone"));
        QVERIFY(!report.releases[3].overTargetDays);
        QCOMPARE(*report.timeToMonetization.number(), 25.0); // the last that was paid
        QCOMPARE(report.timeToMonetization.inputs[0].of, std::string("C"));
        QCOMPARE(evaluate(bookOf(), ledgerOf({})).timeToMonetization.missing, std::string("no-milestone"));
    }

    void theDemoEarnsAndChatSmallLoses()
    {
        QFile file(QStringLiteral(ANDON_SOURCE_DIR "/resources/demo/pricebook.yaml"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto book = parsePriceBook(file.readAll().toStdString(), "pricebook.yaml");
        ANDON_VERIFY_RESULT(book);
        const struct {
            const char *model;
            std::int64_t in, out, gpus; ///< tokens per second, as the demo's plan has them
        } served[] = {{"fraud-llm", 14000, 4200, 8}, {"chat-large", 26000, 8900, 12}, {"chat-small", 2100, 640, 6},
                      {"risk-scorer", 5200, 310, 2}, {"doc-embedder", 31000, 0, 2},   {"vision-qa", 7400, 1900, 4}};
        for (const std::int64_t scale : {1, 8}) {
            std::vector<ModelUsage> models;
            for (const auto &one : served)
                models.push_back(usageOf(one.model, one.in * 86400 * scale, one.out * 86400 * scale, one.gpus * scale));
            const auto report = evaluate(*book, ledgerOf(std::move(models)));
            for (const KpiRow &row : report.models)
                QCOMPARE(row.losesMoney, row.model.value == "chat-small");
            QVERIFY(*report.totals.grossMargin.number() > 0.2 && *report.totals.grossMargin.number() < 0.6);
        }
    }
};

ANDON_SUITE(KpiTest)
#include "kpi_test.moc"
