#pragma once
// What a link to Compare or to an object says: compare:REPO@LEFT...RIGHT (.. for two-dot; #PATH for one object of it),
// objects:REPO@REF/PATH. A side is a ref expression, or BRANCH@MOMENT for its newest commit then. Pure.
#include "core/ids.h"
#include "core/instant.h"
#include "core/result.h"
#include "versions/diff.h"

#include <QString>

namespace andon::text
{

struct CompareWords {
    QString repo = {};
    QString left = {}; ///< as typed: "main", "main~2", "main@now-7d"
    QString right = {};
    versions::DiffMode mode = versions::DiffMode::ThreeDot;
    QString object = {}; ///< a path; "" none
    bool operator==(const CompareWords &) const = default;
};

struct ObjectWords {
    QString repo = {};
    QString ref = {};
    QString path = {}; ///< "claims/" a folder, "claims/a.csv" an object
    bool operator==(const ObjectWords &) const = default;
};

/// A commit in Versions: commit:REPO@ID.
[[nodiscard]] QString commitLink(const core::RepositoryId &repo, const core::CommitId &commit);
/// The commits of a repository that changed what lies below a path: repository:REPO?FILTER. branch: only what it
/// reaches; "" the default branch.
[[nodiscard]] QString pathHistoryLink(const QString &repo, const QString &path, const QString &branch);
/// nullopt when it is no such link.
[[nodiscard]] std::optional<CompareWords> readCompareLink(const QString &link);
[[nodiscard]] QString compareLink(const CompareWords &words);
[[nodiscard]] std::optional<ObjectWords> readObjectLink(const QString &link);
[[nodiscard]] QString objectLink(const ObjectWords &words);

/// A side taken apart.
struct SideWords {
    QString ref = {};
    core::Instant at = {}; ///< unknown: as it is
};
/// Invalid when the moment cannot be read. "main@" is lakeFS's own and stays an expression.
[[nodiscard]] core::Result<SideWords> readSide(const QString &words, core::Instant now);

} // namespace andon::text
