#include "ui/pages/gates/gatewords.h"

#include "text/comparelink.h"
#include "text/errortext.h"
#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"

#include <QCoreApplication>

namespace andon::ui
{

namespace
{

using Kind = Fact::Kind;

constexpr std::size_t kMostOutput = 20'000; // characters that are laid out

QString tr(const char *text, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("Gates", text, comment, n);
}

QString freshnessValue(const factory::DatasetRow &row, core::Instant now)
{
    return row.head ? text::age(core::Instant::fromSeconds(row.head->created), now) : QString();
}

QString completenessValue(const factory::DatasetRow &row)
{
    if (!row.gated)
        return {};
    const versions::GateSummary &sum = row.gated->gates;
    const int ran = sum.completed + sum.failed;
    return tr("%1 of %2 ran").arg(ran).arg(ran + sum.skipped);
}

QString qualityValue(const factory::DatasetRow &row)
{
    if (!row.gated)
        return {};
    const versions::GateSummary &sum = row.gated->gates;
    return tr("%1 of %2 passed").arg(sum.completed).arg(sum.completed + sum.failed);
}

QString consistencyValue(const factory::DatasetRow &row, core::Instant now)
{
    if (row.schema.schema.empty())
        return {};
    const QString schema = text::visible(row.schema.schema);
    const QString since = text::age(core::Instant::fromSeconds(row.schema.commit.created), now);
    return row.schema.changed() ? tr("%1 for %2").arg(schema, since) : schema;
}

void addCommitLinks(std::vector<Fact> &facts, const core::RepositoryId &repo, const core::CommitId &commit)
{
    const QString id = QString::fromStdString(commit.value);
    facts.push_back({.kind = Kind::Link, .value = tr("Show the commit"), .link = text::commitLink(repo, commit)});
    facts.push_back({.kind = Kind::Link,
                     .value = tr("Compare with the commit before"),
                     .link = text::compareLink({QString::fromStdString(repo.value), id + QStringLiteral("~1"), id})});
}

} // namespace

Status statusOf(versions::Readiness level)
{
    switch (level) {
    case versions::Readiness::Ready:
        return Status::Ok;
    case versions::Readiness::Warning:
        return Status::Warning;
    case versions::Readiness::NotReady:
        return Status::Critical;
    case versions::Readiness::Unknown:
        break;
    }
    return Status::Stale;
}

QString wordOf(versions::HookStatus status)
{
    switch (status) {
    case versions::HookStatus::Completed:
        return tr("Passed");
    case versions::HookStatus::Failed:
        return tr("Failed");
    case versions::HookStatus::Skipped:
        return tr("Skipped");
    case versions::HookStatus::Unknown:
        break;
    }
    return tr("Unknown");
}

QString wordOf(versions::Aspect aspect)
{
    switch (aspect) {
    case versions::Aspect::Freshness:
        return tr("Freshness");
    case versions::Aspect::Completeness:
        return tr("Completeness");
    case versions::Aspect::Quality:
        return tr("Quality");
    case versions::Aspect::Consistency:
        break;
    }
    return tr("Consistency");
}

QString percent(std::optional<double> share)
{
    if (!share)
        return QStringLiteral("—");
    return text::number(*share * 100, *share > 0 && *share < 0.1 ? 1 : 0) + QStringLiteral("\u00a0%");
}

QString points(std::optional<double> change)
{
    if (!change)
        return QStringLiteral("—");
    const double value = *change * 100;
    if (value > -0.05 && value < 0.05)
        return QStringLiteral("0");
    return (value > 0 ? QStringLiteral("+") : QString()) + text::number(value, 1);
}

QString countsOf(const versions::GateSummary &sum)
{
    return tr("failed %1, skipped %2, passed %3").arg(sum.failed).arg(sum.skipped).arg(sum.completed);
}

QString aspectValue(const factory::DatasetRow &row, versions::Aspect aspect, core::Instant now)
{
    const versions::AspectState &state = row.states[static_cast<std::size_t>(aspect)];
    QString value;
    switch (aspect) {
    case versions::Aspect::Freshness:
        value = freshnessValue(row, now);
        break;
    case versions::Aspect::Completeness:
        value = completenessValue(row);
        break;
    case versions::Aspect::Quality:
        value = qualityValue(row);
        break;
    case versions::Aspect::Consistency:
        value = consistencyValue(row, now);
        break;
    }
    if (state.level == versions::Readiness::Unknown)
        return tr("Not known");
    if (state.word.empty())
        return value.isEmpty() ? tr("Ready") : value;
    return value.isEmpty() ? text::visible(state.word) : text::visible(state.word) + QStringLiteral(" · ") + value;
}

QString aspectRule(const versions::AspectState &state)
{
    QStringList rules;
    for (const std::string &rule : state.texts)
        rules << text::visible(rule);
    if (state.level == versions::Readiness::Unknown)
        rules.prepend(tr("Not known: nothing in the cache tells. The rules are:"));
    else if (state.rule.empty())
        rules.prepend(tr("None of these holds:"));
    return rules.join(u'\n');
}

std::vector<Fact> resultFacts(const GateChoice &choice, const std::optional<std::string> &output,
                              const std::optional<core::Error> &error, core::Instant now)
{
    const versions::GateResult &r = choice.result;
    std::vector<Fact> facts{{.kind = Kind::Section, .name = text::visible(r.hook), .note = text::visible(r.event)}};
    facts.push_back({.name = tr("Result"), .value = wordOf(r.status), .status = static_cast<int>(statusOf(r.status))});
    facts.push_back({.name = tr("Run"), .value = text::dateTime(r.started), .note = text::ago(r.started, now)});
    if (r.hookStarted.known() && r.hookEnded.known())
        facts.push_back({.name = tr("Took"), .value = text::duration(r.hookEnded - r.hookStarted)});
    facts.push_back({.name = tr("Action"), .value = text::visible(r.action)});
    facts.push_back({.name = tr("Repository"), .value = text::visible(choice.repository.value)});
    facts.push_back({.name = tr("Branch"), .value = r.branch.empty() ? tr("none") : text::visible(r.branch.value)});
    facts.push_back(
        {.name = tr("Commit"),
         .value = r.commit.empty() ? tr("none: it was refused before there was one") : text::shortId(r.commit.value),
         .code = !r.commit.empty()});
    facts.push_back(
        {.name = tr("By"), .value = choice.committer.empty() ? tr("not known") : text::visible(choice.committer)});
    facts.push_back({.name = tr("Run id"), .value = text::visible(r.run), .code = true});
    if (!choice.here)
        facts.push_back({.name = tr("Site"),
                         .value = text::visible(choice.site.value),
                         .note = tr("as it was read last; open it to see its commits")});
    else if (!r.commit.empty())
        addCommitLinks(facts, choice.repository, r.commit);
    facts.push_back({.kind = Kind::Section, .name = tr("What it wrote")});
    if (error && !choice.here) {
        facts.push_back(
            {.kind = Kind::Text,
             .value = tr("Not read yet: open the site %1 to ask its server.").arg(text::visible(choice.site.value))});
    } else if (error) {
        facts.push_back({.kind = Kind::Text, .value = text::headline(*error)});
        facts.push_back({.kind = Kind::Text, .value = text::nextStep(*error)});
    } else if (!output) {
        facts.push_back({.kind = Kind::Text, .value = tr("Loading…")});
    } else if (output->empty()) {
        facts.push_back(
            {.kind = Kind::Text,
             .value = r.status == versions::HookStatus::Skipped ? tr("Nothing: it did not run.") : tr("Nothing.")});
    } else {
        const std::string_view shown = std::string_view(*output).substr(0, kMostOutput);
        facts.push_back({.kind = Kind::Code, .value = text::visibleLines(shown).trimmed()});
        if (shown.size() < output->size())
            facts.push_back({.kind = Kind::Text,
                             .value = tr("%1 more are not shown.")
                                          .arg(text::bytes(static_cast<std::int64_t>(output->size() - shown.size())))});
    }
    return facts;
}

std::vector<Fact> datasetFacts(const factory::DatasetRow &row, bool here, core::Instant now)
{
    std::vector<Fact> facts{
        {.kind = Kind::Section, .name = text::visible(row.repository.value), .note = text::visible(row.branch.value)}};
    for (const versions::Aspect aspect : versions::kAspects) {
        const versions::AspectState &state = row.states[static_cast<std::size_t>(aspect)];
        facts.push_back({.name = wordOf(aspect),
                         .value = aspectValue(row, aspect, now),
                         .note = aspectRule(state),
                         .status = static_cast<int>(statusOf(state.level))});
    }
    facts.push_back({.kind = Kind::Section, .name = tr("What was looked at")});
    if (row.head)
        facts.push_back({.name = tr("Last commit"),
                         .value = text::shortId(row.head->id.value),
                         .note = tr("%1 by %2")
                                     .arg(text::ago(core::Instant::fromSeconds(row.head->created), now),
                                          text::visible(row.head->committer)),
                         .code = true});
    if (row.gated)
        facts.push_back({.name = tr("Last gated"),
                         .value = text::shortId(row.gated->commit.value),
                         .note = countsOf(row.gated->gates) + QStringLiteral(" · ")
                             + tr("%n newer commit(s) ran no gate", nullptr, static_cast<int>(row.ungated)),
                         .code = true});
    if (!row.schema.schema.empty())
        facts.push_back(
            {.name = tr("Schema"),
             .value = row.schema.changed()
                 ? tr("%1, before %2").arg(text::visible(row.schema.schema), text::visible(row.schema.before))
                 : text::visible(row.schema.schema),
             .note = tr("named by %n commit(s) of the branch", nullptr, static_cast<int>(row.schema.named))});
    if (here && row.head)
        facts.push_back({.kind = Kind::Link,
                         .value = tr("Show the last commit"),
                         .link = text::commitLink(row.repository, row.head->id)});
    if (here && row.gated && (!row.head || row.gated->commit != row.head->id))
        facts.push_back({.kind = Kind::Link,
                         .value = tr("Show the last gated commit"),
                         .link = text::commitLink(row.repository, row.gated->commit)});
    if (here && row.schema.changed())
        facts.push_back({.kind = Kind::Link,
                         .value = tr("Show the commit that changed the schema"),
                         .link = text::commitLink(row.repository, row.schema.commit.id)});
    return facts;
}

} // namespace andon::ui
