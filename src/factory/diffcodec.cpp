#include "factory/diffcodec.h"

#include <nlohmann/json.hpp>

namespace andon::factory
{

std::string packDiff(const versions::DiffPage &page)
{
    nlohmann::json json = {{"next", page.next}, {"entries", nlohmann::json::array()}};
    for (const versions::DiffEntry &entry : page.entries)
        json["entries"].push_back({static_cast<int>(entry.type), entry.path, entry.isPrefix,
                                   entry.sizeBytes ? nlohmann::json(*entry.sizeBytes) : nlohmann::json()});
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

core::Result<versions::DiffPage> unpackDiff(std::string_view packed)
{
    const auto damaged = [] { return core::fail(core::ErrorKind::Storage, "cache", "a cached comparison is damaged"); };
    const nlohmann::json json = nlohmann::json::parse(packed, nullptr, false);
    if (!json.is_object() || !json.contains("entries") || !json["entries"].is_array() || !json.contains("next")
        || !json["next"].is_string())
        return damaged();
    versions::DiffPage page{.next = json["next"].get_ref<const std::string &>()};
    for (const nlohmann::json &row : json["entries"]) {
        if (!row.is_array() || row.size() != 4 || !row[0].is_number_integer() || !row[1].is_string()
            || !row[2].is_boolean())
            return damaged();
        versions::DiffEntry entry{.type = static_cast<versions::DiffType>(row[0].get<int>()),
                                  .path = row[1].get_ref<const std::string &>(),
                                  .isPrefix = row[2].get<bool>()};
        if (row[3].is_number_integer())
            entry.sizeBytes = row[3].get<std::int64_t>();
        page.entries.push_back(std::move(entry));
    }
    return page;
}

} // namespace andon::factory
