#include "ui/pages/storage/verdictcard.h"

#include "text/kpitext.h"
#include "text/machinetext.h"
#include "text/plain.h"
#include "ui/pages/storage/storagewords.h"
#include "ui/theme/style.h"
#include "ui/widgets/label.h"
#include "ui/widgets/table.h"
#include "ui/widgets/tile.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace andon::ui
{

namespace
{

constexpr int kPadding = 12;

/// The heading of a section with what stands at its right.
Label *addHeading(QVBoxLayout *column, const QString &title, QWidget *parent)
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(kPadding, 10, kPadding, 4);
    row->setSpacing(8);
    row->addWidget(new Label(title, Tone::Strong, 12, parent));
    auto *note = new Label({}, Tone::Muted, 11, parent);
    note->setElided(true);
    note->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row->addWidget(note, 1);
    column->addLayout(row);
    return note;
}

std::vector<VerdictFigures::Figure> figuresOf(const factory::Diagnosis &diagnosis, const factory::DiagnosisRow &row)
{
    std::vector<VerdictFigures::Figure> figures;
    if (diagnosis.gpuHours) {
        figures.push_back({VerdictCard::tr("GPU-hours waited"), text::number(*diagnosis.gpuHours, 1),
                           VerdictCard::tr("%n GPU(s) wait now", nullptr, static_cast<int>(diagnosis.waitingGpus))});
        figures.push_back({VerdictCard::tr("Money lost"),
                           diagnosis.cost ? text::money(*diagnosis.cost) : QStringLiteral("—"),
                           diagnosis.perHour ? VerdictCard::tr("%1 an hour now").arg(text::money(*diagnosis.perHour))
                                             : VerdictCard::tr("this site has no price book")});
    }
    const auto available = std::count_if(row.verdict.evidence.begin(), row.verdict.evidence.end(),
                                         [](const telemetry::Evidence &e) { return e.id != "D1" && e.value; });
    figures.push_back({VerdictCard::tr("Signals"), VerdictCard::tr("%1 of 7").arg(available),
                       VerdictCard::tr("%1 of 14 points").arg(row.verdict.storagePoints + row.verdict.waitPoints)});
    return figures;
}

} // namespace

VerdictCard::VerdictCard(QWidget *parent)
    : QWidget(parent)
    , m_signals({{tr("Signal"), 0},
                 {tr("Value"), 52, true},
                 {tr("1 point"), 60, true},
                 {tr("2 points"), 60, true},
                 {tr("Points"), 72, true}})
    , m_missing({{tr("Series"), 186}, {tr("How to get it"), 0}})
{
    setLayoutDirection(Qt::LeftToRight); // ids, figures and time never mirror
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 4, 1, 8);
    column->setSpacing(0);
    m_head = new VerdictHead(this);
    column->addWidget(m_head);
    m_sentence = new Label({}, Tone::Second, 12, this);
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_sentence->setContentsMargins(kPadding, 0, kPadding, 6);
    column->addWidget(m_sentence);
    m_figures = new VerdictFigures(this);
    column->addWidget(m_figures);
    buildAdvice(column);
    m_sections = new QWidget(this);
    auto *sections = new QVBoxLayout(m_sections);
    sections->setContentsMargins(0, 0, 0, 0);
    sections->setSpacing(0);
    buildSections(sections);
    column->addWidget(m_sections);
    column->addStretch(1);
}

void VerdictCard::buildAdvice(QVBoxLayout *column)
{
    m_adviceBox = new QWidget(this);
    auto *advice = new QVBoxLayout(m_adviceBox);
    advice->setContentsMargins(kPadding + 10, 6, kPadding, 6);
    advice->setSpacing(4);
    auto *head = new QHBoxLayout;
    head->addWidget(new Label(tr("What to do"), Tone::Muted, 11, m_adviceBox), 1);
    m_gpus = new QPushButton(tr("Show the GPUs"), m_adviceBox);
    m_copy = new QPushButton(tr("Copy the verdict"), m_adviceBox);
    m_copy->setToolTip(tr("The verdict with its numbers as plain text"));
    for (QPushButton *button : {m_gpus, m_copy}) {
        button->setFixedHeight(22);
        button->setFont(ui::font(11));
        head->addWidget(button);
    }
    advice->addLayout(head);
    m_advice = new Label({}, Tone::Normal, 12, m_adviceBox);
    m_advice->setWordWrap(true);
    m_advice->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    advice->addWidget(m_advice);
    column->addWidget(m_adviceBox);
    connect(m_gpus, &QPushButton::clicked, this, [this] { Q_EMIT linkRequested(m_link); });
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_summary); });
}

void VerdictCard::buildSections(QVBoxLayout *column)
{
    m_signalsNote = addHeading(column, tr("Signals"), m_sections);
    auto *table = new Table(m_signals, m_sections);
    table->setObjectName(QStringLiteral("signals"));
    table->setFitsRows(true);
    table->setAccessibleName(tr("Signals of the verdict"));
    column->addWidget(table);
    m_causesNote = addHeading(column, tr("Other causes"), m_sections);
    m_causes = new CauseGrid(m_sections);
    column->addWidget(m_causes);
    m_missingNote = addHeading(column, tr("Missing series"), m_sections);
    m_missingTable = new Table(m_missing, m_sections);
    m_missingTable->setObjectName(QStringLiteral("missing"));
    m_missingTable->setFitsRows(true);
    m_missingTable->setWraps(true);
    m_missingTable->setAccessibleName(tr("Series that would sharpen the verdict"));
    column->addWidget(m_missingTable);
}

void VerdictCard::set(const factory::StorageView &view, const QString &workload, core::Instant now)
{
    const factory::Diagnosis &diagnosis = view.diagnosis;
    m_status = static_cast<int>(statusOf(diagnosis.verdict()));
    const auto found =
        std::find_if(diagnosis.workloads.begin(), diagnosis.workloads.end(), [&](const factory::DiagnosisRow &row) {
            return text::visible(row.nameSpace + "/" + row.pod) == workload;
        });
    const bool any = !diagnosis.workloads.empty();
    const factory::DiagnosisRow none;
    const factory::DiagnosisRow &row = found != diagnosis.workloads.end() ? *found
        : any                                                             ? diagnosis.workloads.front()
                                                                          : none;
    m_head->set(m_status, text::starvationTitle(diagnosis.verdict()));
    m_sentence->setText(verdictSentence(view, now));
    m_figures->setVisible(any);
    if (any)
        m_figures->set(figuresOf(diagnosis, row));
    m_summary = verdictSummary(view, now);
    m_link = QStringLiteral("compute:") + text::visible(row.nameSpace + "/" + row.pod);
    const QString advice = verdictAdvice(view);
    m_advice->setText(advice);
    m_adviceBox->setVisible(!advice.isEmpty());
    m_gpus->setVisible(any);
    m_sections->setVisible(any);
    if (any) {
        m_signalsNote->setText(tr("%1 · 30 min against 7 days").arg(text::visible(row.pod)));
        setSignals(row);
        m_causes->set(diagnosis.rivals);
        const auto open = std::count_if(diagnosis.rivals.begin(), diagnosis.rivals.end(),
                                        [](const factory::RivalCheck &check) { return !check.holds; });
        const auto bad = std::count_if(diagnosis.rivals.begin(), diagnosis.rivals.end(),
                                       [](const factory::RivalCheck &check) { return check.holds.value_or(false); });
        m_causesNote->setText(tr("%1 ruled out · %2 found · %3 not known")
                                  .arg(static_cast<int>(diagnosis.rivals.size()) - open - bad)
                                  .arg(bad)
                                  .arg(open));
        setMissing(row, diagnosis.rivals);
    }
    update();
}

void VerdictCard::setSignals(const factory::DiagnosisRow &row)
{
    std::vector<models::TableRow> rows;
    for (const telemetry::Evidence &e : row.verdict.evidence) {
        const bool some = e.value && e.points > 0;
        const QString points = !e.value ? tr("no series")
            : e.id == "D1"              ? (some ? tr("direct") : pointsWords(0))
                                        : pointsWords(e.points) + u' ' + QString::number(e.points);
        rows.push_back(
            {QString::fromStdString(e.id),
             {{.text = QString::fromStdString(e.id) + QStringLiteral("  ") + text::signalName(e.id),
               .muted = !e.value,
               .tip = text::signalMeaning(e.id)},
              {.text = text::signalValue(e.id, e.value), .strong = some, .muted = !e.value},
              {.text = text::signalThreshold(e.id, e.one), .muted = true},
              {.text = text::signalThreshold(e.id, e.two), .muted = true},
              {.text = points,
               .muted = !some,
               .tip = e.storageSide ? tr("counts for the storage side") : tr("counts for the waiting side")}}});
    }
    m_signals.setRows(std::move(rows));
}

void VerdictCard::setMissing(const factory::DiagnosisRow &row, const std::vector<factory::RivalCheck> &rivals)
{
    std::vector<models::TableRow> rows;
    const auto add = [&](const std::string &id) {
        const QString how = text::howToEnable(id);
        rows.push_back({QString::fromStdString(id),
                        {{.text = QString::fromStdString(id) + QStringLiteral("  ") + text::signalName(id),
                          .tip = text::signalMeaning(id)},
                         {.text = how, .muted = true, .tip = how}}});
    };
    for (const std::string &id : row.verdict.missing)
        add(id);
    for (const factory::RivalCheck &check : rivals)
        if (!check.holds)
            add(check.id);
    m_missingNote->setText(rows.empty() ? tr("none: every signal is there")
                                        : tr("%1 · they would sharpen the verdict").arg(rows.size()));
    m_missingTable->setVisible(!rows.empty());
    m_missing.setRows(std::move(rows));
}

void VerdictCard::paintEvent(QPaintEvent *)
{
    const Tokens &t = tokens(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(t.borderSubtle);
    painter.setBrush(t.surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metric::kRadius, metric::kRadius);
    const auto status = static_cast<Status>(m_status);
    painter.fillRect(QRect(1, 0, width() - 2, 3), status == Status::Ok ? t.borderStrong : t.of(status));
    if (m_adviceBox->isVisible()) {
        const QRect box = m_adviceBox->geometry().adjusted(kPadding, 0, -kPadding, 0);
        painter.fillRect(box, t.raised);
        painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), t.accent);
    }
}

} // namespace andon::ui
