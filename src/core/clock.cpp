#include "core/clock.h"

#include <chrono>

namespace andon::core
{

Instant SystemClock::now() const
{
    using namespace std::chrono;
    return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

} // namespace andon::core
