#pragma once
// A lakeFS of the test's own on a free loopback port, in a temporary folder, and its own command-line client. Ends with
// the object, and with the test whatever becomes of that.
#include "tests/support/program.h"

namespace andon::test
{

class LakeFsServer
{
public:
    /// "" or a sentence that says what is missing or went wrong.
    [[nodiscard]] std::string start();

    [[nodiscard]] const std::string &url() const { return m_url; }
    [[nodiscard]] static std::string key();
    [[nodiscard]] static std::string secret();
    [[nodiscard]] static std::string user() { return key() + ":" + secret(); }

private:
    [[nodiscard]] bool waitUntilReady();

    QTemporaryDir m_folder;
    Program m_program;
    std::string m_url;
};

/// lakectl, which speaks to any server of the lakeFS API.
class Lakectl
{
public:
    Lakectl(std::string url, std::string key, std::string secret);
    [[nodiscard]] Ran run(const QStringList &arguments) const;

private:
    QTemporaryDir m_home; ///< no configuration file of this account is read
    std::string m_url;
    std::string m_key;
    std::string m_secret;
};

/// The environment of a process that speaks to loopback alone, with its own home.
[[nodiscard]] QProcessEnvironment loopbackEnvironment(const QString &home);

} // namespace andon::test
