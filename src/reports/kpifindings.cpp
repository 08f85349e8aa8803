#include "reports/kpifindings.h"

#include "text/errortext.h"
#include "text/kpiexplain.h"
#include "text/kpitext.h"
#include "text/plain.h"
#include "text/times.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QTimeZone>

#include <algorithm>
#include <cmath>

namespace andon::reports
{

namespace
{

using Weight = ReportFinding::Weight;
using economics::Kpi;
using economics::KpiRow;

QString tr(const char *source, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("Report", source, comment, n);
}

QString nameOf(const KpiRow &row)
{
    return text::visible(row.model.value + (row.version.empty() ? "" : "@" + row.version.value));
}

void addLosses(std::vector<ReportFinding> &out, const economics::KpiReport &report)
{
    for (const KpiRow &row : report.models) {
        if (!row.losesMoney)
            continue;
        QString action =
            tr("Raise its price or its traffic, or give back some of its %1 GPUs.").arg(text::number(row.gpus, 0));
        // At its cost per GPU and its revenue: how many GPUs the revenue pays for.
        const core::Money *revenue = row.revenue.money();
        const core::Money *cost = row.cost.money();
        if (revenue && cost && cost->micro > 0 && row.gpus > 0) {
            const double even = row.gpus * static_cast<double>(revenue->micro) / static_cast<double>(cost->micro);
            action = tr("Its revenue pays for %1 of the %2 GPUs that it holds: give back the others, or raise price or "
                        "traffic.")
                         .arg(text::number(std::floor(even * 10) / 10, 1), text::number(row.gpus, 0));
        }
        out.push_back({Weight::Major, tr("%1 costs more than it earns").arg(nameOf(row)),
                       tr("%1 against %2 per 1 M tokens; %3 lost in the window.")
                           .arg(text::kpiValue(row.costPerMtok), text::kpiValue(row.revenuePerMtok),
                                text::kpiValue(row.margin).remove(QChar(0x2212))),
                       action});
    }
}

void addTax(std::vector<ReportFinding> &out, const economics::Tax &tax)
{
    static const std::pair<const char *, const char *> kActions[] = {
        {"starved",
         QT_TRANSLATE_NOOP("Report", "Find what they wait for: the Storage page names the array and the time.")},
        {"idle",
         QT_TRANSLATE_NOOP("Report", "Stop or shrink the workloads that hold them: the Compute page lists them.")},
        {"unallocated", QT_TRANSLATE_NOOP("Report", "Schedule work on them, or lower the quota.")}};
    for (const economics::TaxClass &part : tax.classes)
        for (const auto &[key, action] : kActions)
            if (part.key == key && part.microHours > 0 && tax.quotaMicroHours > 0) {
                const double share = static_cast<double>(part.microHours) / static_cast<double>(tax.quotaMicroHours);
                out.push_back({share >= 0.05 ? Weight::Warning : Weight::Note,
                               tr("%1 GPU time cost %2").arg(text::taxName(part.key), text::kpiValue(part.cost)),
                               tr("%1 GPU-hours, %2 % of the quota. %3")
                                   .arg(text::number(static_cast<double>(part.microHours) / 1e6, 1),
                                        text::number(share * 100, 1), text::taxMeaning(part.key)),
                               tr(action)});
            }
    const core::Money *total = tax.total.money();
    if (total && tax.budget && total->currency == tax.budget->currency && total->micro > tax.budget->micro)
        out.push_back({Weight::Warning, tr("GPU time that did not compute is over its budget"),
                       tr("%1 against %2.").arg(text::money(*total), text::money(*tax.budget)),
                       tr("See the three findings on starved, idle and unallocated GPUs.")});
}

void addTargets(std::vector<ReportFinding> &out, const economics::KpiReport &report)
{
    QStringList missed;
    QStringList how;
    for (const Kpi *kpi : {&report.totals.costPerMtok, &report.totals.revenuePerMtok, &report.totals.grossMargin,
                           &report.utilisation, &report.timeToMonetization})
        if (const auto gap = text::kpiTarget(*kpi); gap && kpi->value && !gap->met) {
            missed << text::kpiTitle(kpi->key);
            how << tr("%1: %2, %3 %4").arg(text::kpiTitle(kpi->key), text::kpiValue(*kpi), gap->gap, gap->target);
        }
    if (missed.size() == 1)
        out.push_back({Weight::Warning, tr("%1 missed its target").arg(missed.front()), how.front() + u'.',
                       tr("Ask the owner of the figure; what moves it stands under Definition.")});
    else if (!missed.isEmpty())
        out.push_back({Weight::Warning,
                       tr("%n figure(s) missed their targets", nullptr, static_cast<int>(missed.size())),
                       how.join(QStringLiteral("; ")) + u'.',
                       tr("Ask the owners of the figures; what moves them stands under Definition.")});
}

/// A figure that cannot be given is a finding: why, and what would give it.
void addGaps(std::vector<ReportFinding> &out, const economics::KpiReport &report)
{
    const auto action = [](const std::string &why) {
        if (why == "coverage")
            return tr("Wait for a window that was seen whole, or look for gaps in the scrapes.");
        if (why == "no-price" || why == "price-change" || why == "currency" || why == "no-milestone")
            return tr("Complete the price book.");
        return tr("Settings lists which signal is missing and what the server must expose.");
    };
    for (const Kpi *kpi :
         {&report.totals.costPerMtok, &report.totals.revenuePerMtok, &report.totals.grossMargin, &report.utilisation,
          &report.totals.tokensPerJoule, &report.tax.total, &report.timeToMonetization})
        if (!kpi->value)
            out.push_back({Weight::Warning, tr("%1 is not known").arg(text::kpiTitle(kpi->key)),
                           tr("Because %1. It is shown as “—”, never as 0.").arg(text::kpiMissing(*kpi)),
                           action(kpi->missing)});
    for (const KpiRow &row : report.models)
        if (!row.margin.value)
            out.push_back({Weight::Warning, tr("The margin of %1 is not known").arg(nameOf(row)),
                           tr("Because %1.").arg(text::kpiMissing(row.margin)), action(row.margin.missing)});
}

void addSources(std::vector<ReportFinding> &out, const KpiDocument &document)
{
    for (const SourceLine &source : document.sources)
        if (source.freshness.error)
            out.push_back({Weight::Warning, tr("%1 does not answer").arg(productOf(source)),
                           source.freshness.at.known() ? tr("Its figures are of %1, %2.")
                                                             .arg(text::dateTime(source.freshness.at),
                                                                  text::ago(source.freshness.at, document.made))
                                                       : tr("It has not answered yet."),
                           text::nextStep(*source.freshness.error)});
}

} // namespace

QString productOf(const SourceLine &source)
{
    if (!source.product.empty())
        return text::visible(source.product);
    return source.kind == "lakefs"    ? QStringLiteral("lakeFS")
        : source.kind == "mlflow"     ? QStringLiteral("MLflow")
        : source.kind == "prometheus" ? QStringLiteral("Prometheus")
                                      : text::visible(source.kind);
}

std::vector<ReportFinding> findingsOf(const KpiDocument &document)
{
    std::vector<ReportFinding> out;
    addLosses(out, document.report);
    addSources(out, document);
    addGaps(out, document.report);
    addTax(out, document.report.tax);
    addTargets(out, document.report);
    std::stable_sort(out.begin(), out.end(), [](const auto &a, const auto &b) { return a.weight < b.weight; });
    return out;
}

QString summaryOf(const KpiDocument &document)
{
    const economics::KpiReport &report = document.report;
    const KpiRow &totals = report.totals;
    const auto against = [](const Kpi &kpi) {
        const auto gap = text::kpiTarget(kpi);
        return gap && !gap->gap.isEmpty() ? tr(" (%1 target)").arg(gap->gap) : QString();
    };
    QStringList lines;
    if (totals.costPerMtok.value && totals.revenuePerMtok.value)
        lines << tr("A million tokens cost %1%2 and earned %3%4.")
                     .arg(text::kpiValue(totals.costPerMtok), against(totals.costPerMtok),
                          text::kpiValue(totals.revenuePerMtok), against(totals.revenuePerMtok));
    else if (totals.costPerMtok.value)
        lines << tr("A million tokens cost %1%2; what they earned is not known: %3.")
                     .arg(text::kpiValue(totals.costPerMtok), against(totals.costPerMtok),
                          text::kpiMissing(totals.revenuePerMtok));
    else
        lines << tr("What a million tokens cost is not known: %1.").arg(text::kpiMissing(totals.costPerMtok));
    if (totals.grossMargin.value)
        lines << tr("Gross margin was %1%2: %3 of %4 revenue.")
                     .arg(text::kpiValue(totals.grossMargin), against(totals.grossMargin),
                          text::kpiValue(totals.margin), text::kpiValue(totals.revenue));
    QStringList losing;
    for (const KpiRow &row : report.models)
        if (row.losesMoney)
            losing << tr("%1 (%2)").arg(nameOf(row), text::kpiValue(row.margin));
    if (!losing.isEmpty())
        lines << tr("%1 of %2 models cost more than they earn: %3.")
                     .arg(losing.size())
                     .arg(report.models.size())
                     .arg(losing.mid(0, 3).join(QStringLiteral(", "))
                          + (losing.size() > 3 ? tr(" and %1 more").arg(losing.size() - 3) : QString()));
    if (report.tax.total.value)
        lines << tr("GPU time that did not compute cost %1.").arg(text::kpiValue(report.tax.total));
    return lines.join(u' ');
}

const SourceLine *stalestOf(const KpiDocument &document)
{
    const SourceLine *stalest = nullptr;
    for (const SourceLine &source : document.sources)
        if (source.freshness.at.known() && (!stalest || source.freshness.at < stalest->freshness.at))
            stalest = &source;
    return stalest;
}

QString reportName(const KpiDocument &document)
{
    QString site = text::visible(document.site).toUpper();
    for (QChar &c : site)
        if (!c.isLetterOrNumber())
            c = u'-';
    const auto end = QDateTime::fromMSecsSinceEpoch(document.report.window.to.ms, QTimeZone::utc());
    const QString name = site.left(24) + QStringLiteral("-KPI-") + end.toString(QStringLiteral("yyyyMMdd-HHmm"));
    const bool day = document.report.window.length() == core::kDay;
    return day ? name : name + u'-' + text::span(document.report.window).toUpper().remove(u' ');
}

bool isCached(const KpiDocument &document)
{
    return document.freshness.state != core::FreshnessState::Live;
}

} // namespace andon::reports
