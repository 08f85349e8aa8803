#include "economics/ledger.h"

namespace andon::economics
{

std::vector<std::int64_t> shareOut(std::int64_t total, const std::vector<std::int64_t> &weights)
{
    std::vector<std::int64_t> out(weights.size(), 0);
    core::Wide sum = 0;
    std::size_t last = weights.size();
    for (std::size_t i = 0; i < weights.size(); ++i)
        if (weights[i] > 0) {
            sum += weights[i];
            last = i;
        }
    std::int64_t left = total;
    for (std::size_t i = 0; i < weights.size() && last < weights.size(); ++i) {
        if (weights[i] <= 0)
            continue;
        out[i] = i == last ? left : static_cast<std::int64_t>(static_cast<core::Wide>(total) * weights[i] / sum);
        left -= out[i];
    }
    return out;
}

} // namespace andon::economics
