// Words for the signals and exclusions of the storage diagnosis.
#include "text/kpitext.h"
#include "text/machinetext.h"
#include "text/plain.h"

#include <QCoreApplication>

#include <cmath>

namespace andon::text
{

namespace
{

struct Entry {
    const char *id;
    const char *name;
    const char *meaning;
    const char *enable;
};

constexpr Entry kEntries[] = {
    {"D1", QT_TRANSLATE_NOOP("Machines", "Data loader blocked"),
     QT_TRANSLATE_NOOP("Machines",
                       "Share of the time that the training loop waits for its next batch. Direct: it decides."),
     QT_TRANSLATE_NOOP("Machines",
                       "Let the data loader report it, as Ray Data does: ray_data_iter_total_blocked_seconds.")},
    {"E1", QT_TRANSLATE_NOOP("Machines", "Host I/O pressure"),
     QT_TRANSLATE_NOOP("Machines", "Share of the time that some task of the workload's hosts waits for I/O (PSI)."),
     QT_TRANSLATE_NOOP("Machines", "node_exporter, collector pressure; the kernel needs PSI.")},
    {"E2", QT_TRANSLATE_NOOP("Machines", "I/O wait"),
     QT_TRANSLATE_NOOP("Machines", "Share of the hosts' CPU time that is idle because of I/O."),
     QT_TRANSLATE_NOOP("Machines", "node_exporter, collector cpu.")},
    {"E3", QT_TRANSLATE_NOOP("Machines", "Read latency ÷ normal"),
     QT_TRANSLATE_NOOP("Machines", "Of the worst array, against the median of 7 days."),
     QT_TRANSLATE_NOOP("Machines", "The array's exporter, with a day of history at least.")},
    {"E4", QT_TRANSLATE_NOOP("Machines", "Read ÷ highest of 7 days"),
     QT_TRANSLATE_NOOP("Machines", "How near the worst array is to the most that it has shown."),
     QT_TRANSLATE_NOOP("Machines", "The array's exporter, with a day of history at least.")},
    {"E5", QT_TRANSLATE_NOOP("Machines", "SM activity by latency, r"),
     QT_TRANSLATE_NOOP("Machines",
                       "Pearson's r of SM activity and latency or pressure over the half hour, best of 4 lags. "
                       "It is near 0 once both have settled."),
     QT_TRANSLATE_NOOP("Machines", "SM activity and latency at one sample a minute, 15 at least, that vary.")},
    {"E6", QT_TRANSLATE_NOOP("Machines", "Delivered ÷ required"),
     QT_TRANSLATE_NOOP("Machines", "Bytes that reach a GPU against what it reads while it is well fed."),
     QT_TRANSLATE_NOOP("Machines", "Reads of each node: node_exporter with --collector.mountstats.")},
    {"E7", QT_TRANSLATE_NOOP("Machines", "GPU saw-tooth, deviation"),
     QT_TRANSLATE_NOOP("Machines", "Standard deviation of SM activity over 10 minutes; it counts while power is low."),
     QT_TRANSLATE_NOOP("Machines", "dcgm-exporter: DCGM_FI_DEV_POWER_USAGE, with a day of history at least.")},
    {"X1", QT_TRANSLATE_NOOP("Machines", "CPU preprocessing"),
     QT_TRANSLATE_NOOP("Machines", "A host's CPU is 90 % busy or more while storage is well."),
     QT_TRANSLATE_NOOP("Machines", "node_exporter, collector cpu.")},
    {"X2", QT_TRANSLATE_NOOP("Machines", "Network"),
     QT_TRANSLATE_NOOP("Machines", "A link of the hosts is 90 % full, or its switches hold packets back."),
     QT_TRANSLATE_NOOP("Machines", "node_exporter, collector infiniband, with the rate of the links.")},
    {"X3", QT_TRANSLATE_NOOP("Machines", "Throttling"),
     QT_TRANSLATE_NOOP("Machines", "GPUs are slowed by power or heat for 5 % of the time or more."),
     QT_TRANSLATE_NOOP("Machines", "dcgm-exporter: DCGM_FI_DEV_POWER_VIOLATION and DCGM_FI_DEV_THERMAL_VIOLATION.")},
    {"X4", QT_TRANSLATE_NOOP("Machines", "No demand"),
     QT_TRANSLATE_NOOP("Machines", "The GPUs are held and have done nothing for half an hour: idle, not starved."),
     QT_TRANSLATE_NOOP("Machines", "dcgm-exporter: DCGM_FI_PROF_GR_ENGINE_ACTIVE.")},
    {"X5", QT_TRANSLATE_NOOP("Machines", "Checkpoint"),
     QT_TRANSLATE_NOOP("Machines", "The array writes 5 times what it reads, or more."),
     QT_TRANSLATE_NOOP("Machines", "The array's exporter.")},
    {"X6", QT_TRANSLATE_NOOP("Machines", "Hardware"),
     QT_TRANSLATE_NOOP("Machines", "GPUs of the workload whose last XID error is not cleared."),
     QT_TRANSLATE_NOOP("Machines", "dcgm-exporter: DCGM_FI_DEV_XID_ERRORS.")},
    {"X7", QT_TRANSLATE_NOOP("Machines", "Communication"),
     QT_TRANSLATE_NOOP("Machines", "NVLink or InfiniBand traffic is high while tensor cores idle."),
     QT_TRANSLATE_NOOP("Machines", "dcgm-exporter: DCGM_FI_PROF_NVLINK_RX_BYTES and DCGM_FI_PROF_PIPE_TENSOR_ACTIVE.")},
    {"X8", QT_TRANSLATE_NOOP("Machines", "Warm-up"),
     QT_TRANSLATE_NOOP("Machines", "The workload holds its GPUs for less than 10 minutes: it loads."),
     QT_TRANSLATE_NOOP("Machines", "dcgm-exporter with the labels of the pods.")},
};

QString word(const std::string &id, const char *Entry::*which)
{
    for (const Entry &entry : kEntries)
        if (id == entry.id)
            return QCoreApplication::translate("Machines", entry.*which);
    return visible(id);
}

QString signedNumber(double value, int decimals)
{
    return (value < 0 ? QStringLiteral("−") : QString()) + number(std::abs(value), decimals);
}

} // namespace

QString signalName(const std::string &id)
{
    return word(id, &Entry::name);
}

QString signalMeaning(const std::string &id)
{
    return word(id, &Entry::meaning);
}

QString signalValue(const std::string &id, std::optional<double> value)
{
    if (!value)
        return QStringLiteral("—");
    if (id == "D1")
        return quantity(value, telemetry::Unit::Ratio);
    if (id == "E3")
        return number(*value, 1) + QStringLiteral("\u00a0×");
    return signedNumber(*value, 2);
}

QString signalThreshold(const std::string &id, double value)
{
    const QString op = id == "E5" ? QStringLiteral("≤") : id == "E6" ? QStringLiteral("<") : QStringLiteral("≥");
    const QString text = id == "D1" ? quantity(value, telemetry::Unit::Ratio)
        : id == "E3"                ? number(value, 0) + QStringLiteral("\u00a0×")
        : id == "E5"                ? signedNumber(value, 1)
                                    : number(value, 2);
    return op + QChar(0x00a0) + text;
}

QString howToEnable(const std::string &id)
{
    return word(id, &Entry::enable);
}

QString rivalName(const std::string &id)
{
    return word(id, &Entry::name);
}

QString rivalMeaning(const std::string &id)
{
    return word(id, &Entry::meaning);
}

} // namespace andon::text
