#include "versions/pull.h"

namespace andon::versions
{

const char *nameOf(PullStatus status)
{
    static constexpr const char *kNames[] = {"open", "merged", "closed", "unknown"};
    return kNames[static_cast<std::size_t>(status)];
}

} // namespace andon::versions
