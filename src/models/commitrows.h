#pragma once
// The commits of a repository as rows for a filter: row n is row n of the graph. Blocks while it reads the messages;
// worker threads only.
#include "core/cancel.h"
#include "factory/versionviews.h"
#include "models/filterrows.h"
#include "models/touchedpaths.h"

#include <memory>

namespace andon::models
{

/// Those of the ids that are known, in the order asked.
using ReadCommits = std::function<core::Result<std::vector<versions::Commit>>(const std::vector<core::CommitId> &ids)>;

/// What a history says of itself beyond its graph.
struct CommitTexts {
    ReadCommits read = {};
    std::function<core::Result<versions::KindsByData>()> kinds = {}; ///< none: kinds are those of the graph
};

/// message, committer (also author), branch, tag, id, time, kind, gate, path and metadata.
[[nodiscard]] std::vector<text::FilterField> commitFields(const factory::RepositoryView &view);

/// With a field for each metadata key that can be a field's name, and "metadata" for all keys: `key=value`. A key of
/// which every value is a number is one. paths: what a filter with path: learns before it looks; without it none has
/// any.
[[nodiscard]] core::Result<std::shared_ptr<const FilterRows>>
commitRows(const factory::RepositoryView &view, const CommitTexts &texts, const core::Cancel &cancel,
           std::shared_ptr<const TouchedPaths> paths = {});

} // namespace andon::models
