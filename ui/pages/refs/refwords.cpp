#include "ui/pages/refs/refwords.h"

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

QString tr(const char *text, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("Refs", text, comment, n);
}

bool isBranch(const factory::RefLine &line)
{
    return line.ref.kind == versions::RefKind::Branch;
}

QString uncommittedNote(const Uncommitted &uncommitted, core::Instant now)
{
    switch (uncommitted.state) {
    case Uncommitted::State::NotAsked:
        return tr("The server tells it branch by branch, when it is asked.");
    case Uncommitted::State::Asking:
        return {};
    case Uncommitted::State::Failed:
        return uncommitted.error ? text::headline(*uncommitted.error) : QString();
    case Uncommitted::State::Clean:
    case Uncommitted::State::Dirty:
        break;
    }
    return tr("asked %1").arg(text::ago(uncommitted.at, now));
}

/// How it is known that a branch was squashed; "" it was not.
QString squashNote(const factory::RefLine &line)
{
    if (line.merged || !line.squashed)
        return {};
    return line.squashedBy == versions::KnownBy::Message ? tr("one commit took it, as the message of that says")
                                                         : tr("one commit took it: their data are the same");
}

} // namespace

QString stateOf(const factory::RefLine &line)
{
    if (line.isDefault)
        return tr("Default", "branch");
    if (line.merged)
        return line.stale ? tr("Merged, stale") : tr("Merged");
    if (line.squashed)
        return line.stale ? tr("Squashed, stale") : tr("Squashed");
    return line.stale ? tr("Stale", "branch") : QString();
}

Status statusOf(const versions::GateSummary &gates)
{
    return gates.failed > 0 ? Status::Critical : gates.skipped > 0 ? Status::Major : Status::Ok;
}

QString gateWord(const versions::GateSummary &gates)
{
    return gates.failed > 0   ? tr("Failed", "gate")
        : gates.skipped > 0   ? tr("Skipped", "gate")
        : gates.completed > 0 ? tr("Passed", "gate")
                              : QString();
}

QString wordOf(const Uncommitted &uncommitted)
{
    switch (uncommitted.state) {
    case Uncommitted::State::NotAsked:
    case Uncommitted::State::Failed:
        break;
    case Uncommitted::State::Asking:
        return QStringLiteral("…");
    case Uncommitted::State::Clean:
        return tr("None", "uncommitted changes");
    case Uncommitted::State::Dirty:
        return tr("Dirty");
    }
    return QStringLiteral("—");
}

QString lakefsUri(const core::RepositoryId &repo, const factory::RefLine &line)
{
    return QStringLiteral("lakefs://%1/%2/").arg(text::visible(repo.value), text::visible(line.ref.name.value));
}

QString s3Uri(const core::RepositoryId &repo, const factory::RefLine &line)
{
    return QStringLiteral("s3://%1/%2/").arg(text::visible(repo.value), text::visible(line.ref.name.value));
}

QString compareLink(const versions::Repository &repo, const factory::RefLine &line)
{
    return text::compareLink({QString::fromStdString(repo.id.value), QString::fromStdString(repo.defaultBranch.value),
                              QString::fromStdString(line.ref.name.value)});
}

std::vector<Fact> refFacts(const versions::Repository &repo, const factory::RefLine &line,
                           const Uncommitted &uncommitted, core::Instant now)
{
    const auto count = [](const std::optional<std::int64_t> &n) { return n ? text::count(*n) : tr("not known"); };
    std::vector<Fact> facts{{.kind = Kind::Section,
                             .name = text::visible(line.ref.name.value),
                             .note = isBranch(line) ? tr("branch") : tr("tag")}};
    if (const QString state = stateOf(line); !state.isEmpty())
        facts.push_back({.name = tr("State"), .value = state, .note = squashNote(line)});
    facts.push_back({.name = tr("Message"), .value = text::visible(line.subject)});
    facts.push_back({.name = tr("Committed"), .value = text::dateTime(line.at), .note = text::ago(line.at, now)});
    facts.push_back({.name = tr("By"), .value = text::visible(line.committer)});
    facts.push_back({.name = tr("Commit"), .value = text::visible(line.ref.commit.value), .code = true});
    if (!line.isDefault) {
        const QString base = text::visible(repo.defaultBranch.value);
        facts.push_back({.name = tr("Ahead"),
                         .value = count(line.ahead),
                         .note = line.ahead ? tr("commits that %1 has not").arg(base) : QString()});
        facts.push_back({.name = tr("Behind"),
                         .value = count(line.behind),
                         .note = line.behind ? tr("commits that only %1 has").arg(base) : QString()});
    }
    if (const QString gate = gateWord(line.gates); !gate.isEmpty())
        facts.push_back({.name = tr("Gates"),
                         .value = gate,
                         .note = tr("failed %1, skipped %2, passed %3")
                                     .arg(line.gates.failed)
                                     .arg(line.gates.skipped)
                                     .arg(line.gates.completed),
                         .status = static_cast<int>(statusOf(line.gates))});
    if (isBranch(line)) {
        facts.push_back(
            {.name = tr("Protected"),
             .value = line.rule.empty() ? tr("no") : tr("by %1").arg(text::visible(line.rule)),
             .note = line.rule.empty() ? QString() : tr("No uploads and no commits; merges and reverts pass.")});
        facts.push_back(
            {.name = tr("Uncommitted"),
             .value = wordOf(uncommitted),
             .note = uncommittedNote(uncommitted, now),
             .status = uncommitted.state == Uncommitted::State::Dirty ? static_cast<int>(Status::Warning) : -1});
    }
    facts.push_back({.kind = Kind::Section, .name = tr("Addresses")});
    facts.push_back({.kind = Kind::Code, .value = lakefsUri(repo.id, line)});
    facts.push_back({.kind = Kind::Code, .value = s3Uri(repo.id, line)});
    facts.push_back(
        {.kind = Kind::Link, .value = tr("Show the commit"), .link = text::commitLink(repo.id, line.ref.commit)});
    if (line.squashed)
        facts.push_back({.kind = Kind::Link,
                         .value = tr("Show the commit that took it"),
                         .link = text::commitLink(repo.id, *line.squashed)});
    if (!line.isDefault)
        facts.push_back({.kind = Kind::Link,
                         .value = tr("Compare with %1").arg(text::visible(repo.defaultBranch.value)),
                         .link = compareLink(repo, line)});
    return facts;
}

} // namespace andon::ui
