#include "sources/mlflow/make.h"

#include "sources/mlflow/mlflowclient.h"

namespace andon::sources::mlflow
{

std::unique_ptr<roles::ModelRegistry> make(net::Transport &transport, net::Endpoint endpoint, net::RequestLog *log,
                                           const core::Clock *clock)
{
    return std::make_unique<MlflowClient>(
        std::make_unique<net::HttpClient>(transport, std::move(endpoint), log, clock));
}

} // namespace andon::sources::mlflow
