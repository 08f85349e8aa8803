#pragma once
// Bodies, errors and pages of the MLflow API. Internal to the dialect.
#include "demo/mlflow/filter.h"
#include "demo/mlflow/mlflowdialect.h"

#include <nlohmann/json.hpp>

#include <functional>
#include <optional>

namespace andon::demo::mlflow
{

using Json = nlohmann::ordered_json;
using Answer = MlflowDialect::Answer;

[[nodiscard]] Answer ok(const Json &json); ///< as protobuf prints it: two spaces, ASCII
[[nodiscard]] Answer invalid(const std::string &message); ///< 400
[[nodiscard]] Answer missing(const std::string &message); ///< 404
[[nodiscard]] Answer problem(int status, const std::string &code, const std::string &state, const std::string &family,
                             const std::string &message);
[[nodiscard]] Answer refused(const Refusal &refusal);
[[nodiscard]] Answer page(int status, const std::string &title, const std::string &words); ///< HTML
[[nodiscard]] Answer notFoundPage();
[[nodiscard]] Answer crashPage();

/// The fields of a request, from a query string (all text) or a JSON body.
struct Fields {
    Json json = Json::object();
    [[nodiscard]] bool has(const char *key) const; ///< an empty text counts as nothing
    [[nodiscard]] std::string text(const char *key) const;
    [[nodiscard]] std::vector<std::string> list(const char *key) const;
    /// The number, `fallback` when absent, nullopt when it is none.
    [[nodiscard]] std::optional<std::int64_t> number(const char *key, std::int64_t fallback) const;
    /// The server's sentence on a value of the wrong type or beyond a limit.
    [[nodiscard]] Answer refuse(const char *key) const;
};

/// How a list is cut into pages.
struct Paging {
    const char *key = "";
    std::int64_t fallback = 1000; ///< max_results when it is absent
    std::int64_t most = 50'000;
    bool saysLimit = false; ///< the error names the limit
    bool anyNumber = false; ///< 0 and below are taken as they are
};

[[nodiscard]] std::string base64(const std::string &text);
/// The text of a token; nullopt when it is no base64.
[[nodiscard]] std::optional<std::string> fromBase64(const std::string &token);
/// A page of `count` items; the server leaves an empty list out.
[[nodiscard]] Answer paged(const Fields &fields, const Paging &paging, std::size_t count,
                           const std::function<Json(std::size_t)> &item);

[[nodiscard]] Json experimentJson(const Registry &registry, std::size_t i);
[[nodiscard]] Json runJson(const Registry &registry, const DemoRun &run);
[[nodiscard]] Json foundRunJson(const Registry &registry, const DemoRun &run); ///< of a search: without model inputs
[[nodiscard]] Json versionJson(const DemoVersion &version); ///< of a list: without its aliases
[[nodiscard]] Json versionWithAliases(const Registry &registry, const DemoVersion &version);
[[nodiscard]] Json modelJson(const Registry &registry, const DemoModel &model);
[[nodiscard]] Json loggedModelJson(const DemoLoggedModel &model);
[[nodiscard]] Json metricJson(const std::string &key, const DemoPoint &point);

/// Of a model, by number.
[[nodiscard]] std::vector<const DemoVersion *> versionsOf(const Registry &registry, const std::string &model);
[[nodiscard]] Json foundModelJson(const Registry &registry, const DemoModel &model); ///< of a search: stages by name
/// The last version of each stage, in the order in which the stages first appear.
[[nodiscard]] std::vector<const DemoVersion *> latestVersions(const Registry &registry, const std::string &model);

} // namespace andon::demo::mlflow
