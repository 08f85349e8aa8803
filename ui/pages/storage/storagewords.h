#pragma once
// What Storage says of its verdict, put together from a view. Pure.
#include "factory/machineviews.h"
#include "ui/theme/statusof.h"

#include <QString>

namespace andon::ui
{

/// "fb-ams-03 reads 11.7 of 11.8 GB/s at 6.3 times its normal latency since 10:57. 20 GPUs wait."
[[nodiscard]] QString verdictSentence(const factory::StorageView &view, core::Instant now);
[[nodiscard]] QString verdictAdvice(const factory::StorageView &view);
/// The whole verdict as plain text, to send to somebody.
[[nodiscard]] QString verdictSummary(const factory::StorageView &view, core::Instant now);
[[nodiscard]] QString rivalResult(const factory::RivalCheck &check); ///< "passed", "found", "not known"
[[nodiscard]] QString rivalValue(const factory::RivalCheck &check); ///< "busy 28 %"
/// "■■", "■□", "□□".
[[nodiscard]] QString pointsWords(int points);

} // namespace andon::ui
