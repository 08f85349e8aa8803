#pragma once
// Result<T> is the only way a function of ours says that it failed.
#include "core/error.h"

#include <tl/expected.hpp>

#include <utility>

namespace andon::core
{

template <typename T = void> using Result = tl::expected<T, Error>;

[[nodiscard]] inline auto fail(Error error)
{
    return tl::make_unexpected(std::move(error));
}
[[nodiscard]] inline auto fail(ErrorKind kind, std::string where, std::string detail)
{
    return tl::make_unexpected(Error{.kind = kind, .where = std::move(where), .detail = std::move(detail)});
}

/// The first of several failures, when there is one.
template <typename... Results> [[nodiscard]] std::optional<Error> firstError(const Results &...results)
{
    std::optional<Error> first;
    const auto look = [&](const auto &result) {
        if (!result && !first)
            first = result.error();
    };
    (look(results), ...);
    return first;
}

} // namespace andon::core
