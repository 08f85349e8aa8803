#pragma once
// MLflow 2.x and 3.x as a ModelRegistry: the read calls of its REST API 2.0. Searches are POST and may be repeated.
// Blocking, any thread.
#include "net/httpclient.h"
#include "roles/modelregistry.h"

#include <functional>
#include <memory>

namespace andon::sources::mlflow
{

class MlflowClient final : public roles::ModelRegistry
{
public:
    explicit MlflowClient(std::unique_ptr<net::HttpClient> http);

    /// Asks for the version and for one experiment: /version answers under any Host header, the API does not.
    core::Result<roles::RegistryInfo> probe(const core::Cancel &cancel) override;
    core::Result<std::vector<lineage::Experiment>> experiments(const core::Cancel &cancel) override;
    /// Without model inputs, which the search of a 3.x server leaves out: run() has them.
    core::Result<roles::RunsAnswer> runs(const std::vector<core::ExperimentId> &experiments, core::Instant since,
                                         const core::Cancel &cancel) override;
    core::Result<lineage::Run> run(const core::RunId &id, core::Evidence *evidence,
                                   const core::Cancel &cancel) override;
    core::Result<std::vector<lineage::RegisteredModel>> models(const core::Cancel &cancel) override;
    core::Result<std::vector<lineage::ModelVersion>> versions(const core::Cancel &cancel) override;
    /// Empty on a 2.x server, which has none (404).
    core::Result<std::vector<lineage::LoggedModel>> loggedModels(const std::vector<core::ExperimentId> &experiments,
                                                                 const core::Cancel &cancel) override;

private:
    [[nodiscard]] net::Request request(const std::string &call) const;
    /// A 2xx JSON answer, else the error of its class.
    core::Result<net::Response> answer(const net::Request &request, const core::Cancel &cancel) const;
    /// A GET search: asks page after page and hands each body to `page`, which returns the next token.
    core::Result<void> getPages(const std::string &call, int pageSize, const core::Cancel &cancel,
                                const std::function<core::Result<std::string>(const std::string &)> &page) const;
    core::Result<void> searchRuns(const std::vector<std::string> &experiments, const std::string &filter,
                                  roles::RunsAnswer &out, const core::Cancel &cancel) const;
    core::Result<std::string> version(const core::Cancel &cancel) const;

    std::unique_ptr<net::HttpClient> m_http;
};

} // namespace andon::sources::mlflow
