#include "ui/pages/economics/kpifacts.h"

#include "text/kpiexplain.h"
#include "text/kpitext.h"
#include "text/plain.h"
#include "text/times.h"
#include "ui/theme/tokens.h"

#include <QCoreApplication>

namespace andon::ui
{

namespace
{

using Kind = Fact::Kind;

QString tr(const char *source)
{
    return QCoreApplication::translate("KpiFacts", source);
}

QString percent(double share)
{
    return text::number(share * 100, 1) + QStringLiteral("\u00a0%");
}

int seen(double coverage)
{
    return static_cast<int>(coverage < economics::kMinCoverage ? Status::Warning : Status::Idle);
}

void addHead(std::vector<Fact> &facts, const AskedKpi &asked, const economics::KpiReport &report)
{
    const economics::Kpi &kpi = asked.kpi;
    QStringList note{asked.of};
    if (const QString basis = text::kpiBasis(kpi.key); !basis.isEmpty())
        note << basis;
    facts.push_back({.kind = Kind::Figure,
                     .name = text::kpiTitle(kpi.key),
                     .value = text::kpiValue(kpi),
                     .note = note.join(QStringLiteral(" · "))});
    if (!kpi.value)
        facts.push_back({.kind = Kind::Finding,
                         .name = tr("There is no value"),
                         .value = tr("Because %1. It is not shown as 0.").arg(text::kpiMissing(kpi)),
                         .status = static_cast<int>(Status::Stale)});
    if (kpi.unit != economics::KpiUnit::Days)
        facts.push_back(
            {.name = tr("Window"),
             .value = text::dateTime(report.window.from) + QStringLiteral(" – ") + text::dateTime(report.window.to),
             .note = tr("closed; its end is not included")});
    if (const auto gap = text::kpiTarget(kpi))
        facts.push_back({.name = tr("Target"),
                         .value = gap->target + (gap->gap.isEmpty() ? QString() : QStringLiteral(", ") + gap->gap),
                         .status = static_cast<int>(!kpi.value     ? Status::Stale
                                                        : gap->met ? Status::Idle
                                                                   : Status::Warning)});
    const auto owner = report.owners.find(kpi.key);
    facts.push_back(
        {.name = tr("Owner"),
         .value = owner != report.owners.end() ? text::visible(owner->second) : tr("not named in the price book")});
}

void addInputs(std::vector<Fact> &facts, const economics::Kpi &kpi)
{
    const auto coverage = text::kpiCoverage(kpi);
    facts.push_back({.kind = Kind::Section,
                     .name = tr("Inputs"),
                     .note = coverage ? tr("seen over %1 of the window").arg(percent(*coverage)) : QString()});
    for (const text::KpiInputLine &line : text::kpiInputLines(kpi)) {
        QStringList note;
        for (const QString &part : {line.of, line.source})
            if (!part.isEmpty())
                note << part;
        if (line.coverage)
            note << tr("seen %1").arg(percent(*line.coverage));
        facts.push_back({.kind = Kind::Amount,
                         .name = line.name,
                         .value = line.value,
                         .note = note.join(QStringLiteral(" · ")),
                         .status = line.coverage ? seen(*line.coverage) : -1});
    }
    if (kpi.inputs.empty())
        facts.push_back({.kind = Kind::Text, .value = tr("Nothing went into it.")});
}

void addAnswers(std::vector<Fact> &facts, const economics::Kpi &kpi, core::Instant now)
{
    const std::vector<core::Evidence> answers = text::kpiAnswers(kpi);
    facts.push_back({.kind = Kind::Section,
                     .name = tr("Source answers"),
                     .note = answers.empty() ? QString() : tr("SHA-256 of the body")});
    if (answers.empty())
        facts.push_back({.kind = Kind::Text, .value = tr("None: it comes from the price book alone.")});
    for (const core::Evidence &e : answers) {
        const text::AskedQuery asked = text::askedQuery(e.request);
        QString head = text::visible(e.source.value);
        if (e.httpStatus > 0)
            head += QStringLiteral(" · ") + QString::number(e.httpStatus);
        facts.push_back({.kind = Kind::Amount,
                         .name = head + QStringLiteral(" · ") + text::ago(e.at, now),
                         .value = e.bytes > 0 ? text::bytes(e.bytes) : QString(),
                         .note = asked.call});
        facts.push_back({.kind = Kind::Code, .value = asked.query});
        if (!asked.range.isEmpty())
            facts.push_back({.name = tr("Range"), .value = asked.range});
        facts.push_back({.name = tr("Read"), .value = text::dateTime(e.at)});
        facts.push_back({.name = tr("SHA-256"), .value = text::visible(e.sha256), .code = true});
    }
}

} // namespace

std::vector<Fact> kpiFacts(const AskedKpi &asked, const economics::KpiReport &report, core::Instant now)
{
    std::vector<Fact> facts;
    addHead(facts, asked, report);
    facts.push_back({.kind = Kind::Section, .name = tr("Formula"), .note = text::kpiLongFormula(asked.kpi.formula)});
    for (const text::KpiStep &step : text::kpiSteps(asked.kpi, asked.inRow ? &asked.row : nullptr))
        facts.push_back({.kind = Kind::Step, .name = step.symbol, .value = step.result, .note = step.words});
    addInputs(facts, asked.kpi);
    addAnswers(facts, asked.kpi, now);
    if (asked.inRow && !asked.row.model.empty() && !asked.row.version.empty()) {
        const QString version = text::visible(asked.row.model.value + "@" + asked.row.version.value);
        facts.push_back({.kind = Kind::Section, .name = tr("Path to the data")});
        facts.push_back({.kind = Kind::Link,
                         .value = tr("Trace %1 to its data commit").arg(version),
                         .link = QStringLiteral("model:") + version});
    }
    return facts;
}

} // namespace andon::ui
