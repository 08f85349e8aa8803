#pragma once
// What the ways of printing a comparison share.
#include "app/andonctl/session.h"
#include "factory/comparecontext.h"

namespace andon::ctl
{

struct Asked {
    core::Snapshot<factory::Comparison> comparison = {};
    factory::CompareContext context = {};
};

/// What every JSON document of a comparison begins with.
[[nodiscard]] Json headOf(const Asked &asked);
/// Who was trained on the sides, and what came to RIGHT past a gate.
void noteContext(const factory::CompareContext &context);

/// Counts while the pages pass: memory does not grow with the changes.
[[nodiscard]] int diffRollup(Session &session, factory::Site &site, const QCommandLineParser &parser,
                             const Asked &asked);
/// One object on both sides, as Compare shows it: beside RIGHT stands the merge base, with two dots or in a conflict
/// LEFT.
[[nodiscard]] int diffObject(Session &session, factory::Site &site, const std::string &path,
                             const core::Snapshot<factory::Comparison> &comparison);

} // namespace andon::ctl
