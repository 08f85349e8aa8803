#pragma once
// An MLflow of the test's own on a free loopback port, with an SQLite store in a temporary folder. Ends with the
// object, and with the test whatever becomes of that.
#include <QProcess>
#include <QTemporaryDir>

#include <string>

namespace andon::test
{

class MlflowServer
{
public:
    /// `variable` names the program: "ANDON_TEST_MLFLOW3". Does not wait: two servers may start at once.
    /// "" or a sentence that says what is missing.
    [[nodiscard]] std::string start(const char *variable);
    /// "" or a sentence that says what went wrong; the first start takes up to a minute.
    [[nodiscard]] std::string waitUntilReady();
    ~MlflowServer();

    [[nodiscard]] const std::string &url() const { return m_url; }

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    std::string m_url;
};

} // namespace andon::test
