#include "ui/pages/compare/comparepage.h"

#include "core/clock.h"
#include "factory/objectservice.h"
#include "factory/versionservice.h"
#include "text/errortext.h"
#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"
#include "ui/pages/compare/comparehead.h"
#include "ui/pages/compare/comparestrip.h"
#include "ui/pages/compare/difflist.h"
#include "ui/pages/compare/gatenote.h"
#include "ui/pages/compare/pairpane.h"
#include "ui/pages/compare/prefixtree.h"
#include "ui/widgets/card.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/panel.h"

#include <QPushButton>

#include <algorithm>
#include <climits>
#include <mutex>

namespace andon::ui
{

struct ComparePage::Mailbox {
    std::mutex mutex;
    std::shared_ptr<const factory::DiffRead> last;
};

namespace
{

constexpr int kLookMs = 120;
constexpr std::size_t kMostRefs = 5000; // to complete with

core::Result<factory::CompareAsk> askOf(const text::CompareWords &words, core::Instant now)
{
    const auto left = text::readSide(words.left, now);
    const auto right = text::readSide(words.right, now);
    if (const auto error = core::firstError(left, right))
        return core::fail(*error);
    const auto end = [](const text::SideWords &side) {
        return factory::CompareEnd{core::RefName(side.ref.toStdString()), side.at};
    };
    return factory::CompareAsk{core::RepositoryId(words.repo.toStdString()), end(*left), end(*right), words.mode};
}

text::CompareWords wordsOf(const factory::CompareAsk &ask, versions::DiffMode mode)
{
    return {.repo = QString::fromStdString(ask.repo.value),
            .left = QString::fromStdString(ask.left.ref.value),
            .right = QString::fromStdString(ask.right.ref.value),
            .mode = mode};
}

core::Result<core::Snapshot<CompareView>> answer(const CompareServices &services, text::CompareWords words,
                                                 core::Instant now, factory::Access access, const core::Cancel &cancel)
{
    core::Snapshot<CompareView> snapshot;
    const auto all = services.versions.repositories(factory::Access::CacheOnly, cancel);
    if (!all)
        return core::fail(all.error());
    snapshot.freshness = all->freshness;
    if (all->value.empty() && !factory::asks(access))
        return snapshot; // nothing was ever read
    if (all->value.empty())
        if (const auto listed = services.versions.repositories(access, cancel); !listed || listed->value.empty())
            return listed
                ? core::Result<core::Snapshot<CompareView>>(core::Snapshot<CompareView>{.freshness = listed->freshness})
                : core::fail(listed.error());
    if (words.left.isEmpty() || words.right.isEmpty()) {
        const auto proposed = services.comparisons.proposal(core::RepositoryId(words.repo.toStdString()), cancel);
        if (!proposed)
            return core::fail(proposed.error());
        words = wordsOf(*proposed, words.mode);
    }
    const auto ask = askOf(words, now);
    if (!ask)
        return core::fail(ask.error());
    auto resolved = services.comparisons.resolve(*ask, access, cancel);
    if (!resolved && resolved.error().where == "ref") // a name that was typed, not an answer of the server
        return core::fail(core::ErrorKind::Invalid, {}, resolved.error().detail);
    if (!resolved)
        return core::fail(resolved.error());
    snapshot.freshness = resolved->freshness;
    CompareView &view = snapshot.value;
    view.known = true;
    view.comparison = std::move(resolved->value);
    view.words = words;
    if (const auto named = services.versions.repositories(factory::Access::CacheOnly, cancel))
        for (const factory::RepositoryRow &row : named->value)
            view.repositories << QString::fromStdString(row.repository.id.value);
    if (const auto repo = services.versions.repository(ask->repo, factory::Access::CacheOnly, cancel))
        for (const factory::RefRow &row : repo->value.refs)
            if (static_cast<std::size_t>(view.refs.size()) < kMostRefs)
                view.refs << QString::fromStdString(row.ref.name.value);
    return snapshot;
}

/// Whatever the sides are, as long as both name the same question.
bool answers(const CompareView &view, const text::CompareWords &asked)
{
    const bool proposed = asked.left.isEmpty() || asked.right.isEmpty();
    return view.known && view.words.mode == asked.mode && (asked.repo.isEmpty() || view.words.repo == asked.repo)
        && (proposed || (view.words.left == asked.left && view.words.right == asked.right));
}

} // namespace

ComparePage::ComparePage(const CompareServices &services, factory::Worker &worker, const core::Clock &clock,
                         QWidget *parent)
    : Page(parent)
    , m_services(services)
    , m_worker(worker)
    , m_clock(clock)
    , m_live(
          worker,
          [services, &clock](factory::Access access, const core::Cancel &cancel) {
              return answer(services, {}, clock.now(), access, cancel);
          },
          nullptr)
{
    build();
    connectParts();
    m_look.setInterval(kLookMs);
    connect(&m_look, &QTimer::timeout, this, [this] {
        std::shared_ptr<const factory::DiffRead> last;
        {
            const std::scoped_lock lock(m_mailbox->mutex);
            last.swap(m_mailbox->last);
        }
        if (last)
            takeRead(*last);
    });
    renderKinds();
}

ComparePage::~ComparePage()
{
    m_reading.cancel();
}

void ComparePage::ask(const text::CompareWords &words, bool network)
{
    m_words = words;
    m_network = m_network || network;
    m_live.ask(
        [services = m_services, words, &clock = m_clock](factory::Access access, const core::Cancel &cancel) {
            return answer(services, words, clock.now(), access, cancel);
        },
        network);
}

void ComparePage::refresh(bool network)
{
    m_network = network;
    m_live.refresh(network);
}

bool ComparePage::open(const QString &link)
{
    if (link == u"page:compare")
        return true;
    const auto words = text::readCompareLink(link);
    if (!words)
        return false;
    m_object = words->object.toStdString();
    m_wantedFolder = m_object.substr(0, m_object.rfind('/') + 1);
    ask(*words, true);
    if (m_read && m_read->index.size() > 0)
        chooseFolder(m_wantedFolder, false);
    return true;
}

QString ComparePage::selection() const
{
    const CompareView &view = m_live.snapshot().value;
    const bool asked = !m_words.left.isEmpty() && !m_words.right.isEmpty();
    if (!asked && !view.known)
        return {};
    text::CompareWords words = asked ? m_words : view.words;
    words.object = QString::fromStdString(m_object);
    return text::compareLink(words);
}

std::vector<std::string> ComparePage::expanded() const
{
    std::vector<std::string> all;
    for (const std::string &path : m_tree->openPaths())
        all.push_back("prefixTree." + path);
    return all;
}

void ComparePage::setExpanded(const std::vector<std::string> &expanded)
{
    std::vector<std::string> paths;
    for (const std::string &one : expanded)
        if (one.starts_with("prefixTree."))
            paths.push_back(one.substr(11));
    m_tree->setOpenPaths(paths);
}

bool ComparePage::settled() const
{
    return !m_live.refreshing() && !m_whole.running() && !m_listing.running() && !m_page.running() && !m_sizes.running()
        && m_pair->settled() && !m_context.running();
}

void ComparePage::pretend(const core::Freshness &freshness, bool withValue)
{
    if (!withValue)
        stopReading();
    m_live.pretend(freshness, withValue);
}

core::Freshness ComparePage::readFreshness() const
{
    core::Freshness freshness = m_live.snapshot().freshness;
    const auto &error = m_failed ? m_failed : m_read && m_read->error ? m_read->error : std::nullopt;
    if (!error || freshness.error)
        return freshness;
    freshness.error = error;
    freshness.state = m_failed ? core::FreshnessState::Unavailable : core::FreshnessState::Partial;
    return freshness;
}

core::Freshness ComparePage::freshness() const
{
    return readFreshness();
}

void ComparePage::render()
{
    const auto &snapshot = m_live.snapshot();
    const CompareView &view = snapshot.value;
    const bool mine = answers(view, m_words);
    if (mine) {
        m_head->setRepositories(view.repositories);
        m_head->setRefs(view.refs);
        m_head->setWords(view.words);
    } else if (!m_words.left.isEmpty()) {
        m_head->setWords(m_words);
    }
    m_head->setComparison(mine ? &view.comparison : nullptr, m_clock.now());
    const bool other = mine && (!m_read || !m_read->comparison.sameQuestion(view.comparison));
    if (other) {
        m_read.reset();
        m_listing.stop(); // what is under way is of the one that was left
        m_page.stop();
        m_sizes.stop();
        m_pair->stop();
        m_rows.reset();
        m_list->clear();
        m_tree->clearBefore();
        startReading();
        askContext();
    } else if (mine && m_network && !m_live.refreshing() && !m_whole.running() && !m_stopped
               && (m_failed || m_read->error)) {
        startReading(); // what failed is tried again with each refresh
    }
    renderRead();
    Q_EMIT changed();
}

void ComparePage::askContext()
{
    m_head->setContext({});
    m_gates->set({}, {}, false);
    m_context.start(
        m_worker.run<factory::CompareContext>(
            {},
            [services = m_services, comparison = m_live.snapshot().value.comparison](const core::Cancel &cancel) {
                return factory::compareContext(services.versions, services.registry, comparison, cancel);
            }),
        this, [this](const core::Result<factory::CompareContext> &context) {
            if (context) { // without it the comparison is as whole as it was
                m_head->setContext(*context);
                m_gates->set(m_live.snapshot().value.comparison.repo, context->past, context->morePast);
            }
            Q_EMIT changed();
        });
}

void ComparePage::startReading()
{
    const CompareView &view = m_live.snapshot().value;
    m_reading.cancel();
    m_reading = core::Cancel();
    m_failed.reset();
    m_stopped = false;
    m_mailbox = std::make_shared<Mailbox>();
    if (!m_read)
        m_read = std::make_shared<const factory::DiffRead>(factory::DiffRead{.comparison = view.comparison});
    m_whole.start(m_worker.run<factory::DiffRead>(m_reading,
                                                  [&service = m_services.comparisons, comparison = view.comparison,
                                                   box = m_mailbox, access = access()](const core::Cancel &cancel) {
                                                      return service.read(
                                                          comparison, access,
                                                          [&box](const factory::DiffRead &so) {
                                                              auto copy = std::make_shared<const factory::DiffRead>(so);
                                                              const std::scoped_lock lock(box->mutex);
                                                              box->last = std::move(copy);
                                                          },
                                                          cancel);
                                                  }),
                  this, [this](core::Result<factory::DiffRead> read) {
                      m_look.stop();
                      if (read)
                          takeRead(*read);
                      else if (read.error().kind != core::ErrorKind::Cancelled)
                          m_failed = read.error();
                      renderRead();
                      Q_EMIT changed();
                  });
    m_look.start();
    renderRead();
}

void ComparePage::stopReading()
{
    m_reading.cancel();
    m_whole.stop();
    m_look.stop();
    m_stopped = true;
    renderRead();
}

void ComparePage::takeRead(const factory::DiffRead &read)
{
    const bool first = !m_read || m_read->index.size() == 0;
    m_read = std::make_shared<const factory::DiffRead>(read);
    m_tree->set(read.rollup, QString::fromStdString(read.comparison.repo.value) + u'/');
    if (first || read.complete)
        chooseFolder(m_wantedFolder, false);
    renderRead();
}

QString ComparePage::readWords() const
{
    if (!m_read)
        return {};
    const std::int64_t all = m_read->rollup.total().objects();
    const QString paths = tr("%1 in %n page(s)", nullptr, m_read->pages)
                              .arg(tr("%1 path(s)", nullptr, static_cast<int>(std::min<std::int64_t>(all, INT_MAX)))
                                       .arg(text::count(all)));
    const QString time = text::duration(m_read->elapsedMs);
    if (m_whole.running())
        return tr("%1, reading on · %2").arg(paths, time);
    if (m_read->complete)
        return tr("%1, all read · %2").arg(paths, time);
    return m_stopped ? tr("%1, then stopped").arg(paths) : tr("%1, not all").arg(paths);
}

void ComparePage::renderRead()
{
    const CompareView &view = m_live.snapshot().value;
    const bool mine = answers(view, m_words);
    const core::Instant now = m_clock.now();
    const bool same = mine && view.comparison.same != factory::SameTree::No;
    const bool nothing = mine && m_read && m_read->complete && m_read->rollup.total().objects() == 0;
    using factory::SameTree;
    if (mine && view.comparison.same == SameTree::SameCommit)
        m_panel->setEmptyText(tr("Both sides are the same commit"),
                              tr("Nothing was read: there can be no difference."));
    else if (mine && view.comparison.same == SameTree::NothingSinceBase)
        m_panel->setEmptyText(
            tr("B changed nothing since the merge base"),
            tr("Nothing was read: the trees are known to be the same. Two-dot shows what A has that B has not."));
    else if (same)
        m_panel->setEmptyText(tr("The same data"),
                              tr("Nothing was read: both commits name one tree (meta range %1).")
                                  .arg(text::shortId(view.comparison.right.commit.metaRangeId)));
    else if (nothing)
        m_panel->setEmptyText(tr("Nothing differs"), tr("All of the comparison was read."));
    else
        m_panel->setEmptyText(tr("Nothing to compare yet"),
                              tr("Choose two branches, tags, commits or dates above, or refresh (F5)."));
    const bool has = mine && m_read && !same && !nothing && (!m_failed || m_read->pages > 0);
    core::Freshness freshness = readFreshness();
    if (!mine && view.known && freshness.error) // the value is the answer to another question
        freshness.state = core::FreshnessState::Unavailable;
    else if (!mine && m_live.refreshing())
        freshness = {.state = core::FreshnessState::Loading};
    m_panel->show(freshness, now, has);
    if (!has)
        return;
    m_strip->set(m_read->rollup.total(), m_read->comparison, m_read->complete);
    m_treeCard->setNote(readWords());
    m_stop->setText(m_whole.running() ? tr("Stop") : tr("Read on"));
    m_stop->setVisible(m_whole.running() || !m_read->complete);
    renderKinds();
}

} // namespace andon::ui
