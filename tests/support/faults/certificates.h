#pragma once
// Certificates made when a test runs: authorities, servers, clients, good ones and bad ones. OpenSSL 3; any thread.
#include <string>
#include <vector>

namespace andon::test
{

struct Certificate {
    std::string pem = {};
    std::string key = {}; ///< its private key, PEM
};

struct CertificateWish {
    std::string commonName = "127.0.0.1";
    std::string names = "IP:127.0.0.1,DNS:localhost"; ///< subjectAltName as OpenSSL writes it; "" = none
    std::string usage = "serverAuth";
    int fromDays = -1; ///< validity, counted from now
    int toDays = 30;
    bool authority = false;
};

/// Signed by itself, or by an authority that was made here.
[[nodiscard]] Certificate makeCertificate(const CertificateWish &wish = {}, const Certificate *issuer = nullptr);

/// A revocation list of an authority, PEM.
[[nodiscard]] std::string makeRevocationList(const Certificate &authority, const std::vector<Certificate> &revoked);

/// The private key under a passphrase.
[[nodiscard]] std::string lockedKey(const Certificate &certificate, const std::string &passphrase);

} // namespace andon::test
