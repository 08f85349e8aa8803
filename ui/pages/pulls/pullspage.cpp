#include "ui/pages/pulls/pullspage.h"

#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"
#include "ui/pages/pulls/pullwords.h"
#include "ui/widgets/card.h"
#include "ui/widgets/factsheet.h"
#include "ui/widgets/filteredview.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/table.h"

#include <QSplitter>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{

QString nameOf(const core::RepositoryId &repo, const std::string &id)
{
    return text::visible(repo.value) + u'@' + text::visible(id);
}

factory::Live<factory::PullDetail>::Ask nothingYet()
{
    return [](factory::Access, const core::Cancel &) -> core::Result<core::Snapshot<factory::PullDetail>> {
        return core::fail(core::ErrorKind::Cancelled, {}, {});
    };
}

std::vector<models::TableColumn> columnsOfPulls()
{
    using text::wordField;
    const text::FilterField state{.name = QStringLiteral("state"),
                                  .kind = text::FieldKind::Choice,
                                  .values = {wordOf(versions::PullStatus::Open), wordOf(versions::PullStatus::Merged),
                                             wordOf(versions::PullStatus::Closed)}};
    return {{PullsPage::tr("State"), 84, false, 0, state},
            {PullsPage::tr("Title"), 0, false, 0, wordField("title")},
            {PullsPage::tr("Repository"), 100, false, 0, wordField("repository")},
            {PullsPage::tr("From"), 132, false, 0, wordField("from")},
            {PullsPage::tr("Into"), 92, false, 0, wordField("into")},
            {PullsPage::tr("Author"), 92, false, 0, wordField("author")},
            {PullsPage::tr("Opened"), 66, true, 0, text::timeField("opened")},
            {PullsPage::tr("Closed"), 66, true, 0, text::timeField("closed")},
            {PullsPage::tr("Open for"), 72, true, 980, {}}};
}

} // namespace

PullsPage::PullsPage(factory::PullService &pulls, factory::Worker &worker, const core::Clock &clock, QWidget *parent)
    : LivePage(
        worker, clock,
        [&pulls](factory::Access access, const core::Cancel &cancel) { return pulls.pulls(access, cancel); }, parent)
    , m_pulls(pulls)
    , m_rows(columnsOfPulls())
    , m_detail(worker, nothingYet(), nullptr)
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_panel = new Panel(this);
    outer->addWidget(m_panel);
    auto *splitter = new QSplitter(m_panel);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeTable(splitter));
    splitter->addWidget(makeSide(splitter));
    splitter->setSizes({984, 392});
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    m_panel->setContent(splitter);
    connect(m_panel, &Panel::retryRequested, this, [this] { refresh(true); });
    connect(&m_detail, &factory::LiveBase::changed, this, &PullsPage::renderDetail);
}

QWidget *PullsPage::makeTable(QWidget *parent)
{
    auto *centre = new QWidget(parent);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(12, 12, 12, 12);
    m_card = new Card(tr("Pull requests"), centre);
    m_table = new Table(m_rows, m_card);
    m_table->setObjectName(QStringLiteral("pulls"));
    m_filter = filterBarOf(m_rows, clock(), tr("Filter pull requests"), m_card);
    m_card->header()->addWidget(m_filter, 3);
    m_card->body()->addWidget(new FilteredView(m_table, m_rows, m_filter, m_card));
    connect(m_table, &Table::rowSelected, this, [this](const QString &id) {
        if (id == m_chosen)
            return;
        choose(id, true);
        Q_EMIT chosen();
    });
    column->addWidget(m_card);
    return centre;
}

QWidget *PullsPage::makeSide(QWidget *parent)
{
    auto *card = new Card(tr("Selected"), parent);
    card->setFlat(true);
    card->setAutoFillBackground(true);
    card->setBackgroundRole(QPalette::Base);
    card->setMinimumWidth(300);
    m_detailPanel = new Panel(card);
    m_facts = new FactPane(m_detailPanel);
    m_detailPanel->setContent(m_facts);
    m_detailPanel->setEmptyText(tr("Choose a pull request"), {});
    card->body()->addWidget(m_detailPanel);
    connect(m_facts->sheet(), &FactSheet::linkRequested, this, &Page::linkRequested);
    connect(m_detailPanel, &Panel::retryRequested, this, [this] { m_detail.refresh(true); });
    return card;
}

bool PullsPage::settled() const
{
    return LivePage::settled() && !m_detail.refreshing();
}

void PullsPage::refresh(bool network)
{
    LivePage::refresh(network);
    if (!m_chosen.isEmpty())
        m_detail.refresh(network);
}

void PullsPage::pretend(const core::Freshness &freshness, bool withValue)
{
    LivePage::pretend(freshness, withValue);
    m_detail.pretend(freshness, withValue);
}

bool PullsPage::open(const QString &link)
{
    if (link == u"page:pulls")
        return true;
    if (!link.startsWith(u"pull:"))
        return false;
    m_filter->clear(); // it may hide what is asked for
    choose(link.mid(5), true);
    return true;
}

QString PullsPage::selection() const
{
    return m_chosen.isEmpty() ? QString() : QStringLiteral("pull:") + m_chosen;
}

void PullsPage::choose(const QString &name, bool network)
{
    m_chosen = name;
    m_table->choose(name);
    const core::RepositoryId repo(name.section(u'@', 0, -2).toStdString());
    const std::string id = name.section(u'@', -1).toStdString();
    m_detail.ask(
        [&pulls = m_pulls, repo, id](factory::Access access, const core::Cancel &cancel) {
            return pulls.pull(repo, id, access, cancel);
        },
        network);
}

void PullsPage::renderDetail()
{
    const auto &snapshot = m_detail.snapshot();
    const factory::PullDetail &detail = snapshot.value;
    const auto &error = snapshot.freshness.error;
    const bool gone = error && error->kind == core::ErrorKind::NotFound && !m_detail.refreshing();
    if (gone && !m_chosen.isEmpty() && !live().refreshing())
        Q_EMIT notice(tr("There is no pull request %1.").arg(std::exchange(m_chosen, QString())));
    const bool same = !m_chosen.isEmpty() && nameOf(detail.row.repository, detail.row.pull.id) == m_chosen;
    m_detailPanel->show(m_chosen.isEmpty() ? core::Freshness{.state = core::FreshnessState::Live} : snapshot.freshness,
                        now(), same);
    if (same)
        m_facts->set(pullFacts(detail, now()));
    Q_EMIT changed();
}

void PullsPage::render(const core::Snapshot<factory::PullsView> &snapshot)
{
    const factory::PullsView &view = snapshot.value;
    if (view.absent)
        m_panel->setEmptyText(tr("This server has no pull requests"),
                              tr("Its own specification does not name them: %1. lakeFS has them since 1.35.")
                                  .arg(text::visible(view.product)));
    else
        m_panel->setEmptyText(tr("No pull requests yet"),
                              tr("No repository of this site has one, or the server was not asked yet (F5)."));
    m_panel->show(snapshot.freshness, now(), !view.pulls.empty());
    std::vector<models::TableRow> rows;
    int open = 0;
    for (const factory::PullRow &row : view.pulls) {
        const versions::PullRequest &pull = row.pull;
        const bool isOpen = pull.status == versions::PullStatus::Open;
        open += isOpen ? 1 : 0;
        const auto since = [this](core::Instant at) {
            return models::Cell{.text = at.known() ? text::age(at, now()) : QString(),
                                .muted = true,
                                .tip = at.known() ? text::dateTime(at) : QString(),
                                .value = models::timeValue(at)};
        };
        const core::Instant end = pull.closed.known() ? pull.closed : now();
        rows.push_back({nameOf(row.repository, pull.id),
                        {{.text = wordOf(pull.status),
                          .status = static_cast<int>(statusOf(pull.status)),
                          .strong = isOpen,
                          .muted = !isOpen},
                         {.text = titleOf(pull), .strong = isOpen},
                         {.text = text::visible(row.repository.value)},
                         {.text = text::visible(pull.source.value)},
                         {.text = text::visible(pull.destination.value), .muted = true},
                         {.text = text::visible(pull.author)},
                         since(pull.created),
                         since(pull.closed),
                         {.text = text::age(pull.created, end),
                          .muted = !isOpen,
                          .value = static_cast<double>(end - pull.created)}}});
    }
    m_card->setNote(tr("%n open", nullptr, open) + QStringLiteral(" · ")
                    + tr("%1 in all").arg(text::count(static_cast<std::int64_t>(view.pulls.size()))));
    m_rows.setRows(std::move(rows));
    if (m_chosen.isEmpty() && !view.pulls.empty())
        choose(nameOf(view.pulls.front().repository, view.pulls.front().pull.id), true);
    m_table->choose(m_chosen);
    renderDetail();
}

} // namespace andon::ui
