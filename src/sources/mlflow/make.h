#pragma once
#include "core/clock.h"
#include "net/request.h"
#include "roles/modelregistry.h"

#include <memory>

namespace andon::net
{
class RequestLog;
class Transport;
} // namespace andon::net

namespace andon::sources::mlflow
{

[[nodiscard]] std::unique_ptr<roles::ModelRegistry> make(net::Transport &transport, net::Endpoint endpoint,
                                                         net::RequestLog *log, const core::Clock *clock);

} // namespace andon::sources::mlflow
