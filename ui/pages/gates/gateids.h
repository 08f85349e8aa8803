#pragma once
// What the rows of the gates' tables are called, for selections and links. Pure.
#include "factory/gateviews.h"
#include "text/plain.h"

#include <QString>

namespace andon::ui
{

/// "REPO@HOOK/EVENT": in links.
[[nodiscard]] inline QString gateName(const factory::GateRow &row)
{
    return text::visible(row.repository.value) + u'@' + text::visible(row.line.hook) + u'/'
        + text::visible(row.line.event);
}
[[nodiscard]] inline QString gateId(const factory::GateRow &row)
{
    return text::visible(row.site.value) + u'/' + gateName(row);
}
[[nodiscard]] inline QString runId(const versions::GateResult &result)
{
    return text::visible(result.run) + u'/' + text::visible(result.hookRun);
}
[[nodiscard]] inline QString findingId(const factory::PastSkipped &finding)
{
    return text::visible(finding.site.value) + u'/' + text::visible(finding.repository.value) + u'/'
        + runId(finding.result);
}
[[nodiscard]] inline QString datasetId(const factory::DatasetRow &row)
{
    return text::visible(row.site.value) + u'/' + text::visible(row.repository.value);
}

} // namespace andon::ui
