#pragma once
// The read calls of MLflow 3.17's REST API over the demo registry, to the letter of what a live server answered. Any
// thread; holds no connection.
#include "demo/mlflow/registry.h"

#include <string_view>

namespace andon::demo
{

class MlflowDialect
{
public:
    struct Answer {
        int status = 200;
        std::string contentType = "application/json";
        std::string body = {};
        Pairs headers = {};
    };
    struct Request {
        std::string method = "GET";
        std::string path = {};
        Pairs params = {}; ///< of the query string, decoded, in order
        std::string contentType = {};
        std::string host = {}; ///< value of the header
        std::string origin = {}; ///< value of the header, "" when there is none
        std::string body = {};
    };

    explicit MlflowDialect(Registry registry); ///< indexed

    [[nodiscard]] Answer handle(const Request &request) const;
    [[nodiscard]] const Registry &registry() const { return m_registry; }

private:
    Registry m_registry;
};

} // namespace andon::demo
