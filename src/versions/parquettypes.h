#pragma once
// What the types of Parquet are called, how their least and greatest values are ordered and written. Pure.
#include "versions/parquetfooter.h"

#include <string_view>

namespace andon::versions
{

/// An element of a schema as the file has it (parquet.thrift, SchemaElement). Numbers are those of the format.
struct ParquetElement {
    int physical = -1; ///< Type; -1: a group
    std::int64_t length = 0; ///< of FIXED_LEN_BYTE_ARRAY
    int repetition = 0; ///< 2: repeated
    std::string_view name = {};
    std::int64_t children = 0;
    int converted = -1; ///< ConvertedType
    std::int64_t scale = 0;
    std::int64_t precision = 0;
    int logical = 0; ///< which field of the union LogicalType
    int unit = 0; ///< TimeUnit: 1 ms, 2 µs, 3 ns
    bool utc = false;
    std::int64_t bits = 0;
    bool isSigned = true;
    [[nodiscard]] bool isMap() const { return logical == 2 || converted == 1 || converted == 2; }
};

struct ParquetType {
    enum class Order { None, Signed, Unsigned, Floating, Bytes, SignedBytes };
    enum class Shape { Other, Boolean, Integer, Floating, Decimal, Date, Time, Timestamp, Text, Uuid };
    std::string words = {}; ///< "decimal(12,2)"
    Order order = Order::None;
    Shape shape = Shape::Other;
    std::size_t width = 0; ///< bytes of a value; 0: any number
    int digits = 0; ///< of a decimal behind the point; of a second 3, 6 or 9
    /// Of the older, signed statistics: only where the order of the type is the signed one.
    [[nodiscard]] bool trustsOld() const { return order == Order::Signed || order == Order::Floating; }
    [[nodiscard]] FieldValues values() const;
};

[[nodiscard]] ParquetType parquetType(const ParquetElement &element);
/// Whether a is before b. Both are readable.
[[nodiscard]] bool isBefore(const ParquetType &type, std::string_view a, std::string_view b);
/// Whether the bytes are a value of the type that can be put in order (no NaN).
[[nodiscard]] bool isReadable(const ParquetType &type, std::string_view bytes);
/// As people write it; nothing when it is no text. exact: the value is not cut off.
[[nodiscard]] std::optional<std::string> written(const ParquetType &type, std::string_view bytes, bool exact);

} // namespace andon::versions
