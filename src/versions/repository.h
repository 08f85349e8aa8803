#pragma once
// What a data version-control system (lakeFS) says of repositories and refs. Plain values.
#include "core/ids.h"
#include "core/instant.h"

#include <string>
#include <vector>

namespace andon::versions
{

using core::CommitId;
using core::Instant;
using core::RefName;
using core::RepositoryId;

struct Repository {
    RepositoryId id = {};
    Instant created = {};
    RefName defaultBranch = {};
    std::string storageNamespace = {};
    bool readOnly = false;
    bool operator==(const Repository &) const = default;
};

enum class RefKind { Branch, Tag };

struct Ref {
    RefKind kind = RefKind::Branch;
    RefName name = {};
    CommitId commit = {};
    bool operator==(const Ref &) const = default;
};

/// A branch protection rule: a glob over branch names. It blocks staging writes and commits, not merges or reverts.
struct ProtectionRule {
    std::string pattern = {};
    bool operator==(const ProtectionRule &) const = default;
};

/// Glob with * and ?, as branch protection uses it.
[[nodiscard]] bool matchesPattern(std::string_view pattern, std::string_view name);

} // namespace andon::versions
