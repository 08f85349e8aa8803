#include "tests/support/faults/certificates.h"

#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <cstdlib>
#include <memory>

namespace andon::test
{

namespace
{

template <auto Free> struct Freeing {
    template <typename T> void operator()(T *thing) const { Free(thing); }
};
using Bytes = std::unique_ptr<BIO, Freeing<BIO_free_all>>;
using Key = std::unique_ptr<EVP_PKEY, Freeing<EVP_PKEY_free>>;
using X = std::unique_ptr<X509, Freeing<X509_free>>;
using List = std::unique_ptr<X509_CRL, Freeing<X509_CRL_free>>;

void must(bool good) // a test without its certificates has no meaning
{
    if (!good)
        std::abort();
}

std::string textOf(BIO *bytes)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bytes, &data);
    return {data, static_cast<std::size_t>(size)};
}

X readCertificate(const std::string &pem)
{
    const Bytes in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    return X(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
}

Key readKey(const std::string &pem)
{
    const Bytes in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    return Key(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
}

void addExtension(X509 *certificate, X509 *issuer, int nid, const std::string &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    must(extension && X509_add_ext(certificate, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

void fill(X509 *certificate, const CertificateWish &wish, EVP_PKEY *key, X509 *issuer)
{
    std::uint64_t serial = 0;
    must(RAND_bytes(reinterpret_cast<unsigned char *>(&serial), sizeof serial) == 1);
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), 86'400L * wish.fromDays);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 86'400L * wish.toDays);
    X509_set_pubkey(certificate, key);
    X509_NAME *name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(wish.commonName.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
    addExtension(certificate, issuer, NID_basic_constraints, wish.authority ? "critical,CA:TRUE" : "CA:FALSE");
    addExtension(certificate, issuer, NID_subject_key_identifier, "hash");
    if (wish.authority) {
        addExtension(certificate, issuer, NID_key_usage, "critical,keyCertSign,cRLSign");
        return;
    }
    addExtension(certificate, issuer, NID_ext_key_usage, wish.usage);
    if (!wish.names.empty())
        addExtension(certificate, issuer, NID_subject_alt_name, wish.names);
}

} // namespace

Certificate makeCertificate(const CertificateWish &wish, const Certificate *issuer)
{
    const Key key(EVP_EC_gen("P-256"));
    const X made(X509_new());
    const X parent = issuer ? readCertificate(issuer->pem) : X();
    const Key parentKey = issuer ? readKey(issuer->key) : Key();
    must(key && made && (!issuer || (parent && parentKey)));
    fill(made.get(), wish, key.get(), issuer ? parent.get() : made.get());
    must(X509_sign(made.get(), issuer ? parentKey.get() : key.get(), EVP_sha256()) > 0);

    const Bytes certificate(BIO_new(BIO_s_mem()));
    const Bytes secret(BIO_new(BIO_s_mem()));
    must(PEM_write_bio_X509(certificate.get(), made.get()) == 1);
    must(PEM_write_bio_PrivateKey(secret.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return {.pem = textOf(certificate.get()), .key = textOf(secret.get())};
}

std::string makeRevocationList(const Certificate &authority, const std::vector<Certificate> &revoked)
{
    const List list(X509_CRL_new());
    const X issuer = readCertificate(authority.pem);
    const Key key = readKey(authority.key);
    must(list && issuer && key);
    X509_CRL_set_version(list.get(), X509_CRL_VERSION_2);
    X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(issuer.get()));
    ASN1_TIME *time = X509_gmtime_adj(nullptr, -3600);
    X509_CRL_set1_lastUpdate(list.get(), time);
    for (const Certificate &certificate : revoked) {
        const X gone = readCertificate(certificate.pem);
        X509_REVOKED *entry = X509_REVOKED_new();
        must(gone && entry);
        X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(gone.get()));
        X509_REVOKED_set_revocationDate(entry, time);
        must(X509_CRL_add0_revoked(list.get(), entry) == 1);
    }
    X509_gmtime_adj(time, 86'400);
    X509_CRL_set1_nextUpdate(list.get(), time);
    ASN1_TIME_free(time);
    must(X509_CRL_sign(list.get(), key.get(), EVP_sha256()) > 0);
    const Bytes out(BIO_new(BIO_s_mem()));
    must(PEM_write_bio_X509_CRL(out.get(), list.get()) == 1);
    return textOf(out.get());
}

std::string lockedKey(const Certificate &certificate, const std::string &passphrase)
{
    const Key key = readKey(certificate.key);
    const Bytes out(BIO_new(BIO_s_mem()));
    must(key
         && PEM_write_bio_PrivateKey(out.get(), key.get(), EVP_aes_256_cbc(),
                                     reinterpret_cast<const unsigned char *>(passphrase.data()),
                                     static_cast<int>(passphrase.size()), nullptr, nullptr)
             == 1);
    return textOf(out.get());
}

} // namespace andon::test
