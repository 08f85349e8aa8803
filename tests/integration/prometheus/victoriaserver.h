#pragma once
// A VictoriaMetrics of the test's own on a free loopback port, filled through its import call. Ends with the object.
#include "tests/support/program.h"

#include <nlohmann/json.hpp>

#include <string>

namespace andon::test
{

class VictoriaServer
{
public:
    /// "" or a sentence that says what is missing or went wrong.
    [[nodiscard]] std::string start();

    /// Lines of the Prometheus text format with times in milliseconds.
    [[nodiscard]] std::string import(const std::string &lines);
    using Parameters = std::vector<std::pair<std::string, std::string>>;
    /// The answer of /api/v1/<what>; discarded JSON when there was none.
    [[nodiscard]] nlohmann::json ask(const std::string &what, const Parameters &parameters) const;

private:
    [[nodiscard]] std::string request(const std::string &target, const std::string *body, long &status) const;

    QTemporaryDir m_folder;
    Program m_program;
    quint16 m_port = 0;
};

} // namespace andon::test
