#include "text/comparelink.h"

#include "text/filter.h"
#include "text/timegrammar.h"

namespace andon::text
{

namespace
{
const QString kCompare = QStringLiteral("compare:");
const QString kObjects = QStringLiteral("objects:");
const QString kThreeDots = QStringLiteral("...");
const QString kTwoDots = QStringLiteral("..");
} // namespace

QString commitLink(const core::RepositoryId &repo, const core::CommitId &commit)
{
    return QStringLiteral("commit:%1@%2").arg(QString::fromStdString(repo.value), QString::fromStdString(commit.value));
}

QString pathHistoryLink(const QString &repo, const QString &path, const QString &branch)
{
    return QStringLiteral("repository:") + repo + QStringLiteral("?path:") + quotedValue(path)
        + (branch.isEmpty() ? QString() : QStringLiteral(" branch:=") + quotedValue(branch));
}

std::optional<CompareWords> readCompareLink(const QString &link)
{
    if (!link.startsWith(kCompare))
        return std::nullopt;
    const QString rest = link.mid(kCompare.size());
    const auto at = rest.indexOf(u'@');
    CompareWords words{.repo = rest.left(at)};
    if (at < 0)
        return words;
    const auto mark = rest.indexOf(u'#', at); // neither a ref nor a moment has one
    words.object = mark < 0 ? QString() : rest.mid(mark + 1);
    const QString sides = rest.left(mark < 0 ? rest.size() : mark).mid(at + 1);
    auto dots = sides.indexOf(kThreeDots);
    words.mode = dots >= 0 ? versions::DiffMode::ThreeDot : versions::DiffMode::TwoDot;
    const auto length = dots >= 0 ? kThreeDots.size() : kTwoDots.size();
    if (dots < 0)
        dots = sides.indexOf(kTwoDots);
    if (dots < 0)
        return std::nullopt;
    words.left = sides.left(dots);
    words.right = sides.mid(dots + length);
    return words.left.isEmpty() || words.right.isEmpty() ? std::nullopt : std::optional(words);
}

QString compareLink(const CompareWords &words)
{
    return kCompare + words.repo + u'@' + words.left
        + (words.mode == versions::DiffMode::ThreeDot ? kThreeDots : kTwoDots) + words.right
        + (words.object.isEmpty() ? QString() : u'#' + words.object);
}

std::optional<ObjectWords> readObjectLink(const QString &link)
{
    if (!link.startsWith(kObjects))
        return std::nullopt;
    const QString rest = link.mid(kObjects.size());
    const auto at = rest.indexOf(u'@');
    if (at < 0)
        return ObjectWords{.repo = rest};
    const QString where = rest.mid(at + 1);
    const auto slash = where.indexOf(u'/');
    return ObjectWords{
        .repo = rest.left(at), .ref = where.left(slash), .path = slash < 0 ? QString() : where.mid(slash + 1)};
}

QString objectLink(const ObjectWords &words)
{
    return kObjects + words.repo + u'@' + words.ref + u'/' + words.path;
}

core::Result<SideWords> readSide(const QString &words, core::Instant now)
{
    const QString trimmed = words.trimmed();
    const auto at = trimmed.indexOf(u'@');
    if (at < 0 || at == trimmed.size() - 1)
        return SideWords{.ref = trimmed};
    const auto then = moment(trimmed.mid(at + 1), now, QTimeZone::systemTimeZone());
    if (!then)
        return core::fail(then.error());
    return SideWords{.ref = trimmed.left(at), .at = *then};
}

} // namespace andon::text
