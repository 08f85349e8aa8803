#pragma once
// `andonctl demo-factory` as a process of its own. Ends with the object.
#include <QProcess>
#include <QTemporaryDir>

#include <string>

namespace andon::test
{

class DemoFactory
{
public:
    /// "" or what went wrong.
    [[nodiscard]] std::string start(const QStringList &arguments);
    /// As Ctrl-C does; its exit code, -1 when it does not end.
    [[nodiscard]] int stop();
    ~DemoFactory();

    [[nodiscard]] const std::string &url() const { return m_url; } ///< of its lakeFS
    [[nodiscard]] const std::string &key() const { return m_key; }
    [[nodiscard]] const std::string &secret() const { return m_secret; }

private:
    QTemporaryDir m_home;
    QProcess m_process;
    std::string m_url;
    std::string m_key;
    std::string m_secret;
};

} // namespace andon::test
