#include "text/naturetext.h"

#include "text/plain.h"

#include <QCoreApplication>

namespace andon::text
{

using versions::CommitKind;
using versions::CommitNature;
using versions::KnownBy;

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("Nature", text);
}

QString kindText(CommitKind kind)
{
    switch (kind) {
    case CommitKind::Ordinary:
        return tr("Commit");
    case CommitKind::Initial:
        return tr("First commit of the repository");
    case CommitKind::Merge:
        return tr("Merge of two parents");
    case CommitKind::Squash:
        return tr("Squash merge");
    case CommitKind::Revert:
        return tr("Revert");
    case CommitKind::CherryPick:
        return tr("Cherry-pick");
    }
    return {};
}

} // namespace

QString natureText(const CommitNature &nature)
{
    const QString kind = kindText(nature.kind);
    switch (nature.by) {
    case KnownBy::Metadata:
        return tr("%1, by its metadata").arg(kind);
    case KnownBy::Message:
        return tr("%1, by its message").arg(kind);
    case KnownBy::SameData:
        return tr("%1, by same data").arg(kind);
    case KnownBy::Parents:
    case KnownBy::Nothing:
        break;
    }
    return kind;
}

QString natureReason(const CommitNature &nature)
{
    if (nature.by != KnownBy::SameData)
        return {};
    switch (nature.kind) {
    case CommitKind::Revert:
        return tr("Its data are as they were before its parent. Nothing else says that it is a revert.");
    case CommitKind::Squash:
        return tr(
            "It has the data of that commit, whose several commits begin at its parent. Nothing else says that it "
            "is a squash merge.");
    case CommitKind::CherryPick:
        return tr(
            "That commit, dated earlier, made the same data from the same data. Nothing else says that this one is "
            "a cherry-pick.");
    case CommitKind::Ordinary:
    case CommitKind::Initial:
    case CommitKind::Merge:
        break;
    }
    return {};
}

QString aboutTitle(CommitKind kind)
{
    switch (kind) {
    case CommitKind::Revert:
        return tr("Reverts");
    case CommitKind::Squash:
        return tr("Squash of");
    case CommitKind::CherryPick:
        return tr("Picked from");
    case CommitKind::Ordinary:
    case CommitKind::Initial:
    case CommitKind::Merge:
        break;
    }
    return {};
}

QString aboutWords(const CommitNature &nature)
{
    if (nature.about.empty())
        return {};
    const QString id = shortId(nature.about.value);
    switch (nature.kind) {
    case CommitKind::Revert:
        return tr("reverts %1").arg(id);
    case CommitKind::Squash:
        return tr("squash of %1").arg(id);
    case CommitKind::CherryPick:
        return tr("picked from %1").arg(id);
    case CommitKind::Ordinary:
    case CommitKind::Initial:
    case CommitKind::Merge:
        break;
    }
    return {};
}

QString aboutNote(const CommitNature &nature)
{
    return nature.aboutBy == KnownBy::SameData && nature.by != KnownBy::SameData ? tr("by same data") : QString();
}

} // namespace andon::text
