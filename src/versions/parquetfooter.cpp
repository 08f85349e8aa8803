#include "versions/parquetfooter.h"

#include "versions/parquetschema.h"

#include <algorithm>
#include <set>

namespace andon::versions
{

namespace
{

using Type = ThriftReader::Type;

constexpr std::size_t kEnd = 8; // the length of the footer and the magic
constexpr std::size_t kMostNames = 100;
constexpr std::size_t kMostName = 200; // bytes

core::Error damaged(std::string detail)
{
    return parquetError(core::ErrorKind::Protocol, parquethint::kDamaged, std::move(detail));
}

/// The length that the last 8 bytes tell; the magic is right.
std::int64_t lengthIn(std::string_view tail)
{
    std::uint32_t length = 0;
    for (std::size_t i = 0; i < 4; ++i)
        length |= static_cast<std::uint32_t>(static_cast<unsigned char>(tail[tail.size() - kEnd + i])) << (8 * i);
    return length;
}

/// A sum of what each row group tells, of all of them or none. Not known: nothing.
class Sum
{
public:
    void add(std::int64_t part) { m_known = part >= 0 && !__builtin_add_overflow(m_sum, part, &m_sum) && m_known; }
    void add(std::optional<std::int64_t> part) { add(part.value_or(-1)); }
    [[nodiscard]] std::optional<std::int64_t> value() const { return m_known ? std::optional(m_sum) : std::nullopt; }

private:
    std::int64_t m_sum = 0;
    bool m_known = true;
};

/// The least or the greatest of a column.
struct Bound {
    std::optional<std::string_view> bytes = {};
    bool exact = true;

    void take(const ParquetType &type, std::string_view value, bool isExact, bool wantsLess)
    {
        if (bytes && !(wantsLess ? isBefore(type, value, *bytes) : isBefore(type, *bytes, value)))
            return;
        bytes = value;
        exact = isExact;
    }
};

/// A column over the row groups that were read.
struct Column {
    ParquetLeaf leaf = {};
    bool ordered = false; ///< the file says by which order its least and greatest are
    Sum count = {};
    Sum nulls = {};
    Sum compressed = {};
    Sum uncompressed = {};
    std::optional<std::int64_t> distinct = {};
    std::set<std::int64_t> codecs = {};
    Bound least = {};
    Bound greatest = {};
    bool bounded = true; ///< every row group with a value tells both
    bool encrypted = false;

    void take(const ParquetChunk &chunk)
    {
        count.add(chunk.values);
        nulls.add(chunk.nulls && *chunk.nulls <= chunk.values ? chunk.nulls : std::nullopt);
        compressed.add(chunk.compressed);
        uncompressed.add(chunk.uncompressed);
        encrypted = encrypted || (chunk.encrypted && !chunk.told);
        if (chunk.told)
            codecs.insert(chunk.codec);
        distinct =
            chunk.distinct && *chunk.distinct >= 0 && *chunk.distinct <= chunk.values ? chunk.distinct : std::nullopt;
        takeBounds(chunk);
    }
    void takeBounds(const ParquetChunk &chunk)
    {
        const bool newer = ordered && chunk.least && chunk.greatest;
        const auto low = newer ? chunk.least : leaf.type.trustsOld() ? chunk.oldLeast : std::nullopt;
        const auto high = newer ? chunk.greatest : leaf.type.trustsOld() ? chunk.oldGreatest : std::nullopt;
        if (!low || !high || !isReadable(leaf.type, *low) || !isReadable(leaf.type, *high)) {
            const bool empty = chunk.told && chunk.values >= 0 && chunk.values == chunk.nulls.value_or(0);
            bounded = bounded && empty;
            return;
        }
        least.take(leaf.type, *low, chunk.leastExact || !newer, true);
        greatest.take(leaf.type, *high, chunk.greatestExact || !newer, false);
    }
};

std::string codecWords(const std::set<std::int64_t> &codecs)
{
    std::string words;
    for (const std::int64_t codec : codecs)
        words += (words.empty() ? "" : ", ") + parquetCodec(codec);
    return words;
}

ParquetField fieldOf(Column &column)
{
    ParquetField field{.path = std::move(column.leaf.path),
                       .type = std::move(column.leaf.typeWords),
                       .values = column.leaf.type.values(),
                       .count = column.count.value(),
                       .nulls = column.nulls.value(),
                       .distinct = column.distinct,
                       .compressed = column.compressed.value(),
                       .uncompressed = column.uncompressed.value(),
                       .codec = codecWords(column.codecs),
                       .encrypted = column.encrypted};
    if (!column.bounded || !column.least.bytes)
        return field;
    auto least = written(column.leaf.type, *column.least.bytes, column.least.exact);
    auto greatest = written(column.leaf.type, *column.greatest.bytes, column.greatest.exact);
    if (least && greatest) {
        field.least = std::move(least);
        field.greatest = std::move(greatest);
    }
    return field;
}

/// FileMetaData. What the row groups mean is in fields that come before and after them: they are read last.
class FooterReader
{
public:
    explicit FooterReader(std::string_view bytes)
        : m_reader(bytes)
    {
    }

    core::Result<ParquetFooter> read()
    {
        bool hasRows = false;
        m_reader.structure(Type::Struct, [&](int id, Type type) {
            if (id == 2 || id == 4 || id == 7)
                m_places[id] = {m_reader.at(), type};
            if (id == 3)
                m_footer.rows = m_reader.integer(type);
            if (id == 5)
                readNames(type);
            if (id == 6)
                m_footer.createdBy = m_reader.binary(type).substr(0, kMostName);
            hasRows = hasRows || id == 3;
            return id == 3 || id == 5 || id == 6;
        });
        if (!m_reader.ok())
            return core::fail(damaged("it ends in the middle or is not Thrift"));
        if (!hasRows || m_footer.rows < 0 || m_places[2].type != Type::List || m_places[4].type != Type::List)
            return core::fail(damaged("its rows, its schema or its row groups are missing"));
        return readColumns();
    }

private:
    struct Place {
        std::size_t at = 0;
        Type type = Type::Stop;
    };

    void readNames(Type type)
    {
        m_reader.list(type, [this](Type item) {
            std::string_view key;
            m_reader.structure(
                item, [&](int id, Type field) { return id == 1 ? key = m_reader.binary(field), true : false; });
            if (m_footer.metadata.size() < kMostNames && m_reader.ok())
                m_footer.metadata.emplace_back(key.substr(0, kMostName));
        });
    }

    core::Result<ParquetFooter> readColumns()
    {
        m_reader.goTo(m_places[2].at);
        auto leaves = readParquetSchema(m_reader, m_places[2].type);
        if (!leaves)
            return core::fail(leaves.error());
        for (ParquetLeaf &leaf : *leaves)
            m_columns.push_back({.leaf = std::move(leaf)});
        if (m_reader.ok() && m_places[7].type == Type::List)
            readOrders();
        if (m_reader.ok())
            readRowGroups();
        if (!m_reader.ok())
            return core::fail(damaged(m_wrong.empty() ? "its schema is not one tree" : m_wrong));
        Sum compressed;
        Sum uncompressed;
        std::set<std::int64_t> codecs;
        for (Column &column : m_columns) {
            codecs.insert(column.codecs.begin(), column.codecs.end());
            m_footer.fields.push_back(fieldOf(column));
            compressed.add(m_footer.fields.back().compressed);
            uncompressed.add(m_footer.fields.back().uncompressed);
        }
        m_footer.codec = codecWords(codecs);
        m_footer.compressed = compressed.value();
        m_footer.uncompressed = uncompressed.value();
        return std::move(m_footer);
    }

    /// Without this, what min_value and max_value mean is not defined.
    void readOrders()
    {
        m_reader.goTo(m_places[7].at);
        std::size_t i = 0;
        m_reader.list(m_places[7].type, [&](Type item) {
            m_reader.structure(item, [&](int id, Type) {
                if (i < m_columns.size())
                    m_columns[i].ordered = id == 1; // TYPE_ORDER
                return false;
            });
            ++i;
        });
    }

    void readRowGroups()
    {
        m_wrong = "its row groups are not those of its schema";
        m_reader.goTo(m_places[4].at);
        std::int64_t groups = 0;
        m_reader.list(m_places[4].type, [&](Type item) {
            ++groups;
            std::size_t i = 0;
            m_reader.structure(item, [&](int id, Type type) {
                if (id == 1)
                    m_reader.list(type, [&](Type column) { takeChunk(i++, column); });
                return id == 1;
            });
            if (i != m_columns.size())
                m_reader.fail();
        });
        m_footer.rowGroups = groups;
        for (Column &column : m_columns) // they do not add up
            column.distinct = groups == 1 ? column.distinct : std::nullopt;
    }

    void takeChunk(std::size_t i, Type type)
    {
        const ParquetChunk chunk = readParquetChunk(m_reader, type);
        if (i >= m_columns.size() || (chunk.told && chunk.physical != m_columns[i].leaf.physical))
            m_reader.fail();
        if (m_reader.ok())
            m_columns[i].take(chunk);
    }

    ThriftReader m_reader;
    ParquetFooter m_footer;
    Place m_places[8] = {};
    std::vector<Column> m_columns;
    std::string m_wrong;
};

} // namespace

core::Result<std::int64_t> parquetFooterBytes(std::string_view tail, std::int64_t fileSize, std::int64_t most)
{
    const std::string_view magic = tail.size() < kEnd ? std::string_view() : tail.substr(tail.size() - 4);
    if (magic == "PARE")
        return core::fail(parquetError(core::ErrorKind::Protocol, parquethint::kEncrypted, "the footer is encrypted"));
    if (magic != "PAR1")
        return core::fail(parquetError(core::ErrorKind::Protocol, parquethint::kNone, "it does not end in PAR1"));
    const std::int64_t bytes = lengthIn(tail) + static_cast<std::int64_t>(kEnd);
    if (bytes > fileSize - 4) // it begins with the magic, too
        return core::fail(damaged("it is said to be longer than the file"));
    if (bytes > most)
        return core::fail(
            parquetError(core::ErrorKind::TooLarge, parquethint::kLarge,
                         std::to_string(bytes) + " bytes, at most " + std::to_string(most) + " are read"));
    return bytes;
}

core::Result<ParquetFooter> decodeParquetFooter(std::string_view tail)
{
    const auto bytes = parquetFooterBytes(tail, INT64_MAX, INT64_MAX);
    if (!bytes)
        return core::fail(bytes.error());
    if (*bytes > static_cast<std::int64_t>(tail.size()))
        return core::fail(damaged("its beginning is missing"));
    const std::string_view end = tail.substr(tail.size() - static_cast<std::size_t>(*bytes));
    return FooterReader(end.substr(0, end.size() - kEnd)).read();
}

} // namespace andon::versions
