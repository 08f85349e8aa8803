#include "ui/pages/economics/economicspage.h"

#include "text/kpiexplain.h"
#include "text/kpitext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/pages/economics/kpistrip.h"
#include "ui/pages/economics/moneybridge.h"
#include "ui/pages/economics/releaseline.h"
#include "ui/pages/economics/taxbar.h"
#include "ui/theme/shapes.h"
#include "ui/theme/style.h"
#include "ui/widgets/card.h"
#include "ui/widgets/factsheet.h"
#include "ui/widgets/filteredview.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/table.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

#include <cmath>

namespace andon::ui
{

namespace
{

constexpr int kHeadlines = 4;

models::Cell cell(const economics::Kpi &kpi, bool strong = false)
{
    models::Cell out{.text = text::kpiValue(kpi), .strong = strong, .muted = !kpi.value, .tip = text::kpiMissing(kpi)};
    if (const double *number = kpi.number())
        out.value = kpi.unit == economics::KpiUnit::Ratio ? *number * 100 : *number;
    else if (const core::Money *money = kpi.money())
        out.value = static_cast<double>(money->micro) / 1e6;
    return out; // a price is filtered as it is shown
}

models::Cell tokensCell(std::optional<std::int64_t> tokens)
{
    if (!tokens)
        return {.text = QStringLiteral("—"), .muted = true, .tip = EconomicsPage::tr("Tokens were not counted.")};
    return {.text = *tokens == 0 ? EconomicsPage::tr("none") : text::compact(static_cast<double>(*tokens)),
            .muted = *tokens == 0,
            .value = static_cast<double>(*tokens)};
}

QString nameOf(const economics::KpiRow &row)
{
    return text::visible(row.model.value + (row.version.empty() ? "" : "@" + row.version.value));
}

/// A margin as a bar either side of zero, all on one scale.
models::Cell marginBar(const economics::KpiRow &row, double most)
{
    const double *share = row.grossMargin.number();
    if (!share)
        return {.text = QString(), .muted = true};
    // What a model loses may be many times what it earns: the scale is that of what people aim at, -100 % to 100 %.
    const double at = std::clamp(*share / most, -1.0, 1.0);
    return {.status = static_cast<int>(row.losesMoney ? Status::Warning : Status::Idle),
            .bar = 0.5 + at / 2,
            .base = 0.5,
            .toned = true};
}

QString coverageWord(const economics::Kpi &kpi)
{
    const auto coverage = text::kpiCoverage(kpi);
    return coverage ? text::number(*coverage * 100, 0) + QStringLiteral("\u00a0%") : QStringLiteral("—");
}

} // namespace

EconomicsPage::EconomicsPage(factory::EconomicsService &economics, factory::Worker &worker, const core::Clock &clock,
                             QWidget *parent)
    : RangedPage(
        worker, clock,
        [&economics](core::TimeRange range, factory::Access access, const core::Cancel &cancel) {
            return economics.kpi(economics.closed(range), access, cancel);
        },
        parent)
    , m_models({{tr("Model"), 0, false, 0, text::wordField("model")},
                {tr("Tokens in"), 72, true, 720, text::numberField("in")},
                {tr("Tokens out"), 76, true, 720, text::numberField("out")},
                {tr("GPUs"), 50, true, 0, text::numberField("gpus")},
                {tr("Cost / 1 M"), 78, true, 0, text::numberField("cost")},
                {tr("Revenue / 1 M"), 96, true, 0, text::numberField("revenue")},
                {tr("Margin / 1 M"), 88, true, 1120, text::numberField("unit-margin")},
                {tr("Margin"), 90, true, 0, text::numberField("margin")},
                {tr("Margin %"), 78, true, 0, text::numberField("share", "%")},
                {QString(), 68, false, 640},
                {tr("Tokens / J"), 84, true, 1240, text::numberField("per-joule")},
                {tr("Utilisation"), 110, true, 820, text::numberField("utilisation", "%")},
                {tr("State"), 116, false, 0, text::wordField("state")}})
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_panel = new Panel(this);
    outer->addWidget(m_panel);
    auto *splitter = new QSplitter(m_panel);
    splitter->setChildrenCollapsible(false);
    auto *scroll = new QScrollArea(splitter);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(makeBody());
    splitter->addWidget(scroll);
    splitter->addWidget(makeDrawer());
    splitter->setSizes({1040, 336});
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    m_panel->setContent(splitter);
    m_panel->setEmptyText(tr("No price book yet"),
                          tr("What a GPU-hour costs and what tokens are sold for stands in a price book, a YAML file: "
                             "name it in Settings. The counts come from Prometheus."));
    connect(m_panel, &Panel::retryRequested, this, [this] { refresh(true); });
}

QWidget *EconomicsPage::makeBody()
{
    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(12, 8, 12, 12);
    column->setSpacing(10);
    m_window = new Label({}, Tone::Muted, 12, body);
    m_window->setElided(true);
    column->addWidget(m_window);
    m_strip = new KpiStrip(body);
    connect(m_strip, &KpiStrip::asked, this, [this](int index) { explain(QStringLiteral("strip/%1").arg(index)); });
    column->addWidget(m_strip);
    m_modelCard = new Card(tr("Margin by model"), body);
    m_table = new Table(m_models, m_modelCard);
    m_table->setFitsRows(true);
    m_table->setObjectName(QStringLiteral("models"));
    m_filter = filterBarOf(m_models, clock(), tr("Filter models"), m_modelCard);
    m_modelCard->header()->addWidget(m_filter, 3);
    connect(m_table, &Table::rowSelected, this, [this](const QString &id) { explain(QStringLiteral("model/") + id); });
    connect(m_table, &Table::linkRequested, this, &Page::linkRequested);
    m_modelCard->body()->addWidget(new FilteredView(m_table, m_models, m_filter, m_modelCard));
    column->addWidget(m_modelCard);
    column->addWidget(makeLower(body), 1);
    return body;
}

QWidget *EconomicsPage::makeLower(QWidget *parent)
{
    auto *low = new QWidget(parent);
    auto *row = new QHBoxLayout(low);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metric::kGap);
    auto *bridge = new Card(tr("From revenue to margin"), low);
    bridge->setNote(tr("models that serve, the whole window"));
    m_bridge = new MoneyBridge(bridge);
    bridge->body()->addWidget(m_bridge, 1);
    row->addWidget(bridge, 5);
    auto *right = new QVBoxLayout;
    right->setSpacing(metric::kGap);
    m_taxCard = new Card(tr("Utilisation tax"), low);
    m_tax = new TaxBar(m_taxCard);
    connect(m_tax, &TaxBar::asked, this, [this](const QString &key) { explain(QStringLiteral("tax/") + key); });
    m_taxCard->body()->addWidget(m_tax);
    right->addWidget(m_taxCard);
    auto *releases = new Card(tr("Releases"), low);
    releases->setNote(tr("E energised · B busy · T first token · P first paid token · R ramped"));
    m_releases = new ReleaseLine(releases);
    connect(m_releases, &ReleaseLine::asked, this,
            [this](int index) { explain(QStringLiteral("release/%1").arg(index)); });
    releases->body()->addWidget(m_releases, 1);
    right->addWidget(releases, 1);
    row->addLayout(right, 6);
    return low;
}

QWidget *EconomicsPage::makeDrawer()
{
    m_drawer = new Card(tr("Why this number"), this);
    m_drawer->setFlat(true);
    m_drawer->setAutoFillBackground(true);
    m_drawer->setBackgroundRole(QPalette::Base);
    m_drawer->setMinimumWidth(280);
    auto *close = new QPushButton(tr("Close"), m_drawer);
    close->setFixedHeight(22);
    close->setToolTip(tr("Close (Esc); choose any figure to open it again"));
    connect(close, &QPushButton::clicked, m_drawer, &QWidget::hide);
    m_drawer->header()->addWidget(close);
    m_why = new FactPane(m_drawer);
    connect(m_why->sheet(), &FactSheet::linkRequested, this, &Page::linkRequested);
    m_drawer->body()->addWidget(m_why);
    return m_drawer;
}

void EconomicsPage::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_drawer->isVisible())
        return m_drawer->hide();
    RangedPage::keyPressEvent(event);
}

std::optional<AskedKpi> EconomicsPage::find(const QString &key) const
{
    const QString what = key.section(u'/', 0, 0);
    const QString which = key.section(u'/', 1);
    const economics::KpiRow &totals = m_report.totals;
    if (what == u"strip") {
        const economics::Kpi *all[kHeadlines] = {&totals.costPerMtok, &totals.revenuePerMtok, &totals.grossMargin,
                                                 &m_report.timeToMonetization};
        const int index = std::clamp(which.toInt(), 0, kHeadlines - 1);
        const bool release = index == kHeadlines - 1;
        const auto &inputs = m_report.timeToMonetization.inputs;
        return AskedKpi{*all[index],
                        !release             ? tr("All models")
                            : inputs.empty() ? tr("Last release")
                                             : text::visible(inputs.front().of),
                        totals, !release};
    }
    if (what == u"model" && which == u"*")
        return AskedKpi{totals.margin, tr("All models"), totals, true};
    if (what == u"model")
        for (const economics::KpiRow &row : m_report.models)
            if (nameOf(row) == which)
                return AskedKpi{row.margin, nameOf(row), row, true};
    if (what == u"tax")
        for (const economics::TaxClass &part : m_report.tax.classes)
            if (part.key == which.toStdString())
                return AskedKpi{part.cost, text::taxMeaning(part.key), {}, false};
    if (what == u"release") {
        std::vector<const economics::ReleaseRow *> newest; // as ReleaseLine shows them
        for (const economics::ReleaseRow &row : m_report.releases)
            newest.push_back(&row);
        std::stable_sort(newest.begin(), newest.end(),
                         [](const auto *a, const auto *b) { return a->release.energised > b->release.energised; });
        if (const auto index = which.toUInt(); index < newest.size())
            return AskedKpi{newest[index]->sinceEnergised, text::visible(newest[index]->release.name), {}, false};
    }
    return std::nullopt;
}

void EconomicsPage::explain(const QString &key)
{
    const auto asked = find(key);
    if (!asked)
        return;
    m_asked = key;
    m_strip->setChosen(key.startsWith(u"strip/") ? key.section(u'/', 1).toInt() : -1);
    if (!key.startsWith(u"model/"))
        m_table->choose({});
    m_why->set(kpiFacts(*asked, m_report, now()));
    m_drawer->show();
}

void EconomicsPage::fillModels(const economics::KpiReport &report)
{
    std::vector<models::TableRow> rows;
    int losing = 0;
    const bool unread = report.totals.cost.missing == "tokens-not-read";
    const auto add = [&](const economics::KpiRow &row, const QString &id, const QString &name, bool total) {
        const int status = static_cast<int>(row.losesMoney ? Status::Warning : Status::Idle);
        const double *busy = row.utilisation.number();
        const auto *target = row.utilisation.target ? std::get_if<double>(&*row.utilisation.target) : nullptr;
        models::Cell margin = cell(row.margin, true);
        models::Cell percent = cell(row.grossMargin, total);
        models::Cell busyCell = cell(row.utilisation, total);
        busyCell.bar = busy ? std::optional(*busy) : std::nullopt;
        busyCell.tick = target && busy ? std::optional(*target) : std::nullopt;
        const bool known = row.margin.value.has_value();
        rows.push_back({id,
                        {{.text = name, .strong = total},
                         tokensCell(row.inputTokens),
                         tokensCell(row.outputTokens),
                         unread ? models::Cell{.text = QStringLiteral("—"), .muted = true}
                                : models::Cell{.text = text::number(row.gpus, 0), .strong = total, .value = row.gpus},
                         cell(row.costPerMtok, total),
                         cell(row.revenuePerMtok, total),
                         cell(row.marginPerMtok, total),
                         margin,
                         percent,
                         marginBar(row, 1.0),
                         cell(row.tokensPerJoule, total),
                         busyCell,
                         {.text = !known       ? tr("Not known")
                              : row.losesMoney ? tr("Loses money")
                                               : tr("Earns"),
                          .status = known ? status : static_cast<int>(Status::Stale),
                          .strong = row.losesMoney,
                          .muted = !known,
                          .tip = text::kpiMissing(row.margin)}},
                        row.model.empty() ? QString() : QStringLiteral("model:") + name,
                        false,
                        total});
        losing += row.losesMoney && !total ? 1 : 0;
    };
    for (const economics::KpiRow &row : report.models)
        add(row, nameOf(row), nameOf(row), false);
    add(report.totals, QStringLiteral("*"),
        unread ? tr("Models are not known") : tr("%n model(s)", nullptr, static_cast<int>(report.models.size())), true);
    m_models.setRows(std::move(rows));
    m_modelCard->setNote(
        (losing > 0 ? tr("▼ %1 of %2 loses money · ").arg(losing).arg(report.models.size()) : QString())
        + tr("cost by allocation, smallest margin first; a total is a ratio of sums"));
}

void EconomicsPage::fillStrip(const economics::KpiReport &report)
{
    const economics::KpiRow &totals = report.totals;
    std::vector<KpiCell> cells;
    const auto add = [&](const QString &title, const QString &basis, const economics::Kpi &kpi) -> KpiCell & {
        KpiCell one{.title = title, .basis = basis, .missing = !kpi.value};
        const QString value = text::kpiValue(kpi);
        const qsizetype cut = kpi.value && kpi.unit == economics::KpiUnit::Days ? value.indexOf(QChar(0x00a0)) : -1;
        one.digits = cut < 0 ? value : value.left(cut);
        one.unit = cut < 0 ? QString() : tr("days");
        if (!kpi.value)
            one.basis = text::kpiMissing(kpi);
        if (const auto gap = text::kpiTarget(kpi)) {
            one.subs.push_back({tr("Target"), gap->target});
            if (kpi.value)
                one.subs.push_back({gap->met ? tr("On target") : tr("Missed"), gap->gap,
                                    static_cast<int>(gap->met ? Status::Idle : Status::Warning)});
        }
        return cells.emplace_back(std::move(one));
    };
    const QString code = text::visible(report.currency.code);
    KpiCell &cost =
        add(tr("Cost per 1 M tokens"), tr("allocation basis · in and out · %1").arg(code), totals.costPerMtok);
    cost.subs.push_back({tr("Output only"), text::kpiValue(totals.outputCostPerMtok)});
    cost.subs.push_back({tr("Coverage"), coverageWord(totals.costPerMtok)});
    KpiCell &revenue =
        add(tr("Revenue per 1 M tokens"),
            (totals.revenue.formula == "billed" ? tr("billed · all tokens · %1") : tr("list price · all tokens · %1"))
                .arg(code),
            totals.revenuePerMtok);
    revenue.subs.push_back({tr("Revenue"), text::kpiValue(totals.revenue)});
    revenue.subs.push_back({tr("Coverage"), coverageWord(totals.revenuePerMtok)});
    KpiCell &margin = add(tr("Gross margin"), tr("(revenue − cost) ÷ revenue"), totals.grossMargin);
    margin.subs.push_back({tr("Margin"), text::kpiValue(totals.margin)});
    margin.subs.push_back({tr("Tokens/s"), text::kpiValue(totals.tokensPerSecond)});
    const auto &inputs = report.timeToMonetization.inputs;
    KpiCell &time = add(tr("Time to monetization"),
                        tr("energised → first paid token%1")
                            .arg(inputs.empty() || inputs.front().of.empty()
                                     ? QString()
                                     : QStringLiteral(" · ") + text::visible(inputs.front().of)),
                        report.timeToMonetization);
    for (const economics::ReleaseRow &row : report.releases)
        if (!inputs.empty() && row.release.name == inputs.front().of)
            time.subs.push_back({tr("Carry cost"), text::kpiValue(row.carry)});
    m_strip->set(std::move(cells));
}

void EconomicsPage::render(const core::Snapshot<economics::KpiReport> &snapshot)
{
    m_report = snapshot.value;
    const bool has = m_report.window.valid();
    m_panel->show(withoutBook(snapshot.freshness), now(), has);
    if (!has)
        return;
    m_window->setText(tr("Closed window of %1, %2 to %3 · %4 · cost by allocation · choose a figure to see why")
                          .arg(text::span(m_report.window), text::dateTime(m_report.window.from),
                               text::dateTime(m_report.window.to), text::visible(m_report.currency.code)));
    fillStrip(m_report);
    fillModels(m_report);
    m_taxCard->setNote(tr("%1 for GPU time that did not compute").arg(text::kpiValue(m_report.tax.total)));
    m_tax->set(m_report.tax);
    m_releases->set(m_report.releases);
    m_bridge->set(moneySteps(m_report.totals));
    const bool hidden = m_drawer->isHidden();
    explain(m_asked);
    m_drawer->setVisible(!hidden);
}

} // namespace andon::ui
