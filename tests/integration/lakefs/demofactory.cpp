#include "tests/integration/lakefs/demofactory.h"

#include "tests/integration/lakefs/lakefsserver.h"

#include <nlohmann/json.hpp>

namespace andon::test
{

std::string DemoFactory::start(const QStringList &arguments)
{
    m_program.start(builtProgram("andonctl"), QStringList{QStringLiteral("demo-factory")} + arguments,
                    loopbackEnvironment(m_home.path()));
    const auto endpoints = nlohmann::json::parse(m_program.firstLine(20'000), nullptr, false);
    if (!endpoints.is_object() || !endpoints.contains("lakefs"))
        return "andonctl demo-factory does not start: " + m_program.errors();
    m_url = endpoints["lakefs"].value("url", "");
    m_key = endpoints["lakefs"].value("access_key_id", "");
    m_secret = endpoints["lakefs"].value("secret_access_key", "");
    return {};
}

int DemoFactory::stop()
{
    m_program.end();
    return m_program.exitCode();
}

} // namespace andon::test
