#pragma once
// What can be shown of an object's first bytes, by what it is: text, JSON, a table's fields, a picture. Says how much
// was left out. Pure.
#include "versions/object.h"

namespace andon::factory
{

/// A column of a CSV file, over the rows that were read.
struct TableField {
    std::string name = {};
    std::string type = {}; ///< "integer", "decimal", "boolean", "date", "text"; "" when all are empty
    std::int64_t empty = 0;
    std::int64_t distinct = 0; ///< counted up to kMostDistinct
    std::string least = {}; ///< as it stands in the file; "" when all are empty
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
    std::int64_t rows = 0; ///< of the part that was read, without the header
    std::string bytes = {}; ///< of a picture
};

/// How many of the first bytes are worth reading; 0: none.
[[nodiscard]] std::int64_t previewBytes(const versions::ObjectEntry &entry);
[[nodiscard]] ObjectPreview previewOf(versions::ObjectEntry entry, versions::ObjectBytes bytes);

} // namespace andon::factory
