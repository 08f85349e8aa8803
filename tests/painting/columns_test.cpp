#include "painting/columns.h"
#include "tests/support/suite.h"

#include <QPainter>

#include <cmath>
#include <limits>
#include <random>

using namespace andon;
using namespace andon::painting;
using telemetry::Pyramid;
using telemetry::Series;

namespace
{

constexpr QRgb kInk = 0xff2060c0;

struct Picture {
    QImage image;
    Rows rows = {};
};

Picture painted(const Series &series, const ColumnView &view, QSize size = {320, 200}, QRgb ink = kInk)
{
    Picture picture{QImage(size, QImage::Format_ARGB32_Premultiplied)};
    picture.image.fill(Qt::transparent);
    picture.rows = paintColumns(picture.image, series, Pyramid(series.v), view, ink);
    return picture;
}

int ink(const QImage &image, int x, int y)
{
    return qAlpha(image.pixel(x, y));
}

/// Of a column: how much is covered, in pixels.
double covered(const QImage &image, int x)
{
    double sum = 0;
    for (int y = 0; y < image.height(); ++y)
        sum += ink(image, x, y) / 255.0;
    return sum;
}

/// First and last row of a column with ink of more than a half; {-1, -1} without.
std::pair<int, int> extent(const QImage &image, int x)
{
    std::pair<int, int> rows{-1, -1};
    for (int y = 0; y < image.height(); ++y)
        if (ink(image, x, y) > 127)
            rows = {rows.first < 0 ? y : rows.first, y};
    return rows;
}

Series every(std::int64_t step, const std::vector<double> &values, std::int64_t from = 1000)
{
    Series series;
    for (const double value : values) {
        series.t.push_back(from + static_cast<std::int64_t>(series.t.size()) * step);
        series.v.push_back(value);
    }
    return series;
}

ColumnView viewOf(std::int64_t from, std::int64_t to, double low, double high)
{
    return {.from = {from}, .to = {to}, .low = low, .high = high};
}

/// Reads every sample and joins every two of them: what a column must reach from and to, in pixels.
std::pair<double, double> naive(const Series &series, const ColumnView &view, QSize size, int x)
{
    const double perColumn = static_cast<double>(view.to - view.from) / size.width();
    const double left = static_cast<double>(view.from.ms) + x * perColumn;
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    const auto add = [&](double value) {
        low = std::min(low, value);
        high = std::max(high, value);
    };
    for (std::size_t i = 0; i < series.t.size(); ++i) {
        const auto t = static_cast<double>(series.t[i]);
        if (t >= left && t < left + perColumn)
            add(series.v[i]);
        if (i == 0 || (view.gapMs > 0 && series.t[i] - series.t[i - 1] > view.gapMs))
            continue;
        const auto before = static_cast<double>(series.t[i - 1]);
        for (const double edge : {left, left + perColumn})
            if (before <= edge && edge <= t)
                add(series.v[i - 1] + (series.v[i] - series.v[i - 1]) * (edge - before) / (t - before));
    }
    const double perValue = size.height() / (view.high - view.low);
    return {(view.high - high) * perValue, (view.high - low) * perValue};
}

} // namespace

class ColumnsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void reachesWhatReadingEverySampleReaches_data()
    {
        QTest::addColumn<int>("samples");
        QTest::addColumn<bool>("gaps");
        for (const int samples : {7, 60, 330, 1'000, 20'000})
            for (const bool gaps : {false, true})
                QTest::addRow("%d%s", samples, gaps ? " with gaps" : "") << samples << gaps;
    }
    void reachesWhatReadingEverySampleReaches()
    {
        QFETCH(int, samples);
        QFETCH(bool, gaps);
        const QSize size(320, 200);
        std::mt19937 random(static_cast<unsigned>(samples));
        Series series;
        double value = 50;
        std::int64_t t = 5'000;
        for (int i = 0; i < samples; ++i) {
            value += static_cast<double>(random() % 2001) / 1000 - 1;
            t += 1000 + (gaps && random() % 10 == 0 ? 5'000 : 0);
            series.t.push_back(t);
            series.v.push_back(value + (random() % 50 == 0 ? 20 : 0));
        }
        ColumnView view = viewOf(series.t.front() - 3'000, t + 2'000, 0, 130);
        view.gapMs = 1'500;
        const Picture picture = painted(series, view, size);
        for (int x = 0; x < size.width(); ++x) {
            auto [top, bottom] = naive(series, view, size, x);
            const bool any = bottom >= top;
            top = std::clamp(top, 0.0, 200.0);
            bottom = std::clamp(bottom, 0.0, 200.0);
            const double ours = covered(picture.image, x);
            if (!any) {
                QVERIFY2(ours == 0 || isBesideADot(series, view, size, x), qPrintable(QString::number(x)));
                continue;
            }
            // What lies between is covered, and the pen adds its width and no more.
            for (int y = static_cast<int>(std::ceil(top + 1)); y + 1 < bottom - 1; ++y)
                QVERIFY2(ink(picture.image, x, y) > 200, qPrintable(QStringLiteral("%1 %2").arg(x).arg(y)));
            // A line that begins or ends within a column covers its share of it.
            QVERIFY2(ours >= (bottom - top) * (gaps ? 0.3 : 0.95) && ours <= (bottom - top) * 1.5 + 4,
                     qPrintable(QStringLiteral("%1: %2 of %3").arg(x).arg(ours).arg(bottom - top)));
        }
    }

    void looksLikeAPainterDrewIt()
    {
        const QSize size(320, 200);
        Series series;
        for (int i = 0; i <= 64; ++i) {
            series.t.push_back(1'000 + i * 1'000);
            series.v.push_back(50 + 40 * std::sin(i * 0.2));
        }
        const ColumnView view = viewOf(1'000, 65'000, 0, 100);
        const Picture ours = painted(series, view, size);
        QImage theirs(size, QImage::Format_ARGB32_Premultiplied);
        theirs.fill(Qt::transparent);
        QPainter painter(&theirs);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(QColor::fromRgba(kInk), view.pen));
        QPolygonF line;
        for (std::size_t i = 0; i < series.t.size(); ++i)
            line << QPointF(static_cast<double>(series.t[i] - 1'000) / 64'000 * size.width(),
                            (100 - series.v[i]) / 100 * size.height());
        painter.drawPolyline(line);
        painter.end();
        double difference = 0;
        double total = 0;
        for (int x = 2; x < size.width() - 2; ++x)
            for (int y = 0; y < size.height(); ++y) {
                difference += std::abs(ink(ours.image, x, y) - ink(theirs, x, y));
                total += ink(theirs, x, y);
            }
        QVERIFY2(difference / total < 0.06, qPrintable(QString::number(difference / total)));
    }

    void aFlatLineIsAsWideAsThePen()
    {
        for (const double pen : {1.0, 1.5, 3.0}) {
            ColumnView view = viewOf(1'000, 10'000, 0, 10);
            view.pen = pen;
            const Picture picture = painted(every(1000, std::vector<double>(10, 4.3)), view);
            for (const int x : {10, 100, 300})
                QVERIFY2(std::abs(covered(picture.image, x) - pen) < 0.02,
                         qPrintable(QString::number(covered(picture.image, x))));
        }
    }

    void gapsAreNotJoined()
    {
        Series series = every(1000, std::vector<double>(20, 5));
        series.t.erase(series.t.begin() + 8, series.t.begin() + 12);
        series.v.erase(series.v.begin() + 8, series.v.begin() + 12);
        ColumnView view = viewOf(1'000, 20'000, 0, 10);
        view.gapMs = 1'500;
        const auto column = [](double t) { return static_cast<int>((t - 1'000) / 19'000 * 320); };
        const Picture picture = painted(series, view);
        for (int x = column(8'100) + 1; x < column(13'000) - 1; ++x)
            QVERIFY2(covered(picture.image, x) == 0, qPrintable(QString::number(x)));
        for (const double t : {7'500.0, 14'000.0})
            QVERIFY(covered(picture.image, column(t)) > 1);
        view.gapMs = 0; // all are joined
        QVERIFY(covered(painted(series, view).image, column(10'000)) > 1);
    }

    void aSampleAloneIsADot()
    {
        ColumnView view = viewOf(0, 320'000, 0, 10);
        view.gapMs = 1'500;
        Series series{.t = {100'500, 200'500}, .v = {5, 2}};
        const Picture picture = painted(series, view);
        for (const int x : {99, 100, 101}) {
            QCOMPARE(extent(picture.image, x), std::make_pair(98, 101));
            QVERIFY(covered(picture.image, x) > 2);
        }
        QVERIFY(covered(picture.image, 98) == 0 && covered(picture.image, 102) == 0);
        QVERIFY(covered(picture.image, 200) > 2);
        // Between two runs of a column each it neither vanishes nor spreads into them.
        series = {.t = {99'100, 99'900, 200'000}, .v = {8, 8, 3}};
        const Picture beside = painted(series, view);
        QVERIFY(covered(beside.image, 99) > 1 && covered(beside.image, 200) > 2);
    }

    void aDotBesideDataLeavesItAlone()
    {
        ColumnView view = viewOf(0, 320'000, 0, 10);
        view.gapMs = 150;
        Series series{.t = {101'500}, .v = {1}};
        for (std::int64_t t = 102'000; t < 104'000; t += 100) {
            series.t.push_back(t);
            series.v.push_back(8);
        }
        const Picture picture = painted(series, view);
        QCOMPARE(extent(picture.image, 101), std::make_pair(178, 181));
        QCOMPARE(extent(picture.image, 100), std::make_pair(178, 181)); // there is room on this side only
        QCOMPARE(extent(picture.image, 102), std::make_pair(39, 40));
    }

    void notANumberIsNotPaintedAndHidesNothing()
    {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        std::vector<double> values(640, 5);
        for (std::size_t i = 200; i < 264; ++i)
            values[i] = nan;
        values[40] = nan; // among others in one block of the pyramid
        values[42] = 9;
        const Picture picture = painted(every(1000, values, 0), viewOf(0, 640'000, 0, 10));
        for (int x = 102; x < 130; ++x)
            QVERIFY2(covered(picture.image, x) == 0, qPrintable(QString::number(x)));
        QCOMPARE(extent(picture.image, 21).first, 19); // the spike, with half the pen
        QVERIFY(covered(picture.image, 50) > 1 && covered(picture.image, 300) > 1);
        const Picture none = painted(every(1000, std::vector<double>(200, nan), 0), viewOf(0, 200'000, 0, 10));
        QCOMPARE(none.rows.last - none.rows.first, 0);
    }

    void infinityGoesToTheEdge()
    {
        const double inf = std::numeric_limits<double>::infinity();
        std::vector<double> values(640, 5);
        values[100] = inf;
        values[300] = -inf;
        const Picture picture = painted(every(1000, values, 0), viewOf(0, 640'000, 0, 10));
        QCOMPARE(extent(picture.image, 50).first, 0);
        QCOMPARE(extent(picture.image, 150).second, 199);
        QVERIFY(covered(picture.image, 200) < 3);
    }

    void oneSpikeAmongAMillionIsSeen()
    {
        std::vector<double> values(1'000'000, 50);
        values[654'321] = 100;
        values[111'111] = 0;
        const Picture picture = painted(every(10, values, 0), viewOf(0, 10'000'000, 0, 100));
        QCOMPARE(extent(picture.image, 654'321 * 320 / 1'000'000), std::make_pair(0, 100));
        QCOMPARE(extent(picture.image, 111'111 * 320 / 1'000'000), std::make_pair(99, 199));
    }

    void touchesTheRowsThatItSays()
    {
        const Picture picture = painted(every(1000, {3, 4, 3.5, 6, 3}), viewOf(1'000, 5'000, 0, 10));
        for (int y = 0; y < 200; ++y)
            for (int x = 0; x < 320; ++x)
                QVERIFY(ink(picture.image, x, y) == 0 || (picture.rows.first <= y && y < picture.rows.last));
        QVERIFY(picture.rows.first >= 78 && picture.rows.last <= 142);
    }

    void halfOfTheInkShinesThrough()
    {
        const Series series = every(1000, std::vector<double>(10, 5));
        ColumnView view = viewOf(1'000, 10'000, 0, 10);
        view.pen = 4;
        Picture picture = painted(series, view, {320, 200}, 0x802060c0);
        QCOMPARE(ink(picture.image, 100, 100), 128);
        paintColumns(picture.image, series, Pyramid(series.v), view, kInk);
        QCOMPARE(picture.image.pixel(100, 100), kInk);
    }

    void nothingAndNonsensePaintNothing()
    {
        const Series series = every(1000, {1, 2, 3});
        QCOMPARE(painted({}, viewOf(0, 1000, 0, 1)).rows.last, 0);
        QCOMPARE(painted(series, viewOf(5000, 1000, 0, 1)).rows.last, 0);
        QCOMPARE(painted(series, viewOf(0, 1000, 1, 1)).rows.last, 0);
        QCOMPARE(painted(series, viewOf(0, 1000, 0, std::numeric_limits<double>::quiet_NaN())).rows.last, 0);
        QCOMPARE(painted(series, viewOf(500'000, 600'000, 0, 10)).rows.last, 0);
        QCOMPARE(painted(series, viewOf(1'000, 3'000, 50, 60)).rows.last, 0); // below the view
        QImage none;
        QCOMPARE(paintColumns(none, series, Pyramid(series.v), viewOf(0, 9'000, 0, 10), kInk).last, 0);
    }

private:
    static bool isBesideADot(const Series &series, const ColumnView &view, QSize size, int x)
    {
        for (const int beside : {x - 1, x + 1}) {
            const auto [top, bottom] = naive(series, view, size, beside);
            if (top == bottom)
                return true;
        }
        return false;
    }
};

ANDON_SUITE(ColumnsTest)
#include "columns_test.moc"
