#pragma once
// A query to a tree whose types fit. Pure; any thread.
#include "demo/promql/ast.h"
#include "demo/promql/signatures.h"

namespace andon::demo::promql
{

/// The error's detail is Prometheus's: `1:5: parse error: …`; its hint "bad_data".
[[nodiscard]] core::Result<std::unique_ptr<Node>> parse(std::string_view query);

/// What is wrong and where; nothing when all is well. The first error in Prometheus's order.
struct Complaint {
    int at = 0;
    std::string text = {};
};
[[nodiscard]] std::optional<Complaint> checkTypes(Node &node);

[[nodiscard]] ValueKind kindOf(const Node &node);
[[nodiscard]] std::string_view nameOf(Op op);

/// A Paren is only for the reader: what it holds.
[[nodiscard]] const Node &unwrapped(const Node &node);

} // namespace andon::demo::promql
