#pragma once
// A Prometheus of the test's own on a free loopback port, over blocks made by promtool. Ends with the object.
#include "tests/support/program.h"

#include <nlohmann/json.hpp>

#include <string>

namespace andon::test
{

class PrometheusServer
{
public:
    /// "" or a sentence that says what is missing or went wrong.
    [[nodiscard]] std::string start(const std::string &openMetrics);

    using Parameters = std::vector<std::pair<std::string, std::string>>;
    /// The answer of /api/v1/<what>; null when there was none.
    [[nodiscard]] nlohmann::json ask(const std::string &what, const Parameters &parameters);
    /// The bytes of any answer; status 0 when there was none.
    [[nodiscard]] std::string get(const QString &target, long &status) const;

private:
    [[nodiscard]] std::string makeBlocks(const QString &promtool, const std::string &openMetrics);
    [[nodiscard]] bool waitUntilReady();

    QTemporaryDir m_folder;
    Program m_program;
    quint16 m_port = 0;
};

} // namespace andon::test
