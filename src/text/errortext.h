#pragma once
// The one place where an error becomes sentences: which server, what happened, what to do next. Pure; any thread.
#include "core/error.h"
#include "core/freshness.h"

#include <QString>

namespace andon::text
{

/// "The lakeFS at https://data.example refused the sign-in." One sentence that names the server and the cause.
[[nodiscard]] QString headline(const core::Error &error);
/// What the person can do about it: one or two sentences, never empty.
[[nodiscard]] QString nextStep(const core::Error &error);
/// headline, next step and the server's own words, for a terminal.
[[nodiscard]] QString paragraph(const core::Error &error);

/// "live", "cached 5 min ago", "stale: …": the word of a state with its age.
[[nodiscard]] QString freshnessLine(const core::Freshness &freshness, core::Instant now);
[[nodiscard]] QString stateWord(core::FreshnessState state); ///< "Live", "Cached", "Stale" …

} // namespace andon::text
