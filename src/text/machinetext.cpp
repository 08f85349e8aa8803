#include "text/machinetext.h"

#include "text/kpitext.h"
#include "text/plain.h"
#include "text/times.h"

#include <QCoreApplication>
#include <QStringList>

namespace andon::text
{

namespace
{

QString tr(const char *source)
{
    return QCoreApplication::translate("Machines", source);
}

struct Word {
    const char *key;
    const char *words;
};

template <std::size_t N> QString lookUp(const Word (&table)[N], const std::string &key)
{
    for (const Word &word : table)
        if (key == word.key)
            return tr(word.words);
    return {};
}

QString about(const StationFacts &facts, const char *key)
{
    const std::string *value = lineage::find(facts.about, key);
    return value ? visible(*value) : QStringLiteral("—");
}

QString read(const telemetry::StationState &state, const char *figure)
{
    for (const telemetry::Reading &reading : state.readings)
        if (reading.figure == figure)
            return readingValue(reading.figure, reading.value);
    return QStringLiteral("—");
}

QString sinceWords(const StationFacts &facts, core::Instant now)
{
    return facts.since.known() ? tr(" since %1").arg(compactTime(facts.since, now)) : QString();
}

QString costWords(const StationFacts &facts)
{
    if (!facts.gpuHours)
        return {};
    const QString hours = tr("%1 GPU-h").arg(number(*facts.gpuHours, *facts.gpuHours < 100 ? 1 : 0));
    return facts.cost ? tr(" So far %1, %2.").arg(hours, money(*facts.cost, 0)) : tr(" So far %1.").arg(hours);
}

QString ofComputing(const telemetry::StationState &state, const StationFacts &facts, core::Instant now)
{
    QString words = tr("%1 of %2 allocated GPUs (%3) are busy but wait for data%4.")
                        .arg(about(facts, "gpus"), about(facts, "allocated"), read(state, "compute.starved_share"),
                             sinceWords(facts, now));
    const std::string *verdict = lineage::find(facts.about, "verdict");
    if (verdict)
        words += tr(" Storage-bound, %1.").arg(visible(*verdict));
    return words + costWords(facts);
}

QString ofQuality(const telemetry::StationState &state, const StationFacts &facts, core::Instant now)
{
    const QString fall =
        tr("%1 is %2 below @%3")
            .arg(about(facts, "model"), read(state, "deployment.quality_drop"), about(facts, "before"));
    const QString numbers = facts.now && facts.before
        ? tr(": %1 %2 after %3").arg(about(facts, "metric"), number(*facts.now, 3), number(*facts.before, 3))
        : QString();
    return fall + numbers + sinceWords(facts, now) + u'.';
}

/// No rule holds, or none of them can be asked.
QString ofReadings(const telemetry::StationState &state)
{
    QStringList known;
    QStringList missing;
    for (const telemetry::Reading &reading : state.readings) {
        const QString name = readingName(reading.figure);
        if (reading.value)
            known << name.left(1).toLower() + name.mid(1) + u' ' + readingValue(reading.figure, reading.value);
        else
            missing << name.left(1).toLower() + name.mid(1);
    }
    if (state.level == telemetry::Level::Unknown)
        return missing.isEmpty() ? tr("No rule is known for this station.")
                                 : tr("Cannot tell: no source gives %1.").arg(missing.join(QStringLiteral(", ")));
    return tr("No rule holds: %1.").arg(known.join(QStringLiteral(", ")));
}

} // namespace

QString readingName(const std::string &figure)
{
    static const Word kNames[] = {
        {"storage.limit_share", QT_TRANSLATE_NOOP("Machines", "Read ÷ highest of 7 days")},
        {"storage.latency_ratio", QT_TRANSLATE_NOOP("Machines", "Read latency ÷ normal")},
        {"compute.starved_share", QT_TRANSLATE_NOOP("Machines", "GPUs that wait for data")},
        {"compute.idle_share", QT_TRANSLATE_NOOP("Machines", "GPUs held idle")},
        {"training.failed", QT_TRANSLATE_NOOP("Machines", "Failed runs in 24 h")},
        {"training.gates_skipped", QT_TRANSLATE_NOOP("Machines", "Merges past a gate in 14 days")},
        {"deployment.quality_drop", QT_TRANSLATE_NOOP("Machines", "Largest quality drop")},
        {"deployment.ttft", QT_TRANSLATE_NOOP("Machines", "First token, p95")},
    };
    const QString name = lookUp(kNames, figure);
    return name.isEmpty() ? visible(figure) : name;
}

QString readingValue(const std::string &figure, std::optional<double> value)
{
    if (!value)
        return QStringLiteral("—");
    const QString key = QString::fromStdString(figure);
    if (key.endsWith(QStringLiteral("_share")) || key.endsWith(QStringLiteral("_drop")))
        return quantity(value, telemetry::Unit::Ratio);
    if (key.endsWith(QStringLiteral("_ratio")))
        return number(*value, 1) + QStringLiteral("\u00a0×");
    if (key.endsWith(QStringLiteral(".ttft")))
        return quantity(value, telemetry::Unit::Seconds);
    return quantity(value, telemetry::Unit::None);
}

QString stationSentence(const telemetry::StationState &state, const StationFacts &facts, core::Instant now)
{
    if (state.rule == "storage-saturated")
        return tr("%1 reads at %2 of the most that it has shown in 7 days and answers %3 slower than normal%4.")
            .arg(about(facts, "array"), read(state, "storage.limit_share"), read(state, "storage.latency_ratio"),
                 sinceWords(facts, now));
    if (state.rule == "storage-slow")
        return tr("%1 answers reads %2 slower than normal%3.")
            .arg(about(facts, "array"), read(state, "storage.latency_ratio"), sinceWords(facts, now));
    if (state.rule == "compute-starving")
        return ofComputing(state, facts, now);
    if (state.rule == "compute-idle")
        return tr("%1 of %2 allocated GPUs (%3) have computed nothing for 30 minutes.")
            .arg(about(facts, "idle"), about(facts, "allocated"), read(state, "compute.idle_share"));
    if (state.rule == "training-failing")
        return tr("%1 runs failed in the last 24 hours.").arg(read(state, "training.failed"));
    if (state.rule == "training-gate")
        return tr("%1 in 14 days. The newest: into %2 of %3 past %4, %5.")
            .arg(read(state, "training.gates_skipped") == u"1"
                     ? tr("1 merge past a gate")
                     : tr("%1 merges past a gate").arg(read(state, "training.gates_skipped")),
                 about(facts, "branch"), about(facts, "repository"), about(facts, "hook"), ago(facts.since, now));
    if (state.rule == "deployment-quality")
        return ofQuality(state, facts, now);
    if (state.rule == "deployment-slow")
        return tr("95 % of first tokens come within %1, the rest later.").arg(read(state, "deployment.ttft"));
    if (state.rule.empty())
        return ofReadings(state);
    QStringList numbers; // a rule that people wrote
    for (const telemetry::Reading &reading : state.readings)
        numbers << readingName(reading.figure) + u' ' + readingValue(reading.figure, reading.value);
    return visible(state.text) + u' ' + numbers.join(QStringLiteral(", ")) + u'.';
}

QString stationRule(const telemetry::StationState &state)
{
    QStringList lines;
    if (!state.rule.empty())
        lines << tr("Rule %1 of stations.yaml").arg(visible(state.rule));
    lines << visible(state.text);
    for (const telemetry::Reading &reading : state.readings)
        lines << tr("%1: %2 (rule: %3 %4)")
                     .arg(readingName(reading.figure), readingValue(reading.figure, reading.value),
                          reading.op == ">="       ? QStringLiteral("≥")
                              : reading.op == "<=" ? QStringLiteral("≤")
                                                   : visible(reading.op),
                          readingValue(reading.figure, reading.bound));
    return lines.join(u'\n');
}

QString starvationTitle(telemetry::Starvation verdict)
{
    using telemetry::Starvation;
    switch (verdict) {
    case Starvation::StorageConfirmed:
        return tr("Storage-bound, confirmed");
    case Starvation::StorageProbable:
        return tr("Storage-bound, probable");
    case Starvation::StoragePossible:
        return tr("Storage-bound, possible");
    case Starvation::InputElsewhere:
        return tr("Waits for input, not for storage");
    case Starvation::UnderUsed:
        return tr("Under-used, not for want of data");
    case Starvation::NotStarved:
        return tr("Not storage-bound");
    case Starvation::InsufficientData:
        break;
    }
    return tr("Not enough data for a verdict");
}

QString starvationMeaning(telemetry::Starvation verdict)
{
    using telemetry::Starvation;
    switch (verdict) {
    case Starvation::StorageConfirmed:
        return tr("The data loaders say that they wait, and storage shows why.");
    case Starvation::StorageProbable:
        return tr("Hosts wait for I/O, storage is strained, no other cause was found.");
    case Starvation::StoragePossible:
        return tr("Storage shows strain while GPUs are under-fed; the signals are too few, or another cause is there.");
    case Starvation::InputElsewhere:
        return tr("Input is late, but storage answers as it always does.");
    case Starvation::UnderUsed:
        return tr("GPUs compute little, and nothing says that they wait for data.");
    case Starvation::NotStarved:
        return tr("Every workload that was judged gets its data in time.");
    case Starvation::InsufficientData:
        break;
    }
    return tr("The series that the rule needs are missing.");
}

} // namespace andon::text
