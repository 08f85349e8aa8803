#include "net/classify.h"

#include <curl/curl.h>
#include <openssl/x509_vfy.h>

#include <cerrno>
#include <cstring>

namespace andon::net
{

namespace
{

using core::ErrorKind;

bool says(const Failure &failure, std::string_view words)
{
    return failure.words.find(words) != std::string::npos;
}

/// With TLS 1.3 a server refuses a client's certificate only after the handshake, when we already read.
bool isTlsAlert(const Failure &failure)
{
    return says(failure, "alert")
        && (says(failure, "certificate") || says(failure, "unknown ca") || says(failure, "handshake")
            || says(failure, "access denied"));
}

ErrorKind kindOfConnecting(const Failure &failure)
{
    if (failure.viaProxy)
        return ErrorKind::Proxy;
    switch (failure.osError) {
    case ENETUNREACH:
    case ENETDOWN:
    case EHOSTUNREACH:
    case EADDRNOTAVAIL:
        return ErrorKind::Offline;
    default:
        return ErrorKind::Refused;
    }
}

ErrorKind kindOfBreaking(const Failure &failure)
{
    if (failure.viaProxy && says(failure, "CONNECT"))
        return ErrorKind::Proxy;
    if (isTlsAlert(failure))
        return ErrorKind::Tls;
    // libcurl calls bad chunks an error in receiving
    return says(failure, "chunked-encoding") ? ErrorKind::Protocol : ErrorKind::Refused;
}

ErrorKind kindOf(const Failure &failure)
{
    if (failure.proxyStatus >= 300)
        return ErrorKind::Proxy;
    switch (failure.curlCode) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return ErrorKind::Dns;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_PROXY:
        return ErrorKind::Proxy;
    case CURLE_COULDNT_CONNECT:
        return kindOfConnecting(failure);
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
        return kindOfBreaking(failure);
    case CURLE_OPERATION_TIMEDOUT:
        return ErrorKind::Timeout;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_USE_SSL_FAILED:
        return ErrorKind::Tls;
    case CURLE_FILESIZE_EXCEEDED:
        return ErrorKind::TooLarge;
    case CURLE_URL_MALFORMAT:
    case CURLE_BAD_FUNCTION_ARGUMENT:
    case CURLE_LOGIN_DENIED: // what libcurl calls a user in a URL
        return ErrorKind::Invalid;
    default:
        // Truncated, badly packed, no HTTP at all: something came, and it was not an answer.
        return ErrorKind::Protocol;
    }
}

std::string tlsHint(const Failure &failure)
{
    if (failure.curlCode == CURLE_SSL_CACERT_BADFILE || failure.curlCode == CURLE_SSL_CRL_BADFILE)
        return "tls-ca-file";
    if (failure.curlCode == CURLE_SSL_CERTPROBLEM)
        return "tls-client-file";
    if (isTlsAlert(failure) && says(failure, "certificate"))
        return "tls-client-wanted";
    if (says(failure, "wrong version number") || says(failure, "packet length too long"))
        return "tls-plain";
    if (failure.curlCode != CURLE_PEER_FAILED_VERIFICATION)
        return {};
    switch (failure.verifyResult) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return "tls-expired";
    case X509_V_ERR_CERT_REVOKED:
        return "tls-revoked";
    case X509_V_ERR_HOSTNAME_MISMATCH:
        return "tls-name";
    case X509_V_OK:
    case X509_V_ERR_UNSPECIFIED:
        return "tls-name"; // the chain was good: libcurl compares the name afterwards
    default:
        return "tls-untrusted";
    }
}

/// libcurl's words without what changes from try to try; the system's where it has any.
std::string detailOf(const Failure &failure)
{
    std::string words =
        failure.words.empty() ? curl_easy_strerror(static_cast<CURLcode>(failure.curlCode)) : failure.words;
    if (failure.curlCode != CURLE_COULDNT_CONNECT)
        return words;
    const std::size_t after = words.find(" after ");
    const std::size_t colon = words.find(": ", after == std::string::npos ? 0 : after);
    if (after == std::string::npos || colon == std::string::npos)
        return words;
    const char *reason = failure.osError != 0 ? ::strerrordesc_np(failure.osError) : nullptr;
    return words.substr(0, after) + (reason ? std::string(": ") + reason : words.substr(colon));
}

} // namespace

core::Error errorOfFailure(const Request &request, const Failure &failure)
{
    core::Error error{
        .kind = kindOf(failure), .where = request.what, .detail = detailOf(failure), .server = failure.server};
    if (error.kind == ErrorKind::Tls)
        error.hint = tlsHint(failure);
    if (failure.curlCode == CURLE_PARTIAL_FILE)
        error.hint = "truncated";
    const bool refusedForSure = error.kind == ErrorKind::Tls || error.kind == ErrorKind::Proxy;
    if (!request.idempotent && failure.sent && !refusedForSure)
        error.kind = ErrorKind::UnknownOutcome;
    return error;
}

} // namespace andon::net
