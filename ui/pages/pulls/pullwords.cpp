#include "ui/pages/pulls/pullwords.h"

#include "text/comparelink.h"
#include "text/plain.h"
#include "text/times.h"
#include "text/units.h"
#include "ui/pages/refs/refwords.h"

#include <QCoreApplication>

namespace andon::ui
{

namespace
{

using Kind = Fact::Kind;

QString tr(const char *text, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("Pulls", text, comment, n);
}

void addCommits(std::vector<Fact> &facts, const factory::PullDetail &detail, core::Instant now)
{
    facts.push_back({.kind = Kind::Section,
                     .name = tr("Commits"),
                     .note = detail.count ? tr("brings %n", nullptr, static_cast<int>(*detail.count)) : QString()});
    if (!detail.count) {
        facts.push_back({.kind = Kind::Text,
                         .value = tr("Not known: the branches are not in the cache, or are not there any more.")});
        return;
    }
    if (detail.behind.value_or(0) > 0)
        facts.push_back(
            {.kind = Kind::Text,
             .value = tr("%1 has %n commit(s) that the source lacks.", nullptr, static_cast<int>(*detail.behind))
                          .arg(text::visible(detail.row.pull.destination.value))});
    for (const versions::Commit &commit : detail.commits) {
        const auto subject = versions::subject(commit);
        facts.push_back({.name = text::shortId(commit.id.value),
                         .value = subject.empty() ? tr("(no message)") : text::visible(subject),
                         .note = tr("%1 by %2")
                                     .arg(text::ago(core::Instant::fromSeconds(commit.created), now),
                                          text::visible(commit.committer)),
                         .link = text::commitLink(detail.row.repository, commit.id)});
    }
    if (const auto left = *detail.count - static_cast<std::int64_t>(detail.commits.size()); left > 0)
        facts.push_back({.kind = Kind::Text, .value = tr("%n more", nullptr, static_cast<int>(left))});
}

} // namespace

QString wordOf(versions::PullStatus status)
{
    switch (status) {
    case versions::PullStatus::Open:
        return tr("Open", "pull request");
    case versions::PullStatus::Merged:
        return tr("Merged", "pull request");
    case versions::PullStatus::Closed:
        return tr("Closed", "pull request");
    case versions::PullStatus::Unknown:
        break;
    }
    return tr("Unknown");
}

Status statusOf(versions::PullStatus status)
{
    return status == versions::PullStatus::Open  ? Status::Info
        : status == versions::PullStatus::Merged ? Status::Ok
                                                 : Status::Idle;
}

QString titleOf(const versions::PullRequest &pull)
{
    return pull.title.empty() ? tr("(no title)") : text::visible(pull.title);
}

std::vector<Fact> pullFacts(const factory::PullDetail &detail, core::Instant now)
{
    const versions::PullRequest &pull = detail.row.pull;
    const core::RepositoryId &repo = detail.row.repository;
    std::vector<Fact> facts{{.kind = Kind::Section, .name = titleOf(pull)}};
    facts.push_back(
        {.name = tr("State"), .value = wordOf(pull.status), .status = static_cast<int>(statusOf(pull.status))});
    facts.push_back({.name = tr("Repository"), .value = text::visible(repo.value)});
    facts.push_back({.name = tr("From"), .value = text::visible(pull.source.value)});
    facts.push_back({.name = tr("Into"), .value = text::visible(pull.destination.value)});
    facts.push_back({.name = tr("Author"), .value = text::visible(pull.author)});
    facts.push_back(
        {.name = tr("Opened"), .value = text::dateTime(pull.created), .note = text::ago(pull.created, now)});
    if (pull.closed.known())
        facts.push_back({.name = pull.status == versions::PullStatus::Merged ? tr("Merged", "pull request")
                                                                             : tr("Closed", "pull request"),
                         .value = text::dateTime(pull.closed),
                         .note = text::ago(pull.closed, now)});
    facts.push_back({.name = tr("Id"), .value = text::visible(pull.id), .code = true});
    const QString gate = gateWord(detail.gates);
    facts.push_back({.name = tr("Gates"),
                     .value = gate.isEmpty() ? tr("none ran") : gate,
                     .note = gate.isEmpty() ? QString()
                                            : tr("failed %1, skipped %2, passed %3")
                                                  .arg(detail.gates.failed)
                                                  .arg(detail.gates.skipped)
                                                  .arg(detail.gates.completed),
                     .status = gate.isEmpty() ? -1 : static_cast<int>(statusOf(detail.gates))});
    if (!pull.merged.empty())
        facts.push_back(
            {.kind = Kind::Link, .value = tr("Show the merge"), .link = text::commitLink(repo, pull.merged)});
    if (!detail.left.empty())
        facts.push_back(
            {.kind = Kind::Link,
             .value = tr("Compare what it changes"),
             .link = text::compareLink({QString::fromStdString(repo.value), QString::fromStdString(detail.left.value),
                                        QString::fromStdString(detail.right.value)})});
    facts.push_back({.kind = Kind::Section, .name = tr("Description")});
    const QString words = text::visibleLines(pull.description).trimmed();
    facts.push_back({.kind = Kind::Text, .value = words.isEmpty() ? tr("None was written.") : words});
    addCommits(facts, detail, now);
    return facts;
}

} // namespace andon::ui
