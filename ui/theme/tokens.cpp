#include "ui/theme/tokens.h"

namespace andon::ui
{

namespace
{

QColor hex(unsigned rgb)
{
    return QColor::fromRgb(static_cast<QRgb>(0xff000000U | rgb));
}

template <std::size_t N> std::array<QColor, N> colours(const unsigned (&values)[N])
{
    std::array<QColor, N> all;
    for (std::size_t i = 0; i < N; ++i)
        all[i] = hex(values[i]);
    return all;
}

Tokens dark()
{
    Tokens t;
    t.theme = Theme::Dark;
    t.canvas = hex(0x0F1216);
    t.surface = hex(0x14171C);
    t.raised = hex(0x1B1F26);
    t.overlay = hex(0x232830);
    t.hover = hex(0x20252D);
    t.selected = hex(0x1E3A5F);
    t.borderSubtle = hex(0x262C35);
    t.border = hex(0x3A424E);
    t.borderStrong = hex(0x6F7886);
    t.text = hex(0xE6E9EE);
    t.text2 = hex(0xB7BEC8);
    t.muted = hex(0x929BA7);
    t.disabled = hex(0x5F6874);
    t.accent = hex(0x5BA3F5);
    t.onAccent = hex(0x08111F);
    t.link = hex(0x79B4F7);
    t.focus = hex(0x8EC1FF);
    t.status = colours({0xFF6B6B, 0xFF9A4D, 0xF2C94C, 0x4CC38A, 0x6BA8FF, 0xB69CFF, 0x8C95A1, 0x5F6874});
    t.tint = colours({0x3A2429, 0x3A2C24, 0x383324, 0x1D332E, 0x222E40, 0x2E2C40, 0x272B31, 0x232830});
    t.series = colours({0x5BA3F5, 0xBDC54E, 0xB15E6C, 0x92E6DC, 0x8B6C97, 0x83B279, 0x738725, 0xD087B2});
    t.added = hex(0x58A6FF);
    t.removed = hex(0xF0883E);
    return t;
}

Tokens light()
{
    Tokens t;
    t.theme = Theme::Light;
    t.canvas = hex(0xEEF0F3);
    t.surface = hex(0xFFFFFF);
    t.raised = hex(0xF6F7F9);
    t.overlay = hex(0xFFFFFF);
    t.hover = hex(0xEDF0F4);
    t.selected = hex(0xD6E6FA);
    t.borderSubtle = hex(0xE3E6EA);
    t.border = hex(0xC6CCD4);
    t.borderStrong = hex(0x7A828D);
    t.text = hex(0x1B1F24);
    t.text2 = hex(0x434A54);
    t.muted = hex(0x5D6570);
    t.disabled = hex(0x9AA1AA);
    t.accent = hex(0x0B62C1);
    t.onAccent = hex(0xFFFFFF);
    t.link = hex(0x0B5CB5);
    t.focus = hex(0x0B62C1);
    t.status = colours({0xC4232E, 0xB54708, 0x8A6100, 0x197A46, 0x0B62C1, 0x6B4FBB, 0x626A75, 0x7A828D});
    t.tint = colours({0xF9E9EA, 0xF8EDE6, 0xF3EFE6, 0xE8F2EC, 0xE7EFF9, 0xF0EDF8, 0xEFF0F1, 0xEFF0F1});
    t.series = colours({0x0B62C1, 0x9F8C5D, 0x9A374D, 0x199F93, 0x8086E2, 0x304407, 0x757308, 0x6B1866});
    t.added = hex(0x0550AE);
    t.removed = hex(0x9A4A00);
    return t;
}

} // namespace

const Tokens &tokensOf(Theme theme)
{
    static const Tokens kDark = dark();
    static const Tokens kLight = light();
    return theme == Theme::Dark ? kDark : kLight;
}

QColor blend(const QColor &a, const QColor &b, double share)
{
    const auto mix = [&](int x, int y) { return static_cast<int>(x * share + y * (1 - share) + 0.5); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

} // namespace andon::ui
