// The slowest keystroke of typing into the palette with 100,000 entries, beside a case-insensitive search of the same
// titles one by one; a switch of the theme on a window of 1,500 widgets to its last painted pixel, beside the same
// switch by an application-wide style sheet.
#include "models/quickfind.h"
#include "tests/bench/ratio.h"
#include "ui/theme/style.h"
#include "ui/widgets/label.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRandomGenerator>

using namespace andon;

namespace
{

constexpr int kEntries = 100'000;
constexpr int kWidgets = 500; ///< of each of three kinds
constexpr double kFirstResults = 0.050; // s, the limit of the palette
constexpr double kSwitch = 0.120; // s, the limit of the theme

std::vector<models::QuickEntry> entries()
{
    static const char *const kWhat[] = {"payments", "transactions", "clickstream", "chat logs", "sensor frames"};
    QRandomGenerator random(7);
    std::vector<models::QuickEntry> all;
    for (int i = 0; i < kEntries; ++i)
        all.push_back({QStringLiteral("Commit"),
                       QStringLiteral("Ingest %1, batch %2").arg(QLatin1String(kWhat[random.bounded(5)])).arg(i),
                       QStringLiteral("ml-data · %1 · svc-ingest").arg(random.generate64(), 16, 16, QChar(u'0')),
                       {}});
    return all;
}

template <typename Find> double slowestKey(Find find)
{
    const QString word = QStringLiteral("clickstream 42");
    qint64 most = 0;
    for (qsizetype n = 1; n <= word.size(); ++n) {
        QElapsedTimer timer;
        timer.start();
        find(word.left(n));
        most = std::max(most, timer.nsecsElapsed());
    }
    return static_cast<double>(most) * 1e-9;
}

void palette(benchmark::State &state)
{
    const models::QuickIndex index(entries());
    for (auto _ : state)
        state.SetIterationTime(
            slowestKey([&](const QString &words) { benchmark::DoNotOptimize(index.find(words, 100).data()); }));
}

void oneByOne(benchmark::State &state)
{
    const auto all = entries();
    for (auto _ : state)
        state.SetIterationTime(slowestKey([&](const QString &words) {
            std::size_t found = 0;
            for (const models::QuickEntry &entry : all)
                found += entry.title.contains(words, Qt::CaseInsensitive)
                    || entry.detail.contains(words, Qt::CaseInsensitive);
            benchmark::DoNotOptimize(found);
        }));
}

struct Full {
    QWidget window;
    Full()
    {
        auto *grid = new QGridLayout(&window);
        grid->setSpacing(0);
        for (int i = 0; i < kWidgets; ++i) {
            grid->addWidget(new QPushButton(QString::number(i)), i / 25, i % 25 * 3);
            grid->addWidget(new QLineEdit(QString::number(i)), i / 25, i % 25 * 3 + 1);
            grid->addWidget(new ui::Label(QString::number(i)), i / 25, i % 25 * 3 + 2);
        }
        window.resize(1920, 1080);
        window.show();
        QCoreApplication::sendPostedEvents();
    }
    /// From the wish to the last pixel.
    template <typename Change> double timed(Change change)
    {
        QElapsedTimer timer;
        timer.start();
        change();
        QCoreApplication::sendPostedEvents();
        (void)window.grab();
        return static_cast<double>(timer.nsecsElapsed()) * 1e-9;
    }
};

void theme(benchmark::State &state)
{
    Full full;
    bool dark = false;
    for (auto _ : state) {
        state.SetIterationTime(full.timed([&] { ui::applyTheme(*qApp, dark ? ui::Theme::Dark : ui::Theme::Light); }));
        dark = !dark;
    }
}

void styleSheet(benchmark::State &state)
{
    Full full;
    bool dark = false;
    for (auto _ : state) {
        state.SetIterationTime(full.timed([&] {
            const QString back = dark ? QStringLiteral("#14171C") : QStringLiteral("#FFFFFF");
            const QString front = dark ? QStringLiteral("#E6E9EE") : QStringLiteral("#1B1F24");
            qApp->setStyleSheet(QStringLiteral("QWidget { background: %1; color: %2 } QPushButton { border: 1px solid "
                                               "%2; border-radius: 2px } QLineEdit { border: 1px solid %2 }")
                                    .arg(back, front));
        }));
        dark = !dark;
    }
    qApp->setStyleSheet({});
}

/// The limits as peers that take just as long.
void limit(benchmark::State &state, double seconds)
{
    for (auto _ : state)
        state.SetIterationTime(seconds);
}

} // namespace

BENCHMARK(palette)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(5)->Repetitions(5);
BENCHMARK(oneByOne)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(2)->Repetitions(5);
BENCHMARK(theme)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(4)->Repetitions(5);
BENCHMARK(styleSheet)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(4)->Repetitions(5);
BENCHMARK_CAPTURE(limit, palette, kFirstResults)
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime()
    ->Iterations(1)
    ->Repetitions(5);
BENCHMARK_CAPTURE(limit, theme, kSwitch)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(1)->Repetitions(5);

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    ui::applyTheme(app, ui::Theme::Dark);
    return bench::run(argc, argv,
                      {{.name = "palette-100k", .ours = "palette", .peer = "oneByOne", .atLeast = 1},
                       {.name = "palette-limit", .ours = "palette", .peer = "limit/palette", .atMost = 1},
                       {.name = "theme-switch", .ours = "theme", .peer = "styleSheet", .atLeast = 1},
                       {.name = "theme-limit", .ours = "theme", .peer = "limit/theme", .atMost = 1}});
}
