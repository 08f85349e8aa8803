#pragma once
// One run of andonctl: the options that every command has, and the house opened when it is needed.
#include "app/andonctl/command.h"
#include "app/andonctl/output.h"
#include "app/common/writes.h"

namespace andon::ctl
{

class Session
{
public:
    explicit Session(const QCommandLineParser &parser);
    ~Session();

    [[nodiscard]] bool json() const { return m_json; }
    [[nodiscard]] bool offline() const { return m_offline; }
    [[nodiscard]] factory::Access access() const
    {
        return m_offline ? factory::Access::CacheOnly : factory::Access::Refresh;
    }
    [[nodiscard]] const core::Cancel &cancel() const { return m_cancel; } ///< Ctrl-C

    [[nodiscard]] core::Result<profile::Profile> profile() const;
    /// nullptr after an error, which was printed; `exit` is then the code to end with.
    [[nodiscard]] app::House *house(int &exit);
    /// Makes this process the holder of the profile. Storage with the hint "held" when another one is.
    [[nodiscard]] core::Result<app::Holder *> hold(const std::string &program);
    /// Does it as the holder, or has it done by the process that is, and says by whom. onStep: from any thread.
    [[nodiscard]] core::Result<std::string> write(const profile::Write &write, const profile::OnStep &onStep);
    [[nodiscard]] core::Result<app::House *> openHouse();
    /// The site that --site names, or the only one.
    [[nodiscard]] factory::Site *site(int &exit);
    [[nodiscard]] core::Result<profile::SiteConfig> siteConfig() const;

    /// Prints the error (as JSON when asked) and gives its exit code.
    int fail(const core::Error &error) const;
    /// Prints how old a cached answer is and why, and gives CacheOnly; Ok when it is live, Unreachable when there is
    /// nothing.
    [[nodiscard]] int finish(const core::Freshness &freshness) const;
    void printRequestLog() const;

private:
    /// Has the site looked at as of --as-of, and says so.
    [[nodiscard]] core::Result<void> pin(factory::Site &site) const;
    std::string m_profileDir;
    std::string m_siteName;
    std::string m_secretsFile;
    bool m_json = false;
    bool m_offline = false;
    QString m_asOf; ///< as it was given; "" now
    core::Cancel m_cancel;
    std::unique_ptr<app::Holder> m_holder; ///< only of what writes
    std::unique_ptr<app::House> m_house;
    std::unique_ptr<factory::Site> m_site;
};

} // namespace andon::ctl
