#pragma once
// Ids of different things are different types: a signature never takes two bare strings. All are UTF-8.
#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace andon::core
{

template <typename Tag> struct Id {
    std::string value;

    Id() = default;
    explicit Id(std::string v)
        : value(std::move(v))
    {
    }
    [[nodiscard]] bool empty() const { return value.empty(); }
    auto operator<=>(const Id &) const = default;
    bool operator==(const Id &) const = default;
};

using SiteName = Id<struct SiteNameTag>; ///< [a-z0-9-]{1,40}
using SourceName = Id<struct SourceNameTag>; ///< a source within a site: "lakefs", "prometheus-2"
using RepositoryId = Id<struct RepositoryIdTag>; ///< lakeFS repository
using CommitId = Id<struct CommitIdTag>; ///< 64 hex digits
using RefName = Id<struct RefNameTag>; ///< branch, tag, or a ref expression such as main~2
using ModelName = Id<struct ModelNameTag>; ///< registered model
using ModelVersionNumber = Id<struct ModelVersionNumberTag>;
using RunId = Id<struct RunIdTag>;
using ExperimentId = Id<struct ExperimentIdTag>;
using SignalName = Id<struct SignalNameTag>; ///< canonical, "gpu.busy"

} // namespace andon::core

template <typename Tag> struct std::hash<andon::core::Id<Tag>> {
    std::size_t operator()(const andon::core::Id<Tag> &id) const noexcept { return std::hash<std::string>{}(id.value); }
};
