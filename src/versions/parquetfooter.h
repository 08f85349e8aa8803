#pragma once
// What a Parquet file says of itself in the footer at its end. The format is Apache Parquet's: parquet.thrift and
// README.md of github.com/apache/parquet-format (2.11); the footer is FileMetaData in Thrift's compact protocol, then
// its length and "PAR1". Any bytes give a footer or an error, in time and memory that go with their number. Pure.
#include "core/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace andon::versions
{

enum class FieldValues { Other, Text, Number, Moment };

/// A leaf column over all row groups. What one of them does not tell is not known of the file.
struct ParquetField {
    std::string path = {}; ///< "partner.address.city", as the file has it: not always UTF-8
    std::string type = {}; ///< "int64", "decimal(12,2)", "timestamp µs", "list<string>"
    FieldValues values = FieldValues::Other; ///< what least and greatest are
    std::optional<std::int64_t> count = {}; ///< of values, nulls among them
    std::optional<std::int64_t> nulls = {};
    std::optional<std::int64_t> distinct = {}; ///< of a file with one row group: they do not add up
    std::optional<std::string> least = {}; ///< "0.50", "2026-10-31 12:00:00", UTF-8; with "…" when it goes on
    std::optional<std::string> greatest = {};
    std::optional<std::int64_t> compressed = {}; ///< bytes
    std::optional<std::int64_t> uncompressed = {};
    std::string codec = {}; ///< "zstd", "snappy, zstd"; "" when there is nothing of it
    bool encrypted = false;
    bool operator==(const ParquetField &) const = default;
};

struct ParquetFooter {
    std::int64_t rows = 0;
    std::int64_t rowGroups = 0;
    std::string createdBy = {}; ///< "" when it does not say
    std::string codec = {}; ///< of all columns, as in a field
    std::vector<ParquetField> fields = {};
    std::optional<std::int64_t> compressed = {}; ///< bytes of all columns
    std::optional<std::int64_t> uncompressed = {};
    std::vector<std::string> metadata = {}; ///< names of its key-value metadata, at most 100
    bool operator==(const ParquetFooter &) const = default;
};

/// Keys of Error::hint: why there is no footer.
namespace parquethint
{
inline constexpr const char *kNone = "parquet-none"; ///< this is no Parquet file
inline constexpr const char *kEncrypted = "parquet-encrypted";
inline constexpr const char *kDamaged = "parquet-damaged";
inline constexpr const char *kLarge = "parquet-large"; ///< more than is read or kept of one
} // namespace parquethint

/// With how many of its last bytes a file tells its footer; of these, 8 are enough to know it. fileSize: of the whole
/// file. Protocol with a hint when that makes no footer, TooLarge when it is longer than `most`.
[[nodiscard]] core::Result<std::int64_t> parquetFooterBytes(std::string_view tail, std::int64_t fileSize,
                                                            std::int64_t most);
/// tail: at least so many of the last bytes.
[[nodiscard]] core::Result<ParquetFooter> decodeParquetFooter(std::string_view tail);

} // namespace andon::versions
