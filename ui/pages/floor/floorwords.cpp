#include "ui/pages/floor/floorwords.h"

#include "text/floortext.h"
#include "text/kpitext.h"
#include "text/machinetext.h"
#include "text/plain.h"

#include <QCoreApplication>
#include <QStringList>

namespace andon::ui
{

namespace
{

using telemetry::Unit;

QString tr(const char *source, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("Floor", source, comment, n);
}

const factory::Figure *find(const std::vector<factory::Figure> &figures, std::string_view key)
{
    for (const factory::Figure &figure : figures)
        if (figure.key == key)
            return &figure;
    return nullptr;
}

QString named(const lineage::KeyValues &values, const char *key)
{
    const std::string *value = lineage::find(values, key);
    return value ? text::visible(*value) : QString();
}

QString joined(QStringList parts)
{
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

QString normalOf(const factory::Figure &target)
{
    return target.normal ? tr("normal %1").arg(text::quantity(target.normal, target.unit)) : QString();
}

/// "11.7 of 11.8 GB/s": the unit once when it is the same.
QString partOf(const factory::Figure &figure)
{
    const text::Quantity part = text::splitQuantity(figure.of, figure.unit);
    const text::Quantity whole = text::splitQuantity(figure.value, figure.unit);
    return tr("%1 of %2")
        .arg(part.unit == whole.unit ? part.digits : text::quantity(figure.of, figure.unit),
             text::quantity(figure.value, figure.unit));
}

QString losingLine(const factory::Attention &one, const factory::FloorView &view)
{
    for (const economics::KpiRow &row : view.kpi ? view.kpi->models : std::vector<economics::KpiRow>{})
        if (row.model.value == named(one.values, "model").toStdString() && row.costPerMtok.value
            && row.revenuePerMtok.value)
            return tr("costs %1, earns %2 per 1 M")
                .arg(text::kpiValue(row.costPerMtok), text::kpiValue(row.revenuePerMtok));
    return {};
}

} // namespace

QString stationTarget(const factory::StationView &station)
{
    const factory::Figure &target = station.target;
    switch (station.station) {
    case telemetry::Station::Storage:
        return joined({text::visible(station.headline.text), target.of && target.value ? partOf(target) : QString(),
                       normalOf(target)});
    case telemetry::Station::Compute:
        return joined({target.value ? tr("quota %1").arg(text::quantity(target.value, Unit::Count)) : QString(),
                       target.of ? tr("allocated %1").arg(text::quantity(target.of, Unit::Count)) : QString(),
                       target.normal ? tr("normal %1").arg(text::quantity(target.normal, Unit::Ratio)) : QString()});
    case telemetry::Station::Training: {
        const factory::Figure *finished = find(station.numbers, "training.finished");
        const factory::Figure *failed = find(station.facts, "training.failed");
        return finished && failed
            ? tr("%1 finished, %2 failed in 24 h")
                  .arg(text::quantity(finished->value, Unit::Count), text::quantity(failed->value, Unit::Count))
            : QString();
    }
    case telemetry::Station::Deployment: {
        const factory::Figure *models = find(station.numbers, "deployment.models");
        return joined({models && models->value ? flowWords(*models) : QString(), normalOf(target)});
    }
    }
    return {};
}

QString stationWhy(const factory::StationView &station, core::Instant now)
{
    text::StationFacts facts{.about = station.about, .since = station.since};
    facts.gpuHours = station.gpuHours;
    facts.cost = station.cost;
    if (const factory::Figure *quality = find(station.numbers, "quality.now"))
        facts.now = quality->value;
    if (const factory::Figure *quality = find(station.numbers, "quality.before"))
        facts.before = quality->value;
    if (!station.headline.value && station.headline.missing == "not-configured")
        return text::figureMissing(station.headline.missing);
    return text::stationSentence(station.state, facts, now);
}

QString factValue(const factory::Figure &fact)
{
    if (!fact.value)
        return QStringLiteral("—");
    QString words = text::quantity(fact.value, fact.unit);
    if (fact.of)
        words += tr(" of %1").arg(text::quantity(fact.of, fact.unit));
    if (fact.normal && *fact.normal > 0)
        words += QStringLiteral("  ×") + text::number(*fact.value / *fact.normal, 1);
    return words;
}

QString factName(const factory::Figure &fact)
{
    const QString name = text::figureName(fact.key);
    return fact.text.empty() ? name : name + QStringLiteral(": ") + text::visible(fact.text);
}

QString flowWords(const factory::Figure &flow)
{
    if (!flow.value)
        return QStringLiteral("—");
    const QString number = text::quantity(flow.value, flow.unit);
    if (flow.key == "training.running")
        return tr("%1 run(s)", nullptr, static_cast<int>(*flow.value)).arg(number);
    if (flow.key == "deployment.models")
        return tr("%1 model(s)", nullptr, static_cast<int>(*flow.value)).arg(number);
    return number;
}

QString attentionHead(const factory::Attention &one)
{
    const QString summary = one.key == "alert" ? named(one.details, "summary") : QString();
    return summary.isEmpty() ? text::attentionTitle(one.key, one.values) : summary;
}

QString attentionLine(const factory::Attention &one, const factory::FloorView &view)
{
    const QString cost = one.perDay ? tr("%1 a day").arg(text::money(*one.perDay, 0)) : QString();
    const auto figure = [&](const char *key, int decimals) {
        const factory::Figure *found = find(one.figures, key);
        return found && found->value ? text::number(*found->value, decimals) : QString();
    };
    if (one.key == "storage-bound") {
        const QString verdict = named(one.details, "verdict");
        const QString hours = figure("diagnosis.gpu_hours", 1);
        return joined({cost, verdict.isEmpty() ? tr("no GPU is seen to wait for it") : verdict,
                       hours.isEmpty() ? QString() : tr("%1 GPU-h so far").arg(hours)});
    }
    if (one.key == "quality-drop")
        return tr("%1 %2 after %3 of @%4")
            .arg(named(one.details, "metric"), figure("quality.now", 3), figure("quality.before", 3),
                 named(one.details, "before"));
    if (one.key == "model-loses-money")
        return joined({cost, losingLine(one, view)});
    if (one.key == "idle-gpus") {
        QStringList pods;
        for (const auto &[key, value] : one.details)
            pods << text::visible(value);
        return joined({cost, pods.join(QStringLiteral(", "))});
    }
    if (one.key == "gate-skipped")
        return tr("into %1 of %2").arg(named(one.details, "branch"), named(one.details, "repository"));
    if (one.key == "alert") {
        const QString subject = named(one.details, "subject");
        return joined(
            {named(one.details, "summary").isEmpty() ? QString() : tr("Alert %1").arg(named(one.values, "name")),
             subject.isEmpty() ? named(one.details, "labels") : subject});
    }
    return cost;
}

QChar eventLetter(factory::EventKind kind)
{
    using factory::EventKind;
    switch (kind) {
    case EventKind::Merge:
    case EventKind::Commit:
        return u'M';
    case EventKind::GateFailed:
    case EventKind::GateSkipped:
        return u'G';
    case EventKind::RunStarted:
    case EventKind::RunFinished:
        return u'T';
    case EventKind::Deployed:
        return u'D';
    case EventKind::Alert:
        return u'A';
    }
    return u'?';
}

QString eventWords(const factory::EventMark &event)
{
    using factory::EventKind;
    const QString title = text::visible(event.title);
    const QString of = text::visible(event.of);
    switch (event.kind) {
    case EventKind::Merge:
        return tr("Merge in %1: %2").arg(of, title.isEmpty() ? tr("no message") : title);
    case EventKind::Commit:
        return tr("Commit in %1: %2").arg(of, title);
    case EventKind::GateFailed:
        return tr("Gate %1 of %2 failed").arg(title, of);
    case EventKind::GateSkipped:
        return tr("Gate %1 of %2 did not pass").arg(title, of);
    case EventKind::RunStarted:
        return tr("Run %1 started").arg(title);
    case EventKind::RunFinished:
        return tr("Run %1 ended").arg(title);
    case EventKind::Deployed:
        return tr("%1 deployed").arg(title);
    case EventKind::Alert:
        return of.isEmpty() ? tr("Alert %1").arg(title) : tr("Alert %1: %2").arg(title, of);
    }
    return title;
}

QString eventLegend(const std::vector<factory::EventMark> &events)
{
    QStringList parts;
    const std::pair<QChar, QString> words[] = {{u'M', tr("M merge")},
                                               {u'G', tr("G gate")},
                                               {u'T', tr("T run")},
                                               {u'D', tr("D deploy")},
                                               {u'A', tr("A alert")}};
    for (const auto &[letter, meaning] : words)
        for (const factory::EventMark &event : events)
            if (eventLetter(event.kind) == letter) {
                parts << meaning;
                break;
            }
    return parts.join(QStringLiteral(" · "));
}

} // namespace andon::ui
