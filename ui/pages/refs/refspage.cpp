#include "ui/pages/refs/refspage.h"

#include "text/comparelink.h"
#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"
#include "ui/widgets/card.h"
#include "ui/widgets/factsheet.h"
#include "ui/widgets/filteredview.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/table.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{

QString idOf(const factory::RefLine &line)
{
    return (line.ref.kind == versions::RefKind::Branch ? QStringLiteral("branch ") : QStringLiteral("tag "))
        + text::visible(line.ref.name.value);
}

QString plainId(const core::RepositoryId &, const factory::RefLine &line)
{
    return text::visible(line.ref.commit.value);
}

std::vector<models::TableColumn> columnsOfRefs()
{
    using text::numberField;
    using text::wordField;
    return {{RefsPage::tr("Name"), 0, false, 0, wordField("name")},
            {RefsPage::tr("State"), 134, false, 0, wordField("state")},
            {RefsPage::tr("Last commit"), 82, true, 0, text::timeField("time")},
            {RefsPage::tr("By"), 92, false, 0, wordField("by")},
            {RefsPage::tr("Ahead"), 60, true, 0, numberField("ahead")},
            {RefsPage::tr("Behind"), 66, true, 0, numberField("behind")},
            {RefsPage::tr("Gates"), 84, false, 0, wordField("gate")},
            {RefsPage::tr("Protected by"), 92, false, 0, wordField("rule")},
            {RefsPage::tr("Uncommitted"), 88, false, 820, wordField("uncommitted")},
            {RefsPage::tr("Commit"), 110, false, 940, wordField("commit")},
            {RefsPage::tr("Message"), 300, false, 1200, wordField("message")}};
}

} // namespace

RefsPage::RefsPage(factory::RefService &refs, factory::Worker &worker, const core::Clock &clock, QWidget *parent)
    : LivePage(
        worker, clock,
        [&refs](factory::Access access, const core::Cancel &cancel) { return refs.refs({}, access, cancel); }, parent)
    , m_service(refs)
    , m_worker(worker)
    , m_repositories({{tr("Repository"), 0, false, 0, text::wordField("repository")},
                      {tr("Branches"), 68, true, 0, text::numberField("branches")},
                      {tr("Tags"), 52, true, 0, text::numberField("tags")}})
    , m_refs(columnsOfRefs())
{
    m_refs.setMoreFields({{.name = QStringLiteral("kind"),
                           .kind = text::FieldKind::Choice,
                           .values = {QStringLiteral("branch"), QStringLiteral("tag")}}});
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_panel = new Panel(this);
    outer->addWidget(m_panel);
    auto *splitter = new QSplitter(m_panel);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeRepositories(splitter));
    splitter->addWidget(makeTable(splitter));
    splitter->addWidget(makeSide(splitter));
    splitter->setSizes({200, 872, 304});
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    splitter->setStretchFactor(2, 0);
    m_panel->setContent(splitter);
    m_panel->setEmptyText(tr("No repositories yet"), tr("The server has no repository, or was not asked yet (F5)."));
    connect(m_panel, &Panel::retryRequested, this, [this] { refresh(true); });
}

QWidget *RefsPage::makeRepositories(QWidget *parent)
{
    auto *card = new Card(tr("Repositories"), parent);
    card->setFlat(true);
    card->setAutoFillBackground(true);
    card->setBackgroundRole(QPalette::Base);
    card->setMinimumWidth(180);
    m_repositoryTable = new Table(m_repositories, card);
    m_repositoryTable->setObjectName(QStringLiteral("repositories"));
    card->body()->addWidget(m_repositoryTable);
    connect(m_repositoryTable, &Table::rowSelected, this, [this](const QString &id) {
        choose(core::RepositoryId(id.toStdString()), true);
        Q_EMIT chosen();
    });
    return card;
}

QWidget *RefsPage::makeTable(QWidget *parent)
{
    auto *centre = new QWidget(parent);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(12, 12, 12, 12);
    m_card = new Card(tr("Branches and tags"), centre);
    m_table = new Table(m_refs, m_card);
    m_table->setObjectName(QStringLiteral("refs"));
    m_filter = filterBarOf(m_refs, clock(), tr("Filter branches and tags"), m_card);
    m_card->header()->addWidget(m_filter, 3);
    m_card->body()->addWidget(new FilteredView(m_table, m_refs, m_filter, m_card));
    connect(m_table, &Table::linkRequested, this, &Page::linkRequested);
    connect(m_table, &Table::rowSelected, this, [this](const QString &id) {
        chooseRef(id);
        Q_EMIT chosen();
    });
    column->addWidget(m_card);
    return centre;
}

QWidget *RefsPage::makeSide(QWidget *parent)
{
    auto *card = new Card(tr("Selected"), parent);
    card->setFlat(true);
    card->setAutoFillBackground(true);
    card->setBackgroundRole(QPalette::Base);
    card->setMinimumWidth(280);
    m_facts = new FactPane(card);
    card->body()->addWidget(m_facts, 1);
    connect(m_facts->sheet(), &FactSheet::linkRequested, this, &Page::linkRequested);
    auto *buttons = new QGridLayout;
    buttons->setContentsMargins(12, 8, 12, 12);
    buttons->setSpacing(8);
    const auto add = [&](const QString &words, auto what, int row, int column, int span) {
        auto *button = new QPushButton(words, card);
        connect(button, &QPushButton::clicked, this, what);
        buttons->addWidget(button, row, column, 1, span);
        m_copies.push_back(button);
        return button;
    };
    add(
        tr("Copy lakefs://"), [this] { copy(lakefsUri); }, 0, 0, 1);
    add(
        tr("Copy s3://"), [this] { copy(s3Uri); }, 0, 1, 1);
    add(
        tr("Copy commit id"), [this] { copy(plainId); }, 1, 0, 1);
    m_ask = add(
        tr("Ask if uncommitted"), [this] { askUncommitted(); }, 1, 1, 1);
    m_ask->setToolTip(tr("One question to the server about this branch"));
    m_copies.pop_back();
    card->body()->addLayout(buttons);
    return card;
}

bool RefsPage::settled() const
{
    return LivePage::settled() && !m_askingNow;
}

bool RefsPage::open(const QString &link)
{
    if (link == u"page:refs")
        return true;
    if (!link.startsWith(u"refs:"))
        return false;
    const QString repo = link.mid(5).section(u'@', 0, 0);
    m_wanted = link.mid(5).section(u'@', 1);
    if (!m_wanted.isEmpty())
        m_filter->clear(); // it may hide what is asked for
    choose(core::RepositoryId(repo.toStdString()), true);
    return true;
}

QString RefsPage::selection() const
{
    if (m_repo.empty())
        return {};
    const QString name = m_wanted.isEmpty() ? m_chosen.section(u' ', 1) : m_wanted;
    return QStringLiteral("refs:") + text::visible(m_repo.value) + (name.isEmpty() ? QString() : u'@' + name);
}

void RefsPage::choose(const core::RepositoryId &repo, bool network)
{
    if (m_repo != repo) {
        m_uncommitted.clear();
        m_chosen.clear();
        m_filter->clear();
    }
    m_repo = repo;
    live().ask([&service = m_service, repo](factory::Access access,
                                            const core::Cancel &cancel) { return service.refs(repo, access, cancel); },
               network);
}

void RefsPage::chooseRef(const QString &id)
{
    m_chosen = id;
    renderFacts();
}

const factory::RefLine *RefsPage::chosenLine() const
{
    for (const factory::RefLine &line : shown().refs)
        if (idOf(line) == m_chosen)
            return &line;
    return nullptr;
}

Uncommitted RefsPage::uncommittedOf(const factory::RefLine &line) const
{
    const auto found = m_uncommitted.find(line.ref.name.value);
    return line.ref.kind == versions::RefKind::Branch && found != m_uncommitted.end() ? found->second : Uncommitted{};
}

void RefsPage::askUncommitted()
{
    const factory::RefLine *line = chosenLine();
    if (!line || line->ref.kind != versions::RefKind::Branch)
        return;
    const core::RefName branch = line->ref.name;
    for (auto &[name, state] : m_uncommitted)
        if (state.state == Uncommitted::State::Asking) // one question at a time: the last one counts
            state = {};
    m_uncommitted[branch.value] = {.state = Uncommitted::State::Asking};
    m_askingNow = true;
    m_asking.start(m_worker.run<bool>({},
                                      [&service = m_service, repo = m_repo, branch](const core::Cancel &cancel) {
                                          return service.uncommitted(repo, branch, cancel);
                                      }),
                   this, [this, repo = m_repo, branch](const core::Result<bool> &dirty) {
                       m_askingNow = false;
                       if (repo == m_repo) {
                           Uncommitted &state = m_uncommitted[branch.value];
                           state = {.at = now()};
                           state.state = !dirty ? Uncommitted::State::Failed
                               : *dirty         ? Uncommitted::State::Dirty
                                                : Uncommitted::State::Clean;
                           if (!dirty)
                               state.error = dirty.error();
                       }
                       renderRefs(shown());
                       Q_EMIT changed();
                   });
    renderRefs(shown());
}

void RefsPage::copy(QString (*what)(const core::RepositoryId &, const factory::RefLine &))
{
    if (const factory::RefLine *line = chosenLine())
        QGuiApplication::clipboard()->setText(what(m_repo, *line));
}

models::TableRow RefsPage::rowOf(const versions::Repository &repo, const factory::RefLine &line) const
{
    const auto count = [](const std::optional<std::int64_t> &n) {
        return models::Cell{.text = n ? text::count(*n) : QStringLiteral("—"),
                            .muted = n.value_or(0) == 0,
                            .value = n ? std::optional(static_cast<double>(*n)) : std::nullopt};
    };
    const bool branch = line.ref.kind == versions::RefKind::Branch;
    const Uncommitted uncommitted = uncommittedOf(line);
    const bool dirty = uncommitted.state == Uncommitted::State::Dirty;
    const QString gate = gateWord(line.gates);
    const QString state = stateOf(line);
    models::TableRow row{idOf(line)};
    row.cells = {
        {.text = text::visible(line.ref.name.value), .strong = line.isDefault},
        {.text = state,
         .status = line.stale ? static_cast<int>(Status::Stale) : -1,
         .muted = !line.isDefault,
         .tip = line.stale ? tr("No commit for %1").arg(text::age(line.at, now())) : QString()},
        {.text = text::age(line.at, now()), .tip = text::dateTime(line.at), .value = models::timeValue(line.at)},
        {.text = text::visible(line.committer)},
        line.isDefault ? models::Cell{} : count(line.ahead),
        line.isDefault ? models::Cell{} : count(line.behind),
        {.text = gate,
         .status = gate.isEmpty() ? -1 : static_cast<int>(statusOf(line.gates)),
         .strong = line.gates.failed > 0},
        {.text = text::visible(line.rule), .muted = true},
        {.text = branch ? wordOf(uncommitted) : QString(),
         .status = dirty ? static_cast<int>(Status::Warning) : -1,
         .strong = dirty,
         .muted = !dirty,
         .tip = uncommitted.state == Uncommitted::State::NotAsked && branch
             ? tr("Not known: the server tells it branch by branch, when it is asked")
             : QString()},
        {.text = text::shortId(line.ref.commit.value), .muted = true},
        {.text = text::visible(line.subject)}};
    row.link = text::commitLink(repo.id, line.ref.commit);
    row.more = {branch ? QStringLiteral("branch") : QStringLiteral("tag")};
    return row;
}

void RefsPage::renderRefs(const factory::RefsView &view)
{
    std::vector<models::TableRow> rows;
    const auto heading = [&](versions::RefKind kind, const char *id, const QString &title) {
        const auto n = std::count_if(view.refs.begin(), view.refs.end(),
                                     [kind](const auto &line) { return line.ref.kind == kind; });
        if (n == 0)
            return;
        models::TableRow row{QString::fromLatin1(id), {{.text = title}, {.text = text::count(n), .muted = true}}};
        row.section = true;
        rows.push_back(std::move(row));
        for (const factory::RefLine &line : view.refs)
            if (line.ref.kind == kind)
                rows.push_back(rowOf(view.repository, line));
    };
    heading(versions::RefKind::Branch, "branches", tr("Branches"));
    heading(versions::RefKind::Tag, "tags", tr("Tags"));
    m_refs.setRows(std::move(rows));
    m_table->choose(m_chosen);
    renderFacts();
}

void RefsPage::renderFacts()
{
    const factory::RefLine *line = chosenLine();
    for (QPushButton *button : m_copies)
        button->setEnabled(line);
    m_ask->setEnabled(line && line->ref.kind == versions::RefKind::Branch);
    const auto &repo = shown().repository;
    m_facts->set(line ? refFacts(repo, *line, uncommittedOf(*line), now()) : std::vector<Fact>{});
}

void RefsPage::renderRepositories(const factory::RefsView &view)
{
    std::vector<models::TableRow> rows;
    for (const factory::RepositoryRow &row : view.repositories)
        rows.push_back({QString::fromStdString(row.repository.id.value),
                        {{.text = text::visible(row.repository.id.value)},
                         {.text = text::count(row.branches)},
                         {.text = text::count(row.tags)}}});
    m_repositories.setRows(std::move(rows));
    m_repositoryTable->choose(QString::fromStdString(m_repo.value));
}

void RefsPage::leave(const core::RepositoryId &repo)
{
    if (repo != m_repo)
        return;
    Q_EMIT notice(tr("There is no repository %1: another is shown.").arg(text::visible(repo.value)));
    m_wanted.clear();
    choose({}, false);
}

void RefsPage::render(const core::Snapshot<factory::RefsView> &snapshot)
{
    const factory::RefsView &view = snapshot.value;
    const auto &error = snapshot.freshness.error;
    if (error && error->kind == core::ErrorKind::NotFound && !live().refreshing() && !m_repo.empty()
        && view.repository.id != m_repo) {
        QMetaObject::invokeMethod(
            this, [this, repo = m_repo] { leave(repo); }, Qt::QueuedConnection);
        return;
    }
    if (m_repo.empty() && !view.repository.id.empty() && !live().refreshing())
        choose(view.repository.id, false); // from now on this one is asked for
    m_panel->show(snapshot.freshness, now(), !view.refs.empty());
    const bool same = view.repository.id == m_repo;
    if (m_chosen.isEmpty() && m_wanted.isEmpty() && same && !view.refs.empty())
        m_chosen = idOf(view.refs.front());
    if (!m_wanted.isEmpty() && same)
        for (const factory::RefLine &line : view.refs)
            if (text::visible(line.ref.name.value) == m_wanted)
                m_chosen = idOf(line);
    if (same && !live().refreshing())
        m_wanted.clear();
    m_card->setTitle(view.repository.id.empty() ? tr("Branches and tags") : text::visible(view.repository.id.value));
    m_card->setNote(tr("ahead and behind %1 · stale: no commit for 30 days")
                        .arg(text::visible(view.repository.defaultBranch.value)));
    renderRepositories(view);
    renderRefs(view);
}

} // namespace andon::ui
