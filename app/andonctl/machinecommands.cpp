// floor, compute, storage: what the pages of that name show, for scripts.
#include "app/andonctl/listfilter.h"
#include "app/andonctl/session.h"
#include "factory/subject.h"
#include "text/floortext.h"
#include "text/kpitext.h"
#include "text/plain.h"
#include "text/times.h"

#include <QCommandLineParser>

namespace andon::ctl
{

namespace
{

Json numberOrNull(const std::optional<double> &value)
{
    return value ? Json(*value) : Json();
}

Json figuresJson(const std::vector<factory::Figure> &figures)
{
    Json object = Json::object();
    for (const factory::Figure &figure : figures) {
        Json &one = object[figure.key] = {{"value", numberOrNull(figure.value)}};
        if (!figure.missing.empty())
            one["missing"] = figure.missing;
        if (figure.normal)
            one["normal"] = *figure.normal;
        if (!figure.text.empty())
            one["text"] = figure.text;
    }
    return object;
}

const char *word(telemetry::Level level)
{
    static constexpr const char *kWords[] = {"ok", "info", "warning", "major", "critical", "unknown"};
    return kWords[static_cast<int>(level)];
}

Json stateJson(const telemetry::StationState &state)
{
    return {{"level", word(state.level)}, {"word", state.word}, {"rule", state.rule}};
}

std::string cell(std::optional<double> value, telemetry::Unit unit)
{
    return text::quantity(value, unit).toStdString();
}

Json ackJson(const std::optional<factory::Acknowledged> &ack)
{
    return ack ? Json{{"who", ack->who}, {"note", ack->note}, {"at", isoTime(ack->at)}} : Json();
}

std::string ackText(const std::optional<factory::Acknowledged> &ack)
{
    return ack ? text::acknowledgedBy(ack->who, ack->at, ack->note, core::SystemClock().now()).toStdString()
               : std::string();
}

Json attentionJson(const std::vector<factory::Attention> &attention)
{
    static constexpr const char *kSeverities[] = {"info", "warning", "major", "critical"};
    Json list = Json::array();
    for (const factory::Attention &one : attention) {
        Json values = Json::object();
        for (const auto &[key, value] : one.values)
            values[key] = value;
        list.push_back({{"key", one.key},
                        {"severity", kSeverities[static_cast<int>(one.severity)]},
                        {"values", std::move(values)},
                        {"since", isoTimeOrNull(one.since)},
                        {"link", one.link},
                        {"subject", factory::subjectOf(one).id()},
                        {"acknowledged", ackJson(one.ack)}});
    }
    return list;
}

void printFloor(const factory::FloorView &view)
{
    Table stations({"Station", "State", "", "Figures", "Who is on it"}, {Align::Left, Align::Left, Align::Right});
    for (const factory::StationView &station : view.stations) {
        std::string facts;
        for (const factory::Figure &fact : station.facts)
            facts += (facts.empty() ? "" : ", ") + text::figureName(fact.key).toStdString() + " "
                + cell(fact.value, fact.unit);
        stations.row({text::stationName(station.station).toStdString(), station.state.word,
                      cell(station.headline.value, station.headline.unit), facts, ackText(station.ack)});
    }
    print(stations.text());
    printLine("");
    Table attention({"Needs you", "Since", "Who is on it", "Subject"});
    for (const factory::Attention &one : view.attention)
        attention.row({text::attentionTitle(one.key, one.values).toStdString(),
                       one.since.known() ? text::dateTime(one.since).toStdString() : "", ackText(one.ack),
                       factory::subjectOf(one).id()});
    print(attention.text());
}

int runFloor(Session &session, const QCommandLineParser &)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const auto floor = site->machines().floor(site->machines().range(core::kDay), session.access(), session.cancel());
    if (!floor)
        return session.fail(floor.error());
    if (session.json()) {
        static constexpr const char *kStations[] = {"storage", "compute", "training", "deployment"};
        Json stations = Json::array();
        for (const factory::StationView &station : floor->value.stations) {
            std::vector<factory::Figure> figures = station.facts;
            figures.insert(figures.begin(), station.headline);
            stations.push_back({{"station", kStations[static_cast<int>(station.station)]},
                                {"state", stateJson(station.state)},
                                {"subject", factory::subjectOf(station).id()},
                                {"acknowledged", ackJson(station.ack)},
                                {"figures", figuresJson(figures)}});
        }
        printJson({{"freshness", toJson(floor->freshness)},
                   {"stations", std::move(stations)},
                   {"attention", attentionJson(floor->value.attention)}});
    } else {
        printFloor(floor->value);
    }
    return session.finish(floor->freshness);
}

constexpr double kPercent = 100;

std::vector<text::FilterField> workloadFields()
{
    return {text::wordField("state"),         text::wordField("workload"),     text::wordField("namespace"),
            text::numberField("gpus"),        text::numberField("busy", "%"),  text::numberField("computing", "%"),
            text::numberField("memory", "%"), text::numberField("power", "W"), text::timeField("since")};
}

const char *stateOf(const factory::WorkloadRow &row)
{
    return row.starved ? "waits for data" : row.idle ? "idle" : "";
}

std::vector<ListValue> workloadValues(const factory::WorkloadRow &row)
{
    return {{*stateOf(row) ? stateOf(row) : "computing"},
            {row.pod},
            {row.nameSpace},
            numberValue(static_cast<double>(row.gpus)),
            numberValue(row.busy, kPercent),
            numberValue(row.smActive, kPercent),
            numberValue(row.memory, kPercent),
            numberValue(row.watts),
            timeValue(row.since)};
}

int runCompute(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const auto compute =
        site->machines().compute(site->machines().range(core::kDay), session.access(), session.cancel());
    if (!compute)
        return session.fail(compute.error());
    const factory::ComputeView &view = compute->value;
    const auto rows = filtered(parser, workloadFields(), view.workloads, workloadValues);
    if (!rows)
        return session.fail(rows.error());
    Json nodes = Json::array();
    Json workloads = Json::array();
    for (const factory::NodeRow &row : view.nodes)
        nodes.push_back({{"node", row.node},
                         {"gpus", row.gpus},
                         {"busy", numberOrNull(row.busy)},
                         {"sm_active", numberOrNull(row.smActive)},
                         {"memory", numberOrNull(row.memory)},
                         {"watts", numberOrNull(row.watts)},
                         {"celsius", numberOrNull(row.celsius)}});
    Table table({"Namespace", "Pod", "GPUs", "Busy", "SM active", "Memory", ""},
                {Align::Left, Align::Left, Align::Right, Align::Right, Align::Right, Align::Right});
    for (const factory::WorkloadRow &row : *rows) {
        workloads.push_back({{"namespace", row.nameSpace},
                             {"pod", row.pod},
                             {"gpus", row.gpus},
                             {"busy", numberOrNull(row.busy)},
                             {"sm_active", numberOrNull(row.smActive)},
                             {"memory", numberOrNull(row.memory)},
                             {"idle", row.idle},
                             {"starved", row.starved}});
        table.row({row.nameSpace, row.pod, std::to_string(row.gpus), cell(row.busy, telemetry::Unit::Ratio),
                   cell(row.smActive, telemetry::Unit::Ratio), cell(row.memory, telemetry::Unit::Ratio), stateOf(row)});
    }
    if (session.json()) {
        printJson({{"freshness", toJson(compute->freshness)},
                   {"gpus",
                    {{"quota", view.quota},
                     {"allocated", view.allocated},
                     {"idle", view.idle},
                     {"starved", view.starved},
                     {"busy", view.allocated - view.idle - view.starved},
                     {"free", view.quota - view.allocated}}},
                   {"nodes", std::move(nodes)},
                   {"workloads", std::move(workloads)}});
    } else {
        print(table.text());
        printLine("\n" + std::to_string(view.allocated) + " of " + std::to_string(view.quota) + " GPUs allocated, "
                  + std::to_string(view.starved) + " starved, " + std::to_string(view.idle) + " idle");
    }
    return session.finish(compute->freshness);
}

std::vector<text::FilterField> arrayFields()
{
    return {text::wordField("array"),          text::wordField("state"),          text::timeField("since"),
            text::numberField("read", "B/s"),  text::numberField("write", "B/s"), text::numberField("iops", "/s"),
            text::numberField("latency", "s"), text::numberField("used", "%")};
}

std::vector<ListValue> arrayValues(const factory::ArrayRow &row)
{
    return {{row.array},
            {row.state.word},
            timeValue(row.since),
            numberValue(row.read),
            numberValue(row.write),
            numberValue(row.iops),
            numberValue(row.readLatency),
            numberValue(row.space, kPercent)};
}

int runStorage(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const auto storage =
        site->machines().storage(site->machines().range(core::kDay), session.access(), session.cancel());
    if (!storage)
        return session.fail(storage.error());
    const auto rows = filtered(parser, arrayFields(), storage->value.arrays, arrayValues);
    if (!rows)
        return session.fail(rows.error());
    Json arrays = Json::array();
    Table table(
        {"Array", "State", "Since", "Read", "Write", "IOPS", "Read latency", "Used"},
        {Align::Left, Align::Left, Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right});
    for (const factory::ArrayRow &row : *rows) {
        arrays.push_back({{"array", row.array},
                          {"state", stateJson(row.state)},
                          {"since", isoTimeOrNull(row.since)},
                          {"read", numberOrNull(row.read)},
                          {"write", numberOrNull(row.write)},
                          {"iops", numberOrNull(row.iops)},
                          {"read_latency", numberOrNull(row.readLatency)},
                          {"space", numberOrNull(row.space)},
                          {"limit", numberOrNull(row.limit)},
                          {"read_normal", numberOrNull(row.readNormal)},
                          {"latency_normal", numberOrNull(row.latencyNormal)}});
        table.row({row.array, row.state.word, row.since.known() ? text::dateTime(row.since).toStdString() : "",
                   cell(row.read, telemetry::Unit::BytesPerSecond), cell(row.write, telemetry::Unit::BytesPerSecond),
                   cell(row.iops, telemetry::Unit::PerSecond), cell(row.readLatency, telemetry::Unit::Seconds),
                   cell(row.space, telemetry::Unit::Ratio)});
    }
    if (session.json()) {
        printJson({{"freshness", toJson(storage->freshness)},
                   {"starved_gpus", storage->value.starvedGpus},
                   {"arrays", std::move(arrays)}});
    } else {
        print(table.text());
        printLine("\n" + std::to_string(storage->value.starvedGpus) + " GPUs wait for data");
    }
    return session.finish(storage->freshness);
}

} // namespace

std::vector<Command> machineCommands()
{
    return {{.name = QStringLiteral("floor"),
             .summary = QStringLiteral("How the four stations are doing, and what needs somebody."),
             .run = runFloor},
            {.name = QStringLiteral("compute"),
             .summary = QStringLiteral("GPUs by workload: allocated, busy, starved, idle."),
             .filter = workloadFields(),
             .run = runCompute},
            {.name = QStringLiteral("storage"),
             .summary = QStringLiteral("Storage arrays: throughput, latency, and since when one is slow."),
             .filter = arrayFields(),
             .run = runStorage}};
}

} // namespace andon::ctl
