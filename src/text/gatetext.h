#pragma once
// Words for what the gates before a commit said.
#include "versions/gates.h"

#include <QString>

namespace andon::text
{

/// "schema-check was skipped before 6fc8db41a0c2 Merge ingest-42". subject: first line of the commit's message.
[[nodiscard]] QString pastGate(const versions::GatedCommit &gated, const std::string &subject);

} // namespace andon::text
