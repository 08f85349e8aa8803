#include "ui/pages/settings/settingspage.h"

#include "text/errortext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/card.h"
#include "ui/widgets/label.h"
#include "ui/widgets/table.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace andon::ui
{

SettingsPage::SettingsPage(factory::Site &site, factory::Worker &worker, const core::Clock &clock, QWidget *parent)
    : Page(parent)
    , m_site(site)
    , m_worker(worker)
    , m_clock(clock)
    , m_sources({{tr("Source"), 110},
                 {tr("Address"), 0},
                 {tr("Product"), 170},
                 {tr("State"), 220},
                 {tr("Latency"), 70, true},
                 {tr("Transport"), 120}})
    , m_signals({{tr("Signal"), 190}, {tr("What"), 0}, {tr("Pack"), 150}, {tr("Missing on the server"), 0}})
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(12);
    auto *sources = new Card(tr("Sources of %1").arg(text::visible(site.name().value)), this);
    auto *button = new QPushButton(tr("Test connections"), sources);
    button->setFixedHeight(24);
    connect(button, &QPushButton::clicked, this, [this] { refresh(true); });
    sources->header()->addWidget(button);
    auto *table = new Table(m_sources, sources);
    table->setFitsRows(true);
    sources->body()->addWidget(table);
    m_advice = new Label({}, Tone::Second, 12, sources);
    m_advice->setWordWrap(true);
    m_advice->setContentsMargins(12, 6, 12, 8);
    m_advice->hide();
    sources->body()->addWidget(m_advice);
    column->addWidget(sources);
    auto *look = new Card(tr("Appearance"), this);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 8, 12, 8);
    for (const auto &[name, theme] : {std::pair(tr("Dark"), Theme::Dark), std::pair(tr("Light"), Theme::Light)}) {
        auto *choice = new QPushButton(name, look);
        choice->setFixedSize(90, 26);
        connect(choice, &QPushButton::clicked, this, [theme = theme] { applyTheme(*qApp, theme); });
        row->addWidget(choice);
    }
    row->addStretch(1);
    look->body()->addLayout(row);
    column->addWidget(look);
    auto *signalCard = new Card(tr("Signals"), this);
    signalCard->setNote(tr("which pack gives each of them from the metrics that this server has"));
    signalCard->body()->addWidget(new Table(m_signals, signalCard));
    column->addWidget(signalCard, 1);
}

core::Freshness SettingsPage::freshness() const
{
    core::Freshness worst{.state = core::FreshnessState::Cached};
    bool first = true;
    for (const factory::SourceState &source : m_site.board().states(15'000)) {
        worst = first ? source.freshness : core::worst(worst, source.freshness);
        first = false;
    }
    return worst;
}

void SettingsPage::refresh(bool network)
{
    renderSources();
    const auto access = network ? factory::Access::Refresh : factory::Access::CacheOnly;
    m_resolution.start(m_worker.run<telemetry::Resolution>({},
                                                           [&site = m_site, access](const core::Cancel &cancel) {
                                                               return site.telemetry().resolution(access, cancel);
                                                           }),
                       this, [this](const core::Result<telemetry::Resolution> &resolution) {
                           if (resolution)
                               renderSignals(*resolution);
                       });
    if (network)
        for (const factory::SourceState &source : m_site.board().states(15'000))
            test(source.kind);
}

void SettingsPage::test(const std::string &kind)
{
    ++m_pending;
    core::whenDone<std::string>(
        m_worker.run<std::string>(
            {}, [&site = m_site, kind](const core::Cancel &cancel) { return site.probe(kind, cancel); }),
        this, [this, kind](const core::Result<std::string> &answer) {
            --m_pending;
            m_answers.insert_or_assign(kind, answer);
            renderSources();
            Q_EMIT changed();
        });
}

void SettingsPage::renderSources()
{
    std::vector<models::TableRow> rows;
    QStringList advice;
    for (const factory::SourceState &source : m_site.board().states(15'000)) {
        const auto answer = m_answers.find(source.kind);
        const bool failed = source.freshness.error.has_value();
        if (failed)
            advice << text::headline(*source.freshness.error) + u' ' + text::nextStep(*source.freshness.error);
        const bool loopback = source.server.find("127.0.0.1") != std::string::npos
            || source.server.find("localhost") != std::string::npos;
        rows.push_back(
            {text::visible(source.name.value),
             {{.text = text::visible(source.name.value), .strong = true},
              {.text = text::visible(source.server)},
              {.text = answer != m_answers.end() && answer->second ? text::visible(*answer->second)
                                                                   : text::visible(source.product)},
              {.text = text::stateWord(source.freshness.state)
                   + (source.freshness.at.known() ? QStringLiteral(", ") + text::ago(source.freshness.at, m_clock.now())
                                                  : QString()),
               .status = static_cast<int>(statusOf(source.freshness.state))},
              {.text = source.latencyMs < 0 ? QStringLiteral("—") : tr("%1 ms").arg(source.latencyMs)},
              {.text = source.plainHttp ? tr("not encrypted")
                   : loopback           ? tr("this computer")
                                        : tr("encrypted"),
               .status = source.plainHttp ? static_cast<int>(Status::Warning) : -1}}});
    }
    m_sources.setRows(std::move(rows));
    m_advice->setText(advice.join(u'\n'));
    m_advice->setVisible(!advice.isEmpty());
}

void SettingsPage::renderSignals(const telemetry::Resolution &resolution)
{
    std::vector<models::TableRow> rows;
    for (const auto &[name, signal] : m_site.telemetry().signalList()) {
        const telemetry::ResolvedSignal *found = resolution.find(name);
        QStringList missing;
        for (const telemetry::MissingSignal &gap : resolution.missing)
            if (gap.signal == name && !found)
                for (const std::string &metric : gap.missing)
                    missing << text::visible(metric);
        rows.push_back(
            {text::visible(name.value),
             {{.text = text::visible(name.value), .status = static_cast<int>(found ? Status::Ok : Status::Stale)},
              {.text = text::visible(signal.title)},
              {.text = found ? text::visible(found->pack) : QStringLiteral("—"), .muted = !found},
              {.text = missing.join(QStringLiteral(", ")), .muted = true}}});
    }
    m_signals.setRows(std::move(rows));
}

} // namespace andon::ui
