#include "net/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <fstream>
#include <iterator>

namespace andon::net
{

namespace
{

constexpr std::size_t kLargestFile = 4 * 1024 * 1024;

core::Error unreadable(const Request &request, const std::string &file, const char *hint)
{
    return {.kind = core::ErrorKind::Tls, .where = request.what, .detail = file + " cannot be read", .hint = hint};
}

core::Result<std::string> read(const std::string &file)
{
    std::ifstream in(file, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    if (!in || text.empty() || text.size() > kLargestFile)
        return core::fail(core::ErrorKind::Storage, file, "cannot be read");
    return text;
}

/// libcurl still compares the common name when there is no subjectAltName; browsers stopped in 2017.
int demandNames(int good, X509_STORE_CTX *store)
{
    if (good != 1)
        ERR_clear_error(); // else libcurl reports the first detail ("EVP lib") instead of the verdict
    if (good != 1 || X509_STORE_CTX_get_error_depth(store) != 0)
        return good;
    const X509 *own = X509_STORE_CTX_get_current_cert(store);
    if (own && X509_get_ext_by_NID(own, NID_subject_alt_name, -1) >= 0)
        return good;
    X509_STORE_CTX_set_error(store, X509_V_ERR_HOSTNAME_MISMATCH);
    return 0;
}

CURLcode onContext(CURL *, void *context, void *)
{
    SSL_CTX_set_verify(static_cast<SSL_CTX *>(context), SSL_VERIFY_PEER, demandNames);
    return CURLE_OK;
}

} // namespace

core::Result<void> setTls(CURL *handle, const Endpoint &endpoint, const Request &request)
{
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(handle, CURLOPT_SSL_CIPHER_LIST, "ECDHE+AESGCM:ECDHE+CHACHA20");
    if (curl_easy_setopt(handle, CURLOPT_SSL_CTX_FUNCTION, onContext) != CURLE_OK)
        return core::fail(core::ErrorKind::Tls, request.what, "this libcurl is not built with OpenSSL");
    if (!endpoint.caFile.empty()) {
        auto pem = read(endpoint.caFile);
        if (!pem)
            return core::fail(unreadable(request, endpoint.caFile, "tls-ca-file"));
        const curl_blob blob{.data = pem->data(), .len = pem->size(), .flags = CURL_BLOB_COPY};
        curl_easy_setopt(handle, CURLOPT_CAINFO_BLOB, &blob);
        curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr); // else the system's are trusted beside it
    }
    if (!endpoint.crlFile.empty()) {
        if (!read(endpoint.crlFile))
            return core::fail(unreadable(request, endpoint.crlFile, "tls-ca-file"));
        curl_easy_setopt(handle, CURLOPT_CRLFILE, endpoint.crlFile.c_str());
    }
    if (endpoint.clientCertFile.empty())
        return {};
    for (const std::string &file : {endpoint.clientCertFile, endpoint.clientKeyFile})
        if (!file.empty() && !read(file))
            return core::fail(unreadable(request, file, "tls-client-file"));
    curl_easy_setopt(handle, CURLOPT_SSLCERT, endpoint.clientCertFile.c_str());
    if (!endpoint.clientKeyFile.empty())
        curl_easy_setopt(handle, CURLOPT_SSLKEY, endpoint.clientKeyFile.c_str());
    curl_easy_setopt(handle, CURLOPT_KEYPASSWD, ""); // else OpenSSL asks on the terminal and the network thread waits
    return {};
}

} // namespace andon::net
