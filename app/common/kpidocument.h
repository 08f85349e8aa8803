#pragma once
// The KPI report of a site, with where its figures come from: the same from the desktop and from andonctl.
#include "factory/site.h"
#include "reports/kpidata.h"

namespace andon::app
{

[[nodiscard]] reports::KpiDocument kpiDocument(factory::Site &site, core::Snapshot<economics::KpiReport> figures);
/// For a process that did not ask every source itself: when the cache last read the others. Blocks on the disk.
void addLastReads(reports::KpiDocument &document, factory::Site &site);

} // namespace andon::app
