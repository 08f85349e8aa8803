#pragma once
// The read calls of MLflow 3.17's REST API over the demo registry, to the letter of what a live server answered. Any
// thread; holds no connection.
#include "demo/mlflow/registrystory.h"

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
    };

    MlflowDialect(const Plan &plan, const TrainingCommitOf &trainingCommit);

    /// params: of the query string, decoded, in order; body: of a POST.
    [[nodiscard]] Answer handle(std::string_view method, std::string_view path, const Pairs &params,
                                const std::string &contentType, const std::string &body) const;
    [[nodiscard]] const RegistryStory &story() const { return m_story; }

private:
    RegistryStory m_story;
};

} // namespace andon::demo
