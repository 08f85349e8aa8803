#include "app/andon/outsidemodule.h"

#include "app/andon/module.h"

namespace andon::app
{

std::unique_ptr<Outside> makeOutside(net::RequestLog &log, const core::Clock &clock)
{
    const auto make = desktop::exported("outside", desktop::kMakeOutside);
    if (!make) // main has looked for it: it was there at the start
        qFatal("%s", make.error().detail.c_str());
    std::unique_ptr<Outside> made;
    reinterpret_cast<desktop::MakeOutside *> (*make)(made, log, clock);
    return made;
}

} // namespace andon::app
