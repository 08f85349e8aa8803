#pragma once
// What can be shown of an object's first bytes, by what it is: text, JSON, a table's fields, a picture; of a Parquet
// file what its last bytes say of it. Says how much was left out. Pure.
#include "versions/object.h"
#include "versions/parquetfooter.h"

namespace andon::factory
{

/// A column: of a CSV file over the rows that were read, of a Parquet file over all.
struct TableField {
    std::string name = {};
    /// "integer", "decimal", "boolean", "date", "text", "" when all are empty; of Parquet its own: "decimal(12,2)".
    std::string type = {};
    versions::FieldValues values = versions::FieldValues::Other;
    std::optional<std::int64_t> count = {}; ///< of values, the empty ones among them
    std::optional<std::int64_t> empty = {}; ///< or null
    std::optional<std::int64_t> distinct = {}; ///< of CSV counted up to kMostDistinct
    bool counted = false; ///< distinct is of the whole file: whoever wrote it counted
    std::string least = {}; ///< "" when all are empty, or it is not known
    std::string greatest = {};
    bool operator==(const TableField &) const = default;
};
constexpr std::int64_t kMostDistinct = 1000;

struct ObjectPreview {
    enum class Kind { Nothing, Text, Json, Table, Picture };
    Kind kind = Kind::Nothing;
    versions::ObjectEntry entry = {};
    std::int64_t read = 0; ///< bytes that were looked at
    bool whole = true; ///< they are all of it
    std::vector<std::string> lines = {}; ///< of text and of JSON, which stands indented
    std::int64_t moreLines = 0; ///< that were read and are not here
    std::vector<TableField> fields = {};
    std::int64_t rows = 0; ///< of CSV those of the part that was read, without the header
    std::optional<versions::ParquetFooter> footer = {}; ///< what a Parquet file says of itself
    std::optional<core::Error> unreadable = {}; ///< why it says nothing
    std::string bytes = {}; ///< of a picture
};

/// How many of the first bytes are worth reading; 0: none.
[[nodiscard]] std::int64_t previewBytes(const versions::ObjectEntry &entry);
[[nodiscard]] ObjectPreview previewOf(versions::ObjectEntry entry, versions::ObjectBytes bytes);

[[nodiscard]] bool isParquet(const versions::ObjectEntry &entry); ///< it is looked at from its end
constexpr std::int64_t kParquetEnd = 64 * 1024; ///< how many of its last bytes are read first
constexpr std::int64_t kMostFooter = 8 * 1024 * 1024; ///< what is read of a longer footer
/// end: its last bytes, the whole footer among them unless it cannot be read.
[[nodiscard]] ObjectPreview parquetPreview(versions::ObjectEntry entry, std::string_view end);

} // namespace andon::factory
