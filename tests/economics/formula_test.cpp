#include "economics/formula.h"
#include "economics/ledger.h"
#include "tests/support/suite.h"

#include <cmath>

using namespace andon;
using namespace andon::economics;

namespace
{
UnitPrice price(const char *decimal)
{
    return core::parseUnitPrice(decimal, {}).value();
}

QString shown(const Result<UnitPrice> &value, int decimals)
{
    if (!value)
        return QString::fromStdString(value.error().detail);
    const std::int64_t scale = static_cast<std::int64_t>(std::pow(10, 12 - decimals));
    return QString::fromStdString(core::decimal(
        UnitPrice{static_cast<std::int64_t>(core::divideHalfEven(value->pico, scale)) * scale, {}}, decimals));
}

QString shown(const Result<Money> &value)
{
    return value ? QString::fromStdString(core::decimal(*value)) : QString::fromStdString(value.error().detail);
}

bool near(double a, double b)
{
    return std::abs(a - b) <= std::abs(b) * 1e-6;
}

constexpr std::int64_t kDayOf64 = 64 * 24 * kMicro; // micro-hours
} // namespace

/// The 17 worked examples of the KPI reference.
class FormulaTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void vector1() { QCOMPARE(shown(costPerMtokAtRate(price("1.41"), 90 * kMicro), 6), QStringLiteral("4.351852")); }
    void vector2() { QCOMPARE(shown(costPerMtokAtRate(price("2.65"), 6000 * kMicro), 6), QStringLiteral("0.122685")); }
    void vector3()
    {
        QCOMPARE(shown(costPerMtokAtRate(price("2.50"), 1000 * kMicro), 6), QStringLiteral("0.694444"));
        QCOMPARE(shown(costPerMtokAtRate(price("2.50"), 1000 * kMicro, 400000), 6), QStringLiteral("1.736111"));
        QCOMPARE(shown(perUtilisedHour(price("2.50"), 400000), 2), QStringLiteral("6.25"));
    }
    void vector4() { QCOMPARE(shown(gpuCost(price("2.50"), kDayOf64)), QStringLiteral("3840.00")); }
    void vector5()
    {
        const Money cost = gpuCost(price("2.50"), kDayOf64).value();
        QCOMPARE(shown(core::ratio(cost, 48000000000LL, kMtok), 2), QStringLiteral("0.08"));
        QCOMPARE(shown(core::ratio(cost, 8000000000LL, kMtok), 2), QStringLiteral("0.48"));
    }
    void vector6() { margins(kMicro, "8800.00", "0.183333", "0.103333", 0.563636363636); }
    void vector7() { margins(850000, "7480.00", "0.155833", "0.075833", 0.486631016043); }
    void vector8()
    {
        const std::int64_t mj = 620LL * 64 * 24 * 3600 * 1000;
        QCOMPARE(mj, 3428352000000LL);
        QVERIFY(near(kwh(mj), 952.32));
        QVERIFY(near(*tokensPerJoule(48000000000LL, mj), 14.000896));
        QVERIFY(near(*joulesPerToken(mj, 8000000000LL), 0.428544));
        QVERIFY(near(*kwhPerMtok(mj, 48000000000LL), 0.01984));
    }
    void vector9()
    {
        const std::int64_t facility = 620LL * 64 * 24 * 3600 * 1000 / 100 * 125;
        QVERIFY(near(kwh(facility), 1190.40));
        const auto cost = energyCost(price("0.09"), facility);
        QCOMPARE(shown(cost), QStringLiteral("107.136"));
        QCOMPARE(shown(core::ratio(*cost, 48000000000LL, kMtok), 6), QStringLiteral("0.002232"));
    }
    void vector10()
    {
        const double rate = 48e9 / 86400;
        QVERIFY(near(rate, 555555.56));
        QVERIFY(near(*tokensPerSecondPerMw(rate, 620 * 64), 14000896));
    }
    void vector11()
    {
        QCOMPARE(shown(idleCost(price("2.50"), kDayOf64, 620000)), QStringLiteral("1459.20"));
        QCOMPARE(shown(perUtilisedHour(price("2.50"), 620000), 6), QStringLiteral("4.032258"));
    }
    void vector12() { QVERIFY(near(*modelFlopsUtilisation(20000, 2 * 70e9, 8 * 989.4e12), 0.35375)); }
    void vector13() { QVERIFY(near(*modelFlopsUtilisation(10000, 6 * 8e9, 989.4e12), 0.4851425)); }
    void vector14()
    {
        const auto bounds = goodputBounds({0.95, 0.92});
        QVERIFY(near(bounds->first, 0.87) && near(bounds->second, 0.92));
        QCOMPARE(goodputBounds({0.2, 0.3})->first, 0.0);
        QVERIFY(!goodputBounds({}));
    }
    void vector15()
    {
        QCOMPARE(shown(carryCost(price("2.50"), 64, 25 * core::kDay)), QStringLiteral("96000.00"));
        QCOMPARE(shown(carryCost(price("2.50"), 64, 39 * core::kDay)), QStringLiteral("149760.00"));
    }
    void vector16()
    {
        const std::int64_t mj = 4600000000LL - 1000000;
        QCOMPARE(mj / 1000, 4599000LL);
        QVERIFY(near(kwh(mj), 1.2775));
    }
    void vector17()
    {
        const std::int64_t lost = lostMicroHours(kDayOf64, 720000);
        QCOMPARE(lost, 430080000LL);
        QCOMPARE(shown(gpuCost(price("2.50"), lost)), QStringLiteral("1075.20"));
        const std::int64_t saved = savedMicroHours(kDayOf64, 720000, 900000);
        QCOMPARE(saved, 307200000LL);
        QCOMPARE(shown(gpuCost(price("2.50"), saved)), QStringLiteral("768.00"));
    }

    void givesNothingWhereThereIsNothing()
    {
        QVERIFY(!costPerMtokAtRate(price("1"), 0));
        QVERIFY(!perUtilisedHour(price("1"), 0));
        QVERIFY(!tokensPerJoule(1, 0));
        QVERIFY(!joulesPerToken(1, 0));
        QVERIFY(!kwhPerMtok(1, 0));
        QVERIFY(!tokensPerSecondPerMw(1, 0));
        QVERIFY(!modelFlopsUtilisation(1, 1, 0));
        QVERIFY(!grossMargin({0, {}}, {1, {}}));
        QVERIFY(!grossMargin({1, {"USD"}}, {1, {"EUR"}}));
        QVERIFY(!idleCost(price("1"), 1, 1000001));
        QVERIFY(!listRevenue(1, {1, {"USD"}}, 1, {1, {"EUR"}}));
        QVERIFY(!listRevenue(9000000000000000000LL, {9000000000000000000LL, {}}, 9000000000000000000LL,
                             {9000000000000000000LL, {}}));
        QCOMPARE(savedMicroHours(5, 1, 0), 0LL);
    }

    void sharesOutToTheLastUnit()
    {
        QCOMPARE(shareOut(100, {1, 1, 1}), (std::vector<std::int64_t>{33, 33, 34}));
        QCOMPARE(shareOut(100, {1, 0, 2, 0}), (std::vector<std::int64_t>{33, 0, 67, 0}));
        QCOMPARE(shareOut(100, {0, 0}), (std::vector<std::int64_t>{0, 0}));
        QCOMPARE(shareOut(5, {}), std::vector<std::int64_t>{});
        QCOMPARE(shareOut(9000000000000000000LL, {9000000000000000000LL, 9000000000000000000LL}),
                 (std::vector<std::int64_t>{4500000000000000000LL, 4500000000000000000LL}));
    }

private:
    void margins(std::int64_t paidPpm, const char *revenue, const char *perMtok, const char *marginPerMtok,
                 double gross)
    {
        const Money cost = gpuCost(price("2.50"), kDayOf64).value();
        const auto sold = listRevenue(40000000000LL, price("0.10"), 8000000000LL, price("0.60"), paidPpm);
        QCOMPARE(shown(sold), QString::fromUtf8(revenue));
        QCOMPARE(shown(core::ratio(*sold, 48000000000LL, kMtok), 6), QString::fromUtf8(perMtok));
        QCOMPARE(shown(core::ratio(*core::subtract(*sold, cost), 48000000000LL, kMtok), 6),
                 QString::fromUtf8(marginPerMtok));
        QVERIFY(near(*grossMargin(*sold, cost), gross));
    }
};

ANDON_SUITE(FormulaTest)
#include "formula_test.moc"
