#include "ui/pages/versions/versionspage.h"

#include "text/errortext.h"
#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"
#include "ui/pages/versions/commitdetails.h"
#include "ui/pages/versions/commitfilter.h"
#include "ui/pages/versions/commitlog.h"
#include "ui/pages/versions/logbar.h"
#include "ui/pages/versions/reflist.h"
#include "ui/theme/style.h"
#include "ui/widgets/filterbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSplitter>

#include <utility>

namespace andon::ui
{

VersionsPage::VersionsPage(factory::VersionService &service, factory::RegistryService &registry,
                           factory::Worker &worker, const core::Clock &clock, QWidget *parent)
    : Page(parent)
    , m_service(service)
    , m_registry(registry)
    , m_worker(worker)
    , m_clock(clock)
    , m_repositories(
          worker,
          [&service](factory::Access access, const core::Cancel &cancel) {
              return service.repositories(access, cancel);
          },
          nullptr)
    , m_repository(
          worker,
          [](factory::Access, const core::Cancel &) -> core::Result<core::Snapshot<factory::RepositoryView>> {
              return core::fail(core::ErrorKind::Cancelled, {}, {});
          },
          nullptr)
{
    m_filter = new CommitFilter(service, worker, this);
    build();
    connectParts();
}

void VersionsPage::build()
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    auto *splitter = new QSplitter(this);
    splitter->setChildrenCollapsible(false);
    row->addWidget(splitter);

    m_refs = new RefList(m_refsModel, m_clock, splitter);
    auto *centre = new QWidget(splitter);
    centre->setAutoFillBackground(true);
    centre->setBackgroundRole(QPalette::Base);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(10, 8, 10, 8);
    bar->setSpacing(8);
    m_search = new FilterBar(
        tr("Filter commits by words, author:, branch:, path:, time: or a metadata key"),
        [this] { return text::FilterGrammar{.fields = m_filter->fields(), .now = m_clock.now()}; }, centre);
    m_search->setObjectName(QStringLiteral("search"));
    m_count = new Label({}, Tone::Second, 12, centre);
    m_count->setMinimumWidth(150);
    m_onlyMatches = new QCheckBox(tr("Only matches"), centre);
    m_onlyMatches->setChecked(true);
    m_onlyMatches->setToolTip(tr("Otherwise matches are marked among the others, with their lanes"));
    auto *previous = new QPushButton(QStringLiteral("▲"), centre);
    auto *next = new QPushButton(QStringLiteral("▼"), centre);
    for (QPushButton *button : {previous, next})
        button->setFixedSize(28, 28);
    previous->setToolTip(tr("Previous match (Shift+F3)"));
    next->setToolTip(tr("Next match (F3)"));
    connect(previous, &QPushButton::clicked, this, [this] { m_log->nextMatch(-1); });
    connect(next, &QPushButton::clicked, this, [this] { m_log->nextMatch(1); });
    bar->addWidget(m_search, 1);
    for (QWidget *widget : {static_cast<QWidget *>(m_count), static_cast<QWidget *>(previous),
                            static_cast<QWidget *>(next), static_cast<QWidget *>(m_onlyMatches)})
        bar->addWidget(widget);
    column->addLayout(bar);
    m_panel = new Panel(centre);
    m_log = new CommitLog(m_panel);
    m_panel->setContent(m_log);
    m_search->setList(m_log);
    m_panel->setEmptyText(tr("No commits yet"), tr("Choose a repository on the left, or refresh (F5)."));
    m_bar = new LogBar(*m_log, m_worker, centre);
    column->addWidget(m_bar);
    column->addWidget(m_panel, 1);
    column->addWidget(makeCompareBar(centre));
    m_details = new CommitDetails(splitter);
    splitter->addWidget(m_refs);
    splitter->addWidget(centre);
    splitter->addWidget(m_details);
    splitter->setSizes({232, 808, 336});
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setStretchFactor(2, 0);
}

void VersionsPage::connectParts()
{
    connect(&m_repositories, &factory::LiveBase::changed, this, &VersionsPage::renderRepositories);
    connect(&m_repository, &factory::LiveBase::changed, this, &VersionsPage::renderRepository);
    connect(m_refs, &RefList::repositoryChosen, this, [this](const QString &name) {
        chooseRepository(core::RepositoryId(name.toStdString()), true);
        Q_EMIT chosen();
    });
    const auto jump = [this](const QString &id) {
        selectCommit(id);
        Q_EMIT chosen();
    };
    connect(m_refs, &RefList::commitChosen, this, jump);
    connect(m_refs, &RefList::onlyRequested, m_bar, &LogBar::toggleBranch);
    connect(m_details, &CommitDetails::commitRequested, this, jump);
    connect(m_details, &CommitDetails::linkRequested, this, &Page::linkRequested);
    connect(m_details, &CommitDetails::commandRequested, this, &Page::commandRequested);
    connect(m_details, &CommitDetails::outputRequested, this,
            [this](const QString &run, const QString &hook, const QString &title) {
                m_output.start(m_worker.run<std::string>({},
                                                         [&service = m_service, repo = m_repo, run = run.toStdString(),
                                                          hook = hook.toStdString()](const core::Cancel &cancel) {
                                                             return service.hookOutput(
                                                                 repo, run, hook, factory::Access::Refresh, cancel);
                                                         }),
                               this, [this, title](const core::Result<std::string> &output) {
                                   m_details->setHookOutput(title,
                                                            output ? text::visibleLines(*output)
                                                                   : text::visible(output.error().detail));
                               });
            });
    connect(m_log, &CommitLog::rowsNeeded, this, [this](const std::vector<core::CommitId> &ids) {
        m_rows.start(m_worker.run<LogRows>(
                         {},
                         [&service = m_service, repo = m_repo, ids](const core::Cancel &) -> core::Result<LogRows> {
                             auto commits = service.commits(repo, ids);
                             if (!commits)
                                 return core::fail(commits.error());
                             auto natures = service.natures(repo, *commits);
                             if (!natures)
                                 return core::fail(natures.error());
                             return LogRows{std::move(*commits), std::move(*natures)};
                         }),
                     this, [this](const core::Result<LogRows> &rows) {
                         if (rows)
                             m_log->addCommits(rows->commits, rows->natures);
                     });
    });
    connect(m_log, &CommitLog::selectionChanged, this, &VersionsPage::selectRow);
    connect(m_search, &FilterBar::filterChanged, this, &VersionsPage::search);
    connect(m_search, &QLineEdit::textChanged, m_filter, &CommitFilter::warm);
    connect(m_search, &FilterBar::entered, m_filter, &CommitFilter::warm);
    connect(m_filter, &CommitFilter::fieldsChanged, m_search, &FilterBar::readAgain);
    connect(m_filter, &CommitFilter::matched, this, &VersionsPage::showMatches);
    connect(m_filter, &CommitFilter::failed, this,
            [this](const core::Error &error) { m_count->setText(text::headline(error)); });
    connect(m_onlyMatches, &QCheckBox::toggled, this, &VersionsPage::search);
    connect(m_onlyMatches, &QCheckBox::clicked, this, &Page::chosen);
    connect(m_bar, &LogBar::edited, this, &Page::chosen);
    connect(m_bar, &LogBar::changed, this, &Page::changed);
    connect(m_bar, &LogBar::missing, this, &VersionsPage::missRefs);
    connect(m_panel, &Panel::retryRequested, this, [this] { refresh(true); });
    connect(m_panel, &Panel::clearFilterRequested, m_search, &QLineEdit::clear);
}

void VersionsPage::stepMatch(int step)
{
    m_log->nextMatch(step);
}

core::Freshness VersionsPage::freshness() const
{
    return m_repo.empty() ? m_repositories.snapshot().freshness : m_repository.snapshot().freshness;
}

bool VersionsPage::settled() const
{
    return !m_repositories.refreshing() && !m_repository.refreshing() && !m_rows.running() && !m_detail.running()
        && !m_changes.running() && !m_context.running() && !m_filter->running() && !m_bar->running()
        && (!m_log->isVisible() || m_log->complete());
}

void VersionsPage::refresh(bool network)
{
    if (m_repo.empty())
        return m_repositories.refresh(network);
    m_listOnly = true; // the list as the cache has it by now, beside what is asked of the one that is shown
    m_repositories.refresh(false);
    m_repository.refresh(network);
}

bool VersionsPage::open(const QString &link)
{
    if (link.startsWith(u"repository:")) {
        const QString words = link.mid(11);
        const auto mark = words.indexOf(u'?');
        chooseRepository(core::RepositoryId(words.left(mark).toStdString()), true);
        if (mark >= 0)
            setFilter(words.mid(mark + 1));
        return true;
    }
    if (!link.startsWith(u"commit:"))
        return false;
    const QString repo = link.mid(7).section(u'@', 0, 0);
    m_wanted = link.section(u'@', 1);
    const factory::RepositoryView &view = m_repository.snapshot().value;
    const bool there = m_repo.value == repo.toStdString() && view.repository.repository.id == m_repo && view.graph
        && view.graph->rowOf(core::CommitId(m_wanted.toStdString())) != versions::kNone;
    if (there)
        selectCommit(std::exchange(m_wanted, QString())); // once: whoever folds it away later means it
    else
        chooseRepository(core::RepositoryId(repo.toStdString()), true);
    return true;
}

QString VersionsPage::selection() const
{
    if (m_repo.empty())
        return {};
    const auto graph = m_repository.snapshot().value.graph;
    const std::int32_t row = m_log->selected();
    const QString repo = QString::fromStdString(m_repo.value);
    if (!m_wanted.isEmpty() || !graph || row == versions::kNone || row >= graph->size())
        return m_wanted.isEmpty() ? QStringLiteral("repository:") + repo
                                  : QStringLiteral("commit:%1@%2").arg(repo, m_wanted);
    return QStringLiteral("commit:%1@%2").arg(repo, QString::fromStdString(graph->oid(row).id().value));
}

void VersionsPage::renderRepositories()
{
    const auto &snapshot = m_repositories.snapshot();
    m_refsModel.setRepositories(snapshot.value);
    if (!m_repo.empty() && !m_repositories.refreshing() && !std::exchange(m_listOnly, false))
        m_repository.refresh(false); // what the sources said of the list is news of the repository too
    if (m_repo.empty() && !snapshot.value.empty()) {
        // The largest first: it is where the work is.
        const auto largest = std::max_element(snapshot.value.begin(), snapshot.value.end(),
                                              [](const auto &a, const auto &b) { return a.commits < b.commits; });
        chooseRepository(largest->repository.id, false);
    } else if (m_repo.empty()) {
        m_panel->show(snapshot.freshness, m_clock.now(), false);
    }
    Q_EMIT changed();
}

void VersionsPage::chooseRepository(const core::RepositoryId &repo, bool network)
{
    if (!m_repo.empty() && m_repo != repo)
        m_search->clear();
    if (m_repo != repo) { // what is under way is of the one that is left
        m_detail.stop();
        m_changes.stop();
        m_context.stop();
    }
    m_repo = repo;
    m_details->clear();
    m_repository.ask(
        [&service = m_service, repo](factory::Access access, const core::Cancel &cancel) {
            return service.repository(repo, access, cancel);
        },
        network);
}

void VersionsPage::renderRepository()
{
    const auto &snapshot = m_repository.snapshot();
    const core::Instant now = m_clock.now();
    const bool has = snapshot.value.graph && snapshot.value.graph->size() > 0;
    const bool same = snapshot.value.repository.repository.id == m_repo; // else it is of the one that was left
    const bool settled = !m_repository.refreshing();
    const auto &error = snapshot.freshness.error;
    if (settled && !same && error && error->kind == core::ErrorKind::NotFound)
        QMetaObject::invokeMethod(
            this, [this, repo = m_repo] { leaveRepository(repo); }, Qt::QueuedConnection);
    m_panel->show(snapshot.freshness, now, has && !m_nothing, m_nothing);
    if (has) {
        m_refsModel.setRepository(snapshot.value, now);
        std::vector<versions::Ref> refs;
        for (const factory::RefRow &row : snapshot.value.refs)
            refs.push_back(row.ref);
        m_log->setGraph(snapshot.value.graph, refs, snapshot.value.gates, now);
        m_bar->setRepository(snapshot.value);
        m_filter->setRepository(snapshot.value.repository.repository.id, snapshot.value);
        m_search->readAgain();
        if (!m_search->text().isEmpty())
            m_filter->warm();
        const bool there = snapshot.value.graph->rowOf(core::CommitId(m_wanted.toStdString())) != versions::kNone;
        if (!m_wanted.isEmpty() && same && (there || settled))
            selectCommit(std::exchange(m_wanted, QString()));
        else if (m_log->selected() == versions::kNone)
            m_log->select(std::max(0, snapshot.value.graph->topology().mainHead));
        if (m_search->filter().empty())
            m_count->setText(tr("%1 commit(s)", nullptr, static_cast<int>(snapshot.value.graph->size()))
                                 .arg(text::count(snapshot.value.graph->size())));
    }
    Q_EMIT changed();
}

void VersionsPage::missRefs(const QStringList &names)
{
    QStringList shown;
    for (const QString &name : names)
        shown << text::visible(name.toStdString());
    Q_EMIT notice(tr("%1 has no branch or tag %2.").arg(text::visible(m_repo.value), shown.join(QStringLiteral(", "))));
}

void VersionsPage::leaveRepository(const core::RepositoryId &repo)
{
    if (repo != m_repo)
        return;
    Q_EMIT notice(tr("There is no repository %1: the largest is shown.").arg(text::visible(m_repo.value)));
    m_repo = {};
    m_wanted.clear();
    m_repositories.refresh(true);
}

void VersionsPage::selectCommit(const QString &id)
{
    const auto graph = m_repository.snapshot().value.graph;
    const std::int32_t row = graph ? graph->rowOf(core::CommitId(id.toStdString())) : versions::kNone;
    if (row == versions::kNone && graph && graph->size() > 0)
        Q_EMIT notice(tr("%1 has no commit %2: the newest of the default branch is shown.")
                          .arg(text::visible(m_repo.value), id.left(12)));
    if (graph && graph->size() > 0)
        m_log->select(row != versions::kNone ? row : std::max(0, graph->topology().mainHead));
}

void VersionsPage::search()
{
    const auto graph = m_repository.snapshot().value.graph;
    m_filter->apply(m_search->filter());
    if (m_search->filter().empty() || !graph) {
        m_nothing = false;
        m_log->setMatches(false, {}, false);
        m_count->setText(
            graph ? tr("%1 commit(s)", nullptr, static_cast<int>(graph->size())).arg(text::count(graph->size()))
                  : QString());
        if (graph)
            m_panel->show(m_repository.snapshot().freshness, m_clock.now(), graph->size() > 0);
    } else if (m_filter->reading()) {
        m_count->setText(tr("Reading the commits…"));
    } else if (m_filter->asking()) {
        m_count->setText(tr("Asking the server…"));
    }
}

void VersionsPage::showMatches(std::vector<std::int32_t> rows, bool complete)
{
    const auto graph = m_repository.snapshot().value.graph;
    if (!graph || m_search->filter().empty())
        return;
    m_found = static_cast<std::int64_t>(rows.size());
    m_whole = complete;
    m_nothing = complete && rows.empty() && m_onlyMatches->isChecked();
    m_log->setMatches(true, std::move(rows), m_onlyMatches->isChecked());
    renderCount();
    m_panel->show(m_repository.snapshot().freshness, m_clock.now(), !m_nothing, m_nothing);
    Q_EMIT changed();
}

void VersionsPage::renderCount()
{
    const QString found = text::count(m_found);
    const QString all = text::count(m_repository.snapshot().value.graph->size());
    const std::int64_t place = m_log->matchPlace();
    m_count->setText(!m_whole        ? tr("%1 of %2 …").arg(found, all)
                         : place > 0 ? tr("Match %1 of %2").arg(text::count(place), found)
                                     : tr("%1 of %2 · %3").arg(found, all, text::duration(m_filter->took())));
}

} // namespace andon::ui
