#include "ui/pages/reports/reportspage.h"

#include "profile/profile.h"
#include "reports/kpifindings.h"
#include "text/errortext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/pages/reports/sheetview.h"
#include "ui/theme/style.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/card.h"
#include "ui/widgets/factsheet.h"
#include "ui/widgets/panel.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

namespace andon::ui
{

namespace
{

using Kind = Fact::Kind;

int statusOf(reports::ReportFinding::Weight weight)
{
    return static_cast<int>(weight == reports::ReportFinding::Weight::Major         ? Status::Major
                                : weight == reports::ReportFinding::Weight::Warning ? Status::Warning
                                                                                    : Status::Info);
}

core::Result<std::string> writeReport(const reports::KpiDocument &document, const std::string &format,
                                      const std::string &file)
{
    const auto done = format == "pdf" ? reports::writePdf(document, file)
        : format == "csv"             ? profile::writeFile(file, reports::toCsv(document), 0644)
                                      : profile::writeFile(file, reports::toJson(document), 0644);
    return done ? core::Result<std::string>(file) : core::fail(done.error());
}

} // namespace

ReportsPage::ReportsPage(factory::EconomicsService &economics, factory::Worker &worker, const core::Clock &clock,
                         Complete complete, QWidget *parent)
    : RangedPage(
        worker, clock,
        [&economics](core::TimeRange range, factory::Access access, const core::Cancel &cancel) {
            return economics.kpi(economics.closed(range), access, cancel);
        },
        parent)
    , m_worker(worker)
    , m_complete(std::move(complete))
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
    m_sheets = new SheetView(scroll);
    scroll->setWidget(m_sheets);
    splitter->addWidget(scroll);
    splitter->addWidget(makePane());
    splitter->setSizes({1056, 320});
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    m_panel->setContent(splitter);
    m_panel->setEmptyText(tr("No report without a price book"),
                          tr("What a GPU-hour costs and what tokens are sold for stands in a price book, a YAML file: "
                             "name it in Settings. The counts come from Prometheus."));
    connect(m_panel, &Panel::retryRequested, this, [this] { refresh(true); });
}

QWidget *ReportsPage::makePane()
{
    m_pane = new Card(tr("KPI report"), this);
    auto *pane = m_pane;
    pane->setFlat(true);
    pane->setAutoFillBackground(true);
    pane->setBackgroundRole(QPalette::Base);
    pane->setMinimumWidth(260);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(12, 10, 12, 4);
    buttons->setSpacing(8);
    for (const char *format : {"PDF", "CSV", "JSON"}) {
        auto *button = new QPushButton(tr("Save %1…").arg(QString::fromLatin1(format)), pane);
        button->setFixedHeight(26);
        if (format == std::string("PDF"))
            button->setProperty("primary", true);
        connect(button, &QPushButton::clicked, this,
                [this, name = QString::fromLatin1(format).toLower()] { save(name); });
        buttons->addWidget(button, 1);
    }
    pane->body()->addLayout(buttons);
    m_facts = new FactPane(pane);
    pane->body()->addWidget(m_facts, 1);
    return pane;
}

void ReportsPage::render(const core::Snapshot<economics::KpiReport> &snapshot)
{
    const bool has = snapshot.value.window.valid();
    m_panel->show(withoutBook(snapshot.freshness), now(), has);
    if (!has)
        return;
    m_document = m_complete(snapshot);
    const auto pages = std::make_shared<const reports::KpiPages>(m_document);
    m_pages = pages->count();
    m_sheets->set(pages);
    m_pane->setNote(tr("a closed window of %1").arg(text::span(snapshot.value.window)));
    fillPane();
}

void ReportsPage::fillPane()
{
    std::vector<Fact> facts;
    facts.push_back({.kind = Kind::Section, .name = tr("This report"), .note = tr("%n page(s), A4", nullptr, m_pages)});
    facts.push_back({.name = tr("Name"), .value = reports::reportName(m_document), .code = true});
    facts.push_back({.name = tr("Period"),
                     .value = tr("%1 to %2")
                                  .arg(text::dateTime(m_document.report.window.from),
                                       text::dateTime(m_document.report.window.to))});
    facts.push_back({.name = tr("Data"),
                     .value = reports::isCached(m_document) ? tr("contains cached data") : tr("from live answers"),
                     .note = text::freshnessLine(m_document.freshness, m_document.made),
                     .status = static_cast<int>(reports::isCached(m_document) ? Status::Stale : Status::Ok)});
    if (m_failed)
        facts.push_back({.kind = Kind::Finding,
                         .name = text::headline(*m_failed),
                         .value = text::nextStep(*m_failed),
                         .status = static_cast<int>(Status::Major)});
    for (const QString &file : m_saved)
        facts.push_back({.name = tr("Saved"), .value = file, .code = true});
    const auto findings = reports::findingsOf(m_document);
    facts.push_back({.kind = Kind::Section,
                     .name = tr("Before you send it"),
                     .note = findings.empty() ? tr("nothing to explain")
                                              : tr("%n finding(s)", nullptr, static_cast<int>(findings.size()))});
    for (const reports::ReportFinding &finding : findings)
        facts.push_back({.kind = Kind::Finding,
                         .name = finding.title,
                         .value = finding.detail,
                         .status = statusOf(finding.weight)});
    facts.push_back({.kind = Kind::Section, .name = tr("Sources")});
    for (const reports::SourceLine &source : m_document.sources)
        facts.push_back({.kind = Kind::Finding,
                         .name = reports::productOf(source),
                         .value = text::freshnessLine(source.freshness, m_document.made),
                         .status = static_cast<int>(ui::statusOf(source.freshness.state))});
    facts.push_back({.kind = Kind::Section, .name = tr("Formats")});
    facts.push_back({.name = QStringLiteral("PDF"), .value = tr("for people: these pages")});
    facts.push_back({.name = QStringLiteral("CSV"), .value = tr("one figure a line, safe to open in a spreadsheet")});
    facts.push_back({.name = QStringLiteral("JSON"),
                     .value = tr("every figure with formula, inputs, coverage and the hash of each answer")});
    m_facts->set(std::move(facts));
}

void ReportsPage::save(const QString &format)
{
    auto *dialog = new QFileDialog(this, tr("Save the report"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(format);
    dialog->selectFile(reports::reportName(m_document) + u'.' + format);
    connect(dialog, &QFileDialog::fileSelected, this, [this, format](const QString &file) { write(format, file); });
    dialog->open();
}

void ReportsPage::write(const QString &format, const QString &file)
{
    core::whenDone<std::string>(
        m_worker.run<std::string>({},
                                  [document = m_document, format = format.toStdString(), path = file.toStdString()](
                                      const core::Cancel &) { return writeReport(document, format, path); }),
        this, [this](const core::Result<std::string> &done) {
            m_failed = done ? std::nullopt : std::optional(done.error());
            if (done)
                m_saved.prepend(text::visible(*done));
            fillPane();
        });
}

} // namespace andon::ui
