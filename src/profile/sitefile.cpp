#include "profile/sitefile.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>

namespace andon::profile
{

namespace
{

/// Reads a mapping, remembering the first complaint with its line.
class Reader
{
public:
    explicit Reader(std::string file)
        : m_file(std::move(file))
    {
    }
    void complain(const YAML::Node &node, const std::string &what)
    {
        if (!m_error)
            m_error = core::Error{.kind = core::ErrorKind::Invalid,
                                  .where = m_file + ":" + std::to_string(node.Mark().line + 1),
                                  .detail = m_file + ":" + std::to_string(node.Mark().line + 1) + ": " + what};
    }
    [[nodiscard]] const std::optional<core::Error> &error() const { return m_error; }

    void allow(const YAML::Node &map, const std::set<std::string> &keys)
    {
        for (const auto &entry : map)
            if (!keys.contains(entry.first.Scalar()))
                complain(entry.first, "unknown key \"" + entry.first.Scalar() + "\"");
    }
    std::string text(const YAML::Node &map, const char *key)
    {
        const YAML::Node value = map[key];
        if (!value || value.IsNull())
            return {};
        if (!value.IsScalar()) {
            complain(value, std::string("\"") + key + "\" must be one value");
            return {};
        }
        return value.Scalar();
    }
    bool flag(const YAML::Node &map, const char *key)
    {
        const std::string value = text(map, key);
        if (value != "" && value != "true" && value != "false")
            complain(map[key], std::string("\"") + key + "\" must be true or false");
        return value == "true";
    }
    int number(const YAML::Node &map, const char *key, int fallback, int low, int high)
    {
        if (!map[key])
            return fallback;
        int value = 0;
        if (!YAML::convert<int>::decode(map[key], value) || value < low || value > high)
            complain(map[key],
                     std::string("\"") + key + "\" must be a number from " + std::to_string(low) + " to "
                         + std::to_string(high));
        return value;
    }

private:
    std::string m_file;
    std::optional<core::Error> m_error;
};

SourceConfig readSource(Reader &reader, const YAML::Node &node)
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
    Reader reader(file);
    SiteConfig site;
    try { // yaml-cpp speaks in exceptions; they end here
        const YAML::Node root = YAML::Load(std::string(yaml));
        if (!root.IsMap())
            return core::fail(core::ErrorKind::Invalid, file, file + ": a site file is a mapping");
        reader.allow(root, {"name", "title", "price_book", "sources"});
        site.name = core::SiteName(reader.text(root, "name"));
        site.title = reader.text(root, "title");
        site.priceBook = reader.text(root, "price_book");
        if (const YAML::Node sources = root["sources"]) {
            if (!sources.IsSequence())
                reader.complain(sources, "\"sources\" must be a list");
            else
                for (const YAML::Node &node : sources)
                    site.sources.push_back(readSource(reader, node));
        }
    } catch (const YAML::Exception &problem) {
        const std::string where = file + ":" + std::to_string(problem.mark.line + 1);
        return core::fail(core::ErrorKind::Invalid, where, where + ": " + problem.msg);
    }
    if (reader.error())
        return core::fail(*reader.error());
    if (auto valid = validate(site, file); !valid)
        return core::fail(valid.error());
    return site;
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
