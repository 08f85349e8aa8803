#include "ui/pages/lineage/roles.h"

#include "text/plain.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace andon::ui
{

namespace
{

QString tr(const char *source)
{
    return QCoreApplication::translate("LineageRoles", source);
}

std::vector<std::string> namesOf(const lineage::ModelVersion &version, const factory::ModelRow &model)
{
    std::vector<std::string> names;
    for (const lineage::Alias &alias : model.aliases)
        if (alias.version == version.version)
            names.push_back(alias.name);
    return names;
}

bool isAny(const std::string &name, std::initializer_list<const char *> words)
{
    const QString lower = text::visible(name).toLower();
    return std::any_of(words.begin(), words.end(), [&](const char *word) { return lower == QLatin1String(word); });
}

const lineage::ModelVersion *withRole(const factory::ModelRow &model, VersionRole role)
{
    for (const lineage::ModelVersion &version : model.versions)
        if (roleOf(version, model) == role)
            return &version;
    return nullptr;
}

} // namespace

QString nameOf(const lineage::ModelVersion &version)
{
    return text::visible(version.model.value + "@" + version.version.value);
}

VersionRole roleOf(const lineage::ModelVersion &version, const factory::ModelRow &model)
{
    for (const std::string &name : namesOf(version, model)) {
        if (isAny(name, {"champion", "production", "prod", "serving", "live", "current"}))
            return VersionRole::Serving;
        if (isAny(name, {"rollback", "last-good", "last_good", "previous", "stable", "fallback"}))
            return VersionRole::LastGood;
    }
    return version.stage == "Production" ? VersionRole::Serving : VersionRole::Other;
}

QString roleWords(const lineage::ModelVersion &version, const factory::ModelRow &model)
{
    QStringList names;
    for (const std::string &name : namesOf(version, model))
        names << text::visible(name);
    const QString words = names.join(QStringLiteral(", "));
    switch (roleOf(version, model)) {
    case VersionRole::Serving:
        return words.isEmpty() ? tr("Serving") : tr("Serving, %1").arg(words);
    case VersionRole::LastGood:
        return tr("Last good, %1").arg(words);
    case VersionRole::Other:
        break;
    }
    return !words.isEmpty()                                ? words
        : version.stage.empty() || version.stage == "None" ? QString()
                                                           : text::visible(version.stage);
}

QString bandTitle(const lineage::ModelVersion &version, const factory::ModelRow &model)
{
    switch (roleOf(version, model)) {
    case VersionRole::Serving:
        return tr("Serving now");
    case VersionRole::LastGood:
        return tr("Last good");
    case VersionRole::Other:
        break;
    }
    return tr("Version");
}

const lineage::ModelVersion *versionBeside(const factory::ModelRow &model, const core::ModelVersionNumber &version)
{
    for (const VersionRole role : {VersionRole::LastGood, VersionRole::Serving})
        if (const auto *other = withRole(model, role); other && other->version != version)
            return other;
    for (std::size_t i = 0; i + 1 < model.versions.size(); ++i) // newest first
        if (model.versions[i].version == version)
            return &model.versions[i + 1];
    return nullptr;
}

std::set<std::string> dataOf(const lineage::Chain &chain)
{
    std::set<std::string> commits;
    for (const lineage::Node &node : chain.nodes)
        if (node.kind == lineage::NodeKind::DataCommit)
            commits.insert(node.id);
    return commits;
}

} // namespace andon::ui
