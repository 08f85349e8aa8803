// signals, query, alerts: the machines.
#include "app/andonctl/listfilter.h"
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
        rangeOf(parser, site->machines().range(length), site->pin().now(), std::min(step, 30 * core::kSecond));
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

std::vector<text::FilterField> signalFields()
{
    return {text::wordField("signal"), text::wordField("what"), text::wordField("pack"), text::wordField("missing")};
}

/// A signal of the list with where it comes from.
struct SignalRow {
    core::SignalName name = {};
    std::string title = {};
    const telemetry::ResolvedSignal *found = nullptr;
    std::string missing = {};
};

std::vector<ListValue> signalValues(const SignalRow &row)
{
    return {{row.name.value}, {row.title}, {row.found ? row.found->pack : ""}, {row.missing}};
}

int runSignals(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const auto resolution = site->telemetry().resolution(session.access(), session.cancel());
    if (!resolution)
        return session.fail(resolution.error());
    std::vector<SignalRow> all;
    for (const auto &[name, signal] : site->telemetry().signalList()) {
        SignalRow row{name, signal.title, resolution->find(name), {}};
        for (const telemetry::MissingSignal &gap : resolution->missing)
            if (gap.signal == name && !row.found)
                for (const std::string &metric : gap.missing)
                    row.missing += (row.missing.empty() ? "" : ", ") + metric;
        all.push_back(std::move(row));
    }
    const auto rows = filtered(parser, signalFields(), std::move(all), signalValues);
    if (!rows)
        return session.fail(rows.error());
    Json list = Json::array();
    Table table({"Signal", "Title", "From", "Missing"});
    for (const SignalRow &row : *rows) {
        list.push_back({{"name", row.name.value},
                        {"title", row.title},
                        {"pack", row.found ? Json(row.found->pack) : Json()},
                        {"expr", row.found ? Json(row.found->candidate.expr) : Json()}});
        table.row({row.name.value, row.title, row.found ? row.found->pack : "—", row.missing});
    }
    const core::Freshness freshness = site->telemetry().resolutionFreshness();
    if (session.json())
        printJson({{"freshness", toJson(freshness)}, {"signals", std::move(list)}});
    else
        print(table.text());
    return session.finish(freshness);
}

std::vector<text::FilterField> metricFields()
{
    return {text::wordField("metric"), text::wordField("type"), text::wordField("unit"), text::wordField("signal"),
            text::wordField("help")};
}

std::vector<std::string> madeOf(const telemetry::MetricInfo &metric, const telemetry::Resolution &resolution)
{
    std::vector<std::string> made;
    for (const telemetry::ResolvedSignal &signal : resolution.resolved) {
        const auto &needs = signal.candidate.requiresMetrics;
        if (std::find(needs.begin(), needs.end(), metric.name) != needs.end())
            made.push_back(signal.signal.value);
    }
    return made;
}

std::string joined(const std::vector<std::string> &words)
{
    std::string out;
    for (const std::string &word : words)
        out += (out.empty() ? "" : ", ") + word;
    return out;
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
    std::vector<telemetry::MetricInfo> named;
    for (const telemetry::MetricInfo &metric : metrics->value)
        if (metric.name.find(wanted) != std::string::npos)
            named.push_back(metric);
    const auto rows = filtered(parser, metricFields(), std::move(named), [&](const telemetry::MetricInfo &metric) {
        return std::vector<ListValue>{
            {metric.name}, {metric.type}, {metric.unit}, {joined(madeOf(metric, *resolution))}, {metric.help}};
    });
    if (!rows)
        return session.fail(rows.error());
    Json list = Json::array();
    Table table({"Metric", "Type", "Unit", "Used by", "Help"});
    for (const telemetry::MetricInfo &metric : *rows) {
        const std::vector<std::string> used = madeOf(metric, *resolution);
        list.push_back({{"name", metric.name},
                        {"type", metric.type},
                        {"unit", metric.unit},
                        {"help", metric.help},
                        {"signals", used}});
        table.row({metric.name, metric.type, metric.unit, joined(used), metric.help});
    }
    if (session.json())
        printJson({{"freshness", toJson(metrics->freshness)}, {"metrics", std::move(list)}});
    else
        print(table.text());
    return session.finish(metrics->freshness);
}

constexpr const char *kAlertStates[] = {"inactive", "pending", "firing"};

std::vector<text::FilterField> alertFields()
{
    return {text::wordField("alert"),
            {.name = QStringLiteral("state"),
             .kind = text::FieldKind::Choice,
             .values = {QStringLiteral("inactive"), QStringLiteral("pending"), QStringLiteral("firing")}},
            text::timeField("since"),
            text::wordField("labels")};
}

std::vector<ListValue> alertValues(const telemetry::Alert &alert)
{
    return {
        {alert.name}, {kAlertStates[static_cast<int>(alert.state)]}, timeValue(alert.activeAt), {alert.labels.text()}};
}

int runAlerts(Session &session, const QCommandLineParser &parser)
{
    int exit = Ok;
    factory::Site *site = session.site(exit);
    if (!site)
        return exit;
    const auto alerts = site->telemetry().alerts(session.access(), session.cancel());
    if (!alerts)
        return session.fail(alerts.error());
    const auto rows = filtered(parser, alertFields(), alerts->value, alertValues);
    if (!rows)
        return session.fail(rows.error());
    Json list = Json::array();
    Table table({"Alert", "State", "Since", "Labels"});
    for (const telemetry::Alert &alert : *rows) {
        Json labels = Json::object();
        for (const auto &[name, value] : alert.labels.pairs())
            labels[name] = value;
        list.push_back({{"name", alert.name},
                        {"state", kAlertStates[static_cast<int>(alert.state)]},
                        {"since", isoTimeOrNull(alert.activeAt)},
                        {"labels", labels}});
        table.row({alert.name, kAlertStates[static_cast<int>(alert.state)],
                   text::dateTime(alert.activeAt).toStdString(), alert.labels.text()});
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
         .filter = signalFields(),
         .run = runSignals},
        {.name = QStringLiteral("metrics"),
         .summary = QStringLiteral("List the server's metrics: type, unit, help, and the signals made of each."),
         .arguments = QStringLiteral("[TEXT]"),
         .details = QStringLiteral("Only names that contain TEXT. It is what a pack is written from. Example:\n"
                                   "    andonctl metrics DCGM"),
         .maxArguments = 1,
         .filter = metricFields(),
         .run = runMetrics},
        {.name = QStringLiteral("query"),
         .summary = QStringLiteral("Read a canonical signal over time."),
         .arguments = QStringLiteral("SIGNAL"),
         .details = QStringLiteral("Examples:\n    andonctl query gpu.sm_active --by node --range 6h\n"
                                   "    andonctl query tokens.generated_rate --json"),
         .minArguments = 1,
         .maxArguments = 1,
         .options = std::move(queryOptions),
         .pins = true,
         .run = runQuery},
        {.name = QStringLiteral("alerts"),
         .summary = QStringLiteral("List active alerts."),
         .filter = alertFields(),
         .run = runAlerts},
    };
}

} // namespace andon::ctl
