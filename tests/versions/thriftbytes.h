#pragma once
// Bytes of Thrift's compact protocol for tests, written by hand: fields by their ids, in order.
#include <cstdint>
#include <string>

namespace andon::test
{

inline std::string varint(std::uint64_t value)
{
    std::string bytes;
    for (; value >= 0x80; value >>= 7)
        bytes += static_cast<char>(0x80 | (value & 0x7f));
    return bytes + static_cast<char>(value);
}

inline std::string zigzag(std::int64_t value)
{
    return varint(static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63));
}

/// A struct that is being written: Thrift().i32(1, 2).text(4, "schema").done().
class Thrift
{
public:
    Thrift &i32(int id, std::int64_t value) { return add(id, 5, zigzag(value)); }
    Thrift &i64(int id, std::int64_t value) { return add(id, 6, zigzag(value)); }
    Thrift &i8(int id, int value) { return add(id, 3, std::string(1, static_cast<char>(value))); }
    Thrift &flag(int id, bool value) { return add(id, value ? 1 : 2, {}); }
    Thrift &text(int id, const std::string &value) { return add(id, 8, varint(value.size()) + value); }
    Thrift &inner(int id, const Thrift &value) { return add(id, 12, value.done()); }
    Thrift &list(int id, const std::string &items, std::size_t count, int type = 12)
    {
        const std::string head(1,
                               static_cast<char>(count < 15 ? count << 4 | static_cast<unsigned>(type)
                                                            : 0xf0 | static_cast<unsigned>(type)));
        return add(id, 9, head + (count < 15 ? std::string() : varint(count)) + items);
    }
    /// Any type code with any bytes.
    Thrift &add(int id, int type, const std::string &value)
    {
        const int step = id - m_last;
        if (step > 0 && step < 16)
            m_bytes += static_cast<char>(step << 4 | type);
        else
            m_bytes += static_cast<char>(type) + zigzag(id);
        m_last = id;
        m_bytes += value;
        return *this;
    }
    void raw(const std::string &bytes) { m_bytes += bytes; }
    [[nodiscard]] std::string done() const { return m_bytes + '\0'; }

private:
    std::string m_bytes;
    int m_last = 0;
};

/// The end of a Parquet file with that footer.
inline std::string parquetEnd(const std::string &footer, const char *magic = "PAR1")
{
    std::string bytes = footer;
    for (int i = 0; i < 4; ++i)
        bytes += static_cast<char>(footer.size() >> (8 * i) & 0xff);
    return bytes + magic;
}

} // namespace andon::test
