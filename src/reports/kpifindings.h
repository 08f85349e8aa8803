#pragma once
// What a reader of the report must know and what can be done about it: from the figures and from how their sources
// answered. Nothing is guessed: a cause that no source names is not named. Pure.
#include "reports/kpidata.h"

#include <QString>

#include <vector>

namespace andon::reports
{

struct ReportFinding {
    enum class Weight { Major, Warning, Note };
    Weight weight = Weight::Warning;
    QString title = {}; ///< "chat-small@6 costs more than it earns"
    QString detail = {};
    QString action = {};
    bool operator==(const ReportFinding &) const = default;
};

/// Worst first. Empty: nothing is wrong with the figures or with their sources.
[[nodiscard]] std::vector<ReportFinding> findingsOf(const KpiDocument &document);
/// The headline in two or three sentences.
[[nodiscard]] QString summaryOf(const KpiDocument &document);
/// The source that answered longest ago; nullptr when none has answered.
[[nodiscard]] const SourceLine *stalestOf(const KpiDocument &document);
/// Some of what is shown was read earlier than the report was made.
[[nodiscard]] bool isCached(const KpiDocument &document);
[[nodiscard]] QString productOf(const SourceLine &source); ///< "Prometheus 2.42.0", or the kind
/// "AMS-1-KPI-20261124-1617": names the report by site and end of its window; "…-7D" when that is no day.
[[nodiscard]] QString reportName(const KpiDocument &document);

} // namespace andon::reports
