#include "net/sha256.h"

#include <openssl/sha.h>

namespace andon::net
{

std::string sha256Hex(std::string_view bytes)
{
    static constexpr char kHex[] = "0123456789abcdef";
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char *>(bytes.data()), bytes.size(), digest);
    std::string out;
    for (const unsigned char byte : digest)
        (out += kHex[byte >> 4]) += kHex[byte & 15];
    return out;
}

} // namespace andon::net
