#pragma once
// Every colour and metric of the console, by meaning. Values: reference interface.md 7.3. A widget asks its style for
// them (theme/style.h) and keeps none.
#include <QColor>

#include <array>
#include <optional>
#include <string_view>

namespace andon::ui
{

enum class Theme { Dark, Light, HighContrast };

/// How something is doing. Always painted as shape and colour, with a word beside it.
enum class Status { Critical, Major, Warning, Ok, Info, Maintenance, Stale, Idle };

struct Tokens {
    Theme theme = Theme::Dark;
    QColor canvas, surface, raised, overlay, hover, selected, borderSubtle, border, borderStrong;
    QColor text, text2, muted, disabled, accent, onAccent, link, focus;
    std::array<QColor, 8> status = {}; ///< by Status
    std::array<QColor, 8> tint = {}; ///< fill behind text of a status
    std::array<QColor, 8> series = {}; ///< S1 … S8
    QColor added, removed;

    [[nodiscard]] QColor of(Status s) const { return status[static_cast<std::size_t>(s)]; }
    [[nodiscard]] QColor tintOf(Status s) const { return tint[static_cast<std::size_t>(s)]; }
    /// A lane of the commit graph; 0 is the default branch.
    [[nodiscard]] QColor lane(int colour) const { return series[static_cast<std::size_t>(colour) % series.size()]; }
};

[[nodiscard]] const Tokens &tokensOf(Theme theme);
/// "dark", "light", "high-contrast": as in settings and on the command line.
[[nodiscard]] const char *nameOf(Theme theme);
[[nodiscard]] std::optional<Theme> themeNamed(std::string_view name);

/// `share` of a over b, both opaque: what an alpha blend would look like, without its cost and its overlaps.
[[nodiscard]] QColor blend(const QColor &a, const QColor &b, double share);

namespace metric
{
constexpr int kRail = 64;
constexpr int kStrip = 48;
constexpr int kToolbar = 36;
constexpr int kTabs = 28; // of a room's pages
constexpr int kStatusBar = 24;
constexpr int kCardHeader = 28;
constexpr int kRow = 24;
constexpr int kGap = 12;
constexpr int kRadius = 4;
constexpr int kLanePitch = 16;
} // namespace metric

} // namespace andon::ui
