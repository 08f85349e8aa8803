#pragma once
// Reads the compact protocol of Apache Thrift (doc/specs/thrift-compact-protocol.md of apache/thrift) from memory.
// Whatever the bytes are it comes to an end: each step takes a byte, depth is bounded, nothing is allocated. Pure.
#include <cstdint>
#include <string_view>

namespace andon::versions
{

class ThriftReader
{
public:
    enum class Type : std::uint8_t {
        Stop,
        True,
        False,
        Byte,
        I16,
        I32,
        I64,
        Double,
        Binary,
        List,
        Set,
        Map,
        Struct,
        Uuid
    };
    explicit ThriftReader(std::string_view bytes)
        : m_bytes(bytes)
    {
    }
    /// False once something was not as it must be: what is read from then on is 0 and empty.
    [[nodiscard]] bool ok() const { return m_ok; }
    void fail() { m_ok = false; }
    [[nodiscard]] std::size_t at() const { return m_at; }
    void goTo(std::size_t at) { m_at = at; } ///< where at() was

    /// Reads a struct: onField(id, type) reads the value and says true, or leaves it to be skipped and says false.
    template <typename OnField> void structure(Type type, OnField onField)
    {
        if (!enter(type == Type::Struct))
            return;
        int id = 0;
        for (Type field = fieldHeader(id); field != Type::Stop; field = fieldHeader(id))
            if (!onField(id, field))
                skip(field, false);
        --m_depth;
    }
    /// Reads a list: onItem(type) reads each.
    template <typename OnItem> void list(Type type, OnItem onItem)
    {
        if (!enter(type == Type::List || type == Type::Set))
            return;
        const auto [count, item] = listHeader();
        for (std::size_t i = 0; i < count && m_ok; ++i)
            onItem(item);
        --m_depth;
    }
    [[nodiscard]] std::int64_t integer(Type type);
    [[nodiscard]] bool boolean(Type type); ///< of a field
    [[nodiscard]] std::string_view binary(Type type);
    void skip(Type type, bool inList);

private:
    static constexpr int kMostDepth = 32;
    struct Items {
        std::size_t count = 0;
        Type type = Type::Stop;
    };
    [[nodiscard]] bool enter(bool expected);
    [[nodiscard]] Type fieldHeader(int &id); ///< Stop at the end and after a failure
    [[nodiscard]] Items listHeader();
    [[nodiscard]] Type typeOf(unsigned code);
    [[nodiscard]] unsigned byte();
    [[nodiscard]] std::uint64_t varint();
    [[nodiscard]] std::int64_t zigzag();
    void pass(std::size_t bytes);
    [[nodiscard]] std::size_t left() const { return m_bytes.size() - m_at; }
    void skipMap();

    std::string_view m_bytes;
    std::size_t m_at = 0;
    int m_depth = 0;
    bool m_ok = true;
};

} // namespace andon::versions
