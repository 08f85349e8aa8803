#include "net/redactor.h"

#include <curl/curl.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>

namespace andon::net
{

namespace
{

constexpr std::size_t kShortest = 4;
constexpr std::array kHarmless{"accept", "x-scope-orgid", "thanos-tenant", "x-lakefs-client", "x-mlflow-workspace"};

std::string base64(const std::string &text)
{
    std::string out(4 * ((text.size() + 2) / 3) + 1, '\0');
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char *>(out.data()),
                        reinterpret_cast<const unsigned char *>(text.data()), static_cast<int>(text.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

bool isHarmless(std::string name)
{
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::find(kHarmless.begin(), kHarmless.end(), name) != kHarmless.end();
}

std::string passwordIn(const std::string &url)
{
    const std::size_t at = url.rfind('@');
    const std::size_t start = url.find("//") == std::string::npos ? 0 : url.find("//") + 2;
    const std::size_t colon = url.find(':', start);
    return at == std::string::npos || colon == std::string::npos || colon > at ? std::string()
                                                                               : url.substr(colon + 1, at - colon - 1);
}

} // namespace

Redactor::Redactor(const Endpoint &endpoint)
{
    m_secrets = {endpoint.secret, passwordIn(endpoint.proxy)};
    if (endpoint.auth == Endpoint::AuthKind::Basic)
        m_secrets.push_back(base64(endpoint.user + ":" + endpoint.secret));
    for (const auto &[name, value] : endpoint.headers)
        if (!isHarmless(name))
            m_secrets.push_back(value);
    std::erase_if(m_secrets, [](const std::string &secret) { return secret.size() < kShortest; });
    std::sort(m_secrets.begin(), m_secrets.end(),
              [](const std::string &a, const std::string &b) { return a.size() > b.size(); });
}

void Redactor::clean(std::string &text) const
{
    for (const std::string &secret : m_secrets)
        for (std::size_t at = text.find(secret); at != std::string::npos; at = text.find(secret, at))
            text.replace(at, secret.size(), "…");
}

void Redactor::clean(core::Error &error) const
{
    clean(error.detail);
    clean(error.requestId);
}

void Redactor::clean(Response &response) const
{
    for (auto &[name, value] : response.headers)
        clean(value);
    if (!response.ok() || response.header("content-type").find("html") != std::string_view::npos)
        clean(response.body);
}

} // namespace andon::net
