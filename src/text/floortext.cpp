#include "text/floortext.h"

#include "text/plain.h"
#include "text/times.h"

#include <QCoreApplication>

namespace andon::text
{

namespace
{

QString tr(const char *source)
{
    return QCoreApplication::translate("Floor", source);
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
    return visible(key).replace(u'-', u' ').replace(u'_', u' ');
}

QString valueOf(const lineage::KeyValues &values, const char *key)
{
    const std::string *value = lineage::find(values, key);
    return value ? visible(*value) : QStringLiteral("—");
}

} // namespace

QString stationName(telemetry::Station station)
{
    switch (station) {
    case telemetry::Station::Storage:
        return tr("Storage");
    case telemetry::Station::Compute:
        return tr("Compute");
    case telemetry::Station::Training:
        return tr("Training");
    case telemetry::Station::Deployment:
        return tr("Deployment");
    }
    return {};
}

QString figureName(const std::string &key)
{
    static const Word kNames[] = {
        {"storage.read", QT_TRANSLATE_NOOP("Floor", "Read")},
        {"storage.write", QT_TRANSLATE_NOOP("Floor", "Write")},
        {"storage.iops", QT_TRANSLATE_NOOP("Floor", "IOPS")},
        {"storage.read_latency", QT_TRANSLATE_NOOP("Floor", "Read latency")},
        {"storage.limit", QT_TRANSLATE_NOOP("Floor", "Highest of 7 days")},
        {"storage.arrays", QT_TRANSLATE_NOOP("Floor", "Arrays")},
        {"storage.space", QT_TRANSLATE_NOOP("Floor", "Space used, fullest array")},
        {"compute.quota", QT_TRANSLATE_NOOP("Floor", "Quota")},
        {"compute.allocated", QT_TRANSLATE_NOOP("Floor", "Allocated")},
        {"compute.computing", QT_TRANSLATE_NOOP("Floor", "Computing")},
        {"compute.starved", QT_TRANSLATE_NOOP("Floor", "Waiting for data")},
        {"compute.idle", QT_TRANSLATE_NOOP("Floor", "Held idle, 30 min")},
        {"compute.power", QT_TRANSLATE_NOOP("Floor", "Power")},
        {"compute.xid", QT_TRANSLATE_NOOP("Floor", "XID errors")},
        {"training.running", QT_TRANSLATE_NOOP("Floor", "Runs under way")},
        {"training.pinned", QT_TRANSLATE_NOOP("Floor", "Data commit pinned")},
        {"training.finished", QT_TRANSLATE_NOOP("Floor", "Finished, 24 h")},
        {"training.failed", QT_TRANSLATE_NOOP("Floor", "Failed, 24 h")},
        {"training.longest", QT_TRANSLATE_NOOP("Floor", "Longest")},
        {"training.gates_skipped", QT_TRANSLATE_NOOP("Floor", "Merges past a gate, 14 d")},
        {"deployment.tokens", QT_TRANSLATE_NOOP("Floor", "Tokens served")},
        {"deployment.generated", QT_TRANSLATE_NOOP("Floor", "Generated tokens")},
        {"deployment.ttft", QT_TRANSLATE_NOOP("Floor", "First token, p95")},
        {"deployment.waiting", QT_TRANSLATE_NOOP("Floor", "Requests waiting")},
        {"deployment.quality_drop", QT_TRANSLATE_NOOP("Floor", "Quality drop")},
        {"deployment.losing", QT_TRANSLATE_NOOP("Floor", "Models that lose money")},
        {"deployment.models", QT_TRANSLATE_NOOP("Floor", "Models served")},
        {"gpu.sm_active", QT_TRANSLATE_NOOP("Floor", "GPUs computing")},
        {"gpu.busy", QT_TRANSLATE_NOOP("Floor", "GPUs busy")},
        {"gpu.power", QT_TRANSLATE_NOOP("Floor", "GPU power")},
    };
    return lookUp(kNames, key);
}

QString figureMissing(const std::string &why)
{
    static const Word kReasons[] = {
        {"no-series", QT_TRANSLATE_NOOP("Floor", "no series gives this")},
        {"no-runs", QT_TRANSLATE_NOOP("Floor", "no runs are known yet")},
        {"not-configured", QT_TRANSLATE_NOOP("Floor", "no source for this is configured")},
    };
    return lookUp(kReasons, why);
}

QString attentionTitle(const std::string &key, const lineage::KeyValues &values)
{
    if (key == "storage-bound")
        return tr("%1 GPUs wait for storage on %2").arg(valueOf(values, "gpus"), valueOf(values, "array"));
    if (key == "quality-drop")
        return tr("%1 is worse than the version before it").arg(valueOf(values, "model"));
    if (key == "model-loses-money")
        return tr("%1 costs more than it earns").arg(valueOf(values, "model"));
    if (key == "gate-skipped")
        return tr("Data was merged past the gate %1").arg(valueOf(values, "hook"));
    if (key == "alert")
        return tr("Alert: %1").arg(valueOf(values, "name"));
    if (key == "idle-gpus")
        return tr("%1 GPUs are held but idle").arg(valueOf(values, "gpus"));
    if (key == "source-stale")
        return tr("%1 does not answer; figures are from the cache").arg(valueOf(values, "source"));
    return visible(key);
}

QString acknowledgedBy(std::string_view who, core::Instant at, std::string_view note, core::Instant now)
{
    const QString by = tr("ack %1 %2").arg(visible(who), ago(at, now));
    return note.empty() ? by : tr("%1: %2").arg(by, visible(note));
}

QString attentionNext(const std::string &key)
{
    static const Word kNext[] = {
        {"storage-bound", QT_TRANSLATE_NOOP("Floor", "Open diagnosis")},
        {"quality-drop", QT_TRANSLATE_NOOP("Floor", "Trace it to its data")},
        {"model-loses-money", QT_TRANSLATE_NOOP("Floor", "Why this number")},
        {"idle-gpus", QT_TRANSLATE_NOOP("Floor", "Show the GPUs")},
        {"source-stale", QT_TRANSLATE_NOOP("Floor", "Open settings")},
        {"gate-skipped", QT_TRANSLATE_NOOP("Floor", "Show the commit")},
        {"alert", QT_TRANSLATE_NOOP("Floor", "Show where")},
    };
    return lookUp(kNext, key);
}

QString nodeKind(lineage::NodeKind kind)
{
    switch (kind) {
    case lineage::NodeKind::Source:
        return tr("Source");
    case lineage::NodeKind::DataCommit:
        return tr("Data commit");
    case lineage::NodeKind::Dataset:
        return tr("Dataset");
    case lineage::NodeKind::Run:
        return tr("Run");
    case lineage::NodeKind::ModelVersion:
        return tr("Model version");
    case lineage::NodeKind::Deployment:
        return tr("Deployment");
    }
    return {};
}

QString edgeMethod(lineage::EdgeMethod method)
{
    switch (method) {
    case lineage::EdgeMethod::Declared:
        return tr("declared");
    case lineage::EdgeMethod::Label:
        return tr("label");
    case lineage::EdgeMethod::UriEqual:
        return tr("URI equal");
    case lineage::EdgeMethod::NameMatched:
        return tr("name matched");
    case lineage::EdgeMethod::Inferred:
        return tr("inferred");
    case lineage::EdgeMethod::Asserted:
        return tr("asserted");
    }
    return {};
}

QString edgeMethodMeaning(lineage::EdgeMethod method)
{
    switch (method) {
    case lineage::EdgeMethod::Declared:
        return tr("Whoever made it said so, by an id that cannot change.");
    case lineage::EdgeMethod::Label:
        return tr("A tag named it, and its target at that time is known.");
    case lineage::EdgeMethod::UriEqual:
        return tr("The addresses of the objects are the same.");
    case lineage::EdgeMethod::NameMatched:
        return tr("Name and version agree; nothing pins the content.");
    case lineage::EdgeMethod::Inferred:
        return tr("Concluded from what was there at that time; nobody said so.");
    case lineage::EdgeMethod::Asserted:
        return tr("A person said so.");
    }
    return {};
}

QString findingSentence(const lineage::Finding &finding)
{
    static const Word kSentences[] = {
        {"weak-digest", QT_TRANSLATE_NOOP("Floor", "The dataset's digest is weak: it covers part of the rows.")},
        {"unpinned", QT_TRANSLATE_NOOP("Floor", "The run read a branch, not a commit: what it saw is not pinned.")},
        {"shared-dataset-row",
         QT_TRANSLATE_NOOP("Floor", "Several runs share this dataset's record: its source may be an earlier run's.")},
        {"source-disagrees",
         QT_TRANSLATE_NOOP("Floor", "The registry names another commit than the run's own tag; the tag is used.")},
        {"gate-skipped", QT_TRANSLATE_NOOP("Floor", "The data was merged past a quality gate that did not run.")},
        {"gate-failed", QT_TRANSLATE_NOOP("Floor", "A quality gate failed on this data.")},
        {"deleted-run", QT_TRANSLATE_NOOP("Floor", "The run was deleted in the registry.")},
        {"missing-run", QT_TRANSLATE_NOOP("Floor", "The registry does not have the run that made it.")},
        {"no-run", QT_TRANSLATE_NOOP("Floor", "The version does not say which run made it.")},
        {"missing-dataset", QT_TRANSLATE_NOOP("Floor", "The run did not log the data that it read.")},
        {"no-commit", QT_TRANSLATE_NOOP("Floor", "Nothing leads from this dataset to a commit.")},
        {"commit-unknown", QT_TRANSLATE_NOOP("Floor", "The commit that is named is not in the repository.")},
    };
    return lookUp(kSentences, finding.key);
}

QString factName(const std::string &key)
{
    return visible(key).replace(u'_', u' ');
}

} // namespace andon::text
