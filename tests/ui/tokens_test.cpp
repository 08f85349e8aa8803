// The contrast that the tokens promise (WCAG 2 relative luminance): text 4.5, shapes and lines that carry meaning 3.
#include "tests/support/suite.h"
#include "ui/theme/tokens.h"

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
    }
    void contrast()
    {
        QFETCH(int, theme);
        const ui::Tokens &t = ui::tokensOf(static_cast<ui::Theme>(theme));
        const auto atLeast = [](double least, const QColor &front, const QColor &back, const char *what) {
            const double is = ::contrast(front, back);
            QVERIFY2(is >= least, qPrintable(QStringLiteral("%1 is %2").arg(QLatin1String(what)).arg(is)));
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
};

ANDON_SUITE(TokensTest)
#include "tokens_test.moc"
