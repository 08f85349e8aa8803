#pragma once
// What a test of a connection found, for the pane beside its form. Values only.
#include "factory/sourceboard.h"
#include "factory/sourcecheck.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/factlayout.h"

namespace andon::ui
{

[[nodiscard]] std::vector<Fact> checkFacts(const factory::SourceCheck &check, core::Instant now);
/// Before anything was tested: what the source said when it was asked last.
[[nodiscard]] std::vector<Fact> stateFacts(const factory::SourceState &state, core::Instant now);

/// "Connected", "Connected, 1 pack incomplete", "Refused": for the head of the card.
struct CheckWord {
    Status status = Status::Idle;
    QString word = {};
};
[[nodiscard]] CheckWord checkWord(const factory::SourceCheck &check);
[[nodiscard]] CheckWord stateWord(const factory::SourceState &state);

} // namespace andon::ui
