#include "models/siteentries.h"

#include "text/plain.h"

#include <QCoreApplication>

namespace andon::models
{

namespace
{

using factory::Access;

QString tr(const char *text)
{
    return QCoreApplication::translate("SiteEntries", text);
}

QString shown(const std::string &text)
{
    return text::visible(text);
}

void addCommits(factory::VersionService &versions, const core::RepositoryId &repo, const factory::RepositoryView &view,
                std::size_t most, std::vector<QuickEntry> &entries)
{
    if (!view.graph)
        return;
    std::vector<core::CommitId> ids;
    const auto count = std::min(static_cast<std::size_t>(view.graph->size()), most);
    for (std::size_t row = 0; row < count; ++row)
        ids.push_back(view.graph->oid(static_cast<std::int32_t>(row)).id());
    const auto commits = versions.commits(repo, ids);
    if (!commits)
        return;
    for (const versions::Commit &commit : *commits)
        entries.push_back({tr("Commit"), shown(commit.message.substr(0, commit.message.find('\n'))),
                           shown(repo.value + " · " + commit.id.value.substr(0, 12) + " · " + commit.committer),
                           QString::fromStdString("commit:" + repo.value + "@" + commit.id.value)});
}

void addRepository(factory::VersionService &versions, const core::RepositoryId &repo, std::size_t commits,
                   const core::Cancel &cancel, std::vector<QuickEntry> &entries)
{
    entries.push_back({tr("Repository"), shown(repo.value), {}, QString::fromStdString("repository:" + repo.value)});
    const auto view = versions.repository(repo, Access::CacheOnly, cancel);
    if (!view)
        return;
    for (const factory::RefRow &row : view->value.refs)
        entries.push_back({row.ref.kind == versions::RefKind::Branch ? tr("Branch") : tr("Tag"),
                           shown(row.ref.name.value), shown(repo.value),
                           QString::fromStdString("commit:" + repo.value + "@" + row.ref.commit.value)});
    addCommits(versions, repo, view->value, commits, entries);
}

} // namespace

std::vector<QuickEntry> siteEntries(factory::Site &site, std::vector<QuickEntry> first, std::size_t commits,
                                    const core::Cancel &cancel)
{
    std::vector<QuickEntry> entries = std::move(first);
    if (const auto models = site.registry().models(Access::CacheOnly, cancel))
        for (const factory::ModelRow &model : models->value)
            for (const lineage::ModelVersion &version : model.versions) {
                const QString name = shown(model.model.value + "@" + version.version.value);
                entries.push_back({tr("Model"), name, {}, QStringLiteral("model:") + name});
            }
    if (const auto repositories = site.versions().repositories(Access::CacheOnly, cancel))
        for (const factory::RepositoryRow &row : repositories->value)
            if (!cancel.cancelled())
                addRepository(site.versions(), row.repository.id, commits, cancel, entries);
    return entries;
}

} // namespace andon::models
