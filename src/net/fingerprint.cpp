#include "net/fingerprint.h"

#include <openssl/pem.h>
#include <openssl/x509.h>

namespace andon::net
{

core::Result<std::string> fingerprintOf(const std::string &pemFile)
{
    BIO *in = BIO_new_file(pemFile.c_str(), "r");
    X509 *certificate = in ? PEM_read_bio_X509(in, nullptr, nullptr, nullptr) : nullptr;
    BIO_free(in);
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    const bool made = certificate && X509_digest(certificate, EVP_sha256(), digest, &size) == 1;
    X509_free(certificate);
    if (!made)
        return core::fail(core::ErrorKind::Invalid, pemFile, "holds no certificate");
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (unsigned i = 0; i < size; ++i)
        (out += i ? ":" : "") += {kHex[digest[i] >> 4], kHex[digest[i] & 15]};
    return out;
}

} // namespace andon::net
