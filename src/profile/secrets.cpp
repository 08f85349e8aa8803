#include "profile/secrets.h"

#include "profile/keychain.h"
#include "profile/profile.h"

#include <cctype>
#include <cstdlib>
#include <sys/stat.h>
#include <unistd.h>

namespace andon::profile
{

namespace
{

std::string keyOf(const core::SiteName &site, const core::SourceName &source)
{
    return site.value + "/" + source.value;
}

template <typename Lookup>
Secret fromVariables(const core::SiteName &site, const core::SourceName &source, const std::string &from, Lookup lookup)
{
    Secret secret;
    const std::string token = lookup(variableName(site, source, "TOKEN"));
    if (!token.empty())
        return {.user = {}, .secret = token, .from = from};
    secret.user = lookup(variableName(site, source, "USER"));
    secret.secret = lookup(variableName(site, source, "SECRET"));
    if (!secret.user.empty() || !secret.secret.empty())
        secret.from = from;
    return secret;
}

} // namespace

std::string variableName(const core::SiteName &site, const core::SourceName &source, std::string_view what)
{
    std::string name = "ANDON_" + site.value + "_" + source.value + "_" + std::string(what);
    for (char &c : name) {
        const auto byte = static_cast<unsigned char>(c);
        c = std::isalnum(byte) ? static_cast<char>(std::toupper(byte)) : '_';
    }
    return name;
}

Secrets::Secrets(std::string secretsFile)
    : m_file(std::move(secretsFile))
{
}

core::Result<std::map<std::string, std::string>> Secrets::readFileEntries() const
{
    std::map<std::string, std::string> entries;
    struct stat info = {};
    if (m_file.empty() || ::stat(m_file.c_str(), &info) != 0)
        return entries;
    if ((info.st_mode & 077) != 0 || info.st_uid != ::geteuid())
        return core::fail(core::ErrorKind::Invalid, m_file,
                          m_file + " holds secrets but others may read it: chmod 600 it");
    const auto text = readFile(m_file);
    if (!text)
        return core::fail(text.error());
    std::size_t at = 0;
    while (at < text->size()) {
        const std::size_t end = std::min(text->find('\n', at), text->size());
        const std::string line = text->substr(at, end - at);
        at = end + 1;
        const std::size_t equals = line.find('=');
        if (!line.empty() && line[0] != '#' && equals != std::string::npos)
            entries[line.substr(0, equals)] = line.substr(equals + 1);
    }
    return entries;
}

core::Result<Secret> Secrets::find(const core::SiteName &site, const core::SourceName &source) const
{
    const std::string key = keyOf(site, source);
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto found = m_memory.find(key); found != m_memory.end())
            return found->second;
    }
    const Secret fromEnvironment = fromVariables(site, source, "environment", [](const std::string &name) {
        const char *value = std::getenv(name.c_str());
        return std::string(value ? value : "");
    });
    const auto entries = readFileEntries();
    if (!entries)
        return core::fail(entries.error());
    const Secret fromFile = fromVariables(site, source, "file " + m_file, [&](const std::string &name) {
        const auto found = entries->find(name);
        return found == entries->end() ? std::string() : found->second;
    });
    if (fromFile.found()) // it was asked for by name
        return fromFile;
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto found = m_fromKeychain.find(key); found != m_fromKeychain.end())
            return found->second.found() ? found->second : fromEnvironment;
    }
    Secret kept;
    if (const auto stored = readKeychain(key); stored && stored->has_value()) {
        const std::size_t split = (*stored)->find('\n'); // user, newline, secret
        if (split != std::string::npos)
            kept = {.user = (*stored)->substr(0, split), .secret = (*stored)->substr(split + 1), .from = "keychain"};
    }
    const std::scoped_lock lock(m_mutex);
    m_fromKeychain[key] = kept;
    return kept.found() ? kept : fromEnvironment;
}

void Secrets::remember(const core::SiteName &site, const core::SourceName &source, const std::string &user,
                       const std::string &secret)
{
    const std::scoped_lock lock(m_mutex);
    m_memory[keyOf(site, source)] = {.user = user, .secret = secret, .from = "memory"};
}

core::Result<std::string> Secrets::keep(const core::SiteName &site, const core::SourceName &source,
                                        const std::string &user, const std::string &secret)
{
    remember(site, source, user, secret);
    if (m_file.empty()) {
        if (auto written = writeKeychain(keyOf(site, source), user + "\n" + secret); !written)
            return core::fail(written.error());
        return std::string("keychain");
    }
    auto entries = readFileEntries();
    if (!entries)
        return core::fail(entries.error());
    if (user.empty()) {
        (*entries)[variableName(site, source, "TOKEN")] = secret;
    } else {
        (*entries)[variableName(site, source, "USER")] = user;
        (*entries)[variableName(site, source, "SECRET")] = secret;
    }
    if (auto written = writeFileEntries(*entries); !written)
        return core::fail(written.error());
    return "file " + m_file;
}

core::Result<void> Secrets::writeFileEntries(const std::map<std::string, std::string> &entries) const
{
    std::string text = "# Secrets of Andon. Keep this file to yourself (mode 0600).\n";
    for (const auto &[name, value] : entries)
        text += name + "=" + value + "\n";
    return writeFile(m_file, text, 0600);
}

void Secrets::forget(const core::SiteName &site, const core::SourceName &source)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_memory.erase(keyOf(site, source));
        m_fromKeychain.erase(keyOf(site, source));
    }
    removeKeychain(keyOf(site, source));
    auto entries = readFileEntries();
    std::size_t gone = 0;
    for (const char *what : {"USER", "SECRET", "TOKEN"})
        gone += entries ? entries->erase(variableName(site, source, what)) : 0;
    if (gone > 0)
        (void)writeFileEntries(*entries);
}

void Secrets::lookAgain(const core::SiteName &site)
{
    const std::scoped_lock lock(m_mutex);
    std::erase_if(m_fromKeychain, [&](const auto &kept) { return kept.first.starts_with(site.value + "/"); });
}

} // namespace andon::profile
