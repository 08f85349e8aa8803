#include "app/common/kpidocument.h"

namespace andon::app
{

namespace
{

core::Freshness lastRead(factory::Site &site, const std::string &kind)
{
    if (kind == "lakefs") {
        const auto kept = site.versions().repositories(factory::Access::CacheOnly, {});
        return kept ? kept->freshness : core::Freshness{};
    }
    if (kind == "mlflow") {
        const auto kept = site.registry().models(factory::Access::CacheOnly, {});
        return kept ? kept->freshness : core::Freshness{};
    }
    return {};
}

} // namespace

reports::KpiDocument kpiDocument(factory::Site &site, core::Snapshot<economics::KpiReport> figures)
{
    reports::KpiDocument document{.site = site.name().value,
                                  .made = site.clock().now(),
                                  .report = std::move(figures.value),
                                  .freshness = std::move(figures.freshness)};
    for (const factory::SourceState &source : site.board().states(core::kMinute))
        document.sources.push_back({source.kind, source.product, source.freshness});
    return document;
}

void addLastReads(reports::KpiDocument &document, factory::Site &site)
{
    for (reports::SourceLine &source : document.sources)
        if (!source.freshness.at.known() && !source.freshness.error)
            source.freshness = source.kind == "prometheus" ? document.freshness : lastRead(site, source.kind);
}

} // namespace andon::app
