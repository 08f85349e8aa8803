#include "app/common/writes.h"

#include "app/common/cachejson.h"
#include "app/common/supportbundle.h"
#include "profile/errorjson.h"
#include "profile/settings.h"
#include "store/acknowledgementstore.h"

#include <nlohmann/json.hpp>

#include <chrono>

namespace andon::app
{

namespace
{

using Json = nlohmann::ordered_json;

constexpr std::size_t kLongestNote = 4'000;
constexpr std::size_t kLongestName = 200;

/// What each configured source brought, or its error.
Json outcome(const factory::SiteSync &done)
{
    Json json = Json::object();
    const auto part = [&](const char *source, const auto &result, auto values) {
        if (result)
            json[source] = values(*result);
        else if (result.error().hint != "not-configured")
            json[source] = {{"error", profile::errorJson(result.error())}};
    };
    part("lakefs", done.versions, [](const factory::VersionSyncStats &stats) -> Json {
        return {{"repositories", stats.repositories},
                {"new_commits", stats.commits},
                {"new_runs", stats.runs},
                {"log_requests", stats.requests}};
    });
    part("mlflow", done.registry, [](const factory::RegistrySyncStats &stats) -> Json {
        return {{"experiments", stats.experiments},
                {"models", stats.models},
                {"versions", stats.versions},
                {"runs_read", stats.runs}};
    });
    part("prometheus", done.series, [](std::int64_t queries) -> Json { return {{"queries", queries}}; });
    return json;
}

} // namespace

std::string Writes::Call::text(const char *name) const
{
    const auto found = arguments.find(name);
    return found == arguments.end() ? std::string() : found->second;
}

Writes::Writes(profile::Profile profile, HouseOf house)
    : m_profile(std::move(profile))
    , m_house(std::move(house))
{
    add("sync", [this](const Call &call) { return sync(call); });
    add("site.save", [this](const Call &call) { return saveSite(call); });
    add("site.remove", [this](const Call &call) { return removeSite(call); });
    add("site.set", [this](const Call &call) { return setSite(call); });
    add("cache.trim", [this](const Call &call) { return trimCache(call); });
    add("requests", [this](const Call &) -> core::Result<std::string> {
        const auto opened = m_house();
        return opened ? requestsJson((*opened)->requestLog()) : core::Result<std::string>(core::fail(opened.error()));
    });
    add("ack.add", [this](const Call &call) { return acknowledge(call); });
    add("ack.withdraw", [this](const Call &call) { return withdraw(call); });
    add("settings.set", [this](const Call &call) { return setSetting(call); });
}

core::Result<std::string> Writes::perform(const profile::Write &write, const profile::OnStep &onStep,
                                          const core::Cancel &cancel) const
{
    const auto handler = m_handlers.find(write.command);
    if (handler == m_handlers.end())
        return core::fail(core::ErrorKind::Invalid, "profile", "There is no write \"" + write.command + "\" here.");
    return handler->second({write.arguments, onStep, cancel});
}

core::Result<std::string> Writes::sync(const Call &call) const
{
    using Clock = std::chrono::steady_clock;
    const auto config = m_profile.site(core::SiteName(call.text("site")));
    const auto house = config ? m_house() : core::fail(config.error());
    if (!house)
        return core::fail(house.error());
    const auto site = (*house)->site(*config, false, net::Urgency::Background);
    if (!site)
        return core::fail(site.error());
    const auto start = Clock::now();
    const factory::SiteSync done = (*site)->sync(
        [&](const factory::SyncProgress &now) {
            if (call.onStep)
                call.onStep({now.source, now.what, now.done});
        },
        call.cancel);
    Json json = outcome(done);
    const auto trimmed = (*house)->trimCache(call.cancel);
    if (!trimmed)
        return core::fail(trimmed.error());
    if (!trimmed->gone.empty())
        json["cache"] = evictionJson(*trimmed);
    json["seconds"] = std::chrono::duration<double>(Clock::now() - start).count();
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

core::Result<std::string> Writes::saveSite(const Call &call) const
{
    const auto site = profile::parseSite(call.text("yaml"), "site");
    if (!site)
        return core::fail(site.error());
    const auto existing = m_profile.site(site->name);
    if (call.text("replace").empty() && (existing || existing.error().kind != core::ErrorKind::NotFound))
        return core::fail(core::ErrorKind::Invalid, "site add",
                          "There is a site \"" + site->name.value + "\" already; --replace writes over it.");
    if (auto saved = m_profile.save(*site); !saved)
        return core::fail(saved.error());
    return site->name.value;
}

core::Result<std::string> Writes::setSite(const Call &call) const
{
    auto site = m_profile.site(core::SiteName(call.text("site")));
    if (!site)
        return core::fail(site.error());
    for (const auto &[key, value] : call.arguments)
        if (key != "site")
            if (auto set = profile::setSiteValue(*site, key, value); !set)
                return core::fail(set.error());
    if (auto saved = m_profile.save(*site); !saved)
        return core::fail(saved.error());
    return site->name.value;
}

core::Result<std::string> Writes::setSetting(const Call &call) const
{
    const std::string key = call.text("key");
    const auto changed =
        profile::changeSettings(m_profile.settingsFile(), core::SystemClock().now(), [&](profile::Settings &settings) {
            return profile::setSetting(settings, key, call.text("value"));
        });
    if (!changed)
        return core::fail(changed.error());
    return profile::settingText(*changed, key).value_or(std::string());
}

core::Result<std::string> Writes::trimCache(const Call &call) const
{
    const auto house = m_house();
    const auto trimmed = house ? (*house)->trimCache(call.cancel) : core::fail(house.error());
    if (!trimmed)
        return core::fail(trimmed.error());
    return evictionJson(*trimmed).dump();
}

core::Result<store::DatabaseFile *> Writes::records() const
{
    const auto house = m_house();
    if (!house)
        return core::fail(house.error());
    if (store::DatabaseFile *records = (*house)->records())
        return records;
    return core::fail(core::ErrorKind::Storage, "records.db", "The records of this profile cannot be opened.");
}

core::Result<std::string> Writes::acknowledge(const Call &call) const
{
    store::Acknowledgement one{.site = core::SiteName(call.text("site")),
                               .kind = call.text("kind"),
                               .subject = call.text("subject"),
                               .state = call.text("state"),
                               .who = call.text("who"),
                               .note = call.text("note"),
                               .at = core::SystemClock().now(),
                               .until = {std::strtoll(call.text("until").c_str(), nullptr, 10)}};
    if (one.kind.empty() || one.subject.empty() || one.who.empty())
        return core::fail(core::ErrorKind::Invalid, "ack", "An acknowledgement needs a subject and a name.");
    if (one.note.size() > kLongestNote || one.who.size() > kLongestName)
        return core::fail(core::ErrorKind::Invalid, "ack", "The note is longer than 4,000 or the name than 200 bytes.");
    const auto file = records();
    const auto id = file ? store::AcknowledgementStore(**file).add(one) : core::fail(file.error());
    if (!id)
        return core::fail(id.error());
    return std::to_string(*id);
}

core::Result<std::string> Writes::withdraw(const Call &call) const
{
    const auto file = records();
    const auto count = file ? store::AcknowledgementStore(**file).withdraw(core::SiteName(call.text("site")),
                                                                           call.text("kind"), call.text("subject"),
                                                                           call.text("who"), core::SystemClock().now())
                            : core::fail(file.error());
    if (!count)
        return core::fail(count.error());
    if (*count == 0)
        return core::fail(core::ErrorKind::NotFound, "ack",
                          "Nobody has acknowledged " + call.text("kind") + ":" + call.text("subject") + ".");
    return std::to_string(*count);
}

core::Result<std::string> Writes::removeSite(const Call &call) const
{
    const core::SiteName name(call.text("site"));
    const auto config = m_profile.site(name);
    if (!config && config.error().kind == core::ErrorKind::NotFound)
        return core::fail(config.error());
    const auto house = m_house();
    if (!house)
        return core::fail(house.error());
    if (auto removed = m_profile.remove(name); !removed)
        return core::fail(removed.error());
    for (const auto &source : config ? config->sources : std::vector<profile::SourceConfig>{})
        (*house)->secrets().forget(name, source.name);
    if (auto gone = store::VersionStore((*house)->cache()).forget(name); !gone)
        return core::fail(gone.error());
    return name.value;
}

} // namespace andon::app
