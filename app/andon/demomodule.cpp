#include "app/andon/demomodule.h"

#include "app/andon/module.h"

namespace andon::desktop
{

core::Result<RunningDemo> startDemo()
{
    const auto start = exported("demo", kStartDemo);
    if (!start)
        return core::fail(start.error());
    core::Result<RunningDemo> running;
    reinterpret_cast<StartDemo *> (*start)(running);
    return running;
}

} // namespace andon::desktop
