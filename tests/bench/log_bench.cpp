// The commit log of a million commits from its cache file: the whole graph, the page to its first painted rows, a frame
// while scrolling, words. Peers: `git log --graph --oneline` on the same 100,000 commits with their commit-graph file,
// a QTableView with the same texts, and where there is no peer the limit that was set.
#include "factory/registryservice.h"
#include "tests/bench/history.h"
#include "tests/bench/ratio.h"
#include "ui/pages/versions/commitlog.h"
#include "ui/pages/versions/versionspage.h"
#include "ui/theme/style.h"

#include <QAbstractTableModel>
#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QScrollBar>
#include <QTableView>
#include <QTimer>

#include <ctime>

using namespace andon;
using bench::History;

namespace
{

constexpr int kSmall = 100'000;
constexpr int kBig = 1'000'000;
constexpr int kBatch = 1'000; // as a page of a log
constexpr double kGraph = 0.300; // s; the limits
constexpr double kOpen = 0.250;
constexpr double kFrame = 0.004;
constexpr double kWord = 0.005;
const core::RepositoryId kRepo("ml-data");

versions::Commit commit(const History &history, int n)
{
    static const char *const kWhat[] = {"payments", "transactions", "clickstream", "chat logs", "sensor frames"};
    static const char *const kWho[] = {"ingest-bot", "j.visser", "a.okafor", "m.tanaka", "nightly-etl", "s.novak"};
    const versions::GraphCommit node = history.commit(n);
    const auto mixed = static_cast<std::uint32_t>(n) * 2654435761U >> 8;
    versions::Commit out{.id = node.id.id(),
                         .committer = kWho[mixed % 6],
                         .message = std::string("Ingest ") + kWhat[mixed % 5] + " batch " + std::to_string(n),
                         .created = node.created,
                         .metadata = {{"rows", std::to_string(mixed % 5'000'000)}},
                         .generation = node.generation};
    for (const auto &parent : {node.first, node.second})
        if (parent)
            out.parents.push_back(parent->id());
    if (n % 1'000 == 17)
        out.message += " quarantine";
    return out;
}

/// A cache file as a sync leaves it: what is newest came first, in pages.
class Cache
{
public:
    explicit Cache(int commits)
    {
        const auto file = open();
        store::VersionStore versions(*file);
        const auto source = versions.source(core::SiteName("ams"), core::SourceName("lakefs"));
        const History history = History::of(commits);
        m_ok = source && versions.saveRepositories(*source, {{.id = kRepo, .defaultBranch = core::RefName("main")}});
        const auto repo = m_ok ? versions.repository(*source, kRepo) : core::Result<store::RepositoryKey>();
        for (int end = commits; m_ok && end > 0; end -= kBatch) {
            std::vector<versions::Commit> page;
            for (int n = end - 1; n >= std::max(0, end - kBatch); --n)
                page.push_back(commit(history, n));
            m_ok = versions.saveCommits(*repo, page).has_value();
        }
        m_ok = m_ok && versions.saveRefs(*repo, history.refs(), {}) && graph() == commits; // the first keeps the order
    }
    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] std::unique_ptr<store::DatabaseFile> open() const
    {
        auto file =
            store::DatabaseFile::open(m_dir.filePath(QStringLiteral("cache.db")).toStdString(), store::cacheSchema());
        return file ? std::move(*file) : nullptr;
    }
    /// From the closed file to the graph with its lanes; its rows.
    [[nodiscard]] int graph() const
    {
        const auto file = open();
        factory::SourceBoard board(m_clock);
        factory::Pin pin(m_clock);
        factory::VersionService service({core::SiteName("ams"), m_clock, *file, board, pin}, core::SourceName("lakefs"),
                                        nullptr);
        const auto read = service.repository(kRepo, factory::Access::CacheOnly, {});
        return read ? read->value.graph->size() : 0;
    }
    core::ManualClock m_clock{core::Instant::fromSeconds(1'702'000'000)};

private:
    QTemporaryDir m_dir;
    bool m_ok = false;
};

const Cache &cache(std::int64_t commits)
{
    static std::map<std::int64_t, std::unique_ptr<Cache>> made;
    auto &one = made[commits];
    if (!one)
        one = std::make_unique<Cache>(static_cast<int>(commits));
    return *one;
}

/// Processor time of this process: the machine may be busy.
class Stopwatch
{
public:
    [[nodiscard]] double seconds() const { return static_cast<double>(std::clock() - m_start) / CLOCKS_PER_SEC; }

private:
    std::clock_t m_start = std::clock();
};

void graph(benchmark::State &state)
{
    const Cache &from = cache(state.range(0));
    for (auto _ : state) {
        const Stopwatch watch;
        if (!from.ok() || from.graph() != state.range(0))
            state.SkipWithError("the graph is not whole");
        state.SetIterationTime(watch.seconds());
    }
}

void gitLog(benchmark::State &state)
{
    static const bench::GitRepository repository(History::of(kSmall), bench::GitRepository::CommitGraphFile::Written);
    for (auto _ : state) {
        const bench::Child rows = repository.git({"log", "--all", "--graph", "--oneline"});
        if (!repository.ok() || rows.status != 0)
            state.SkipWithError("git did not run");
        state.SetIterationTime(rows.cpu);
    }
}

/// A page over the million.
struct Opened {
    std::unique_ptr<store::DatabaseFile> file = cache(kBig).open();
    factory::SourceBoard board{cache(kBig).m_clock};
    factory::Pin pin{cache(kBig).m_clock};
    factory::Worker worker;
    factory::VersionService service{
        {core::SiteName("ams"), cache(kBig).m_clock, *file, board, pin}, core::SourceName("lakefs"), nullptr};
    factory::RegistryService registry{
        {core::SiteName("ams"), cache(kBig).m_clock, *file, board, pin}, core::SourceName("mlflow"), nullptr, service};
    ui::VersionsPage page{service, registry, worker, cache(kBig).m_clock};
    ui::CommitLog *log = page.findChild<ui::CommitLog *>();

    void show()
    {
        page.resize(1376, 800);
        page.show();
        page.refresh(false);
        QTimer look;
        QObject::connect(&look, &QTimer::timeout, qApp, [this] {
            if (log->verticalScrollBar()->maximum() > 0 && log->complete())
                QCoreApplication::quit();
        });
        look.start(1);
        QApplication::exec();
        (void)log->grab();
    }
};

void open(benchmark::State &state)
{
    (void)cache(kBig);
    for (auto _ : state) {
        QElapsedTimer timer;
        timer.start();
        Opened opened;
        opened.show();
        state.SetIterationTime(static_cast<double>(timer.nsecsElapsed()) * 1e-9);
    }
}

constexpr int kFrames = 100;
constexpr int kFrom = 5'000;

/// One step of a scroll bar to the painted picture.
template <typename View> double frames(View &view)
{
    QImage picture(view.viewport()->size(), QImage::Format_RGB32);
    view.verticalScrollBar()->setValue(kFrom);
    view.viewport()->render(&picture);
    const Stopwatch watch;
    for (int i = 0; i < kFrames; ++i) {
        view.verticalScrollBar()->setValue(kFrom + i);
        view.viewport()->render(&picture);
    }
    return watch.seconds() / kFrames;
}

void scroll(benchmark::State &state)
{
    Opened opened;
    opened.show();
    const History history = History::of(kBig);
    std::vector<versions::Commit> texts;
    for (int row = kFrom; row < kFrom + 3 * kFrames; ++row)
        texts.push_back(commit(history, kBig - 1 - row));
    opened.log->addCommits(texts, {});
    opened.log->resize(1376, 800);
    for (auto _ : state)
        state.SetIterationTime(frames(*opened.log));
}

class Rows final : public QAbstractTableModel
{
public:
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : kBig; }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 6; }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (role != Qt::DisplayRole)
            return {};
        static const History history = History::of(2'000);
        const versions::Commit one = commit(history, index.row() % 2'000);
        switch (index.column()) {
        case 1:
            return QString::fromStdString(one.message);
        case 2:
            return QString::fromStdString(one.committer);
        case 3:
            return QStringLiteral("rows 123456");
        case 4:
            return QStringLiteral("12 d");
        case 5:
            return QString::fromStdString(one.id.value.substr(0, 8));
        default:
            return {};
        }
    }
};

void tableView(benchmark::State &state)
{
    Rows rows;
    QTableView view;
    view.setModel(&rows);
    view.verticalHeader()->setDefaultSectionSize(24);
    view.horizontalHeader()->setStretchLastSection(true);
    view.setColumnWidth(1, 500);
    QFont plain = view.font(); // as any program has it: text that is shaped
    plain.setStyleStrategy(QFont::PreferDefault);
    view.setFont(plain);
    view.resize(1376, 800);
    view.show();
    for (auto _ : state)
        state.SetIterationTime(frames(view));
}

/// The newest hundred of what most commits, one in a thousand, none and a phrase say: the slowest of them.
void words(benchmark::State &state)
{
    const auto file = cache(kBig).open();
    store::VersionStore versions(*file);
    const auto source = versions.source(core::SiteName("ams"), core::SourceName("lakefs"));
    const auto repo = versions.repository(*source, kRepo);
    const auto find = [&](const char *what, std::size_t most) {
        const Stopwatch watch;
        const auto found = versions.search(*repo, what, 100);
        if (!found || found->size() != most)
            state.SkipWithError(what);
        return watch.seconds();
    };
    (void)find("batch", 100);
    for (auto _ : state)
        state.SetIterationTime(std::max({find("ingest", 100), find("payments visser", 100), find("quarantine", 100),
                                         find("zebra", 0), find("\"sensor frames\"", 100), find("100x", 0)}));
}

void limit(benchmark::State &state, double seconds)
{
    for (auto _ : state)
        state.SetIterationTime(seconds);
}

} // namespace

BENCHMARK(graph)->Arg(kSmall)->Arg(kBig)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(1)->Repetitions(7);
BENCHMARK(gitLog)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(1)->Repetitions(5);
BENCHMARK(open)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(1)->Repetitions(7);
BENCHMARK(scroll)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(1)->Repetitions(5);
BENCHMARK(tableView)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(1)->Repetitions(5);
BENCHMARK(words)->Unit(benchmark::kMillisecond)->UseManualTime()->Iterations(1)->Repetitions(7);
BENCHMARK_CAPTURE(limit, graph, kGraph)->UseManualTime()->Iterations(1);
BENCHMARK_CAPTURE(limit, open, kOpen)->UseManualTime()->Iterations(1);
BENCHMARK_CAPTURE(limit, frame, kFrame)->UseManualTime()->Iterations(1);
BENCHMARK_CAPTURE(limit, word, kWord)->UseManualTime()->Iterations(1);

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    ui::applyTheme(app, ui::Theme::Dark);
    return bench::run(argc, argv,
                      {{.name = "graph-1m", .ours = "graph/1000000", .peer = "limit/graph", .atMost = 1},
                       {.name = "graph-100k-git", .ours = "graph/100000", .peer = "gitLog", .atLeast = 4},
                       {.name = "log-open-1m", .ours = "open", .peer = "limit/open", .atMost = 1},
                       {.name = "log-frame", .ours = "scroll", .peer = "limit/frame", .atMost = 1},
                       {.name = "log-frame-table", .ours = "scroll", .peer = "tableView", .atMost = 1},
                       {.name = "log-word-1m", .ours = "words", .peer = "limit/word", .atMost = 1}});
}
