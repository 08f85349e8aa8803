#pragma once
// A demo factory in this process, whose sources can be switched off, and andonctl beside it. Each profile is a folder
// of its own. Main thread.
#include "demo/server/demoserver.h"
#include "tests/support/program.h"

namespace andon::test
{

/// "site add x" as arguments: none of them has a space in it.
[[nodiscard]] QStringList words(const char *text);

class Desk
{
public:
    /// Starts the factory. "" or what went wrong.
    [[nodiscard]] std::string open();
    /// A profile in which the factory is the site "demo". "" or what went wrong.
    [[nodiscard]] std::string addSite(const QString &profile) const;
    /// open(), addSite() and a first sync. "" or what went wrong.
    [[nodiscard]] std::string openSynced(const QString &profile);

    [[nodiscard]] Ran run(const QString &profile, const QStringList &arguments, int timeoutMs = 120'000) const;
    /// The same with its arguments for Program and Terminal.
    [[nodiscard]] QStringList line(const QString &profile, const QStringList &arguments) const;
    [[nodiscard]] QProcessEnvironment environment() const { return plainEnvironment(m_folder.path()); }
    [[nodiscard]] QString folder(const QString &profile) const { return m_folder.filePath(profile); }
    [[nodiscard]] QString endpointsFile() const { return m_folder.filePath(QStringLiteral("demo.json")); }
    [[nodiscard]] demo::DemoServer &factory() { return *m_factory; }

    /// What the cache holds of commits, refs, runs and the registry, row by row, without when it was read.
    [[nodiscard]] std::vector<std::string> cached(const QString &profile) const;

private:
    QTemporaryDir m_folder;
    std::unique_ptr<demo::DemoServer> m_factory;
};

/// Where two lists differ first; "" when they are equal.
[[nodiscard]] std::string firstDifference(const std::vector<std::string> &expected,
                                          const std::vector<std::string> &actual);

} // namespace andon::test
