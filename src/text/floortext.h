#pragma once
// Words of the machines' pages: stations, figures, events, what needs somebody. Pure.
#include "core/instant.h"
#include "lineage/chain.h"
#include "telemetry/stations.h"

#include <QString>

namespace andon::text
{

[[nodiscard]] QString stationName(telemetry::Station station);
/// "GB/s read": what a figure's key stands for, beside its number.
[[nodiscard]] QString figureName(const std::string &key);
/// Why a figure has no value.
[[nodiscard]] QString figureMissing(const std::string &why);
/// A sentence for something that needs somebody, from its key and values.
[[nodiscard]] QString attentionTitle(const std::string &key, const lineage::KeyValues &values);
/// "ack Anna 12 min ago: on it".
[[nodiscard]] QString acknowledgedBy(std::string_view who, core::Instant at, std::string_view note, core::Instant now);
[[nodiscard]] QString attentionNext(const std::string &key);
[[nodiscard]] QString nodeKind(lineage::NodeKind kind);
[[nodiscard]] QString edgeMethod(lineage::EdgeMethod method);
/// What the method means, for a tooltip.
[[nodiscard]] QString edgeMethodMeaning(lineage::EdgeMethod method);
[[nodiscard]] QString findingSentence(const lineage::Finding &finding);
[[nodiscard]] QString factName(const std::string &key);

} // namespace andon::text
