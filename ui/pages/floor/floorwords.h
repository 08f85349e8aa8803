#pragma once
// What the Floor says of a station and of what needs somebody, put together from a view. Pure.
#include "factory/floorview.h"
#include "ui/theme/shapes.h"
#include "ui/theme/statusof.h"

#include <QString>

namespace andon::ui
{

/// The line under the figure: what it is held against.
[[nodiscard]] QString stationTarget(const factory::StationView &station);
[[nodiscard]] QString stationWhy(const factory::StationView &station, core::Instant now);
/// "3 of 4", "8.15 ms ×6.3": the value of a fact.
[[nodiscard]] QString factValue(const factory::Figure &fact);
[[nodiscard]] QString factName(const factory::Figure &fact); ///< "Longest: code-assist-821"
[[nodiscard]] QString flowWords(const factory::Figure &flow); ///< "19.9 GB/s", "3 runs"

[[nodiscard]] QString attentionHead(const factory::Attention &one); ///< an alert's own words, where it has some
/// The second line of what needs somebody, its cost first.
[[nodiscard]] QString attentionLine(const factory::Attention &one, const factory::FloorView &view);
[[nodiscard]] QChar eventLetter(factory::EventKind kind);
[[nodiscard]] QString eventWords(const factory::EventMark &event); ///< "Merge into ml-data: …"
/// "M merge · T run · A alert": the letters that are there.
[[nodiscard]] QString eventLegend(const std::vector<factory::EventMark> &events);

} // namespace andon::ui
