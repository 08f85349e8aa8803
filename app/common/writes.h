#pragma once
// What is done to a profile by the one that holds its lock, for itself or for another that asked. A new write is one
// line in the constructor, or add(). Any thread, several at once.
#include "app/common/wiring.h"
#include "profile/handover.h"

namespace andon::app
{

class Writes
{
public:
    using HouseOf = std::function<core::Result<House *>()>;

    /// How a write is asked for and by whom it is watched.
    struct Call {
        const std::map<std::string, std::string> &arguments;
        const profile::OnStep &onStep;
        const core::Cancel &cancel;
        [[nodiscard]] std::string text(const char *name) const; ///< "" when it is not given
    };
    using Handler = std::function<core::Result<std::string>(const Call &)>;

    /// house: opened when a write needs it.
    Writes(profile::Profile profile, HouseOf house);
    void add(const std::string &command, Handler handler) { m_handlers[command] = std::move(handler); }

    /// "sync" {site}: a JSON object of the outcome by source. "site.save" {yaml, replace}, "site.remove" {site},
    /// "site.set" {site, and keys of the site file}: the name. "settings.set" {key, value}: the value. "cache.trim" {}:
    /// a JSON object of what went. "ack.add" {site, kind, subject, state, who, note, until}: its id. "ack.withdraw"
    /// {site, kind, subject, who}: how many. "requests" {}: the redacted request log as JSON, which changes nothing.
    /// Invalid for what is not known here.
    [[nodiscard]] core::Result<std::string> perform(const profile::Write &write, const profile::OnStep &onStep,
                                                    const core::Cancel &cancel) const;

private:
    core::Result<std::string> sync(const Call &call) const;
    core::Result<std::string> saveSite(const Call &call) const;
    core::Result<std::string> removeSite(const Call &call) const;
    core::Result<std::string> setSite(const Call &call) const;
    core::Result<std::string> setSetting(const Call &call) const;
    core::Result<std::string> trimCache(const Call &call) const;
    core::Result<std::string> acknowledge(const Call &call) const;
    core::Result<std::string> withdraw(const Call &call) const;
    core::Result<store::DatabaseFile *> records() const;

    profile::Profile m_profile;
    HouseOf m_house;
    std::map<std::string, Handler> m_handlers;
};

} // namespace andon::app
