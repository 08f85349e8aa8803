// The slowest keystroke of typing a word into a filter, taking two letters back and clearing it, on rows like those of
// a commit log (id, message, committer, branch, time). The peer is a QSortFilterProxyModel on the same rows; on a
// million its slowest keystroke takes half a minute, so it has 50,000. The million stands beside the limit of 100 ms,
// an expression's first hits beside two frames.
#include "models/rowfilter.h"
#include "tests/bench/ratio.h"

#include <QAbstractTableModel>
#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QSortFilterProxyModel>

using namespace andon;

namespace
{

constexpr int kColumns = 5;
constexpr int kPeer = 50'000;
constexpr int kMillion = 1'000'000;
constexpr double kKeystroke = 0.100; // s
constexpr double kSubstring = 0.050; // s
constexpr double kTwoFrames = 0.0333; // s

QStringList keystrokes()
{
    QStringList typed;
    const QString word = QStringLiteral("payments");
    for (qsizetype n = 1; n <= word.size(); ++n)
        typed << word.left(n);
    return typed << word.left(7) << word.left(6) << QString();
}

struct Row {
    QString text[kColumns];
};

Row row(int i)
{
    static const char *const kVerbs[] = {"Ingest", "Merge", "Fix", "Relabel", "Deduplicate", "Rebalance", "Backfill"};
    static const char *const kWhat[] = {"payments",      "transactions", "clickstream", "chat logs",  "support tickets",
                                        "sensor frames", "card events",  "images",      "embeddings", "prompts"};
    static const char *const kWho[] = {"ingest-bot", "j.visser", "a.okafor", "m.tanaka", "nightly-etl", "s.novak"};
    QRandomGenerator random(static_cast<quint32>(i));
    const auto hex = [&] { return QStringLiteral("%1").arg(random.generate64(), 16, 16, QChar(u'0')); };
    const qint64 at = 1'790'000'000 - static_cast<qint64>(i) * 97;
    return {{hex() + hex() + hex() + hex(),
             QStringLiteral("%1 %2 of day %3, batch %4")
                 .arg(QLatin1String(kVerbs[random.bounded(7)]), QLatin1String(kWhat[random.bounded(10)]))
                 .arg(at / 86400)
                 .arg(random.bounded(100'000)),
             QLatin1String(kWho[random.bounded(6)]), QStringLiteral("ingest-%1").arg(random.bounded(300)),
             QString::number(at)}};
}

std::vector<text::FilterField> fields()
{
    return {{.name = QStringLiteral("id")},
            {.name = QStringLiteral("message")},
            {.name = QStringLiteral("committer")},
            {.name = QStringLiteral("branch")},
            {.name = QStringLiteral("time"), .kind = text::FieldKind::Time}};
}

std::shared_ptr<const models::FilterRows> rows(int n)
{
    static std::map<int, std::shared_ptr<const models::FilterRows>> made;
    if (const auto found = made.find(n); found != made.end())
        return found->second;
    auto out = std::make_shared<models::FilterRows>(fields());
    out->reserve(static_cast<std::size_t>(n));
    for (int i = 0; i < n; ++i) {
        const Row one = row(i);
        for (std::size_t c = 0; c < kColumns; ++c)
            out->set(c, one.text[c].toStdString());
        out->set(4, one.text[4].toDouble() * 1000);
        out->endRow();
    }
    return made[n] = out;
}

/// The slowest of the keystrokes, in seconds.
template <typename Type> double slowest(Type type)
{
    qint64 most = 0;
    for (const QString &words : keystrokes()) {
        QElapsedTimer timer;
        timer.start();
        type(words);
        most = std::max(most, timer.nsecsElapsed());
    }
    return static_cast<double>(most) * 1e-9;
}

void typing(benchmark::State &state)
{
    const auto all = rows(static_cast<int>(state.range(0)));
    const text::FilterGrammar grammar{.fields = fields()};
    for (auto _ : state) {
        models::RowFilter filter(all);
        std::size_t shown = 0;
        state.SetIterationTime(slowest(
            [&](const QString &words) { shown += filter.apply(text::parseFilter(words, grammar).filter)->size(); }));
        benchmark::DoNotOptimize(shown);
    }
}

class Rows final : public QAbstractTableModel
{
public:
    Rows()
    {
        for (int i = 0; i < kPeer; ++i)
            m_rows.push_back(row(i));
    }
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : kPeer; }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : kColumns; }
    QVariant data(const QModelIndex &index, int role) const override
    {
        return role == Qt::DisplayRole ? m_rows[static_cast<std::size_t>(index.row())].text[index.column()]
                                       : QVariant();
    }

private:
    std::vector<Row> m_rows;
};

void proxy(benchmark::State &state)
{
    Rows rows;
    QSortFilterProxyModel filter;
    filter.setSourceModel(&rows);
    filter.setFilterKeyColumn(-1);
    filter.setFilterCaseSensitivity(Qt::CaseInsensitive);
    for (auto _ : state) {
        int shown = 0;
        state.SetIterationTime(slowest([&](const QString &words) {
            filter.setFilterFixedString(words);
            shown += filter.rowCount();
        }));
        benchmark::DoNotOptimize(shown);
    }
}

/// Until an expression that few rows match has shown some.
void firstHits(benchmark::State &state)
{
    const auto all = rows(kMillion);
    const text::Filter filter =
        text::parseFilter(QStringLiteral("message:/(Fix|Merge) .*batch 9\\d*7$/"), {.fields = fields()}).filter;
    for (auto _ : state) {
        QElapsedTimer timer;
        timer.start();
        models::FilterRun run;
        run.onChunk = [&](const models::RowNumbers &, std::uint32_t) {
            if (!run.cancel.cancelled())
                state.SetIterationTime(static_cast<double>(timer.nsecsElapsed()) * 1e-9);
            run.cancel.cancel();
        };
        benchmark::DoNotOptimize(models::filterRows(*all, filter, run));
    }
}

/// One substring, of which nothing was asked before.
void substring(benchmark::State &state)
{
    const auto all = rows(kMillion);
    const text::Filter filter = text::parseFilter(QStringLiteral("message:stream"), {.fields = fields()}).filter;
    for (auto _ : state)
        benchmark::DoNotOptimize(models::filterRows(*all, filter));
}

void substringLimit(benchmark::State &state)
{
    for (auto _ : state)
        state.SetIterationTime(kSubstring);
}

void keystrokeLimit(benchmark::State &state)
{
    for (auto _ : state)
        state.SetIterationTime(kKeystroke);
}

void twoFrames(benchmark::State &state)
{
    for (auto _ : state)
        state.SetIterationTime(kTwoFrames);
}

} // namespace

BENCHMARK(typing)
    ->Arg(kPeer)
    ->Arg(kMillion)
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime()
    ->Iterations(3)
    ->Repetitions(5);
BENCHMARK(proxy)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(1)->Repetitions(3);
BENCHMARK(firstHits)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(5)->Repetitions(3);
BENCHMARK(substring)->Unit(benchmark::kMillisecond)->Iterations(3)->Repetitions(5);
BENCHMARK(substringLimit)->UseManualTime()->Iterations(1);
BENCHMARK(keystrokeLimit)->UseManualTime()->Iterations(1);
BENCHMARK(twoFrames)->UseManualTime()->Iterations(1);

int main(int argc, char **argv)
{
    return bench::run(argc, argv,
                      {{.name = "filter-proxy-50k", .ours = "typing/50000", .peer = "proxy", .atLeast = 50},
                       {.name = "filter-key-1m", .ours = "typing/1000000", .peer = "keystrokeLimit", .atMost = 1},
                       {.name = "filter-part-1m", .ours = "substring", .peer = "substringLimit", .atMost = 1},
                       {.name = "filter-regex-1m", .ours = "firstHits", .peer = "twoFrames", .atMost = 1}});
}
