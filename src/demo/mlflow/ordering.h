#pragma once
// MLflow's order_by over the demo registry. Pure.
#include "demo/mlflow/filter.h"

#include <algorithm>
#include <optional>

namespace andon::demo::mlflow
{

struct OrderKey {
    FilterKey key = {};
    bool ascending = true;
};

[[nodiscard]] Parsed<std::vector<OrderKey>> parseOrder(const std::vector<std::string> &texts, Searched searched);

/// Below 0 when a comes first: numbers as numbers, then NaN, then what has no value, whatever the direction.
[[nodiscard]] int compareValues(const OrderKey &key, const std::optional<std::string> &a,
                                const std::optional<std::string> &b);

/// Sorts by the keys; what is equal keeps its order.
template <typename Item, typename ValuesOfItem>
void sortBy(std::vector<Item> &items, const std::vector<OrderKey> &keys, ValuesOfItem valuesOf)
{
    const auto first = [](const std::vector<std::string> &values) {
        return values.empty() ? std::nullopt : std::optional(values.front());
    };
    std::stable_sort(items.begin(), items.end(), [&](const Item &a, const Item &b) {
        for (const OrderKey &key : keys)
            if (const int order = compareValues(key, first(valuesOf(a, key.key)), first(valuesOf(b, key.key))))
                return order < 0;
        return false;
    });
}

} // namespace andon::demo::mlflow
