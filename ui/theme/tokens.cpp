#include "ui/theme/tokens.h"

#include <algorithm>

namespace andon::ui
{

namespace
{

/// One theme as 0xRRGGBB, in the order of Tokens.
struct Shades {
    std::array<unsigned, 17> grounds; ///< canvas … focus
    std::array<unsigned, 8> status, tint, series;
    unsigned added, removed;
};

constexpr Shades kDark = {
    {0x0F1216, 0x14171C, 0x1B1F26, 0x232830, 0x20252D, 0x1E3A5F, 0x262C35, 0x3A424E, 0x6F7886, 0xE6E9EE, 0xB7BEC8,
     0x929BA7, 0x5F6874, 0x5BA3F5, 0x08111F, 0x79B4F7, 0x8EC1FF},
    {0xFF6B6B, 0xFF9A4D, 0xF2C94C, 0x4CC38A, 0x6BA8FF, 0xB69CFF, 0x8C95A1, 0x5F6874},
    {0x3A2429, 0x3A2C24, 0x383324, 0x1D332E, 0x222E40, 0x2E2C40, 0x272B31, 0x232830},
    {0x5BA3F5, 0xBDC54E, 0xB15E6C, 0x92E6DC, 0x8B6C97, 0x83B279, 0x738725, 0xD087B2},
    0x58A6FF,
    0xF0883E,
};

constexpr Shades kLight = {
    {0xEEF0F3, 0xFFFFFF, 0xF6F7F9, 0xFFFFFF, 0xEDF0F4, 0xD6E6FA, 0xE3E6EA, 0xC6CCD4, 0x7A828D, 0x1B1F24, 0x434A54,
     0x5D6570, 0x9AA1AA, 0x0B62C1, 0xFFFFFF, 0x0B5CB5, 0x0B62C1},
    {0xC4232E, 0xB54708, 0x8A6100, 0x197A46, 0x0B62C1, 0x6B4FBB, 0x626A75, 0x7A828D},
    {0xF9E9EA, 0xF8EDE6, 0xF3EFE6, 0xE8F2EC, 0xE7EFF9, 0xF0EDF8, 0xEFF0F1, 0xEFF0F1},
    {0x0B62C1, 0x9F8C5D, 0x9A374D, 0x199F93, 0x8086E2, 0x304407, 0x757308, 0x6B1866},
    0x0550AE,
    0x9A4A00,
};

/// All that carries meaning at 7 : 1, borders as strong as text.
constexpr Shades kHighContrast = {
    {0x000000, 0x000000, 0x000000, 0x000000, 0x2A2A2A, 0x00407F, 0x969696, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF,
     0xE0E0E0, 0xA8A8A8, 0x8EC9FF, 0x000000, 0x9AD0FF, 0xFFE45C},
    {0xFF8F8F, 0xFFA866, 0xFFDD66, 0x66E6A8, 0x94C6FF, 0xCDBBFF, 0xC6CDD6, 0xB4BBC4},
    {0x3A0A0A, 0x3A2000, 0x332900, 0x00301C, 0x00264D, 0x231A4D, 0x262626, 0x1A1A1A},
    {0x44B4FF, 0xE6EE6E, 0xDE7790, 0xB0F3FF, 0xBA85B9, 0x9ACD88, 0x84A043, 0xFFD3D1},
    0x8EC9FF,
    0xFFA866,
};

QColor hex(unsigned rgb)
{
    return QColor::fromRgb(static_cast<QRgb>(0xff000000U | rgb));
}

std::array<QColor, 8> colours(const std::array<unsigned, 8> &values)
{
    std::array<QColor, 8> all;
    std::transform(values.begin(), values.end(), all.begin(), hex);
    return all;
}

Tokens made(Theme theme, const Shades &shades)
{
    Tokens t;
    t.theme = theme;
    QColor *const grounds[] = {&t.canvas,       &t.surface, &t.raised,       &t.overlay, &t.hover, &t.selected,
                               &t.borderSubtle, &t.border,  &t.borderStrong, &t.text,    &t.text2, &t.muted,
                               &t.disabled,     &t.accent,  &t.onAccent,     &t.link,    &t.focus};
    static_assert(std::size(grounds) == std::tuple_size_v<decltype(shades.grounds)>);
    for (std::size_t i = 0; i < shades.grounds.size(); ++i)
        *grounds[i] = hex(shades.grounds[i]);
    t.status = colours(shades.status);
    t.tint = colours(shades.tint);
    t.series = colours(shades.series);
    t.added = hex(shades.added);
    t.removed = hex(shades.removed);
    return t;
}

constexpr std::pair<Theme, const char *> kNames[] = {
    {Theme::Dark, "dark"}, {Theme::Light, "light"}, {Theme::HighContrast, "high-contrast"}};

} // namespace

const Tokens &tokensOf(Theme theme)
{
    static const Tokens kAll[] = {made(Theme::Dark, kDark), made(Theme::Light, kLight),
                                  made(Theme::HighContrast, kHighContrast)};
    return kAll[static_cast<std::size_t>(theme)];
}

const char *nameOf(Theme theme)
{
    return kNames[static_cast<std::size_t>(theme)].second;
}

std::optional<Theme> themeNamed(std::string_view name)
{
    for (const auto &[theme, known] : kNames)
        if (name == known)
            return theme;
    return std::nullopt;
}

QColor blend(const QColor &a, const QColor &b, double share)
{
    const auto mix = [&](int x, int y) { return static_cast<int>(x * share + y * (1 - share) + 0.5); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

} // namespace andon::ui
