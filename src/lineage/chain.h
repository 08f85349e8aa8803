#pragma once
// The chain deployment ← model version ← run ← dataset ← data commit; each edge says how it is known.
#include "core/evidence.h"
#include "lineage/registry.h"
#include "versions/commit.h"

namespace andon::lineage
{

enum class NodeKind { Source, DataCommit, Dataset, Run, ModelVersion, Deployment };
enum class EdgeMethod { Declared, Label, UriEqual, NameMatched, Inferred, Asserted };
enum class Severity { Info, Warning, Major, Critical };

/// A finding is a key with values; text/ makes the sentence.
struct Finding {
    Severity severity = Severity::Warning;
    std::string key = {}; ///< "weak-digest", "unpinned", "source-disagrees", "shared-dataset-row", "gate-skipped",
                          ///< "deleted-run", "missing-dataset" …
    KeyValues values = {};
    bool operator==(const Finding &) const = default;
};

struct Node {
    std::string id = {}; ///< unique in the chain: "run:…", "commit:repo@…"
    NodeKind kind = NodeKind::Run;
    std::string title = {}; ///< the thing's own name, server text
    KeyValues facts = {}; ///< key → value, keys known to text/
    Instant at = {};
    bool operator==(const Node &) const = default;
};

/// A rule of the resolution and what it said.
struct RuleOutcome {
    int rule = 0; ///< 1..6, reference: dataset to data commit, first rule that fires
    std::string verdict = {}; ///< "fired", "agrees", "disagrees", "not needed", "no"
    std::string detail = {};
    bool operator==(const RuleOutcome &) const = default;
};

struct Edge {
    std::string from = {}; ///< upstream node id (data side)
    std::string to = {};
    EdgeMethod method = EdgeMethod::Declared;
    std::vector<RuleOutcome> rules = {};
    std::vector<Finding> findings = {};
    std::vector<core::Evidence> evidence = {};
    bool operator==(const Edge &) const = default;
};

struct Chain {
    std::vector<Node> nodes = {};
    std::vector<Edge> edges = {};
    std::vector<Finding> findings = {}; ///< of the whole chain (missing dataset, deleted run …)
    [[nodiscard]] const Node *node(std::string_view id) const;
    bool operator==(const Chain &) const = default;
};

} // namespace andon::lineage
