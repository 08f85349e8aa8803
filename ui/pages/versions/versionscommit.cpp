// The commit that is chosen on Versions: what is asked for its details.
#include "text/errortext.h"
#include "text/plain.h"
#include "ui/pages/versions/commitdetails.h"
#include "ui/pages/versions/commitfilter.h"
#include "ui/pages/versions/commitlog.h"
#include "ui/pages/versions/versionspage.h"
#include "ui/widgets/filterbar.h"

#include <utility>

namespace andon::ui
{

namespace
{
constexpr std::size_t kMostContaining = 6;
constexpr std::size_t kMostChildren = 3;
} // namespace

CommitAround VersionsPage::around(std::int32_t row) const
{
    const auto &view = m_repository.snapshot().value;
    CommitAround found;
    const std::vector<char> reaches = view.graph->descent(row);
    for (const factory::RefRow &ref : view.refs) {
        const std::int32_t head = view.graph->rowOf(ref.ref.commit);
        if (head == versions::kNone || head > row || !reaches[static_cast<std::size_t>(head)])
            continue;
        if (found.containing.size() < kMostContaining)
            found.containing.push_back(ref.ref);
        else
            ++found.moreContaining;
    }
    const auto &topology = view.graph->topology();
    for (std::int32_t one = row - 1; one >= 0; --one) { // children stand before their parents; the oldest first
        const auto at = static_cast<std::size_t>(one);
        if (topology.first[at] != row && topology.second[at] != row)
            continue;
        if (found.children.size() < kMostChildren)
            found.children.push_back(view.graph->oid(one).id());
        else
            ++found.moreChildren;
    }
    return found;
}

void VersionsPage::selectRow(std::int32_t row)
{
    const auto graph = m_repository.snapshot().value.graph;
    if (!graph || row == versions::kNone)
        return m_details->clear();
    if (!m_search->filter().empty() && !m_filter->reading() && !m_filter->asking())
        renderCount();
    const core::CommitId id = graph->oid(row).id();
    m_detail.start(
        m_worker.run<factory::CommitDetail>({},
                                            [&service = m_service, repo = m_repo, id](const core::Cancel &cancel) {
                                                return service.detail(repo, id, factory::Access::Refresh, cancel);
                                            }),
        this, [this](const core::Result<factory::CommitDetail> &detail) {
            const auto now = m_repository.snapshot().value.graph; // the history may have grown since
            const std::int32_t at = detail && now ? now->rowOf(detail->commit.id) : versions::kNone;
            if (at == versions::kNone)
                return m_details->clear();
            m_details->setDetail(m_repo, *detail, around(at), m_clock.now());
            loadChanges(detail->commit);
            loadContext(detail->commit.id);
        });
}

void VersionsPage::loadContext(const core::CommitId &id)
{
    m_context.start(m_worker.run<factory::CommitContext>(
                        {},
                        [&service = m_service, &registry = m_registry, repo = m_repo, id](const core::Cancel &) {
                            return factory::commitContext(service, registry, repo, id);
                        }),
                    this, [this](const core::Result<factory::CommitContext> &context) {
                        if (context) // without it the commit is as whole as it was
                            m_details->setContext(*context, m_clock.now());
                        Q_EMIT changed();
                    });
}

void VersionsPage::loadChanges(const versions::Commit &commit)
{
    if (commit.parents.empty())
        return m_changes.stop(); // those of the commit before
    m_changes.start(
        m_worker.run<versions::DiffPage>({},
                                         [&service = m_service, repo = m_repo, left = commit.parents.front(),
                                          right = commit.id](const core::Cancel &c) {
                                             return service.diff(repo, left, right, versions::DiffMode::TwoDot, {}, {},
                                                                 factory::Access::Refresh, c);
                                         }),
        this, [this](const core::Result<versions::DiffPage> &page) {
            if (page)
                m_details->setChanges(page->entries, !page->next.empty());
            else
                m_details->setChangesError(page.error());
            Q_EMIT changed();
        });
}

} // namespace andon::ui
