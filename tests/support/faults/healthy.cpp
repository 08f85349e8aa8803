#include "tests/support/faults/healthy.h"

namespace andon::test
{

HealthyAnswer healthyAnswer(std::string_view path)
{
    if (path == "/api/v1/config")
        return {.body = R"({"storage_config":{"blockstore_type":"local"},)"
                        R"("version_config":{"version":"1.84.0","version_context":"lakeFS"}})"
                        "\n"};
    if (path == "/api/v1/user")
        return {.body = R"({"user":{"creation_date":1795482311,"email":"","friendly_name":"","id":"operator"}})"
                        "\n"};
    if (path == "/openapi.json")
        return {.body = R"({"openapi":"3.0.0","paths":{"/repositories":{}}})"};
    if (path == "/api/v1/repositories")
        return {.body = R"({"pagination":{"has_more":false,"max_per_page":1000,"next_offset":"","results":0},)"
                        R"("results":[]})"
                        "\n"};
    if (path == "/version")
        return {.contentType = "text/html; charset=utf-8", .body = "3.17.2"};
    if (path == "/api/2.0/mlflow/experiments/search")
        return {.body = R"({"experiments":[{"experiment_id":"0","name":"Default","lifecycle_stage":"active"}]})"};
    if (path.starts_with("/api/2.0/mlflow/"))
        return {.body = "{}"};
    if (path == "/api/v1/status/buildinfo")
        return {.body = R"({"status":"success","data":{"version":"2.42.0","revision":"","branch":"debian/sid",)"
                        R"("buildUser":"team","buildDate":"20230301-08:38:16","goVersion":"go1.19.6"}})"};
    if (path == "/api/v1/query")
        return {.body = R"({"status":"success","data":{"resultType":"vector","result":[]}})"};
    if (path.starts_with("/api/v1/label"))
        return {.body = R"({"status":"success","data":[]})"};
    return {.status = 404, .contentType = "text/plain; charset=utf-8", .body = "404 page not found\n"};
}

} // namespace andon::test
