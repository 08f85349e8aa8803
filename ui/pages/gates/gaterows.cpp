// The rows of the gates' tables.
#include "text/comparelink.h"
#include "text/times.h"
#include "text/units.h"
#include "ui/pages/gates/gateids.h"
#include "ui/pages/gates/gatespage.h"
#include "ui/widgets/card.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/table.h"

namespace andon::ui
{

namespace
{

constexpr std::size_t kMostFindings = 5; // above the wall; the newest
constexpr std::size_t kMostDatasets = 6; // that are seen at once

QString commitLink(const core::RepositoryId &repo, const core::CommitId &commit, bool here)
{
    if (!here || commit.empty())
        return {};
    return text::commitLink(repo, commit);
}

models::Cell count(int n)
{
    return {.text = QString::number(n), .muted = n == 0};
}

models::Cell rate(const versions::GateSummary &sum)
{
    const auto share = versions::failureRate(sum);
    return {.text = percent(share),
            .strong = share.value_or(0) > 0,
            .muted = share.value_or(0) == 0,
            .tip = GatesPage::tr("%1; of those that ran").arg(countsOf(sum)),
            .value = share ? std::optional(*share * 100) : std::nullopt};
}

models::Cell trend(const versions::GateLine &line)
{
    const auto change = versions::failureTrend(line);
    return {.text = points(change),
            .status = change && *change > 0.0005 ? static_cast<int>(Status::Warning) : -1,
            .muted = !change || *change <= 0.0005,
            .tip =
                GatesPage::tr("Failure rate of the last 7 days less that of the 23 days before, in percentage points"),
            .value = change ? std::optional(*change * 100) : std::nullopt};
}

models::Cell strip(const versions::GateLine &line)
{
    models::Cell cell;
    versions::GateSummary sum;
    for (auto result = line.latest.rbegin(); result != line.latest.rend(); ++result) {
        cell.strip << static_cast<int>(statusOf(result->status));
        sum.failed += result->status == versions::HookStatus::Failed ? 1 : 0;
        sum.skipped += result->status == versions::HookStatus::Skipped ? 1 : 0;
        sum.completed += result->status == versions::HookStatus::Completed ? 1 : 0;
    }
    cell.text = countsOf(sum);
    cell.tip = GatesPage::tr("%1: %2\nOctagon failed, triangle skipped, dot passed")
                   .arg(GatesPage::tr("Latest %n run(s)", nullptr, static_cast<int>(line.latest.size())), cell.text);
    return cell;
}

} // namespace

models::TableRow GatesPage::wallRow(const factory::GateRow &row, const factory::GateView &view) const
{
    const versions::GateLine &line = row.line;
    const versions::GateResult &latest = line.latest.front();
    const versions::GateResult *failure = line.lastFailure ? &*line.lastFailure : nullptr;
    const auto by = view.committers.find(failure ? failure->commit : core::CommitId());
    const bool bad = latest.status == versions::HookStatus::Failed || latest.status == versions::HookStatus::Skipped;
    models::Cell who{.text = by == view.committers.end() ? QString() : text::visible(by->second), .muted = true};
    models::Cell commit{.text = failure ? text::shortId(failure->commit.value) : QString(), .muted = true};
    if (failure && failure->commit.empty())
        commit.tip = who.tip = tr("It was refused before there was a commit");
    return {gateId(row),
            {{.text = wordOf(latest.status),
              .status = static_cast<int>(statusOf(latest.status)),
              .strong = bad,
              .tip = text::ago(latest.started, now())},
             {.text = text::visible(line.hook), .strong = bad, .tip = tr("action %1").arg(text::visible(line.action))},
             {.text = text::visible(line.event), .muted = true},
             {.text = text::visible(row.repository.value)},
             {.text = text::visible(row.site.value), .muted = true},
             strip(line),
             count(line.month.failed),
             count(line.month.skipped),
             {.text = text::count(line.month.completed + line.month.failed + line.month.skipped), .muted = true},
             rate(line.week),
             rate(line.month),
             trend(line),
             {.text = failure ? text::age(failure->started, now()) : QStringLiteral("—"),
              .muted = !failure,
              .tip = failure ? text::dateTime(failure->started) : tr("It never failed"),
              .value = failure ? models::timeValue(failure->started) : std::nullopt},
             commit,
             who},
            failure ? commitLink(row.repository, failure->commit, row.site == m_gates.site()) : QString()};
}

void GatesPage::renderWall(const factory::GateView &view)
{
    std::vector<models::TableRow> rows;
    for (const factory::GateRow &row : view.rows)
        if (!row.line.latest.empty())
            rows.push_back(wallRow(row, view));
    m_wall.setRows(std::move(rows));
    m_wallCard->setNote(tr("%1 results in the cache · counts of 30 days · octagon failed, triangle skipped, dot passed")
                            .arg(text::count(view.results)));
    m_wallTable->choose(m_hook);
}

void GatesPage::renderFindings(const factory::GateView &view)
{
    std::vector<models::TableRow> rows;
    for (const factory::PastSkipped &finding : view.findings) {
        if (rows.size() == kMostFindings)
            break;
        const QString hook = text::visible(finding.result.hook);
        const QString subject = text::visible(versions::subject(finding.merge));
        rows.push_back({findingId(finding),
                        {{.text = finding.refused ? tr("Gate evaded") : tr("Gate skipped"),
                          .status = static_cast<int>(finding.refused ? Status::Critical : Status::Major),
                          .strong = true},
                         {.text = finding.refused ? tr("%1 refused it as %3, then did not run: %2")
                                                        .arg(hook, subject, text::shortId(finding.refused->value))
                                                  : tr("%1 did not run before: %2").arg(hook, subject)},
                         {.text = text::visible(finding.repository.value)},
                         {.text = text::visible(finding.site.value), .muted = true},
                         {.text = text::shortId(finding.merge.id.value), .muted = true},
                         {.text = text::visible(finding.merge.committer)},
                         {.text = text::age(finding.result.started, now()),
                          .muted = true,
                          .tip = text::dateTime(finding.result.started),
                          .value = models::timeValue(finding.result.started)}},
                        commitLink(finding.repository, finding.merge.id, finding.site == m_gates.site())});
    }
    const auto all = static_cast<int>(view.findings.size());
    m_findingCard->setVisible(all > 0);
    m_findingCard->setNote(all > static_cast<int>(rows.size())
                               ? tr("the newest %1 of %2").arg(rows.size()).arg(all)
                               : tr("%n merge(s) let through although a hook before did not run", nullptr, all));
    m_findings.setRows(std::move(rows));
}

void GatesPage::renderDatasets(const factory::GateView &view)
{
    std::vector<models::TableRow> rows;
    for (const factory::DatasetRow &row : view.datasets) {
        models::TableRow out{datasetId(row),
                             {{.text = text::visible(row.repository.value)},
                              {.text = text::visible(row.branch.value), .muted = true},
                              {.text = text::visible(row.site.value), .muted = true}}};
        for (const versions::Aspect aspect : versions::kAspects) {
            const versions::AspectState &state = row.states[static_cast<std::size_t>(aspect)];
            const bool bad =
                state.level == versions::Readiness::NotReady || state.level == versions::Readiness::Warning;
            out.cells.push_back({.text = aspectValue(row, aspect, now()),
                                 .status = static_cast<int>(statusOf(state.level)),
                                 .strong = bad,
                                 .muted = state.level == versions::Readiness::Unknown,
                                 .tip = aspectRule(state)});
        }
        if (row.head)
            out.link = commitLink(row.repository, row.head->id, row.site == m_gates.site());
        rows.push_back(std::move(out));
    }
    const bool few = rows.size() <= kMostDatasets; // else the card scrolls, and leaves the wall its room
    m_datasetTable->setFitsRows(few);
    m_datasetCard->setMaximumHeight(few ? QWIDGETSIZE_MAX
                                        : metric::kCardHeader + (static_cast<int>(kMostDatasets) + 1) * metric::kRow);
    m_datasets.setRows(std::move(rows));
}

void GatesPage::renderRuns()
{
    std::vector<models::TableRow> rows;
    const factory::GateRow *row = hook();
    const auto &committers = shown().committers;
    const auto add = [&](const versions::GateResult &result) {
        const auto by = committers.find(result.commit);
        rows.push_back({runId(result),
                        {{.text = wordOf(result.status),
                          .status = static_cast<int>(statusOf(result.status)),
                          .strong = result.status == versions::HookStatus::Failed},
                         {.text = text::age(result.started, now()),
                          .tip = text::dateTime(result.started),
                          .value = models::timeValue(result.started)},
                         {.text = text::visible(result.branch.value)},
                         {.text = result.commit.empty() ? tr("none") : text::shortId(result.commit.value),
                          .muted = result.commit.empty()},
                         {.text = by == committers.end() ? QString() : text::visible(by->second), .muted = true}},
                        commitLink(row->repository, result.commit, row->site == m_gates.site())});
    };
    if (row) {
        for (const versions::GateResult &result : row->line.latest)
            add(result);
        const auto &failure = row->line.lastFailure;
        if (failure && std::find(row->line.latest.begin(), row->line.latest.end(), *failure) == row->line.latest.end())
            add(*failure);
    }
    m_runCard->setTitle(row ? tr("Runs of %1").arg(text::visible(row->line.hook)) : tr("Runs"));
    m_runCard->setNote(!row
                           ? tr("choose a hook")
                           : tr("%1 · the newest %2").arg(text::visible(row->line.event)).arg(row->line.latest.size()));
    m_runs.setRows(std::move(rows));
}

void GatesPage::render(const core::Snapshot<factory::GateView> &snapshot)
{
    const factory::GateView &view = snapshot.value;
    m_panel->show(snapshot.freshness, now(), !view.datasets.empty());
    renderFindings(view);
    renderWall(view);
    renderDatasets(view);
    chooseWanted(view);
    if (m_hook.isEmpty() && m_wanted.isEmpty() && !view.rows.empty())
        chooseHook(gateId(view.rows.front()));
    renderRuns();
    if (m_choice)
        m_runTable->choose(runId(m_choice->result));
    showFacts();
}

} // namespace andon::ui
