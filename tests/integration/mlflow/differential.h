#pragma once
// The demo's dialect, filled with what a real MLflow answers, asked the same calls as that server.
#include "tests/demo/client.h"
#include "tests/demo/mlflowcontent.h"
#include "tests/integration/mlflow/filling.h"

#include <string>
#include <vector>

namespace andon::test
{

/// Reads all that a filled server tells.
[[nodiscard]] demo::Registry readBack(Client &client, const Filled &filled);

struct Call {
    std::string method = {};
    std::string target = {};
    std::string body = {};
};
/// The calls of calls.txt with the ids of this server.
[[nodiscard]] std::vector<Call> calls(const Filled &filled);

/// One sentence per call that is answered differently, byte by byte. Sets, which Python prints in any order, count as
/// equal when they have the same members.
[[nodiscard]] std::vector<std::string> differences(Client &real, const demo::MlflowDialect &dialect,
                                                   const std::vector<Call> &calls);

/// Where keys or types of the two bodies differ; "" when the demo's has all that the real one has. Lists are compared
/// by their first items.
[[nodiscard]] std::string missingShape(const nlohmann::json &real, const nlohmann::json &demo,
                                       const std::string &where = "$");

} // namespace andon::test
