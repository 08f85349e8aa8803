#pragma once
// What Settings needs of the program around it to add, test, change and remove sites. The composition root implements
// it; what blocks comes back later. GUI thread.
#include "core/pending.h"
#include "factory/sourcecheck.h"
#include "profile/sitefile.h"

#include <QString>

#include <map>
#include <utility>

namespace andon::ui
{

/// A source as it stands in the form. Its secret goes to the keychain, never into the site file.
struct SourceDraft {
    profile::SourceConfig config = {};
    std::string user = {};
    std::string secret = {}; ///< "": what is kept already is used
};

struct SiteDraft {
    profile::SiteConfig config = {}; ///< without its sources
    std::vector<SourceDraft> sources = {};
    bool replace = false; ///< a site of that name may be written over
};

struct SiteListing {
    core::SiteName name = {};
    profile::SiteConfig config = {};
    std::optional<core::Error> error = {}; ///< its file cannot be read
};

/// What became of the secrets of a saved site, by source: "keychain", "file …", or the reason why it was not kept.
struct SiteSaved {
    core::SiteName name = {};
    std::map<std::string, std::string> kept = {};
    std::map<std::string, core::Error> notKept = {};
};

class SiteDesk
{
public:
    virtual ~SiteDesk() = default;
    [[nodiscard]] virtual std::vector<SiteListing> sites() const = 0;
    /// False where nothing can be changed: the demo factory. Then there is a sentence why.
    [[nodiscard]] virtual bool mayChange() const = 0;
    [[nodiscard]] virtual QString whyNot() const = 0;
    /// Names of the variables that a source's secret is read from where there is no keychain.
    [[nodiscard]] virtual QString variables(const core::SiteName &site, const profile::SourceConfig &source) const = 0;
    /// By source, where its secret was found: "keychain", "environment" …; "" nowhere.
    [[nodiscard]] virtual core::Pending<std::map<std::string, std::string>>
    secretsOf(const profile::SiteConfig &site) = 0;
    [[nodiscard]] virtual core::Pending<factory::SourceCheck> test(const core::SiteName &site,
                                                                   const SourceDraft &source) = 0;
    [[nodiscard]] virtual core::Pending<SiteSaved> save(const SiteDraft &site) = 0;
    [[nodiscard]] virtual core::Pending<std::string> remove(const core::SiteName &site) = 0;
    /// Opens the demo factory in a window of its own.
    virtual bool exploreDemo() = 0;

    /// A sentence for the Settings that come after these: a saved site is opened in pages of its own.
    void leaveNotice(const QString &sentence) { m_notice = sentence; }
    [[nodiscard]] QString takeNotice() { return std::exchange(m_notice, {}); }

private:
    QString m_notice;
};

} // namespace andon::ui
