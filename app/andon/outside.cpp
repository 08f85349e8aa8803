// The module that asks other machines: see outsidemodule.h.
#include "app/andon/outsidemodule.h"

extern "C" [[gnu::visibility("default")]] void andonMakeOutside(std::unique_ptr<andon::app::Outside> &made,
                                                                andon::net::RequestLog &log,
                                                                const andon::core::Clock &clock)
{
    made = andon::app::makeOutside(log, clock);
}
