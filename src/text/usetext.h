#pragma once
// Words of who used a commit's data. Pure.
#include "lineage/uses.h"

#include <QString>

namespace andon::text
{

/// "Finished". Of a run's status as lineage::name() gives it; another word comes back as it is.
[[nodiscard]] QString runStatus(const QString &status);
/// "run-812", or the short id of a run without a name.
[[nodiscard]] QString runTitle(const lineage::Use &use);
/// "read transactions": the dataset it logged, or that only its own words name the commit.
[[nodiscard]] QString useReason(const lineage::Use &use);

} // namespace andon::text
