#include "ui/pages/settings/settingspage.h"

#include "text/plain.h"
#include "text/sourcetext.h"
#include "ui/pages/settings/preferencesform.h"
#include "ui/pages/settings/siteform.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/card.h"
#include "ui/widgets/factsheet.h"
#include "ui/widgets/filteredview.h"
#include "ui/widgets/label.h"
#include "ui/widgets/table.h"
#include "ui/widgets/tile.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{
constexpr std::int64_t kRefreshMs = 15'000;
} // namespace

SettingsPage::SettingsPage(SiteDesk &desk, factory::Site *site, factory::Worker &worker, const core::Clock &clock,
                           QWidget *parent)
    : Page(parent)
    , m_desk(desk)
    , m_site(site)
    , m_worker(worker)
    , m_clock(clock)
    , m_sites({{tr("Site"), 0}, {tr("Sources"), 70, true}})
    , m_signals({{tr("Signal"), 190, false, 0, text::wordField("signal")},
                 {tr("What"), 0, false, 0, text::wordField("what")},
                 {tr("Pack"), 150, false, 0, text::wordField("pack")},
                 {tr("Missing on the server"), 0, false, 0, text::wordField("missing")}})
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto *splitter = new QSplitter(this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeLeft());
    splitter->addWidget(makeRight());
    splitter->setSizes({m_site ? 260 : 320, 1100});
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    outer->addWidget(splitter);
    connect(m_form, &SiteForm::settledChanged, this, &Page::changed);
    connect(m_form, &SiteForm::saved, this, &Page::siteChosen);
    connect(m_form, &SiteForm::removed, this, [this] { Q_EMIT siteChosen({}); });
    renderSites();
    if (m_site)
        showSite(text::visible(m_site->name().value));
    m_form->showNotice(m_desk.takeNotice());
}

QWidget *SettingsPage::makeLeft()
{
    auto *left = new QWidget(this);
    left->setAutoFillBackground(true);
    left->setBackgroundRole(QPalette::Base);
    auto *column = m_left = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    if (!m_site)
        column->addWidget(makeDemo());
    auto *sites = new Card(tr("Sites"), left);
    sites->setFlat(true);
    auto *add = new QPushButton(tr("Add a site"), sites);
    add->setFixedHeight(22);
    add->setEnabled(m_desk.mayChange());
    add->setToolTip(m_desk.mayChange() ? QString() : tipOf(m_desk.whyNot()));
    connect(add, &QPushButton::clicked, this, [this] {
        m_siteTable->choose({});
        m_form->showNew();
    });
    sites->header()->addWidget(add);
    m_siteTable = new Table(m_sites, sites);
    m_siteTable->setObjectName(QStringLiteral("sites"));
    connect(m_siteTable, &Table::rowSelected, this, &SettingsPage::showSite);
    sites->body()->addWidget(m_siteTable);
    sites->setVisible(m_site || !m_desk.sites().empty());
    column->addWidget(sites, 1);
    if (!sites->isVisibleTo(left))
        column->addStretch(1);
    column->addWidget(makeLook());
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setMinimumWidth(220);
    scroll->setWidget(left);
    return scroll;
}

QWidget *SettingsPage::makeDemo()
{
    auto *demo = new QWidget(this);
    auto *column = new QVBoxLayout(demo);
    column->setContentsMargins(12, 14, 12, 14);
    column->setSpacing(8);
    column->addWidget(new Label(tr("Explore the demo factory"), Tone::Strong, 15, demo));
    auto *words =
        new Label(tr("No connection needed. A local process answers like lakeFS, MLflow and Prometheus, on this "
                     "computer only, and tells one incident."),
                  Tone::Second, 12, demo);
    words->setWordWrap(true);
    column->addWidget(words);
    auto *sheet = new FactSheet(demo);
    const std::pair<QString, QString> steps[] = {{tr("Find why GPUs wait"), tr("Floor, Storage")},
                                                 {tr("Trace a model to its data"), tr("Lineage")},
                                                 {tr("Find the model that loses money"), tr("Economics")},
                                                 {tr("Export the KPI report"), tr("Reports")}};
    std::vector<Fact> story;
    for (const auto &[what, where] : steps)
        story.push_back(
            {.kind = Fact::Kind::Rule, .name = QString::number(story.size() + 1), .value = where, .note = what});
    sheet->set(std::move(story));
    column->addWidget(sheet);
    auto *button = new QPushButton(tr("Explore the demo factory"), demo);
    button->setFixedHeight(30);
    connect(button, &QPushButton::clicked, this, [this] { m_desk.exploreDemo(); });
    column->addWidget(button);
    auto *opens = new FactSheet(demo);
    std::vector<Fact> facts{{.kind = Fact::Kind::Section, .name = tr("What opens with which source")}};
    for (const char *kind : {"lakefs", "prometheus", "mlflow"})
        facts.push_back({.name = text::sourceKind(kind), .value = text::sourceOpens(kind)});
    opens->set(std::move(facts));
    column->addWidget(opens);
    return demo;
}

QWidget *SettingsPage::makeLook()
{
    auto *look = new Card(tr("Appearance"), this);
    look->setFlat(true);
    auto *grid = new QGridLayout;
    grid->setContentsMargins(12, 8, 12, 8);
    grid->setSpacing(4);
    const std::pair<const char *, QString> themes[] = {{"system", tr("As the desktop")},
                                                       {"dark", tr("Dark")},
                                                       {"light", tr("Light")},
                                                       {"high-contrast", tr("High contrast")}};
    int place = 0;
    for (const auto &[theme, name] : themes) {
        auto *choice = new QPushButton(name, look);
        choice->setFixedHeight(26);
        choice->setCheckable(true);
        m_themes[theme] = choice;
        const QString command = QStringLiteral("theme.") + QString::fromLatin1(theme);
        connect(choice, &QPushButton::clicked, this, [this, command] { Q_EMIT commandRequested(command); });
        grid->addWidget(choice, place++, 0);
    }
    auto *keys = new QPushButton(tr("Keyboard shortcuts"), look);
    keys->setFixedHeight(26);
    connect(keys, &QPushButton::clicked, this, [this] { Q_EMIT commandRequested(QStringLiteral("shortcuts")); });
    grid->addWidget(keys, place, 0);
    look->body()->addLayout(grid);
    return look;
}

void SettingsPage::setSettings(const profile::Settings &settings)
{
    for (const auto &[theme, choice] : m_themes)
        choice->setChecked(theme == settings.theme);
    if (m_preferences)
        m_preferences->setSettings(settings);
}

void SettingsPage::setPreferenceDesk(PreferenceDesk *desk)
{
    m_preferences = new PreferencesForm(*desk, this);
    m_left->insertWidget(m_left->count() - 1, m_preferences); // above the look
    connect(m_preferences, &PreferencesForm::edited, this, &Page::settingsEdited);
}

QWidget *SettingsPage::makeRight()
{
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *body = new QWidget(scroll);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(16, 14, 16, 16);
    column->setSpacing(14);
    m_form = new SiteForm(m_desk, m_clock, body);
    m_form->setMaximumWidth(1160);
    column->addWidget(m_form);
    m_signalCard = new Card(tr("Signals"), body);
    m_signalCard->setMaximumWidth(1160);
    m_signalCard->setNote(tr("which pack gives each of them, from the metrics that this server has"));
    auto *table = new Table(m_signals, m_signalCard);
    table->setObjectName(QStringLiteral("signals"));
    table->setFitsRows(true);
    m_filter = filterBarOf(m_signals, m_clock, tr("Filter signals"), m_signalCard);
    m_signalCard->header()->addWidget(m_filter, 3);
    m_signalCard->body()->addWidget(new FilteredView(table, m_signals, m_filter, m_signalCard));
    m_signalCard->setVisible(m_site != nullptr);
    column->addWidget(m_signalCard);
    column->addStretch(1);
    scroll->setWidget(body);
    return scroll;
}

core::Freshness SettingsPage::freshness() const
{
    core::Freshness worst{.state = m_site ? core::FreshnessState::Cached : core::FreshnessState::NotConfigured};
    bool first = true;
    for (const factory::SourceState &source :
         m_site ? m_site->board().states(kRefreshMs) : std::vector<factory::SourceState>{}) {
        if (source.freshness.state == core::FreshnessState::Loading) // not asked yet: nothing here waits for it
            continue;
        worst = first ? source.freshness : core::worst(worst, source.freshness);
        first = false;
    }
    return worst;
}

bool SettingsPage::settled() const
{
    return m_form->pending() == 0 && !m_resolution.running();
}

void SettingsPage::refresh(bool network)
{
    renderSites();
    if (m_preferences)
        m_preferences->refresh();
    if (!m_site)
        return;
    if (m_form->site() == m_site->name() && !m_tested)
        m_form->showStates(m_site->board().states(kRefreshMs));
    const auto access = network ? factory::Access::Refresh : factory::Access::CacheOnly;
    m_resolution.start(m_worker.run<telemetry::Resolution>({},
                                                           [site = m_site, access](const core::Cancel &cancel) {
                                                               return site->telemetry().resolution(access, cancel);
                                                           }),
                       this, [this](const core::Result<telemetry::Resolution> &resolution) {
                           if (resolution)
                               renderSignals(*resolution);
                           Q_EMIT changed();
                       });
    if (network && !m_tested) { // once; after that when a person asks
        m_tested = true;
        m_form->testAll();
    }
}

void SettingsPage::showSite(const QString &name)
{
    for (const SiteListing &site : m_desk.sites())
        if (text::visible(site.name.value) == name) {
            m_form->showSite(site);
            if (m_site && m_site->name() == site.name)
                m_form->showStates(m_site->board().states(kRefreshMs));
        }
    m_siteTable->choose(name);
}

void SettingsPage::renderSites()
{
    std::vector<models::TableRow> rows;
    for (const SiteListing &site : m_desk.sites()) {
        const QString name = text::visible(site.name.value);
        const bool open = m_site && m_site->name() == site.name;
        const int status = static_cast<int>(site.error ? Status::Major : open ? Status::Info : Status::Idle);
        rows.push_back({name,
                        {{.text = open ? tr("%1, open").arg(name) : name,
                          .status = status,
                          .strong = open,
                          .tip = site.error ? tr("Its file cannot be read.") : QString()},
                         {.text = QString::number(site.config.sources.size()), .muted = true}}});
    }
    m_sites.setRows(std::move(rows));
}

void SettingsPage::renderSignals(const telemetry::Resolution &resolution)
{
    std::vector<models::TableRow> rows;
    int found = 0;
    for (const auto &[name, signal] : m_site->telemetry().signalList()) {
        const telemetry::ResolvedSignal *resolved = resolution.find(name);
        found += resolved ? 1 : 0;
        QStringList missing;
        for (const telemetry::MissingSignal &gap : resolution.missing)
            if (gap.signal == name && !resolved)
                for (const std::string &metric : gap.missing)
                    missing << text::visible(metric);
        const QString words = missing.join(QStringLiteral(", "));
        rows.push_back(
            {text::visible(name.value),
             {{.text = text::visible(name.value), .status = static_cast<int>(resolved ? Status::Ok : Status::Stale)},
              {.text = text::visible(signal.title)},
              {.text = resolved ? text::visible(resolved->pack) : QStringLiteral("—"), .muted = !resolved},
              {.text = words, .muted = true, .tip = words}}});
    }
    m_signalCard->setTitle(tr("Signals, %1 of %2").arg(found).arg(rows.size()));
    m_signals.setRows(std::move(rows));
}

} // namespace andon::ui
