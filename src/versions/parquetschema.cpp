#include "versions/parquetschema.h"

#include <algorithm>

namespace andon::versions
{

namespace
{

using Type = ThriftReader::Type;

constexpr std::size_t kMostColumns = 20'000;
constexpr std::size_t kMostElements = 100'000;
constexpr std::size_t kMostPath = 1000; // bytes
constexpr std::size_t kMostNesting = 64;

int small(std::int64_t value)
{
    return static_cast<int>(std::clamp<std::int64_t>(value, -1, 1000));
}

/// The field of a union that is set, as (its number); its struct is read by inside.
template <typename Inside> int readUnion(ThriftReader &reader, Type type, Inside inside)
{
    int which = 0;
    reader.structure(type, [&](int id, Type field) {
        which = small(id);
        return inside(id, field);
    });
    return which;
}

void readLogical(ThriftReader &reader, Type type, ParquetElement &element)
{
    element.logical = readUnion(reader, type, [&](int which, Type inner) {
        reader.structure(inner, [&](int id, Type field) {
            if (which == 5 && id == 1)
                return element.scale = reader.integer(field), true;
            if (which == 5 && id == 2)
                return element.precision = reader.integer(field), true;
            if ((which == 7 || which == 8) && id == 1)
                return element.utc = reader.boolean(field), true;
            if ((which == 7 || which == 8) && id == 2)
                return element.unit = readUnion(reader, field, [](int, Type) { return false; }), true;
            if (which == 10 && id == 1)
                return element.bits = reader.integer(field), true;
            if (which == 10 && id == 2)
                return element.isSigned = reader.boolean(field), true;
            return false;
        });
        return true;
    });
}

/// The reader is not ok when it has no name.
ParquetElement readElement(ThriftReader &reader, Type type)
{
    ParquetElement e;
    bool named = false;
    reader.structure(type, [&](int id, Type field) {
        switch (id) {
        case 1:
            return e.physical = small(reader.integer(field)), true;
        case 2:
            return e.length = reader.integer(field), true;
        case 3:
            return e.repetition = small(reader.integer(field)), true;
        case 4:
            return named = true, e.name = reader.binary(field), true;
        case 5:
            return e.children = reader.integer(field), true;
        case 6:
            return e.converted = small(reader.integer(field)), true;
        case 7:
            return e.scale = reader.integer(field), true;
        case 8:
            return e.precision = reader.integer(field), true;
        case 10:
            return readLogical(reader, field, e), true;
        default:
            return false;
        }
    });
    if (!named)
        reader.fail();
    return e;
}

/// The tree of a schema, which a file has as a list: each group, then what is in it.
class SchemaWalk
{
public:
    explicit SchemaWalk(ThriftReader &reader)
        : m_reader(reader)
    {
    }
    void take(const ParquetElement &e)
    {
        if (!m_started) {
            m_started = true;
            open({.left = e.children});
            return;
        }
        if (m_open.empty() || m_open.size() > kMostNesting)
            return m_reader.fail();
        Group &in = m_open.back();
        --in.left;
        Group group{.left = e.children, .path = in.path, .before = in.before, .after = in.after, .isMap = e.isMap()};
        if (in.isPairs) { // of a map: the first is its key
            group.before += in.taken == 0 ? "map<" : "map<…, ";
            group.after = (in.taken == 0 ? ", …>" : ">") + group.after;
        } else if (e.repetition == 2 && !in.isMap) {
            group.before += "list<";
            group.after = ">" + group.after;
        }
        ++in.taken;
        group.isPairs = e.repetition == 2 && in.isMap;
        group.path += (group.path.empty() ? "" : ".") + std::string(e.name.substr(0, kMostPath));
        if (group.path.size() > kMostPath)
            return m_reader.fail();
        if (e.physical < 0)
            return open(std::move(group));
        ParquetType type = parquetType(e);
        m_leaves.push_back({std::move(group.path), group.before + type.words + group.after, type, e.physical});
        close();
    }
    [[nodiscard]] bool complete() const { return m_started && m_open.empty(); }
    std::vector<ParquetLeaf> &leaves() { return m_leaves; }

private:
    struct Group {
        std::int64_t left = 0; ///< children that are still to come
        std::string path = {};
        std::string before = {}; ///< of the type of what is in it: "list<"
        std::string after = {};
        bool isMap = false;
        bool isPairs = false; ///< the keys and values of a map
        int taken = 0;
    };
    void open(Group group)
    {
        m_open.push_back(std::move(group));
        close();
    }
    void close()
    {
        while (!m_open.empty() && m_open.back().left <= 0)
            m_open.pop_back();
    }

    ThriftReader &m_reader;
    bool m_started = false;
    std::vector<Group> m_open;
    std::vector<ParquetLeaf> m_leaves;
};

void readStatistics(ThriftReader &reader, Type type, ParquetChunk &chunk)
{
    reader.structure(type, [&](int id, Type field) {
        switch (id) {
        case 1:
            return chunk.oldGreatest = reader.binary(field), true;
        case 2:
            return chunk.oldLeast = reader.binary(field), true;
        case 3:
            return chunk.nulls = reader.integer(field), true;
        case 4:
            return chunk.distinct = reader.integer(field), true;
        case 5:
            return chunk.greatest = reader.binary(field), true;
        case 6:
            return chunk.least = reader.binary(field), true;
        case 7:
            return chunk.greatestExact = reader.boolean(field), true;
        case 8:
            return chunk.leastExact = reader.boolean(field), true;
        default:
            return false;
        }
    });
}

void readColumnMetadata(ThriftReader &reader, Type type, ParquetChunk &chunk)
{
    chunk.told = true;
    reader.structure(type, [&](int id, Type field) {
        switch (id) {
        case 1:
            return chunk.physical = reader.integer(field), true;
        case 4:
            return chunk.codec = reader.integer(field), true;
        case 5:
            return chunk.values = reader.integer(field), true;
        case 6:
            return chunk.uncompressed = reader.integer(field), true;
        case 7:
            return chunk.compressed = reader.integer(field), true;
        case 12:
            return readStatistics(reader, field, chunk), true;
        default:
            return false;
        }
    });
}

} // namespace

core::Error parquetError(core::ErrorKind kind, const char *hint, std::string detail)
{
    return {.kind = kind, .where = "Parquet footer", .detail = std::move(detail), .hint = hint};
}

core::Result<std::vector<ParquetLeaf>> readParquetSchema(ThriftReader &reader, Type type)
{
    SchemaWalk walk(reader);
    std::size_t elements = 0;
    bool tooMany = false;
    reader.list(type, [&](Type item) {
        const ParquetElement element = readElement(reader, item);
        tooMany = ++elements > kMostElements || walk.leaves().size() >= kMostColumns;
        if (tooMany)
            reader.fail();
        if (reader.ok())
            walk.take(element);
    });
    if (tooMany)
        return core::fail(parquetError(core::ErrorKind::TooLarge, parquethint::kLarge,
                                       "more than " + std::to_string(kMostColumns) + " columns"));
    if (!walk.complete())
        reader.fail();
    return std::move(walk.leaves());
}

ParquetChunk readParquetChunk(ThriftReader &reader, Type type)
{
    ParquetChunk chunk;
    reader.structure(type, [&](int id, Type field) {
        chunk.encrypted = chunk.encrypted || id == 8;
        return id == 3 ? readColumnMetadata(reader, field, chunk), true : false;
    });
    return chunk;
}

std::string parquetCodec(std::int64_t codec)
{
    static constexpr const char *kNames[] = {"uncompressed", "snappy", "gzip", "lzo", "brotli", "lz4", "zstd", "lz4"};
    return codec >= 0 && codec < static_cast<std::int64_t>(std::size(kNames)) ? kNames[codec]
                                                                              : "codec " + std::to_string(codec);
}

} // namespace andon::versions
