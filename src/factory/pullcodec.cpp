#include "factory/pullcodec.h"

#include <nlohmann/json.hpp>

namespace andon::factory
{

std::string packPulls(const std::vector<versions::PullRequest> &pulls)
{
    nlohmann::json list = nlohmann::json::array();
    for (const versions::PullRequest &p : pulls)
        list.push_back({p.id, static_cast<int>(p.status), p.title, p.description, p.author, p.created.ms, p.closed.ms,
                        p.source.value, p.destination.value, p.merged.value});
    return list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

core::Result<std::vector<versions::PullRequest>> unpackPulls(std::string_view packed)
{
    const auto damaged = [] {
        return core::fail(core::ErrorKind::Storage, "cache", "cached pull requests are damaged");
    };
    const nlohmann::json list = nlohmann::json::parse(packed, nullptr, false);
    if (!list.is_array())
        return damaged();
    std::vector<versions::PullRequest> pulls;
    for (const nlohmann::json &row : list) {
        if (!row.is_array() || row.size() != 10)
            return damaged();
        for (std::size_t i = 0; i < row.size(); ++i)
            if (i == 1 || i == 5 || i == 6 ? !row[i].is_number_integer() : !row[i].is_string())
                return damaged();
        const auto word = [&row](std::size_t i) { return row[i].get<std::string>(); };
        const int status = row[1].get<int>();
        if (status < 0 || status > static_cast<int>(versions::PullStatus::Unknown))
            return damaged();
        pulls.push_back({.id = word(0),
                         .status = static_cast<versions::PullStatus>(status),
                         .title = word(2),
                         .description = word(3),
                         .author = word(4),
                         .created = {row[5].get<std::int64_t>()},
                         .closed = {row[6].get<std::int64_t>()},
                         .source = versions::RefName(word(7)),
                         .destination = versions::RefName(word(8)),
                         .merged = versions::CommitId(word(9))});
    }
    return pulls;
}

} // namespace andon::factory
