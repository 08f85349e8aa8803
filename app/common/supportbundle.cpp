#include "app/common/supportbundle.h"

#include <QDateTime>

namespace andon::app
{

namespace
{

constexpr const char *kFolder = "andon-support/";

std::string readme(const std::vector<SupportPart> &parts, core::Instant at)
{
    std::string text = "Support bundle of Andon " ANDON_VERSION ", made "
        + QDateTime::fromMSecsSinceEpoch(at.ms, Qt::UTC).toString(Qt::ISODate).toStdString()
        + ".\n\nIt was written to this file and sent nowhere. Look through it before you hand it on: names of sites,\n"
          "servers, repositories and models are in it. Passwords, tokens, header values and the content of your data\n"
          "are not.\n\n";
    for (const SupportPart &part : parts)
        text += part.name + ": " + part.about + "\n";
    return text;
}

} // namespace

std::string supportFileName(core::Instant at)
{
    return "andon-support-"
        + QDateTime::fromMSecsSinceEpoch(at.ms, Qt::UTC).toString(QStringLiteral("yyyyMMdd'T'HHmmss'Z'")).toStdString()
        + ".tar.gz";
}

core::Result<void> writeSupportBundle(const std::string &file, const std::vector<SupportPart> &parts, core::Instant at)
{
    std::vector<ArchivedFile> files{{std::string(kFolder) + "README.txt", readme(parts, at)}};
    for (const SupportPart &part : parts)
        files.push_back({kFolder + part.name, part.bytes});
    return writeArchive(file, files, at);
}

std::string withoutSecrets(const std::string &url)
{
    // By hand: it may be anything that a person typed into a file.
    std::string out = url.substr(0, url.find_first_of("?#"));
    const std::size_t slashes = out.find("//");
    const std::size_t host = slashes == std::string::npos ? 0 : slashes + 2;
    const std::size_t path = std::min(out.find('/', host), out.size());
    const std::size_t at = out.rfind('@', path);
    if (at != std::string::npos && at >= host)
        out.erase(host, at + 1 - host);
    else if (const std::size_t late = out.rfind('@'); late != std::string::npos) // a password with a slash in it
        out.erase(host, late + 1 - host);
    return out;
}

} // namespace andon::app
