// signals, query, alerts: the machines.
#include "app/andonctl/session.h"
#include "app/andonctl/windowoptions.h"
#include "text/times.h"

#include <QCommandLineParser>

#include <algorithm>

namespace andon::ctl
{

namespace
{

/// "24h", "30m", "7d" to milliseconds; 0 when it is none.
std::int64_t lengthOf(const QString &text)
{
    static const std::map<QChar, std::int64_t> units{
        {u's', core::kSecond}, {u'm', core::kMinute}, {u'h', core::kHour}, {u'd', core::kDay}};
    const auto unit = text.isEmpty() ? units.end() : units.find(text.back());
    return unit == units.end() ? 0 : text.left(text.size() - 1).toLongLong() * unit->second;
}

int runQuery(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const core::SignalName name(parser.positionalArguments().first().toStdString());
    const auto known = site->telemetry().signalList().find(name);
    if (known == site->telemetry().signalList().end())
        return session.fail({.kind = core::ErrorKind::Invalid,
                             .detail = "There is no signal \"" + name.value + "\"; andonctl signals lists them."});
    factory::SignalQuery query{.signal = name};
    const QString by = parser.value(QStringLiteral("by"));
    if (parser.isSet(QStringLiteral("by"))) {
        query.aggregation = known->second.aggregation == telemetry::Aggregation::None ? telemetry::Aggregation::Max
                                                                                      : known->second.aggregation;
        for (const QString &label : by.split(u',', Qt::SkipEmptyParts))
            query.by.push_back(label.toStdString());
    }
    const std::int64_t length =
        parser.isSet(QStringLiteral("range")) ? lengthOf(parser.value(QStringLiteral("range"))) : core::kHour;
    const std::int64_t step =
        parser.isSet(QStringLiteral("step")) ? lengthOf(parser.value(QStringLiteral("step"))) : core::kMinute;
    if (length <= 0 || step <= 0)
        return session.fail(
            {.kind = core::ErrorKind::Invalid, .detail = "--range and --step take 30s, 5m, 24h or 7d."});
    const auto range =
        rangeOf(parser, site->machines().range(length), site->clock().now(), std::min(step, 30 * core::kSecond));
    if (!range)
        return session.fail(range.error());
    const auto answer = site->telemetry().range(query, *range, step, session.access(), session.cancel());
    if (!answer)
        return session.fail(answer.error());
    if (session.json()) {
        Json list = Json::array();
        for (const telemetry::Series &series : answer->value.matrix.series) {
            Json labels = Json::object();
            for (const auto &[label, value] : series.labels.pairs())
                labels[label] = value;
            Json values = Json::array();
            for (std::size_t i = 0; i < series.t.size(); ++i)
                values.push_back({static_cast<double>(series.t[i]) / 1000, series.v[i]});
            list.push_back({{"labels", labels}, {"values", values}});
        }
        printJson({{"signal", name.value},
                   {"promql", answer->value.promql},
                   {"pack", answer->value.pack},
                   {"freshness", toJson(answer->freshness)},
                   {"series", std::move(list)}});
    } else {
        Table table({"Series", "Samples", "Last", "At"}, {Align::Left, Align::Right, Align::Right});
        for (const telemetry::Series &series : answer->value.matrix.series)
            table.row({series.labels.text(), std::to_string(series.t.size()),
                       series.v.empty() ? "—" : number(series.v.back()),
                       series.t.empty() ? "" : text::dateTime({series.t.back()}).toStdString()});
        print(table.text());
    }
    return session.finish(answer->freshness);
}

int runSignals(Session &session, const QCommandLineParser &)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const auto resolution = site->telemetry().resolution(session.access(), session.cancel());
    if (!resolution)
        return session.fail(resolution.error());
    Json list = Json::array();
    Table table({"Signal", "Title", "From", "Missing"});
    for (const auto &[name, signal] : site->telemetry().signalList()) {
        const telemetry::ResolvedSignal *found = resolution->find(name);
        std::string missing;
        for (const telemetry::MissingSignal &gap : resolution->missing)
            if (gap.signal == name && !found)
                for (const std::string &metric : gap.missing)
                    missing += (missing.empty() ? "" : ", ") + metric;
        list.push_back({{"name", name.value},
                        {"title", signal.title},
                        {"pack", found ? Json(found->pack) : Json()},
                        {"expr", found ? Json(found->candidate.expr) : Json()}});
        table.row({name.value, signal.title, found ? found->pack : "—", missing});
    }
    const core::Freshness freshness = site->telemetry().resolutionFreshness();
    if (session.json())
        printJson({{"freshness", toJson(freshness)}, {"signals", std::move(list)}});
    else
        print(table.text());
    return session.finish(freshness);
}

int runMetrics(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const auto metrics = site->telemetry().metrics(session.access(), session.cancel());
    const auto resolution = site->telemetry().resolution(session.access(), session.cancel());
    if (const auto error = core::firstError(metrics, resolution))
        return session.fail(*error);
    const std::string wanted = parser.positionalArguments().value(0).toStdString();
    Json list = Json::array();
    Table table({"Metric", "Type", "Unit", "Used by", "Help"});
    for (const telemetry::MetricInfo &metric : metrics->value) {
        if (metric.name.find(wanted) == std::string::npos)
            continue;
        Json used = Json::array();
        std::string words;
        for (const telemetry::ResolvedSignal &signal : resolution->resolved) {
            const auto &needs = signal.candidate.requiresMetrics;
            if (std::find(needs.begin(), needs.end(), metric.name) == needs.end())
                continue;
            used.push_back(signal.signal.value);
            words += (words.empty() ? "" : ", ") + signal.signal.value;
        }
        list.push_back({{"name", metric.name},
                        {"type", metric.type},
                        {"unit", metric.unit},
                        {"help", metric.help},
                        {"signals", std::move(used)}});
        table.row({metric.name, metric.type, metric.unit, words, metric.help});
    }
    if (session.json())
        printJson({{"freshness", toJson(metrics->freshness)}, {"metrics", std::move(list)}});
    else
        print(table.text());
    return session.finish(metrics->freshness);
}

int runAlerts(Session &session, const QCommandLineParser &)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const auto alerts = site->telemetry().alerts(session.access(), session.cancel());
    if (!alerts)
        return session.fail(alerts.error());
    Json list = Json::array();
    Table table({"Alert", "State", "Since", "Labels"});
    static constexpr const char *kStates[] = {"inactive", "pending", "firing"};
    for (const telemetry::Alert &alert : alerts->value) {
        Json labels = Json::object();
        for (const auto &[name, value] : alert.labels.pairs())
            labels[name] = value;
        list.push_back({{"name", alert.name},
                        {"state", kStates[static_cast<int>(alert.state)]},
                        {"since", isoTimeOrNull(alert.activeAt)},
                        {"labels", labels}});
        table.row({alert.name, kStates[static_cast<int>(alert.state)], text::dateTime(alert.activeAt).toStdString(),
                   alert.labels.text()});
    }
    if (session.json())
        printJson({{"freshness", toJson(alerts->freshness)}, {"alerts", std::move(list)}});
    else
        print(table.text());
    return session.finish(alerts->freshness);
}

} // namespace

std::vector<Command> telemetryCommands()
{
    std::vector<Option> queryOptions = windowOptions();
    for (const Option &option :
         {Option{QStringLiteral("by"), QStringLiteral("LABELS"),
                 QStringLiteral("aggregate, keeping these dimensions: node,model …; \"\" for one series")},
          Option{QStringLiteral("range"), QStringLiteral("LENGTH"),
                 QStringLiteral("how far back, without --from and --to: 1h")},
          Option{QStringLiteral("step"), QStringLiteral("LENGTH"), QStringLiteral("between samples: 1m")}})
        queryOptions.push_back(option);
    return {
        {.name = QStringLiteral("signals"),
         .summary = QStringLiteral("List canonical signals and where this site's come from."),
         .run = runSignals},
        {.name = QStringLiteral("metrics"),
         .summary = QStringLiteral("List the server's metrics: type, unit, help, and the signals made of each."),
         .arguments = QStringLiteral("[TEXT]"),
         .details = QStringLiteral("Only names that contain TEXT. It is what a pack is written from. Example:\n"
                                   "    andonctl metrics DCGM"),
         .maxArguments = 1,
         .run = runMetrics},
        {.name = QStringLiteral("query"),
         .summary = QStringLiteral("Read a canonical signal over time."),
         .arguments = QStringLiteral("SIGNAL"),
         .details = QStringLiteral("Examples:\n    andonctl query gpu.sm_active --by node --range 6h\n"
                                   "    andonctl query tokens.generated_rate --json"),
         .minArguments = 1,
         .maxArguments = 1,
         .options = std::move(queryOptions),
         .run = runQuery},
        {.name = QStringLiteral("alerts"), .summary = QStringLiteral("List active alerts."), .run = runAlerts},
    };
}

} // namespace andon::ctl
