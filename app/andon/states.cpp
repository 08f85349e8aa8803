#include "app/andon/states.h"

namespace andon::desktop
{

namespace
{

core::Error refused()
{
    return {.kind = core::ErrorKind::Refused,
            .where = "the source",
            .detail = "connection refused",
            .server = "https://factory.example:8000"};
}

core::Error forbidden()
{
    return {.kind = core::ErrorKind::Forbidden,
            .where = "the source",
            .detail = "insufficient permissions",
            .httpStatus = 403,
            .server = "https://factory.example:8000"};
}

} // namespace

core::Result<PageState> pageState(const QString &word, core::Instant now)
{
    using core::FreshnessState;
    const core::Instant earlier = now - 41 * core::kMinute;
    const std::pair<const char *, PageState> all[] = {
        {"loading", {{.state = FreshnessState::Loading}, false}},
        {"empty", {{.state = FreshnessState::Live, .at = now}, false}},
        {"filled", {{.state = FreshnessState::Live, .at = now}, true}},
        {"offline", {{.state = FreshnessState::Cached, .at = earlier}, true}},
        {"stale", {{.state = FreshnessState::Stale, .at = earlier, .error = refused()}, true}},
        {"partial", {{.state = FreshnessState::Partial, .at = now, .notes = {"1 of 3 stores did not answer"}}, true}},
        {"unavailable", {{.state = FreshnessState::Unavailable, .error = refused()}, false}},
        {"forbidden", {{.state = FreshnessState::Forbidden, .error = forbidden()}, false}},
        {"not-configured", {{.state = FreshnessState::NotConfigured}, false}},
    };
    std::string known;
    for (const auto &[name, state] : all) {
        if (word == QLatin1String(name))
            return state;
        known += (known.empty() ? "" : ", ") + std::string(name);
    }
    return core::fail(core::ErrorKind::Invalid, "--state",
                      "There is no state \"" + word.toStdString() + "\": " + known + ".");
}

} // namespace andon::desktop
