// The parts of a support bundle, each from values that are known to hold no secret: nothing is copied as it lies there.
#include "app/common/cachejson.h"
#include "app/common/supportbundle.h"
#include "journal/verify.h"
#include "net/hygiene.h"
#include "profile/errorjson.h"

#include <QDir>
#include <QDirIterator>
#include <QProcessEnvironment>
#include <QSysInfo>
#include <nlohmann/json.hpp>

#include <sys/stat.h>

namespace andon::app
{

namespace
{

using Json = nlohmann::ordered_json;
using profile::SourceConfig;

constexpr std::size_t kRequests = 500;
constexpr int kFiles = 2'000;

std::string isoTime(std::int64_t ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs).toStdString();
}

std::string text(const Json &json)
{
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// What an error is, not its words: those repeat what stands in a file or what a server said.
Json errorJson(const core::Error &error)
{
    return {{"kind", core::name(error.kind)}, {"hint", error.hint}};
}

Json versions(const std::string &network)
{
    Json environment = Json::object();
    const QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"LANG", "LC_ALL", "TZ", "XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP", "QT_QPA_PLATFORM"})
        if (all.contains(QString::fromLatin1(name)))
            environment[name] = all.value(QString::fromLatin1(name)).toStdString();
    return {{"andon", ANDON_VERSION},
            {"qt", qVersion()},
            {"qt_built_with", QT_VERSION_STR},
            {"network", network},
            {"sqlite", store::Database::version()},
            {"os", QSysInfo::prettyProductName().toStdString()},
            {"kernel", QSysInfo::kernelType().toStdString() + " " + QSysInfo::kernelVersion().toStdString()},
            {"architecture", QSysInfo::currentCpuArchitecture().toStdString()},
            {"environment", std::move(environment)}};
}

Json settings(const profile::Profile &profile)
{
    const auto read = profile::readFile(profile.settingsFile());
    const auto parsed = read ? profile::parseSettings(*read, "settings.yaml") : core::fail(read.error());
    if (!parsed)
        return {{"error", errorJson(parsed.error())}};
    Json values = Json::object();
    for (const std::string &key : profile::settingKeys())
        if (key != "person") // whose it is
            values[key] = profile::settingText(parsed->settings, key).value_or(std::string());
    return {{"settings", std::move(values)},
            {"own_shortcuts", parsed->settings.shortcuts.size()},
            {"problems", parsed->problems.size()}};
}

Json sourceJson(House &house, const core::SiteName &site, const SourceConfig &source)
{
    Json headers = Json::array();
    for (const auto &[name, value] : source.headers)
        headers.push_back(name);
    const auto secret = house.secrets().find(site, source.name);
    return {{"name", source.name.value},
            {"kind", source.kind},
            {"url", withoutSecrets(source.url)},
            {"auth",
             source.auth == SourceConfig::Auth::Basic        ? "basic"
                 : source.auth == SourceConfig::Auth::Bearer ? "bearer"
                                                             : "none"},
            {"credentials_found", secret && secret->found()},
            {"headers", std::move(headers)},
            {"host_header", !source.hostHeader.empty()},
            {"ca_file", !source.caFile.empty()},
            {"crl_file", !source.crlFile.empty()},
            {"client_certificate", !source.clientCert.empty()},
            {"proxy", withoutSecrets(source.proxy)},
            {"selector", !source.selector.empty()},
            {"allow_plain_http", source.allowPlainHttp},
            {"connections", source.connections}};
}

Json sites(House &house)
{
    Json list = Json::array();
    for (const auto &listed : house.profile().sites()) {
        Json site = {{"name", listed.name.value}};
        if (listed.site) {
            site["refresh_seconds"] = listed.site->refreshSeconds;
            site["access"] = listed.site->readOnly ? "read-only" : "write";
            site["protected"] = listed.site->isProtected;
            site["price_book"] = !listed.site->priceBook.empty();
            site["sources"] = Json::array();
            for (const SourceConfig &source : listed.site->sources)
                site["sources"].push_back(sourceJson(house, listed.name, source));
        } else {
            site["error"] = errorJson(listed.site.error());
            const std::size_t colon = listed.site.error().where.rfind(':');
            if (colon != std::string::npos)
                site["error"]["line"] = listed.site.error().where.substr(colon + 1);
        }
        list.push_back(std::move(site));
    }
    return list;
}

Json databaseJson(store::DatabaseFile *file)
{
    if (!file)
        return {{"error", "it cannot be opened by this version"}};
    const auto number = [&](const char *sql) {
        const auto value = file->get<std::int64_t>([sql](store::Database &db) { return db.number(sql); });
        return value ? Json(*value) : errorJson(value.error());
    };
    return {{"schema", number("PRAGMA user_version")},
            {"pages", number("PRAGMA page_count")},
            {"page_size", number("PRAGMA page_size")},
            {"free_pages", number("PRAGMA freelist_count")}};
}

Json store(House &house)
{
    const auto statistics = store::CacheKeeper(house.cache()).statistics();
    Json json = {{"cache", databaseJson(&house.cache())},
                 {"cache_schema_of_program", store::cacheSchema().steps.size()},
                 {"records", databaseJson(house.records())},
                 {"records_schema_of_program", store::recordsSchema().steps.size()},
                 {"cache_was_begun_anew", !house.cache().quarantined().empty()},
                 {"statistics",
                  statistics ? cacheJson(*statistics, house.settings().cacheCapBytes) : errorJson(statistics.error())}};
    const auto verified = journal::verify(house.profile().journalFolder());
    if (verified)
        json["journal"] = {{"records", verified->records}, {"breaks", verified->breaks.size()}};
    else
        json["journal"] = errorJson(verified.error());
    return json;
}

Json listing(const profile::Paths &paths)
{
    Json list = Json::array();
    std::set<std::string> folders{paths.config, paths.state, paths.cache};
    for (const std::string &folder : folders) {
        const QDir base(QString::fromStdString(folder));
        QDirIterator files(base.path(), QDir::Files | QDir::Dirs | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
                           QDirIterator::Subdirectories);
        while (files.hasNext() && static_cast<int>(list.size()) < kFiles) {
            const QFileInfo info(files.next());
            struct stat at = {};
            if (::lstat(info.filePath().toLocal8Bit().constData(), &at) != 0)
                continue;
            list.push_back({{"name", base.relativeFilePath(info.filePath()).toStdString()},
                            {"folder", info.isDir()},
                            {"bytes", at.st_size},
                            {"mode", QString::number(at.st_mode & 07777, 8).toStdString()},
                            {"changed", isoTime(static_cast<std::int64_t>(at.st_mtime) * 1000)}});
        }
    }
    return list;
}

Json failed(const std::string &requests)
{
    Json list = Json::array();
    const Json all = Json::parse(requests, nullptr, false);
    for (const Json &entry : all.is_array() ? all : Json::array())
        if (!entry.value("error", "").empty() || entry.value("status", 0) >= 400)
            list.push_back(entry);
    return list;
}

} // namespace

std::string requestsJson(const net::RequestLog &log)
{
    const std::vector<net::LogEntry> entries = log.entries();
    Json list = Json::array();
    for (std::size_t i = entries.size() > kRequests ? entries.size() - kRequests : 0; i < entries.size(); ++i) {
        const net::LogEntry &entry = entries[i];
        list.push_back({{"at", isoTime(entry.at.ms)},
                        {"source", entry.source.value},
                        {"request", entry.line},
                        {"status", entry.status},
                        {"error", entry.error},
                        {"bytes", entry.bytes},
                        {"ms", entry.elapsedMs},
                        {"waited_ms", entry.waitedMs},
                        {"attempt", entry.attempt},
                        {"request_id", entry.requestId},
                        {"headers", entry.headers}});
    }
    return text(list);
}

std::vector<SupportPart> supportParts(House &house, const std::string &requests)
{
    const std::string log = requests.empty() ? requestsJson(house.requestLog()) : requests;
    return {{"versions.json", "Andon, its libraries, the system", text(versions(house.outside().libraryVersions()))},
            {"settings.json", "the settings, without the name of the person", text(settings(house.profile()))},
            {"sites.json", "sites and sources, addresses without credentials and query", text(sites(house))},
            {"store.json", "schemas, cache statistics and the journal's state", text(store(house))},
            {"profile.json", "names, sizes and modes of the profile's files, not their content",
             text(listing(house.profile().paths()))},
            {"requests.json", "the last requests, as the redacted log has them", log},
            {"errors.json", "those of them that failed", text(failed(log))}};
}

} // namespace andon::app
