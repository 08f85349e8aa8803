#pragma once
// `andonctl demo-factory` as a process of its own. Ends with the object.
#include "tests/support/program.h"

namespace andon::test
{

class DemoFactory
{
public:
    /// "" or what went wrong.
    [[nodiscard]] std::string start(const QStringList &arguments);
    [[nodiscard]] int stop(); ///< its exit code

    [[nodiscard]] const std::string &url() const { return m_url; } ///< of its lakeFS
    [[nodiscard]] const std::string &key() const { return m_key; }
    [[nodiscard]] const std::string &secret() const { return m_secret; }

private:
    QTemporaryDir m_home;
    Program m_program;
    std::string m_url;
    std::string m_key;
    std::string m_secret;
};

} // namespace andon::test
