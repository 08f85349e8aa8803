#include "reports/kpiblocks.h"

#include "reports/kpifindings.h"
#include "text/errortext.h"
#include "text/kpiexplain.h"
#include "text/kpitext.h"
#include "text/plain.h"
#include "text/times.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace andon::reports
{

namespace
{

using economics::Kpi;
using economics::KpiRow;

constexpr double kAll = kPageWidth - 2 * kMargin;
constexpr std::size_t kLongest = 900; // characters of a query on paper

QString tr(const char *source, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("Report", source, comment, n);
}

QString percent(double share, int decimals = 1)
{
    return text::number(share * 100, decimals) + QStringLiteral("\u00a0%");
}

QString ownerOf(const economics::KpiReport &report, const std::string &key)
{
    const auto found = report.owners.find(key);
    return found == report.owners.end() ? QString() : text::visible(found->second);
}

/// The figures of the report in its order; the tax is held against its budget.
std::vector<Kpi> keyFigures(const economics::KpiReport &report)
{
    Kpi tax = report.tax.total;
    if (report.tax.budget)
        tax.target = *report.tax.budget;
    const KpiRow &t = report.totals;
    return {t.costPerMtok, t.outputCostPerMtok,       t.revenuePerMtok,   t.grossMargin,    t.margin,
            tax,           report.timeToMonetization, report.utilisation, t.tokensPerJoule, t.tokensPerSecond};
}

PaperCell value(const Kpi &kpi, bool strong = false)
{
    return {.text = text::kpiValue(kpi), .strong = strong, .colour = kpi.value ? ink::kText : ink::kMuted};
}

Mark markOf(ReportFinding::Weight weight)
{
    return weight == ReportFinding::Weight::Major  ? Mark::Major
        : weight == ReportFinding::Weight::Warning ? Mark::Warning
                                                   : Mark::Fine;
}

} // namespace

void addFacts(Sections &sections, const KpiDocument &document)
{
    const economics::KpiReport &report = document.report;
    int answered = 0;
    for (const SourceLine &source : document.sources)
        answered += source.freshness.error || !source.freshness.at.known() ? 0 : 1;
    const double hours = static_cast<double>(report.window.length()) / core::kHour;
    const double quota = hours > 0 ? static_cast<double>(report.tax.quotaMicroHours) / 1e6 / hours : 0;
    QString price = QStringLiteral("—");
    for (const text::KpiInputLine &line : text::kpiInputLines(report.totals.cost))
        if (line.name == text::kpiInputName("gpu_hour_price"))
            price = line.value;
    const std::pair<QString, QString> left[] = {
        {tr("Site"), text::visible(document.site)},
        {tr("Period"),
         tr("%1 to %2 · %3")
             .arg(text::dateTime(report.window.from), text::dateTime(report.window.to), text::span(report.window))},
        {tr("Basis"), tr("cost by allocation, input and output tokens, %1").arg(text::visible(report.currency.code))}};
    const std::pair<QString, QString> right[] = {
        {tr("Quota"), quota > 0 ? tr("%1 GPUs, %2 per GPU-hour").arg(text::number(quota, 0), price) : price},
        {tr("Models"), tr("%1 serving").arg(report.models.size())},
        {tr("Sources"), tr("%1 of %2 answered the last time").arg(answered).arg(document.sources.size())}};
    const TextStyle name{.size = 8.5, .colour = ink::kMuted};
    const TextStyle plain{.size = 8.5};
    const double half = kAll * 0.56;
    for (int i = 0; i < 3; ++i) {
        const auto l = left[i];
        const auto r = right[i];
        const double height =
            std::max(textHeight(l.second, half - 62, plain), textHeight(r.second, kAll - half - 52, plain)) + 2;
        sections.custom(height, [=](QPainter &painter, double y) {
            drawText(painter, kMargin, y, 54, l.first, name);
            drawText(painter, kMargin + 54, y, half - 62, l.second, plain);
            drawText(painter, kMargin + half, y, 46, r.first, name);
            drawText(painter, kMargin + half + 52, y, kAll - half - 52, r.second, plain);
        });
    }
    sections.custom(6, [](QPainter &painter, double y) { drawRule(painter, y + 3); });
    sections.paragraph(summaryOf(document), {.size = 11}, 6, 0);
}

void addKeyFigures(Sections &sections, const KpiDocument &document)
{
    sections.heading(tr("Key figures"), tr("definition, basis and owner; against the targets of the price book"));
    std::vector<std::vector<PaperCell>> rows;
    for (const Kpi &kpi : keyFigures(document.report)) {
        const auto gap = text::kpiTarget(kpi);
        const auto coverage = text::kpiCoverage(kpi);
        const QString owner = ownerOf(document.report, kpi.key);
        PaperCell state{.text = tr("no target"), .colour = ink::kMuted};
        if (!kpi.value)
            state = {.text = tr("not known"), .mark = Mark::Stale};
        else if (gap)
            state = {.text = gap->met ? tr("On target") : tr("Off target"),
                     .mark = gap->met ? Mark::Fine : Mark::Warning,
                     .colour = gap->met ? ink::kText : ink::kWarning};
        if (coverage)
            state.note = tr("seen %1").arg(percent(*coverage, 0));
        PaperCell actual = value(kpi, true);
        rows.push_back(
            {{.text = text::kpiTitle(kpi.key), .note = owner.isEmpty() ? tr("no owner named") : owner, .strong = true},
             {.text = text::kpiLongFormula(kpi.formula),
              .note = kpi.value ? text::kpiBasis(kpi.key) : tr("Not known: %1.").arg(text::kpiMissing(kpi)),
              .colour = ink::kSecond},
             actual,
             {.text = gap ? gap->target : QStringLiteral("—"), .colour = gap ? ink::kText : ink::kMuted},
             {.text = gap && kpi.value ? gap->gap : QStringLiteral("—"),
              .colour = gap && kpi.value ? ink::kText : ink::kMuted},
             state});
    }
    sections.table({{tr("Figure and owner"), 126},
                    {tr("Definition and basis"), 156},
                    {tr("Actual"), 56, true},
                    {tr("Target"), 48, true},
                    {tr("Against target"), 66, true},
                    {tr("Status"), kAll - 452}},
                   std::move(rows));
}

void addFindings(Sections &sections, const KpiDocument &document)
{
    const auto findings = findingsOf(document);
    sections.heading(tr("Findings and actions"),
                     findings.empty() ? QString() : tr("%1, worst first").arg(findings.size()));
    if (findings.empty())
        return sections.paragraph(tr("None: every figure is known, on target, and from sources that answer."),
                                  {.size = 8.5, .colour = ink::kSecond});
    std::vector<std::vector<PaperCell>> rows;
    for (const ReportFinding &finding : findings)
        rows.push_back({{.text = finding.title, .note = finding.detail, .mark = markOf(finding.weight), .strong = true},
                        {.text = finding.action, .colour = ink::kSecond}});
    sections.table({{tr("Finding"), kAll * 0.56}, {tr("Action"), kAll * 0.44}}, std::move(rows));
}

void addModels(Sections &sections, const KpiDocument &document)
{
    sections.heading(tr("Margin by model"),
                     tr("smallest margin first; totals are ratios of sums; energy at the GPU board"));
    std::vector<std::vector<PaperCell>> rows;
    const auto tokens = [](std::optional<std::int64_t> count) {
        return PaperCell{.text = !count    ? QStringLiteral("—")
                             : *count == 0 ? tr("none")
                                           : text::compact(static_cast<double>(*count)),
                         .colour = count && *count > 0 ? ink::kText : ink::kMuted};
    };
    const auto add = [&](const KpiRow &row, const QString &name) {
        std::vector<PaperCell> cells{{.text = name, .mark = row.losesMoney ? Mark::Warning : Mark::None},
                                     tokens(row.inputTokens),
                                     tokens(row.outputTokens),
                                     {.text = text::number(row.gpus, 0)},
                                     value(row.costPerMtok),
                                     value(row.revenuePerMtok),
                                     value(row.marginPerMtok),
                                     value(row.margin),
                                     value(row.grossMargin),
                                     value(row.utilisation)};
        if (!row.margin.value)
            cells[0].note = text::kpiMissing(row.margin);
        else if (row.losesMoney)
            cells[0].note = tr("loses money");
        if (row.losesMoney)
            for (PaperCell &cell : cells)
                cell.colour = ink::kWarning;
        rows.push_back(std::move(cells));
    };
    for (const KpiRow &row : document.report.models)
        add(row, text::visible(row.model.value + (row.version.empty() ? "" : "@" + row.version.value)));
    add(document.report.totals, tr("%n model(s)", nullptr, static_cast<int>(document.report.models.size())));
    sections.table({{tr("Model"), 117, false, 8.2},
                    {tr("In"), 42, true, 8.2},
                    {tr("Out"), 42, true, 8.2},
                    {tr("GPUs"), 30, true, 8.2},
                    {tr("Cost per 1\u00a0M"), 46, true, 8.2},
                    {tr("Revenue per 1\u00a0M"), 48, true, 8.2},
                    {tr("Margin per 1\u00a0M"), 50, true, 8.2},
                    {tr("Margin"), 56, true, 8.2},
                    {tr("Margin, %"), 44, true, 8.2},
                    {tr("GPU busy"), kAll - 475, true, 8.2}},
                   std::move(rows), true);
}

void addTax(Sections &sections, const KpiDocument &document)
{
    const economics::Tax &tax = document.report.tax;
    QString note = tax.quotaMicroHours > 0
        ? tr("quota %1 GPU-hours").arg(text::number(static_cast<double>(tax.quotaMicroHours) / 1e6, 1))
        : QString();
    if (tax.budget)
        note += tr(", budget of what may not compute %1").arg(text::money(*tax.budget));
    sections.heading(tr("Utilisation tax"), note);
    if (tax.classes.empty() || tax.quotaMicroHours <= 0)
        return sections.paragraph(tr("Not known: %1.").arg(text::kpiMissing(tax.total)),
                                  {.size = 8.5, .colour = ink::kSecond});
    sections.custom(
        16,
        [tax](QPainter &painter, double y) {
            double x = kMargin;
            for (const economics::TaxClass &part : tax.classes) {
                const double width =
                    kAll * static_cast<double>(part.microHours) / static_cast<double>(tax.quotaMicroHours);
                const QRectF bar(x, y + 1, std::max(0.0, width - 0.8), 10);
                const bool none = part.key == "unallocated";
                painter.fillRect(bar,
                                 none                        ? QColor(Qt::white)
                                     : part.key == "starved" ? ink::kMajor
                                     : part.key == "idle"    ? ink::kWarning
                                                             : QColor(0xB4, 0xBA, 0xC2));
                painter.setPen(QPen(ink::kGrey, 0.6));
                for (double s = bar.left() + 3; none && s < bar.right(); s += 4)
                    painter.drawLine(QPointF(s, bar.top()), QPointF(std::max(bar.left(), s - 3), bar.bottom()));
                if (none)
                    painter.drawRect(bar);
                x += width;
            }
        },
        0, true);
    std::vector<std::vector<PaperCell>> rows;
    std::int64_t wasted = 0;
    for (const economics::TaxClass &part : tax.classes) {
        wasted += part.key == "busy" ? 0 : part.microHours;
        rows.push_back(
            {{.text = text::taxName(part.key),
              .mark = part.key == "starved" ? Mark::Major
                  : part.key == "idle"      ? Mark::Warning
                  : part.key == "busy"      ? Mark::Fine
                                            : Mark::Stale},
             {.text = text::taxMeaning(part.key), .colour = ink::kSecond},
             {.text = text::number(static_cast<double>(part.microHours) / 1e6, 1)},
             {.text = percent(static_cast<double>(part.microHours) / static_cast<double>(tax.quotaMicroHours))},
             value(part.cost)});
    }
    rows.push_back({{.text = tr("Did not compute")},
                    {},
                    {.text = text::number(static_cast<double>(wasted) / 1e6, 1)},
                    {.text = percent(static_cast<double>(wasted) / static_cast<double>(tax.quotaMicroHours))},
                    value(tax.total)});
    sections.table({{tr("GPU time of the quota"), 92, false, 8.2},
                    {tr("Each hour falls into the first that holds, from below"), 272, false, 8.2},
                    {tr("GPU-hours"), 50, true, 8.2},
                    {tr("Share"), 42, true, 8.2},
                    {tr("Money"), kAll - 456, true, 8.2}},
                   std::move(rows), true);
}

void addReleases(Sections &sections, const KpiDocument &document)
{
    const auto &releases = document.report.releases;
    if (releases.empty())
        return;
    const auto target = text::kpiTarget(document.report.timeToMonetization);
    sections.heading(tr("Time to monetization"),
                     tr("energised to first paid token%1; carry cost = price × GPUs × time")
                         .arg(target ? tr(", target %1").arg(target->target) : QString()));
    const auto day = [](core::Instant at) {
        return PaperCell{.text = at.known() ? text::dateTime(at).left(10) : QStringLiteral("—"),
                         .colour = at.known() ? ink::kText : ink::kMuted};
    };
    std::vector<std::vector<PaperCell>> rows;
    for (const economics::ReleaseRow &row : releases) {
        const auto gap = text::kpiTarget(row.sinceEnergised);
        const PaperCell days = value(row.sinceEnergised, true);
        rows.push_back({{.text = text::visible(row.release.name), .strong = true},
                        {.text = text::count(row.release.gpus)},
                        day(row.release.energised),
                        day(row.release.busy),
                        day(row.release.firstToken),
                        day(row.release.firstPaid),
                        day(row.release.ramped),
                        days,
                        {.text = gap && row.sinceEnergised.value ? gap->gap : QStringLiteral("—"),
                         .colour = gap && !gap->met ? ink::kWarning : ink::kText},
                        value(row.carry)});
    }
    sections.table({{tr("Release"), 70, false, 8.2},
                    {tr("GPUs"), 32, true, 8.2},
                    {tr("Energised"), 54, true, 8.2},
                    {tr("First busy"), 54, true, 8.2},
                    {tr("First token"), 54, true, 8.2},
                    {tr("First paid"), 54, true, 8.2},
                    {tr("Ramped"), 54, true, 8.2},
                    {tr("Days"), 32, true, 8.2},
                    {tr("Against target"), 46, true, 8.2},
                    {tr("Carry cost"), kAll - 450, true, 8.2}},
                   std::move(rows));
}

void addProvenance(Sections &sections, const KpiDocument &document)
{
    sections.heading(tr("Provenance"), tr("the raw answers that the figures were counted from, each once"));
    std::vector<std::vector<PaperCell>> rows;
    for (const SourceLine &source : document.sources) {
        const bool failed = source.freshness.error.has_value();
        rows.push_back({{.text = productOf(source), .mark = failed ? Mark::Stale : Mark::Fine, .strong = true},
                        {.text = text::freshnessLine(source.freshness, document.made)}});
    }
    if (!rows.empty())
        sections.table({{tr("Source"), 130}, {tr("How it answered the last time"), kAll - 130}}, std::move(rows));
    std::vector<core::Evidence> answers;
    const auto take = [&](const Kpi &kpi) {
        for (const core::Evidence &e : text::kpiAnswers(kpi))
            if (std::none_of(answers.begin(), answers.end(),
                             [&](const core::Evidence &a) { return a.sha256 == e.sha256 && a.request == e.request; }))
                answers.push_back(e);
    };
    for (const Kpi &kpi : keyFigures(document.report))
        take(kpi);
    for (const economics::TaxClass &part : document.report.tax.classes)
        take(part.cost);
    if (answers.empty())
        return sections.paragraph(tr("No raw answer is known: the figures come from the price book alone."),
                                  {.size = 8.5, .colour = ink::kSecond}, 4);
    rows.clear();
    const QString period =
        tr("%1 to %2").arg(text::dateTime(document.report.window.from), text::dateTime(document.report.window.to));
    for (const core::Evidence &e : answers) {
        text::AskedQuery asked = text::askedQuery(e.request.substr(0, kLongest));
        if (asked.range.startsWith(period)) // said once, above
            asked.range = tr("the period%1").arg(asked.range.mid(period.size()));
        rows.push_back({{.text = asked.query + (e.request.size() > kLongest ? QStringLiteral("…") : QString()),
                         .note = asked.call + (asked.range.isEmpty() ? QString() : QStringLiteral(", ") + asked.range),
                         .mono = true},
                        {.text = text::dateTime(e.at), .note = text::visible(e.source.value)},
                        {.text = e.bytes > 0 ? text::bytes(e.bytes) : QStringLiteral("—")},
                        {.text = text::visible(e.sha256), .mono = true, .colour = ink::kSecond}});
    }
    sections.custom(
        6, [](QPainter &, double) {}, 0, true);
    sections.table({{tr("Query"), 222, false, 8},
                    {tr("Answered"), 92, false, 8},
                    {tr("Bytes"), 46, true, 8},
                    {tr("SHA-256 of the body"), kAll - 360, false, 8}},
                   std::move(rows));
}

} // namespace andon::reports
