#pragma once
// An archive of a few files made in memory: .zip or .tar.gz, by its name. Any thread; blocks on the disk.
#include "core/instant.h"
#include "core/result.h"

#include <string>
#include <vector>

namespace andon::app
{

struct ArchivedFile {
    std::string name = {}; ///< "bundle/versions.json"
    std::string bytes = {};
};

/// Written whole or not at all, mode 0600. Invalid for another ending than .zip, .tar.gz and .tgz.
[[nodiscard]] core::Result<void> writeArchive(const std::string &file, const std::vector<ArchivedFile> &files,
                                              core::Instant at);

} // namespace andon::app
