#include "versions/thriftreader.h"

namespace andon::versions
{

bool ThriftReader::enter(bool expected)
{
    m_ok = m_ok && expected && m_depth < kMostDepth;
    m_depth += m_ok ? 1 : 0;
    return m_ok;
}

unsigned ThriftReader::byte()
{
    if (!m_ok || left() == 0) {
        m_ok = false;
        return 0;
    }
    return static_cast<unsigned char>(m_bytes[m_at++]);
}

void ThriftReader::pass(std::size_t bytes)
{
    m_ok = m_ok && bytes <= left();
    m_at += m_ok ? bytes : 0;
}

std::uint64_t ThriftReader::varint()
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const unsigned next = byte();
        value |= static_cast<std::uint64_t>(next & 0x7f) << shift;
        if (next < 0x80)
            return m_ok ? value : 0;
    }
    m_ok = false;
    return 0;
}

std::int64_t ThriftReader::zigzag()
{
    const std::uint64_t value = varint();
    return static_cast<std::int64_t>(value >> 1 ^ (0 - (value & 1)));
}

ThriftReader::Type ThriftReader::typeOf(unsigned code)
{
    m_ok = m_ok && code != 0 && code <= static_cast<unsigned>(Type::Uuid);
    return m_ok ? static_cast<Type>(code) : Type::Stop;
}

ThriftReader::Type ThriftReader::fieldHeader(int &id)
{
    const unsigned head = byte();
    if (!m_ok || head == 0)
        return Type::Stop;
    const std::int64_t next = head >> 4 ? id + static_cast<std::int64_t>(head >> 4) : zigzag();
    m_ok = m_ok && next >= INT16_MIN && next <= INT16_MAX;
    id = m_ok ? static_cast<int>(next) : 0;
    return typeOf(head & 15);
}

ThriftReader::Items ThriftReader::listHeader()
{
    const unsigned head = byte();
    const std::uint64_t count = head >> 4 == 15 ? varint() : head >> 4;
    m_ok = m_ok && count <= left(); // each item takes a byte at least
    if (count == 0)
        return {};
    const Type type = typeOf(head & 15);
    return m_ok ? Items{static_cast<std::size_t>(count), type} : Items{};
}

std::int64_t ThriftReader::integer(Type type)
{
    if (type == Type::Byte)
        return static_cast<std::int8_t>(byte());
    m_ok = m_ok && (type == Type::I16 || type == Type::I32 || type == Type::I64);
    return m_ok ? zigzag() : 0;
}

bool ThriftReader::boolean(Type type)
{
    m_ok = m_ok && (type == Type::True || type == Type::False);
    return type == Type::True;
}

std::string_view ThriftReader::binary(Type type)
{
    m_ok = m_ok && type == Type::Binary;
    const std::uint64_t size = m_ok ? varint() : 0;
    m_ok = m_ok && size <= left();
    if (!m_ok)
        return {};
    const std::size_t from = m_at;
    m_at += static_cast<std::size_t>(size);
    return m_bytes.substr(from, static_cast<std::size_t>(size));
}

void ThriftReader::skipMap()
{
    if (!enter(true))
        return;
    if (const std::uint64_t count = varint(); count > 0) {
        m_ok = m_ok && count <= left();
        const unsigned types = byte();
        const Type key = typeOf(types >> 4);
        const Type value = typeOf(types & 15);
        for (std::uint64_t i = 0; i < count && m_ok; ++i) {
            skip(key, true);
            skip(value, true);
        }
    }
    --m_depth;
}

void ThriftReader::skip(Type type, bool inList)
{
    switch (type) {
    case Type::Stop:
        return fail();
    case Type::True:
    case Type::False:
        return pass(inList ? 1 : 0); // of a field it is in the header
    case Type::Byte:
        return pass(1);
    case Type::I16:
    case Type::I32:
    case Type::I64:
        return (void)varint();
    case Type::Double:
        return pass(8);
    case Type::Uuid:
        return pass(16);
    case Type::Binary:
        return (void)binary(type);
    case Type::List:
    case Type::Set:
        return list(type, [this](Type item) { skip(item, true); });
    case Type::Map:
        return skipMap();
    case Type::Struct:
        return structure(type, [](int, Type) { return false; });
    }
}

} // namespace andon::versions
