#include "telemetry/pyramid.h"
#include "tests/support/suite.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

using namespace andon;
using namespace andon::telemetry;

class PyramidTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void everySpanHoldsWhatReadingAllFinds()
    {
        std::mt19937_64 random(7);
        for (const std::size_t size : {1U, 31U, 32U, 33U, 128U, 129U, 4'097U, 20'000U}) {
            std::vector<double> values;
            for (std::size_t i = 0; i < size; ++i)
                values.push_back(std::ldexp(static_cast<double>(random()) - 9e18, -40));
            const Pyramid pyramid(values);
            for (int i = 0; i < 4000; ++i) {
                std::size_t first = random() % size;
                std::size_t last = random() % size;
                if (first > last)
                    std::swap(first, last);
                compare(values, pyramid, first, last + 1);
            }
            compare(values, pyramid, 0, size);
        }
    }

    void valuesBeyondFloatsAreHeldToo()
    {
        std::vector<double> values(64, 1.0);
        values[3] = 1e300;
        values[40] = -std::numeric_limits<double>::infinity();
        const Span span = Pyramid(values).of(values, 0, 64);
        QVERIFY(span.high >= 1e300 && std::isinf(span.low));
        values.assign(64, std::numeric_limits<double>::infinity());
        QVERIFY(std::isinf(Pyramid(values).of(values, 0, 64).low));
    }

    void notANumberHidesNothing()
    {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        std::vector<double> values(200, 3.0);
        values[32] = values[64] = values[65] = values[199] = nan; // first, amid and last of blocks
        values[70] = 7;
        values[100] = -7;
        QCOMPARE(Pyramid(values).of(values, 0, 200), (Span{-7, 7}));
        QCOMPARE(Pyramid(values).of(values, 33, 64), (Span{3, 3}));
        values.assign(200, nan);
        const Span none = Pyramid(values).of(values, 0, 200);
        QVERIFY(none.low > none.high);
    }

    void nothingIsNoTrouble() { const Pyramid empty(std::vector<double>{}); }

private:
    static void compare(const std::vector<double> &values, const Pyramid &pyramid, std::size_t first, std::size_t last)
    {
        const auto [low, high] = std::minmax_element(values.begin() + static_cast<std::ptrdiff_t>(first),
                                                     values.begin() + static_cast<std::ptrdiff_t>(last));
        const Span span = pyramid.of(values, first, last);
        QVERIFY(span.low <= *low && span.high >= *high);
        QVERIFY(*low - span.low <= 1e-6 * std::abs(*low) && span.high - *high <= 1e-6 * std::abs(*high));
    }
};

ANDON_SUITE(PyramidTest)
#include "pyramid_test.moc"
