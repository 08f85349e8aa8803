#include "ui/pages/storage/storagewords.h"

#include "text/kpitext.h"
#include "text/machinetext.h"
#include "text/plain.h"
#include "text/times.h"

#include <QCoreApplication>
#include <QStringList>

namespace andon::ui
{

namespace
{

using telemetry::Starvation;
using telemetry::Unit;

QString tr(const char *source, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("Storage", source, comment, n);
}

QString sinceWords(core::Instant since, core::Instant now)
{
    return since.known() ? tr(" since %1 (%2)").arg(text::compactTime(since, now), text::age(since, now)) : QString();
}

QString arraySentence(const factory::ArrayRow &array, core::Instant now)
{
    const bool bad = array.state.level >= telemetry::Level::Warning && array.state.level != telemetry::Level::Unknown;
    QString words = tr("%1 reads %2").arg(text::visible(array.array), text::quantity(array.read, Unit::BytesPerSecond));
    if (array.limit)
        words += tr(", of %1 that it has shown").arg(text::quantity(array.limit, Unit::BytesPerSecond));
    if (array.readLatency && array.latencyNormal && *array.latencyNormal > 0)
        words += tr(", at %1 times its normal latency").arg(text::number(*array.readLatency / *array.latencyNormal, 1));
    return words + (bad ? sinceWords(array.since, now) : QString()) + u'.';
}

} // namespace

QString verdictSentence(const factory::StorageView &view, core::Instant now)
{
    const factory::Diagnosis &diagnosis = view.diagnosis;
    QStringList parts;
    if (!view.arrays.empty())
        parts << arraySentence(view.arrays.front(), now);
    if (diagnosis.workloads.empty())
        parts << (diagnosis.serving > 0 ? tr("All workloads serve: little SM activity is normal while they decode, so "
                                             "none is judged.")
                                        : tr("No workload holds a GPU, or no series says so."));
    else if (diagnosis.waitingGpus > 0)
        parts << tr("%n GPU(s) wait for data%1.", nullptr, static_cast<int>(diagnosis.waitingGpus))
                     .arg(sinceWords(diagnosis.since, now));
    parts << text::starvationMeaning(diagnosis.verdict());
    return parts.join(u' ');
}

QString verdictAdvice(const factory::StorageView &view)
{
    const factory::Diagnosis &diagnosis = view.diagnosis;
    if (diagnosis.storageBound() && !view.arrays.empty()) {
        const factory::ArrayRow &array = view.arrays.front();
        QString words = tr("Find what reads %1 more than usual").arg(text::visible(array.array));
        if (array.read && array.readNormal)
            words += tr(": %1 now, %2 is normal")
                         .arg(text::quantity(array.read, Unit::BytesPerSecond),
                              text::quantity(array.readNormal, Unit::BytesPerSecond));
        return words
            + tr(". Cap or move that reader, or raise the limit. Metrics per export would name it; no source "
                 "has them.");
    }
    switch (diagnosis.verdict()) {
    case Starvation::InputElsewhere:
        return tr("Look at the input pipeline and the network of the hosts; storage answers as always.");
    case Starvation::UnderUsed:
        return tr("Look at the job itself: batch size, communication, or a step that waits for another.");
    case Starvation::InsufficientData:
        return diagnosis.workloads.empty() ? QString() : tr("Get the series below; each says how.");
    default:
        return {};
    }
}

QString rivalResult(const factory::RivalCheck &check)
{
    return !check.holds ? tr("not known") : *check.holds ? tr("found") : tr("ruled out");
}

QString rivalValue(const factory::RivalCheck &check)
{
    if (!check.value)
        return {};
    if (check.id == "X1")
        return tr("busy %1").arg(text::quantity(check.value, Unit::Ratio));
    if (check.id == "X4")
        return tr("busy %1").arg(text::quantity(check.value, Unit::Ratio));
    if (check.id == "X5")
        return tr("write ÷ read %1").arg(text::number(*check.value, 2));
    if (check.id == "X6")
        return tr("%1 XID").arg(text::quantity(check.value, Unit::Count));
    if (check.id == "X8")
        return tr("held %1").arg(text::duration(static_cast<std::int64_t>(*check.value) * core::kSecond));
    return text::quantity(check.value, check.unit);
}

QString pointsWords(int points)
{
    return points >= 2 ? QStringLiteral("■■") : points == 1 ? QStringLiteral("■□") : QStringLiteral("□□");
}

QString verdictSummary(const factory::StorageView &view, core::Instant now)
{
    const factory::Diagnosis &diagnosis = view.diagnosis;
    QStringList lines{text::starvationTitle(diagnosis.verdict()), verdictSentence(view, now)};
    if (diagnosis.gpuHours)
        lines << tr("Waited so far: %1 GPU-h").arg(text::number(*diagnosis.gpuHours, 1))
                + (diagnosis.cost ? QStringLiteral(", ") + text::money(*diagnosis.cost) : QString());
    for (const factory::DiagnosisRow &row : diagnosis.workloads) {
        lines << QString()
              << tr("%1: %2, %3 of %4 GPUs wait")
                     .arg(text::visible(row.nameSpace + "/" + row.pod),
                          text::starvationTitle(row.verdict.verdict).toLower())
                     .arg(row.waiting)
                     .arg(row.gpus);
        for (const telemetry::Evidence &e : row.verdict.evidence)
            if (e.value)
                lines << QStringLiteral("  %1 %2: %3 (%4 of 2 points)")
                             .arg(QString::fromStdString(e.id), text::signalName(e.id),
                                  text::signalValue(e.id, e.value))
                             .arg(e.points);
    }
    lines << QString() << tr("Other causes of the first:");
    for (const factory::RivalCheck &check : diagnosis.rivals)
        lines << QStringLiteral("  %1: %2 %3")
                     .arg(text::rivalName(check.id), rivalResult(check), rivalValue(check))
                     .trimmed();
    return lines.join(u'\n');
}

} // namespace andon::ui
