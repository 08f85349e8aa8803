#pragma once
// Where the cards of one or two chains stand: layers from left to right, a band per chain, as large as there is room
// for. Geometry only; any thread.
#include "lineage/chain.h"

#include <QRectF>
#include <QString>

#include <vector>

namespace andon::ui
{

/// A chain with the words above it.
struct ChainBand {
    QString title = {}; ///< "Serving now"
    QString note = {}; ///< "fraud-llm@14, since 2026-11-17"
    bool dashed = false; ///< beside the one that is asked about
    lineage::Chain chain = {};
    bool operator==(const ChainBand &) const = default;
};

/// How much of a node is shown.
enum class CardDetail { Full, Medium, Compact };

struct ChainLayout {
    struct Card {
        QRectF rect = {};
        std::size_t band = 0;
        std::size_t node = 0;
        CardDetail detail = CardDetail::Full;
        int facts = 0; ///< rows of facts that have room
    };
    struct Wire {
        std::size_t band = 0;
        std::size_t edge = 0;
        QPointF from = {};
        QPointF to = {};
    };
    struct Column {
        lineage::NodeKind kind = lineage::NodeKind::Source;
        double x = 0;
        int nodes = 0;
    };
    std::vector<Column> columns = {};
    std::vector<QRectF> bands = {};
    std::vector<Card> cards = {}; ///< by band, then from left to right, then downwards
    std::vector<Wire> wires = {};
    double cardWidth = 0;
    double height = 0; ///< of everything; more than was asked for when it must scroll
    [[nodiscard]] const Card *card(std::size_t band, std::size_t node) const;
};

constexpr double kChainHead = 26; ///< the layers' names
constexpr double kChainLegend = 30; ///< below: how edges are known

[[nodiscard]] ChainLayout layOutChains(const std::vector<ChainBand> &bands, double width, double height);

} // namespace andon::ui
