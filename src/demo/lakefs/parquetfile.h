#pragma once
// Parquet files of the demo factory, of which only the two ends exist: the magic and a footer that tells the story.
// What lies between is zeros. Pure.
#include "demo/lakefs/history.h"

namespace andon::demo
{

struct ParquetColumn {
    enum class Kind { Int32, Int64, Decimal, String, Timestamp, Boolean, Double };
    std::string name = {};
    Kind kind = Kind::Int64;
    double nulls = 0; ///< share
    std::int64_t distinct = 0; ///< 0: not counted
    std::int64_t least = 0; ///< of numbers; cents of a decimal, µs of a timestamp, thousandths of a double
    std::int64_t greatest = 0;
    std::string leastText = {}; ///< of strings
    std::string greatestText = {};
};

struct ParquetTable {
    std::int64_t rows = 0;
    std::int64_t groups = 1;
    std::string codec = "zstd"; ///< or snappy
    std::string schema = {}; ///< "v6"
    std::vector<ParquetColumn> columns = {};
};

/// What a made object holds; nullopt when it is no Parquet file.
[[nodiscard]] std::optional<ParquetTable> tableOf(const History &history, const DemoObject &object);
/// The last bytes of a file of that size: footer, its length, the magic.
[[nodiscard]] std::string parquetEnd(const ParquetTable &table, std::int64_t size);
/// Bytes [from, from + count) of a made object; nullopt when it is none of these, or for more than 16 MB.
[[nodiscard]] std::optional<std::string> parquetBytes(const History &history, const DemoObject &object,
                                                      std::int64_t from, std::int64_t count);

} // namespace andon::demo
