#include "versions/oid.h"

namespace andon::versions
{

namespace
{
int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}
} // namespace

std::optional<Oid> Oid::fromHex(std::string_view hex)
{
    Oid oid;
    if (hex.size() != 2 * oid.bytes.size())
        return std::nullopt;
    for (std::size_t i = 0; i < oid.bytes.size(); ++i) {
        const int high = digit(hex[2 * i]);
        const int low = digit(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        oid.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return oid;
}

std::optional<Oid> Oid::fromBytes(std::string_view raw)
{
    Oid oid;
    if (raw.size() != oid.bytes.size())
        return std::nullopt;
    std::memcpy(oid.bytes.data(), raw.data(), raw.size());
    return oid;
}

core::CommitId Oid::id() const
{
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string hex(2 * bytes.size(), '0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        hex[2 * i] = kDigits[bytes[i] >> 4];
        hex[2 * i + 1] = kDigits[bytes[i] & 15];
    }
    return core::CommitId(hex);
}

} // namespace andon::versions
