#pragma once
// Words of a chain: what a node is called, how it is doing, what is known of it, which rule found its data. Pure.
#include "lineage/chain.h"

#include <QString>

#include <vector>

namespace andon::text
{

/// "8942299e3786", "fraud-llm@14": the name of a node where there is little room.
[[nodiscard]] QString nodeTitle(const lineage::Node &node);

/// How a node is doing, from its facts and from what was found about it.
struct NodeState {
    std::optional<lineage::Severity> finding = {}; ///< the worst about it; nothing when there is none
    QString words = {}; ///< "Gate skipped", "Finished", "Alias champion"
    bool operator==(const NodeState &) const = default;
};
[[nodiscard]] NodeState nodeState(const lineage::Chain &chain, const lineage::Node &node);

struct NamedValue {
    QString name = {};
    QString value = {};
    bool code = false; ///< an id, an address: shown in a fixed pitch, may break anywhere
    bool operator==(const NamedValue &) const = default;
};
/// At most `most`, the telling ones first: for a card.
[[nodiscard]] std::vector<NamedValue> nodeCard(const lineage::Node &node, core::Instant now, std::size_t most);
/// All of them, whole.
[[nodiscard]] std::vector<NamedValue> nodeFacts(const lineage::Node &node, core::Instant now);

/// The rules from a dataset to its commit, 1 to 6: "Source names a commit".
[[nodiscard]] QString ruleName(int rule);
[[nodiscard]] QString ruleVerdict(const lineage::RuleOutcome &outcome);
/// Why one edge is believed that no rule was needed for.
[[nodiscard]] QString edgeReason(const lineage::Chain &chain, const lineage::Edge &edge);
/// "=", "≈", "?" in the middle of an edge; "" for what was declared.
[[nodiscard]] QString edgeSign(lineage::EdgeMethod method);

[[nodiscard]] QString severityWord(lineage::Severity severity);
[[nodiscard]] QString findingTitle(const lineage::Finding &finding); ///< "Gate skipped"
/// The sentence with its values: which hook, which commit, by whom.
[[nodiscard]] QString findingDetail(const lineage::Finding &finding);

} // namespace andon::text
