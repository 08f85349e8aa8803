#pragma once
// The composition root shared by andon and andonctl: the one place that knows every part. Owns what outlives the sites.
#include "app/common/holder.h"
#include "app/common/outside.h"
#include "core/clock.h"
#include "core/later.h"
#include "factory/site.h"
#include "net/requestlog.h"
#include "profile/secrets.h"
#include "profile/settings.h"
#include "store/cachekeeper.h"

#include <future>
#include <map>
#include <memory>
#include <mutex>

namespace andon::app
{

[[nodiscard]] core::Result<factory::Knowledge> readKnowledge();

class House
{
public:
    /// Opens the profile's cache: as its holder, or as a guest of who holds it. Storage errors carry the hints of
    /// store/databasefile.h and openCache().
    [[nodiscard]] static core::Result<std::unique_ptr<House>> open(profile::Paths paths, const std::string &secretsFile,
                                                                   Holder *holder = nullptr);

    [[nodiscard]] const profile::Profile &profile() const { return m_profile; }
    [[nodiscard]] profile::Secrets &secrets() { return m_secrets; }
    [[nodiscard]] store::DatabaseFile &cache() { return *m_cache; }
    /// As they stand in the file now; blocks on it.
    [[nodiscard]] profile::Settings settings() const;
    /// Brings the cache below the cap of the settings. Blocks on the disk.
    [[nodiscard]] core::Result<store::Eviction> trimCache(const core::Cancel &cancel);
    [[nodiscard]] net::RequestLog &requestLog() { return m_log; }
    /// The holder's, or as a guest reads them; nullptr when there are none that this version can read.
    [[nodiscard]] store::DatabaseFile *records();
    [[nodiscard]] const core::Clock &clock() const { return m_clock; }

    /// A site with its sources connected (nothing is asked yet). offline: without its sources, from the cache alone.
    [[nodiscard]] core::Result<std::unique_ptr<factory::Site>> site(const profile::SiteConfig &config, bool offline,
                                                                    net::Urgency urgency = net::Urgency::Interactive);
    /// The budgets of all sources as the settings say now; blocks on the file.
    void applyBudgets();

    /// How one source of a site would be reached, with its secret filled in.
    [[nodiscard]] core::Result<net::Endpoint> endpoint(const core::SiteName &site, const profile::SourceConfig &source);
    /// With the first call it is loaded, where it is a module. Any thread.
    [[nodiscard]] Outside &outside() { return *m_outside; }

private:
    struct Budgeted {
        std::shared_ptr<net::Budget> budget = {};
        bool loopback = false;
    };
    [[nodiscard]] std::shared_ptr<net::Budget> budgetOf(const core::SiteName &site,
                                                        const profile::SourceConfig &source);
    void addPriceBook(factory::SiteSources &sources, const profile::SiteConfig &config) const;
    House(profile::Paths paths, const std::string &secretsFile, std::unique_ptr<store::DatabaseFile> cache,
          Holder *holder)
        : m_profile(std::move(paths))
        , m_secrets(secretsFile)
        , m_cache(std::move(cache))
        , m_holder(holder)
    {
    }
    factory::Known m_knowledge = std::async(std::launch::deferred, readKnowledge).share();
    core::SystemClock m_clock;
    profile::Profile m_profile;
    profile::Secrets m_secrets;
    std::unique_ptr<store::DatabaseFile> m_cache;
    Holder *m_holder = nullptr;
    std::once_flag m_recordsOpened;
    std::unique_ptr<store::DatabaseFile> m_records; ///< of a guest
    std::mutex m_mutex;
    std::map<std::string, Budgeted> m_budgets; ///< "site/source": shared by all who ask it
    net::RequestLog m_log;
    core::Later<Outside> m_outside{[this] { return makeOutside(m_log, m_clock); }};
};

} // namespace andon::app
