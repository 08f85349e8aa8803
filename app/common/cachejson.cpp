#include "app/common/cachejson.h"

#include <nlohmann/json.hpp>

namespace andon::app
{

namespace
{

using Json = nlohmann::ordered_json;

Json kindsJson(const std::vector<store::CacheKind> &kinds)
{
    Json list = Json::array();
    for (const store::CacheKind &kind : kinds)
        list.push_back({{"kind", kind.name}, {"rows", kind.rows}, {"bytes", kind.bytes}});
    return list;
}

} // namespace

Json evictionJson(const store::Eviction &eviction)
{
    return {{"at_ms", eviction.at.ms},
            {"cap_bytes", eviction.cap},
            {"before_bytes", eviction.before},
            {"after_bytes", eviction.after},
            {"evicted", kindsJson(eviction.gone)}};
}

Json cacheJson(const store::CacheStatistics &statistics, std::int64_t capBytes)
{
    return {{"file_bytes", statistics.fileBytes},
            {"free_bytes", statistics.freeBytes},
            {"cap_bytes", capBytes},
            {"kinds", kindsJson(statistics.kinds)},
            {"last_eviction", statistics.last.at.known() ? evictionJson(statistics.last) : Json()}};
}

} // namespace andon::app
