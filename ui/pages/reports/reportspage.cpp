#include "ui/pages/reports/reportspage.h"

#include "profile/profile.h"
#include "text/errortext.h"
#include "ui/theme/style.h"
#include "ui/widgets/label.h"
#include "ui/widgets/panel.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

namespace andon::ui
{

/// One page of paper.
class ReportSheet final : public QWidget
{
public:
    ReportSheet(const reports::KpiDocument &document, int page, QWidget *parent)
        : QWidget(parent)
        , m_document(document)
        , m_page(page)
    {
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return {300, 424}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const double scale = std::min(width() / reports::kPageWidth, height() / reports::kPageHeight);
        painter.translate((width() - reports::kPageWidth * scale) / 2, 0);
        painter.scale(scale, scale);
        if (m_document.report.window.valid())
            reports::paintPage(painter, m_document, m_page);
    }

private:
    const reports::KpiDocument &m_document;
    int m_page;
};

ReportsPage::ReportsPage(factory::EconomicsService &economics, factory::Worker &worker, const core::Clock &clock,
                         Complete complete, QWidget *parent)
    : LivePage(
        worker, clock,
        [&economics](factory::Access access, const core::Cancel &cancel) {
            return economics.kpi(economics.closedDay(), access, cancel);
        },
        parent)
    , m_worker(worker)
    , m_complete(std::move(complete))
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_panel = new Panel(this);
    outer->addWidget(m_panel);
    auto *body = new QWidget(m_panel);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(12, 10, 12, 12);
    column->setSpacing(10);
    auto *bar = new QHBoxLayout;
    bar->addWidget(new Label(tr("KPI report, the last closed day"), Tone::Strong, 13, body));
    m_saved = new Label({}, Tone::Muted, 12, body);
    m_saved->setElided(true);
    bar->addWidget(m_saved, 1);
    for (const char *format : {"PDF", "CSV", "JSON"}) {
        auto *button = new QPushButton(tr("Save %1…").arg(QString::fromLatin1(format)), body);
        button->setFixedHeight(26);
        connect(button, &QPushButton::clicked, this,
                [this, name = QString::fromLatin1(format).toLower()] { save(name); });
        bar->addWidget(button);
    }
    column->addLayout(bar);
    auto *sheets = new QHBoxLayout;
    sheets->setSpacing(16);
    for (int page = 0; page < 2; ++page) {
        m_sheets.push_back(new ReportSheet(m_document, page, body));
        sheets->addWidget(m_sheets.back());
    }
    column->addLayout(sheets, 1);
    m_panel->setContent(body);
    m_panel->setEmptyText(tr("No report yet"), tr("Give the site a price book and a Prometheus source."));
    connect(m_panel, &Panel::retryRequested, this, [this] { refresh(true); });
}

void ReportsPage::render(const core::Snapshot<economics::KpiReport> &snapshot)
{
    m_panel->show(snapshot.freshness, now(), snapshot.value.window.valid());
    m_document = m_complete(snapshot);
    for (ReportSheet *sheet : m_sheets)
        sheet->update();
}

void ReportsPage::save(const QString &format)
{
    auto *dialog = new QFileDialog(this, tr("Save the report"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(format);
    dialog->selectFile(QStringLiteral("kpi.") + format);
    connect(dialog, &QFileDialog::fileSelected, this, [this, format](const QString &file) {
        const std::string path = file.toStdString();
        const auto done = format == u"pdf" ? reports::writePdf(m_document, path)
            : format == u"csv"             ? profile::writeFile(path, reports::toCsv(m_document), 0644)
                                           : profile::writeFile(path, reports::toJson(m_document), 0644);
        m_saved->setText(done ? tr("Saved %1").arg(file) : text::headline(done.error()));
    });
    dialog->open();
}

} // namespace andon::ui
