#include "profile/sitefile.h"

#include "profile/yamlmap.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace andon::profile
{

namespace
{

SourceConfig readSource(YamlMap &reader, const YAML::Node &node)
{
    SourceConfig source;
    if (!node.IsMap()) {
        reader.complain(node, "a source must be a mapping");
        return source;
    }
    reader.allow(node,
                 {"name", "kind", "url", "auth", "headers", "host_header", "ca_file", "crl_file", "client_cert",
                  "client_key", "proxy", "selector", "allow_plain_http", "connections"});
    source.name = core::SourceName(reader.text(node, "name"));
    source.kind = reader.text(node, "kind");
    source.url = reader.text(node, "url");
    const std::string auth = reader.text(node, "auth");
    if (auth == "basic")
        source.auth = SourceConfig::Auth::Basic;
    else if (auth == "bearer")
        source.auth = SourceConfig::Auth::Bearer;
    else if (!auth.empty() && auth != "none")
        reader.complain(node["auth"], "\"auth\" must be none, basic or bearer");
    if (const YAML::Node headers = node["headers"]) {
        if (!headers.IsMap())
            reader.complain(headers, "\"headers\" must be a mapping");
        else
            for (const auto &entry : headers)
                source.headers.emplace_back(entry.first.Scalar(), entry.second.Scalar());
    }
    source.hostHeader = reader.text(node, "host_header");
    source.caFile = reader.text(node, "ca_file");
    source.crlFile = reader.text(node, "crl_file");
    source.clientCert = reader.text(node, "client_cert");
    source.clientKey = reader.text(node, "client_key");
    source.proxy = reader.text(node, "proxy");
    source.selector = reader.text(node, "selector");
    source.allowPlainHttp = reader.flag(node, "allow_plain_http");
    source.connections = reader.number(node, "connections", 4, 1, 32);
    if (source.kind.empty())
        reader.complain(node, "a source needs a \"kind\"");
    if (source.url.empty())
        reader.complain(node, "a source needs a \"url\"");
    if (source.name.empty())
        source.name = core::SourceName(source.kind);
    return source;
}

/// Each gives what is wrong, or "".
using SetValue = std::string (*)(SiteConfig &, const std::string &);

std::string setColour(SiteConfig &site, const std::string &value)
{
    if (!value.empty() && (value.size() != 2 || value[0] != 'S' || value[1] < '1' || value[1] > '8'))
        return "must be S1 to S8";
    site.colour = value;
    return {};
}

std::string setRefresh(SiteConfig &site, const std::string &value)
{
    int seconds = 0;
    const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    if (failed != std::errc() || end != value.data() + value.size() || seconds < 1 || seconds > 86'400)
        return "must be a number of seconds from 1 to 86400";
    site.refreshSeconds = seconds;
    return {};
}

std::string setAccess(SiteConfig &site, const std::string &value)
{
    if (value != "read-only" && value != "write")
        return "must be read-only or write";
    site.readOnly = value == "read-only";
    return {};
}

std::string setProtected(SiteConfig &site, const std::string &value)
{
    if (value != "true" && value != "false")
        return "must be true or false";
    site.isProtected = value == "true";
    return {};
}

struct SiteValue {
    const char *key;
    SetValue set;
};

const std::vector<SiteValue> &siteValues()
{
    static const std::vector<SiteValue> all{
        {"title", [](SiteConfig &site, const std::string &value) { return site.title = value, std::string(); }},
        {"price_book",
         [](SiteConfig &site, const std::string &value) { return site.priceBook = value, std::string(); }},
        {"colour", setColour},
        {"refresh_seconds", setRefresh},
        {"access", setAccess},
        {"protected", setProtected},
    };
    return all;
}

const char *word(SourceConfig::Auth auth)
{
    return auth == SourceConfig::Auth::Basic ? "basic" : auth == SourceConfig::Auth::Bearer ? "bearer" : "none";
}

} // namespace

const SourceConfig *SiteConfig::source(std::string_view kind) const
{
    const auto found =
        std::find_if(sources.begin(), sources.end(), [&](const SourceConfig &s) { return s.kind == kind; });
    return found == sources.end() ? nullptr : &*found;
}

bool isSiteName(std::string_view name)
{
    return !name.empty() && name.size() <= 40 && name.front() != '-' && name.back() != '-'
        && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

core::Result<void> validate(const SiteConfig &site, const std::string &file)
{
    const auto invalid = [&](const std::string &what) {
        return core::fail(core::ErrorKind::Invalid, file, file + ": " + what);
    };
    if (!isSiteName(site.name.value))
        return invalid("a site's name is made of a-z, 0-9 and dashes, at most 40: \"" + site.name.value + "\" is not");
    if (site.sources.empty())
        return invalid("a site needs at least one source");
    static const std::set<std::string> kinds{"lakefs", "mlflow", "prometheus"};
    std::set<std::string> names;
    std::set<std::string> seen;
    for (const SourceConfig &source : site.sources) {
        if (!kinds.contains(source.kind))
            return invalid("\"" + source.kind + "\" is no kind of source; there are lakefs, mlflow and prometheus");
        if (!isSiteName(source.name.value))
            return invalid("a source's name is made of a-z, 0-9 and dashes: \"" + source.name.value + "\" is not");
        if (!names.insert(source.name.value).second)
            return invalid("two sources are named \"" + source.name.value + "\"");
        if (!seen.insert(source.kind).second)
            return invalid("a site has one source of each kind; \"" + source.kind + "\" comes twice");
        if (!source.url.starts_with("http://") && !source.url.starts_with("https://"))
            return invalid("\"" + source.url + "\" is no http or https address");
    }
    return {};
}

core::Result<SiteConfig> parseSite(std::string_view yaml, const std::string &file)
{
    YamlMap reader(file);
    SiteConfig site;
    try { // yaml-cpp speaks in exceptions; they end here
        const YAML::Node root = YAML::Load(std::string(yaml));
        if (!root.IsMap())
            return core::fail(core::ErrorKind::Invalid, file, file + ": a site file is a mapping");
        reader.allow(root,
                     {"name", "title", "price_book", "colour", "refresh_seconds", "access", "protected", "sources"});
        site.name = core::SiteName(reader.text(root, "name"));
        for (const auto &[key, set] : siteValues())
            if (const std::string value = reader.text(root, key); !value.empty())
                if (const std::string wrong = set(site, value); !wrong.empty())
                    reader.complain(root[key], std::string("\"") + key + "\" " + wrong);
        if (const YAML::Node sources = root["sources"]) {
            if (!sources.IsSequence())
                reader.complain(sources, "\"sources\" must be a list");
            else
                for (const YAML::Node &node : sources)
                    site.sources.push_back(readSource(reader, node));
        }
    } catch (const YAML::Exception &problem) {
        return core::fail(YamlMap::problem(file, problem));
    }
    if (const auto error = reader.error())
        return core::fail(*error);
    if (auto valid = validate(site, file); !valid)
        return core::fail(valid.error());
    return site;
}

core::Result<void> setSiteValue(SiteConfig &site, const std::string &key, const std::string &value)
{
    static const std::map<std::string, std::string> defaults{
        {"refresh_seconds", "15"}, {"access", "read-only"}, {"protected", "false"}};
    std::string keys;
    for (const auto &[known, set] : siteValues()) {
        keys += (keys.empty() ? "" : ", ") + std::string(known);
        if (key != known)
            continue;
        const auto fallback = defaults.find(key);
        const std::string wrong = set(site, value.empty() && fallback != defaults.end() ? fallback->second : value);
        if (!wrong.empty())
            return core::fail(core::ErrorKind::Invalid, "site", "\"" + key + "\" " + wrong + ".");
        return {};
    }
    return core::fail(core::ErrorKind::Invalid, "site",
                      "A site has no \"" + key + "\" that can be set; it has " + keys + ".");
}

std::string writeSite(const SiteConfig &site)
{
    YAML::Emitter out;
    const auto put = [&](const char *key, const std::string &value) {
        if (!value.empty())
            out << YAML::Key << key << YAML::Value << value;
    };
    out << YAML::BeginMap;
    put("name", site.name.value);
    put("title", site.title);
    put("price_book", site.priceBook);
    put("colour", site.colour);
    const SiteConfig defaults;
    if (site.refreshSeconds != defaults.refreshSeconds)
        out << YAML::Key << "refresh_seconds" << YAML::Value << site.refreshSeconds;
    if (!site.readOnly)
        put("access", "write");
    if (site.isProtected)
        out << YAML::Key << "protected" << YAML::Value << true;
    out << YAML::Key << "sources" << YAML::Value << YAML::BeginSeq;
    for (const SourceConfig &source : site.sources) {
        out << YAML::BeginMap;
        put("name", source.name.value);
        put("kind", source.kind);
        put("url", source.url);
        put("auth", word(source.auth));
        if (!source.headers.empty()) {
            out << YAML::Key << "headers" << YAML::Value << YAML::BeginMap;
            for (const auto &[name, value] : source.headers)
                out << YAML::Key << name << YAML::Value << value;
            out << YAML::EndMap;
        }
        put("host_header", source.hostHeader);
        put("ca_file", source.caFile);
        put("crl_file", source.crlFile);
        put("client_cert", source.clientCert);
        put("client_key", source.clientKey);
        put("proxy", source.proxy);
        put("selector", source.selector);
        if (source.allowPlainHttp)
            out << YAML::Key << "allow_plain_http" << YAML::Value << true;
        if (source.connections != 4)
            out << YAML::Key << "connections" << YAML::Value << source.connections;
        out << YAML::EndMap;
    }
    out << YAML::EndSeq << YAML::EndMap;
    return std::string(out.c_str()) + "\n";
}

} // namespace andon::profile
