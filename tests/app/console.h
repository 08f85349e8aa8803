#pragma once
// A demo factory in a process of its own, and andonctl with a fresh profile in which it is a site. Main thread.
#include "tests/support/program.h"

#include <nlohmann/json.hpp>

namespace andon::test
{

using nlohmann::json;

class Console
{
public:
    /// Starts the factory, frozen at the last whole half minute, and adds it as a site. "" or what went wrong.
    [[nodiscard]] std::string start(const QString &scale);

    [[nodiscard]] Ran run(const QStringList &arguments) const;
    /// run(arguments + --json), which must succeed; an error is null with a warning.
    [[nodiscard]] json ask(const QStringList &arguments) const;
    [[nodiscard]] const json &truth() const { return m_truth; }
    [[nodiscard]] const json &endpoints() const { return m_endpoints; } ///< {"mlflow":{"url":…},…}
    [[nodiscard]] Program &factory() { return m_factory; }

private:
    QTemporaryDir m_folder;
    Program m_factory;
    json m_truth;
    json m_endpoints;
};

/// "" when both are equal, else where they differ first, with both values.
[[nodiscard]] std::string difference(const json &truth, const json &reported);

} // namespace andon::test
