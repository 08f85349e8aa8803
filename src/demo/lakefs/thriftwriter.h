#pragma once
// Writes the compact protocol of Apache Thrift, as far as the footer of a Parquet file needs it: fields in the order of
// their ids. Pure.
#include <cstdint>
#include <string>
#include <vector>

namespace andon::demo
{

class ThriftWriter
{
public:
    [[nodiscard]] const std::string &bytes() const { return m_bytes; }

    void i32(int id, std::int64_t value)
    {
        field(id, 5);
        zigzag(value);
    }
    void i64(int id, std::int64_t value)
    {
        field(id, 6);
        zigzag(value);
    }
    void i8(int id, int value)
    {
        field(id, 3);
        m_bytes += static_cast<char>(value);
    }
    void boolean(int id, bool value) { field(id, value ? 1 : 2); }
    void binary(int id, const std::string &value)
    {
        field(id, 8);
        item(value);
    }
    void begin(int id) ///< a struct in a field
    {
        field(id, 12);
        begin();
    }
    void begin() { m_last.push_back(0); } ///< one in a list, or the outermost
    void end()
    {
        m_bytes += '\0';
        m_last.pop_back();
    }
    enum class Items { I32 = 5, Binary = 8, Structs = 12 };
    void list(int id, Items type, std::size_t count)
    {
        field(id, 9);
        if (count < 15) {
            m_bytes += static_cast<char>(count << 4 | static_cast<unsigned>(type));
        } else {
            m_bytes += static_cast<char>(0xf0 | static_cast<unsigned>(type));
            varint(count);
        }
    }
    void item(std::int64_t value) { zigzag(value); }
    void item(const std::string &value)
    {
        varint(value.size());
        m_bytes += value;
    }

private:
    void field(int id, int type)
    {
        m_bytes += static_cast<char>((id - m_last.back()) << 4 | type); // no gap of this format is above 15
        m_last.back() = id;
    }
    void zigzag(std::int64_t value)
    {
        varint(static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63));
    }
    void varint(std::uint64_t value)
    {
        for (; value >= 0x80; value >>= 7)
            m_bytes += static_cast<char>(0x80 | (value & 0x7f));
        m_bytes += static_cast<char>(value);
    }

    std::string m_bytes;
    std::vector<int> m_last; ///< id of the field before, per open struct
};

} // namespace andon::demo
