#include "ui/theme/statusof.h"

namespace andon::ui
{

Status statusOf(core::FreshnessState state)
{
    using core::FreshnessState;
    switch (state) {
    case FreshnessState::Live:
        return Status::Ok;
    case FreshnessState::Loading:
    case FreshnessState::Cached:
    case FreshnessState::NotConfigured:
        return Status::Idle;
    case FreshnessState::Stale:
    case FreshnessState::Unavailable:
        return Status::Stale;
    case FreshnessState::Partial:
    case FreshnessState::Forbidden:
        return Status::Warning;
    }
    return Status::Idle;
}

Status statusOf(telemetry::Level level)
{
    using telemetry::Level;
    switch (level) {
    case Level::Critical:
        return Status::Critical;
    case Level::Major:
        return Status::Major;
    case Level::Warning:
        return Status::Warning;
    case Level::Info:
        return Status::Info;
    case Level::Ok:
        return Status::Ok;
    case Level::Unknown:
        return Status::Stale;
    }
    return Status::Idle;
}

Status statusOf(telemetry::Starvation verdict)
{
    using telemetry::Starvation;
    switch (verdict) {
    case Starvation::StorageConfirmed:
    case Starvation::StorageProbable:
        return Status::Critical;
    case Starvation::StoragePossible:
        return Status::Major;
    case Starvation::InputElsewhere:
    case Starvation::UnderUsed:
        return Status::Warning;
    case Starvation::NotStarved:
        return Status::Ok;
    case Starvation::InsufficientData:
        break;
    }
    return Status::Stale;
}

Status statusOf(lineage::Severity severity)
{
    using lineage::Severity;
    switch (severity) {
    case Severity::Critical:
        return Status::Critical;
    case Severity::Major:
        return Status::Major;
    case Severity::Warning:
        return Status::Warning;
    case Severity::Info:
        break;
    }
    return Status::Info;
}

Status statusOf(versions::HookStatus status)
{
    switch (status) {
    case versions::HookStatus::Completed:
        return Status::Ok;
    case versions::HookStatus::Failed:
        return Status::Critical;
    case versions::HookStatus::Skipped:
        return Status::Major;
    case versions::HookStatus::Unknown:
        break;
    }
    return Status::Idle;
}

} // namespace andon::ui
