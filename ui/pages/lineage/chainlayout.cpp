#include "ui/pages/lineage/chainlayout.h"

#include <algorithm>
#include <array>
#include <map>

namespace andon::ui
{

namespace
{

constexpr double kSide = 12; // left and right of everything
constexpr double kBandHead = 24;
constexpr double kBandFoot = 12;
constexpr double kBandGap = 10;
constexpr double kCardGap = 10; // between cards of one layer
constexpr double kWidest = 208;
constexpr double kNarrowest = 84;
constexpr double kFactRow = 16;
constexpr double kTitleAndState = 46; // and the space around them
constexpr int kMostFacts = 7;

/// A way to show one band.
struct Shape {
    CardDetail detail = CardDetail::Full;
    int facts = 0;
    [[nodiscard]] double card() const
    {
        return detail == CardDetail::Compact ? 36 : kTitleAndState + kFactRow * facts + (facts > 0 ? 8 : 0);
    }
    [[nodiscard]] double band(int stack) const
    {
        return kBandHead + kBandFoot + card() * stack + kCardGap * std::max(0, stack - 1);
    }
};

/// From the richest on: the first with which all bands fit is used.
const std::vector<std::array<Shape, 2>> &shapes()
{
    static const std::vector<std::array<Shape, 2>> all = [] {
        std::vector<std::array<Shape, 2>> list;
        for (int facts = kMostFacts; facts >= 4; --facts)
            list.push_back({Shape{CardDetail::Full, facts}, Shape{CardDetail::Full, facts}});
        list.push_back({Shape{CardDetail::Full, 4}, Shape{CardDetail::Medium, 2}});
        list.push_back({Shape{CardDetail::Full, 3}, Shape{CardDetail::Medium, 2}});
        list.push_back({Shape{CardDetail::Medium, 2}, Shape{CardDetail::Medium, 2}});
        list.push_back({Shape{CardDetail::Medium, 2}, Shape{CardDetail::Compact, 0}});
        list.push_back({Shape{CardDetail::Compact, 0}, Shape{CardDetail::Compact, 0}});
        return list;
    }();
    return all;
}

using Layers = std::map<lineage::NodeKind, std::vector<std::size_t>>;

Layers layersOf(const lineage::Chain &chain)
{
    Layers layers;
    for (std::size_t i = 0; i < chain.nodes.size(); ++i)
        layers[chain.nodes[i].kind].push_back(i);
    return layers;
}

int stackOf(const Layers &layers)
{
    std::size_t most = 1;
    for (const auto &[kind, nodes] : layers)
        most = std::max(most, nodes.size());
    return static_cast<int>(most);
}

class Builder
{
public:
    Builder(const std::vector<ChainBand> &bands, double width, double height)
        : m_bands(bands)
        , m_width(width)
        , m_height(height)
    {
        for (const ChainBand &band : bands)
            m_layers.push_back(layersOf(band.chain));
    }
    ChainLayout build();

private:
    void columns();
    [[nodiscard]] double total(const std::array<Shape, 2> &shape) const;
    [[nodiscard]] std::array<Shape, 2> choose() const;
    void place(std::size_t band, const Shape &shape, double top);
    void wires(std::size_t band);

    const std::vector<ChainBand> &m_bands;
    double m_width;
    double m_height;
    std::vector<Layers> m_layers;
    ChainLayout m_out;
};

void Builder::columns()
{
    std::map<lineage::NodeKind, int> counts;
    for (const Layers &layers : m_layers)
        for (const auto &[kind, nodes] : layers)
            counts[kind] += static_cast<int>(nodes.size());
    if (counts.empty())
        return;
    const auto n = static_cast<double>(counts.size());
    const double pitch = (m_width - 2 * kSide - 16) / n;
    m_out.cardWidth = std::clamp(pitch - std::max(34.0, pitch * 0.2), kNarrowest, kWidest);
    // The first card stands at the left edge, the last at the right one: what is between has the room.
    const double step = n > 1 ? (m_width - 2 * kSide - 16 - m_out.cardWidth) / (n - 1) : 0;
    double x = kSide + 8;
    for (const auto &[kind, nodes] : counts) {
        m_out.columns.push_back({kind, x, nodes});
        x += step;
    }
}

double Builder::total(const std::array<Shape, 2> &shape) const
{
    double sum = kChainHead + kChainLegend;
    for (std::size_t i = 0; i < m_layers.size(); ++i)
        sum += shape[std::min<std::size_t>(i, 1)].band(stackOf(m_layers[i])) + kBandGap;
    return sum;
}

std::array<Shape, 2> Builder::choose() const
{
    for (const auto &shape : shapes())
        if (total(shape) <= m_height)
            return shape;
    // It scrolls anyway: then it may as well be readable.
    return m_layers.size() < 3 ? std::array<Shape, 2>{Shape{CardDetail::Medium, 2}, Shape{CardDetail::Medium, 2}}
                               : shapes().back();
}

void Builder::place(std::size_t band, const Shape &shape, double top)
{
    const int stack = stackOf(m_layers[band]);
    const double card = shape.card();
    const double height = shape.band(stack);
    m_out.bands.push_back(QRectF(kSide - 4, top, m_width - 2 * (kSide - 4), height));
    for (const ChainLayout::Column &column : m_out.columns) {
        const auto found = m_layers[band].find(column.kind);
        if (found == m_layers[band].end())
            continue;
        const auto here = static_cast<double>(found->second.size());
        double y = top + kBandHead + (height - kBandHead - kBandFoot - here * card - (here - 1) * kCardGap) / 2;
        for (const std::size_t node : found->second) {
            m_out.cards.push_back({QRectF(column.x, y, m_out.cardWidth, card), band, node, shape.detail, shape.facts});
            y += card + kCardGap;
        }
    }
}

void Builder::wires(std::size_t band)
{
    const lineage::Chain &chain = m_bands[band].chain;
    const auto cardOf = [&](const std::string &id) -> const ChainLayout::Card * {
        for (std::size_t i = 0; i < chain.nodes.size(); ++i)
            if (chain.nodes[i].id == id)
                return m_out.card(band, i);
        return nullptr;
    };
    for (std::size_t i = 0; i < chain.edges.size(); ++i) {
        const ChainLayout::Card *from = cardOf(chain.edges[i].from);
        const ChainLayout::Card *to = cardOf(chain.edges[i].to);
        if (from && to)
            m_out.wires.push_back({band, i, QPointF(from->rect.right(), from->rect.center().y()),
                                   QPointF(to->rect.left(), to->rect.center().y())});
    }
}

ChainLayout Builder::build()
{
    columns();
    const auto shape = choose();
    // What is left over goes between and around the bands.
    const double spare = std::max(0.0, m_height - total(shape));
    const double gap = std::min(28.0, spare / static_cast<double>(m_layers.size() + 1));
    double y = kChainHead + gap / 2;
    for (std::size_t band = 0; band < m_layers.size(); ++band) {
        const Shape &own = shape[std::min<std::size_t>(band, 1)];
        place(band, own, y);
        wires(band);
        y += own.band(stackOf(m_layers[band])) + kBandGap + gap;
    }
    m_out.height = std::max(m_height, y + kChainLegend - gap);
    return std::move(m_out);
}

} // namespace

const ChainLayout::Card *ChainLayout::card(std::size_t band, std::size_t node) const
{
    for (const Card &card : cards)
        if (card.band == band && card.node == node)
            return &card;
    return nullptr;
}

ChainLayout layOutChains(const std::vector<ChainBand> &bands, double width, double height)
{
    return Builder(bands, width, height).build();
}

} // namespace andon::ui
