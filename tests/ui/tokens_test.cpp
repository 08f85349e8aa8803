// The contrast that the tokens promise (WCAG 2 relative luminance): text 4.5, shapes and lines that carry meaning 3.
#include "tests/support/suite.h"
#include "ui/theme/tokens.h"

#include <array>
#include <cmath>

using namespace andon;

namespace
{

double channel(double c)
{
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &c)
{
    return 0.2126 * channel(c.redF()) + 0.7152 * channel(c.greenF()) + 0.0722 * channel(c.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

using Linear = std::array<double, 3>;

Linear linear(const QColor &c)
{
    return {channel(c.redF()), channel(c.greenF()), channel(c.blueF())};
}

/// How a colour is seen: Machado, Oliveira and Fernandes 2009, severity 1.
Linear seen(const QColor &c, int kind)
{
    static constexpr double kMatrices[4][9] = {
        {1, 0, 0, 0, 1, 0, 0, 0, 1},
        {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
        {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
        {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900}};
    const double *m = kMatrices[kind];
    const Linear in = linear(c);
    Linear out;
    for (std::size_t i = 0; i < 3; ++i)
        out[i] = std::clamp(m[3 * i] * in[0] + m[3 * i + 1] * in[1] + m[3 * i + 2] * in[2], 0.0, 1.0);
    return out;
}

/// CIE L*a*b* under D65.
Linear lab(const Linear &rgb)
{
    const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
    const double x = f((0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047);
    const double y = f(0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2]);
    const double z = f((0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

/// CIEDE2000 (CIE 142-2001, in the notation of Sharma, Wu and Dalal 2005).
double deltaE(const Linear &one, const Linear &two)
{
    constexpr double kPi = 3.14159265358979323846;
    const auto pow7 = [](double v) { return std::pow(v, 7.0); };
    const double mean = (std::hypot(one[1], one[2]) + std::hypot(two[1], two[2])) / 2;
    const double g = 0.5 * (1 - std::sqrt(pow7(mean) / (pow7(mean) + pow7(25))));
    const double a1 = one[1] * (1 + g);
    const double a2 = two[1] * (1 + g);
    const double c1 = std::hypot(a1, one[2]);
    const double c2 = std::hypot(a2, two[2]);
    const auto hue = [&](double b, double a) {
        const double h = a == 0 && b == 0 ? 0 : std::atan2(b, a);
        return h < 0 ? h + 2 * kPi : h;
    };
    const double h1 = hue(one[2], a1);
    const double h2 = hue(two[2], a2);
    double dh = h2 - h1;
    if (c1 * c2 == 0)
        dh = 0;
    else if (std::abs(dh) > kPi)
        dh += dh > 0 ? -2 * kPi : 2 * kPi;
    const double dl = two[0] - one[0];
    const double dc = c2 - c1;
    const double dH = 2 * std::sqrt(c1 * c2) * std::sin(dh / 2);
    const double l = (one[0] + two[0]) / 2;
    const double c = (c1 + c2) / 2;
    double h = h1 + h2;
    if (c1 * c2 != 0)
        h = std::abs(h1 - h2) > kPi ? (h < 2 * kPi ? h / 2 + kPi : h / 2 - kPi) : h / 2;
    const auto degrees = [&](double d) { return d * kPi / 180; };
    const double t = 1 - 0.17 * std::cos(h - degrees(30)) + 0.24 * std::cos(2 * h) + 0.32 * std::cos(3 * h + degrees(6))
        - 0.20 * std::cos(4 * h - degrees(63));
    const double turn = degrees(30) * std::exp(-std::pow((h - degrees(275)) / degrees(25), 2));
    const double rc = 2 * std::sqrt(pow7(c) / (pow7(c) + pow7(25)));
    const double sl = 1 + 0.015 * std::pow(l - 50, 2) / std::sqrt(20 + std::pow(l - 50, 2));
    const double sc = 1 + 0.045 * c;
    const double sh = 1 + 0.015 * c * t;
    return std::sqrt(std::pow(dl / sl, 2) + std::pow(dc / sc, 2) + std::pow(dH / sh, 2)
                     - std::sin(2 * turn) * rc * (dc / sc) * (dH / sh));
}

} // namespace

class TokensTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { test::failOnAnyWarning(); }

    void contrast_data()
    {
        QTest::addColumn<int>("theme");
        QTest::newRow("dark") << static_cast<int>(ui::Theme::Dark);
        QTest::newRow("light") << static_cast<int>(ui::Theme::Light);
        QTest::newRow("high contrast") << static_cast<int>(ui::Theme::HighContrast);
    }
    void contrast()
    {
        QFETCH(int, theme);
        const ui::Tokens &t = ui::tokensOf(static_cast<ui::Theme>(theme));
        const bool high = t.theme == ui::Theme::HighContrast; // what carries meaning is at 7 : 1 there
        const auto atLeast = [high](double least, const QColor &front, const QColor &back, const char *what) {
            const double is = ::contrast(front, back);
            QVERIFY2(is >= (high ? 7 : least), qPrintable(QStringLiteral("%1 is %2").arg(QLatin1String(what)).arg(is)));
        };
        for (const QColor &ground : {t.canvas, t.surface, t.raised}) {
            atLeast(4.5, t.text, ground, "text");
            atLeast(4.5, t.text2, ground, "text2");
            atLeast(4.5, t.muted, ground, "muted");
        }
        atLeast(4.5, t.text, t.selected, "text on selected");
        atLeast(4.5, t.link, t.surface, "link");
        atLeast(4.5, t.onAccent, t.accent, "text on accent");
        atLeast(3, t.borderStrong, t.surface, "border of inputs");
        atLeast(3, t.focus, t.surface, "focus ring");
        for (std::size_t i = 0; i < t.status.size(); ++i) {
            atLeast(3, t.status[i], t.surface, "status shape");
            atLeast(4.5, t.text, t.tint[i], "text on tint");
        }
        for (const QColor &series : t.series)
            atLeast(3, series, t.surface, "series");
    }

    /// Test vectors 1, 7 and 25 of Sharma, Wu and Dalal 2005.
    void deltaEIsCiede2000()
    {
        const auto near = [](double is, double expected) { return std::abs(is - expected) < 5e-5; };
        QVERIFY(near(deltaE({50, 2.6772, -79.7751}, {50, 0, -82.7485}), 2.0425));
        QVERIFY(near(deltaE({50, 0, 0}, {50, -1, 2}), 2.3669));
        QVERIFY(near(deltaE({60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}), 1.2644));
    }

    /// Any two series are told apart by eyes of every kind.
    void seriesAreToldApart_data() { contrast_data(); }
    void seriesAreToldApart()
    {
        QFETCH(int, theme);
        const ui::Tokens &t = ui::tokensOf(static_cast<ui::Theme>(theme));
        for (int kind = 0; kind < 4; ++kind)
            for (std::size_t i = 0; i < t.series.size(); ++i)
                for (std::size_t j = 0; j < i; ++j) {
                    const double apart = deltaE(lab(seen(t.series[i], kind)), lab(seen(t.series[j], kind)));
                    QVERIFY2(apart >= 12,
                             qPrintable(QStringLiteral("S%1 and S%2: %3 for eyes of kind %4")
                                            .arg(i + 1)
                                            .arg(j + 1)
                                            .arg(apart)
                                            .arg(kind)));
                }
    }

    void themesHaveNames()
    {
        for (const auto theme : {ui::Theme::Dark, ui::Theme::Light, ui::Theme::HighContrast})
            QCOMPARE(ui::themeNamed(ui::nameOf(theme)), theme);
        QVERIFY(!ui::themeNamed("pink"));
    }
};

ANDON_SUITE(TokensTest)
#include "tokens_test.moc"
