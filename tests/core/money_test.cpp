#include "core/money.h"
#include "tests/support/suite.h"

using namespace andon::core;

class MoneyTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { andon::test::failOnAnyWarning(); }

    void roundsHalfToEven()
    {
        QCOMPARE(static_cast<qint64>(divideHalfEven(5, 2)), 2);
        QCOMPARE(static_cast<qint64>(divideHalfEven(7, 2)), 4);
        QCOMPARE(static_cast<qint64>(divideHalfEven(-5, 2)), -2);
        QCOMPARE(static_cast<qint64>(divideHalfEven(-7, 2)), -4);
        QCOMPARE(static_cast<qint64>(divideHalfEven(8, 3)), 3);
        QCOMPARE(static_cast<qint64>(divideHalfEven(-8, 3)), -3);
    }

    void pricesGpuHours() // vector 4 of the KPI reference: 64 GPUs, 24 h, 2.50
    {
        const auto price = parseUnitPrice("2.50", {});
        ANDON_VERIFY_RESULT(price);
        const auto cost = priceOf(*price, static_cast<Wide>(64) * 24);
        ANDON_VERIFY_RESULT(cost);
        QCOMPARE(cost->micro, 3'840'000'000LL);
        QCOMPARE(QString::fromStdString(decimal(*cost)), QStringLiteral("3840.00"));
    }

    void refusesToMixCurrencies() { QVERIFY(!add({1, {"USD"}}, {1, {"EUR"}})); }

    void refusesOverflow()
    {
        QVERIFY(!priceOf({9'000'000'000'000'000'000LL, {}},
                         static_cast<Wide>(9'000'000'000'000'000'000LL) * 1'000'000'000));
        QVERIFY(!ratio({1, {}}, 0, 1));
    }

    void parsesDecimals_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("ok");
        QTest::addColumn<qint64>("pico");
        QTest::newRow("integer") << "3" << true << qint64(3'000'000'000'000);
        QTest::newRow("token price") << "0.0000003" << true << qint64(300'000);
        QTest::newRow("negative") << "-1.5" << true << qint64(-1'500'000'000'000);
        QTest::newRow("13 decimals") << "0.0000000000001" << false << qint64(0);
        QTest::newRow("exponent") << "1e3" << false << qint64(0);
        QTest::newRow("empty") << "" << false << qint64(0);
        QTest::newRow("too large") << "99999999999" << false << qint64(0);
    }
    void parsesDecimals()
    {
        QFETCH(QString, text);
        QFETCH(bool, ok);
        const auto price = parseUnitPrice(text.toStdString(), {});
        QCOMPARE(price.has_value(), ok);
        if (ok)
            QTEST(static_cast<qint64>(price->pico), "pico");
    }

    void writesDecimals()
    {
        QCOMPARE(decimal(Money{-1'234'567, {}}), std::string("-1.234567"));
        QCOMPARE(decimal(Money{5, {}}), std::string("0.000005"));
        QCOMPARE(decimal(UnitPrice{214'000'000'000, {}}), std::string("0.214"));
        QCOMPARE(decimal(Money{std::numeric_limits<std::int64_t>::min(), {}}), std::string("-9223372036854.775808"));
    }
};

ANDON_SUITE(MoneyTest)
#include "money_test.moc"
