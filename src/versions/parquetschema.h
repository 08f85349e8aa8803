#pragma once
// Reads the parts of a Parquet footer: the schema as its leaf columns, what a column says of one row group. Pure.
#include "versions/parquettypes.h"
#include "versions/thriftreader.h"

namespace andon::versions
{

struct ParquetLeaf {
    std::string path = {};
    std::string typeWords = {}; ///< with the lists and maps that it is in
    ParquetType type = {};
    int physical = 0;
};

/// list<SchemaElement> at the reader. A failure leaves the reader not ok, too many columns an error.
[[nodiscard]] core::Result<std::vector<ParquetLeaf>> readParquetSchema(ThriftReader &reader, ThriftReader::Type type);

/// A column of one row group: ColumnChunk with its ColumnMetaData and Statistics.
struct ParquetChunk {
    bool told = false; ///< it has metadata that are not encrypted
    bool encrypted = false;
    std::int64_t physical = -1;
    std::int64_t codec = -1;
    std::int64_t values = -1;
    std::int64_t compressed = -1;
    std::int64_t uncompressed = -1;
    std::optional<std::int64_t> nulls = {};
    std::optional<std::int64_t> distinct = {};
    std::optional<std::string_view> least = {}; ///< min_value
    std::optional<std::string_view> greatest = {};
    std::optional<std::string_view> oldLeast = {}; ///< min
    std::optional<std::string_view> oldGreatest = {};
    bool leastExact = true;
    bool greatestExact = true;
};
[[nodiscard]] ParquetChunk readParquetChunk(ThriftReader &reader, ThriftReader::Type type);
[[nodiscard]] std::string parquetCodec(std::int64_t codec); ///< "zstd"

/// An Error of what the file is not, with the hint.
[[nodiscard]] core::Error parquetError(core::ErrorKind kind, const char *hint, std::string detail);

} // namespace andon::versions
