#include "demo/lakefs/parquetfile.h"

#include "demo/lakefs/thriftwriter.h"

#include <algorithm>
#include <cstring>

namespace andon::demo
{

namespace
{

using Kind = ParquetColumn::Kind;

constexpr std::int64_t kMostBytes = 16 * 1024 * 1024; // that are made of one
constexpr std::int64_t kBehindData = 16 * 1024; // for the footer, and as if for indices of the pages
constexpr const char *kMagic = "PAR1";

struct Physical {
    int type; // of the enum Type of parquet.thrift
    int converted; // -1: none
    int bytes; // that a value weighs, before it is compressed
};

Physical physicalOf(Kind kind)
{
    switch (kind) {
    case Kind::Int32:
        return {1, -1, 4};
    case Kind::Int64:
        return {2, -1, 8};
    case Kind::Decimal:
        return {2, 5, 8};
    case Kind::String:
        return {6, 0, 12};
    case Kind::Timestamp:
        return {2, 10, 8};
    case Kind::Boolean:
        return {0, -1, 1};
    case Kind::Double:
        return {5, -1, 8};
    }
    return {2, -1, 8};
}

std::string little(std::uint64_t value, int bytes)
{
    std::string text;
    for (int i = 0; i < bytes; ++i)
        text += static_cast<char>(value >> (8 * i) & 0xff);
    return text;
}

std::string plain(Kind kind, std::int64_t number, const std::string &text)
{
    switch (kind) {
    case Kind::String:
        return text;
    case Kind::Boolean:
        return little(static_cast<std::uint64_t>(number), 1);
    case Kind::Int32:
        return little(static_cast<std::uint64_t>(number), 4);
    case Kind::Double: {
        const double value = static_cast<double>(number) / 1000;
        std::uint64_t bits = 0;
        std::memcpy(&bits, &value, sizeof bits);
        return little(bits, 8);
    }
    default:
        return little(static_cast<std::uint64_t>(number), 8);
    }
}

void writeLogical(ThriftWriter &out, Kind kind)
{
    if (kind != Kind::String && kind != Kind::Decimal && kind != Kind::Timestamp)
        return;
    out.begin(10);
    out.begin(kind == Kind::String ? 1 : kind == Kind::Decimal ? 5 : 8);
    if (kind == Kind::Decimal) {
        out.i32(1, 2);
        out.i32(2, 12);
    } else if (kind == Kind::Timestamp) {
        out.boolean(1, true); // UTC
        out.begin(2);
        out.begin(2); // µs
        out.end();
        out.end();
    }
    out.end();
    out.end();
}

void writeSchema(ThriftWriter &out, const ParquetTable &table)
{
    out.list(2, ThriftWriter::Items::Structs, table.columns.size() + 1);
    out.begin();
    out.binary(4, "schema");
    out.i32(5, static_cast<std::int64_t>(table.columns.size()));
    out.end();
    for (const ParquetColumn &column : table.columns) {
        const Physical physical = physicalOf(column.kind);
        out.begin();
        out.i32(1, physical.type);
        out.i32(3, 1); // optional
        out.binary(4, column.name);
        if (physical.converted >= 0)
            out.i32(6, physical.converted);
        if (column.kind == Kind::Decimal) {
            out.i32(7, 2);
            out.i32(8, 12);
        }
        writeLogical(out, column.kind);
        out.end();
    }
}

struct Chunk {
    std::int64_t at = 0; ///< in the file
    std::int64_t bytes = 0;
    std::int64_t rows = 0;
    bool alone = true; ///< in its column
};

void writeChunk(ThriftWriter &out, const ParquetColumn &column, const Chunk &chunk, int codec)
{
    const Physical physical = physicalOf(column.kind);
    out.begin();
    out.i64(2, chunk.at);
    out.begin(3);
    out.i32(1, physical.type);
    out.list(2, ThriftWriter::Items::I32, 2);
    out.item(0); // PLAIN
    out.item(3); // RLE
    out.list(3, ThriftWriter::Items::Binary, 1);
    out.item(column.name);
    out.i32(4, codec);
    out.i64(5, chunk.rows);
    out.i64(6, chunk.bytes * (codec == 6 ? 3 : 2));
    out.i64(7, chunk.bytes);
    out.i64(9, chunk.at);
    out.begin(12);
    out.i64(3, static_cast<std::int64_t>(static_cast<double>(chunk.rows) * column.nulls));
    if (chunk.alone && column.distinct > 0)
        out.i64(4, std::min(column.distinct, chunk.rows));
    out.binary(5, plain(column.kind, column.greatest, column.greatestText));
    out.binary(6, plain(column.kind, column.least, column.leastText));
    out.end();
    out.end();
    out.end();
}

void writeRowGroups(ThriftWriter &out, const ParquetTable &table, std::int64_t size)
{
    std::int64_t weights = 0;
    for (const ParquetColumn &column : table.columns)
        weights += physicalOf(column.kind).bytes;
    const int codec = table.codec == "snappy" ? 1 : 6;
    const std::int64_t data = std::max<std::int64_t>(size - kBehindData - 4, weights * table.groups) / table.groups;
    std::int64_t at = 4;
    out.list(4, ThriftWriter::Items::Structs, static_cast<std::size_t>(table.groups));
    for (std::int64_t i = 0; i < table.groups; ++i) {
        const std::int64_t rows = table.rows * (i + 1) / table.groups - table.rows * i / table.groups;
        std::int64_t compressed = 0;
        out.begin();
        out.list(1, ThriftWriter::Items::Structs, table.columns.size());
        for (const ParquetColumn &column : table.columns) {
            const Chunk chunk{at, data * physicalOf(column.kind).bytes / weights, rows, table.groups == 1};
            writeChunk(out, column, chunk, codec);
            at += chunk.bytes;
            compressed += chunk.bytes;
        }
        out.i64(2, compressed * (codec == 6 ? 3 : 2));
        out.i64(3, rows);
        out.i64(6, compressed);
        out.end();
    }
}

} // namespace

std::string parquetEnd(const ParquetTable &table, std::int64_t size)
{
    ThriftWriter out;
    out.begin();
    out.i32(1, 2);
    writeSchema(out, table);
    out.i64(3, table.rows);
    writeRowGroups(out, table, size);
    out.list(5, ThriftWriter::Items::Structs, 1);
    out.begin();
    out.binary(1, "schema");
    out.binary(2, table.schema);
    out.end();
    out.binary(6, table.codec == "snappy" ? "parquet-mr version 1.12.3" : "parquet-cpp-arrow version 17.0.0");
    out.list(7, ThriftWriter::Items::Structs, table.columns.size());
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        out.begin();
        out.begin(1); // by the order of its type
        out.end();
        out.end();
    }
    out.end();
    return out.bytes() + little(out.bytes().size(), 4) + kMagic;
}

std::optional<std::string> parquetBytes(const History &history, const DemoObject &object, std::int64_t from,
                                        std::int64_t count)
{
    const auto table = count <= kMostBytes ? tableOf(history, object) : std::nullopt;
    if (!table)
        return std::nullopt;
    const std::string end = parquetEnd(*table, object.size);
    std::string bytes(static_cast<std::size_t>(count), '\0');
    const auto put = [&](const std::string &part, std::int64_t at) {
        for (std::int64_t i = std::max(at, from);
             i < std::min(at + static_cast<std::int64_t>(part.size()), from + count); ++i)
            bytes[static_cast<std::size_t>(i - from)] = part[static_cast<std::size_t>(i - at)];
    };
    put(kMagic, 0);
    put(end, object.size - static_cast<std::int64_t>(end.size()));
    return bytes;
}

} // namespace andon::demo
