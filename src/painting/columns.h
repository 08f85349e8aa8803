#pragma once
// A series as column spans: for each pixel column the stretch from its lowest to its highest value, written straight
// into an image with analytic coverage at its edges. The cost follows the pixels, not the samples. Pure painting.
#include "telemetry/pyramid.h"
#include "telemetry/series.h"

#include <QImage>

namespace andon::painting
{

struct ColumnView {
    core::Instant from = {}; ///< time at the left edge
    core::Instant to = {}; ///< and at the right
    double low = 0; ///< value at the bottom
    double high = 1; ///< and at the top
    double pen = 1.5; ///< width in pixels
    std::int64_t gapMs = 0; ///< two samples further apart are not joined; 0: all are
};

/// Rows of an image from first up to, not including, last.
struct Rows {
    int first = 0;
    int last = 0;
};

/// image: Format_ARGB32_Premultiplied; colour over what is there. What is beyond the view is cut off; a sample that is
/// joined to none is a dot. Returns the rows that it may have touched, so that only they need be cleared and copied.
Rows paintColumns(QImage &image, const telemetry::Series &series, const telemetry::Pyramid &pyramid,
                  const ColumnView &view, QRgb colour);

} // namespace andon::painting
