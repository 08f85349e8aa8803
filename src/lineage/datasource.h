#pragma once
// What the source of a dataset says of its place in a versioned repository. Pure.
#include "core/ids.h"

#include <string_view>

namespace andon::lineage
{

/// "lakefs://repo/ref/path", or the same through the S3 gateway (s3, s3a, s3n). Whether an s3 bucket is a repository
/// only a look-up can tell.
struct DataSource {
    std::string uri = {}; ///< as written, "" when the source names none
    std::string scheme = {};
    core::RepositoryId repository = {}; ///< empty when the address has no repository and ref
    core::RefName ref = {};
    std::string path = {};
    bool operator==(const DataSource &) const = default;
};

/// The text of a dataset's source: JSON with "uri" or "url", or an address alone. Never fails: what cannot be read has
/// no address.
[[nodiscard]] DataSource parseDataSource(std::string_view source);

/// 64 lower-case hex digits.
[[nodiscard]] bool isCommitId(std::string_view text);
/// 7 to 63 hex digits: may be the prefix of a commit id, or a branch with an unlucky name.
[[nodiscard]] bool isCommitPrefix(std::string_view text);

} // namespace andon::lineage
