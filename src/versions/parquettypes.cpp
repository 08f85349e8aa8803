#include "versions/parquettypes.h"

#include <algorithm>

namespace andon::versions
{

namespace
{

using Order = ParquetType::Order;
using Shape = ParquetType::Shape;

constexpr int kMostScale = 100;
enum Physical { Boolean, Int32, Int64, Int96, Float, Double, ByteArray, Fixed };

const char *unitWord(int unit)
{
    static constexpr const char *kWords[] = {"", " ms", " µs", " ns"};
    return kWords[unit >= 1 && unit <= 3 ? unit : 0];
}

ParquetType moment(const char *word, Shape shape, int unit, bool utc, std::size_t width)
{
    return {.words = word + std::string(unitWord(unit)) + (utc || shape == Shape::Time ? "" : " local"),
            .order = unit >= 1 && unit <= 3 ? Order::Signed : Order::None,
            .shape = shape,
            .width = width,
            .digits = unit * 3};
}

ParquetType whole(const ParquetElement &element, std::int64_t bits, bool isSigned)
{
    return {.words = (isSigned ? "int" : "uint") + std::to_string(bits),
            .order = isSigned ? Order::Signed : Order::Unsigned,
            .shape = Shape::Integer,
            .width = element.physical == Int64 ? std::size_t(8) : std::size_t(4)};
}

ParquetType decimal(const ParquetElement &element, std::size_t width)
{
    const bool readable = element.scale >= 0 && element.scale <= kMostScale;
    return {.words = "decimal(" + std::to_string(element.precision) + "," + std::to_string(element.scale) + ")",
            .order = !readable                                           ? Order::None
                : element.physical == Int32 || element.physical == Int64 ? Order::Signed
                                                                         : Order::SignedBytes,
            .shape = readable ? Shape::Decimal : Shape::Other,
            .width = width,
            .digits = readable ? static_cast<int>(element.scale) : 0};
}

/// By the union LogicalType; nothing when it says nothing of this physical type.
std::optional<ParquetType> logicalType(const ParquetElement &e, std::size_t width)
{
    const bool number = e.physical == Int32 || e.physical == Int64;
    const bool bytes = e.physical == ByteArray || e.physical == Fixed;
    switch (e.logical) {
    case 1:
    case 4:
    case 12: {
        static constexpr const char *kWords[] = {"string", "enum", "json"};
        if (bytes)
            return ParquetType{kWords[e.logical == 12 ? 2 : e.logical == 4], Order::Bytes, Shape::Text, width, 0};
        return std::nullopt;
    }
    case 5:
        return number || bytes ? std::optional(decimal(e, width)) : std::nullopt;
    case 6:
        return e.physical == Int32 ? std::optional(ParquetType{"date", Order::Signed, Shape::Date, 4, 0})
                                   : std::nullopt;
    case 7:
        return number ? std::optional(moment("time", Shape::Time, e.unit, e.utc, width)) : std::nullopt;
    case 8:
        return e.physical == Int64 ? std::optional(moment("timestamp", Shape::Timestamp, e.unit, e.utc, 8))
                                   : std::nullopt;
    case 10:
        return number && (e.bits == 8 || e.bits == 16 || e.bits == 32 || e.bits == 64)
            ? std::optional(whole(e, e.bits, e.isSigned))
            : std::nullopt;
    case 14:
        return e.physical == Fixed ? std::optional(ParquetType{"uuid", Order::Bytes, Shape::Uuid, 16, 0})
                                   : std::nullopt;
    case 15:
        return e.physical == Fixed ? std::optional(ParquetType{"float16", Order::Floating, Shape::Floating, 2, 0})
                                   : std::nullopt;
    default: {
        static constexpr std::pair<int, const char *> kUnordered[] = {
            {11, "null"}, {13, "bson"}, {16, "variant"}, {17, "geometry"}, {18, "geography"}};
        for (const auto &[logical, words] : kUnordered)
            if (e.logical == logical)
                return ParquetType{.words = words};
        return std::nullopt;
    }
    }
}

/// ConvertedType, of files that have no LogicalType, as one of that.
ParquetElement withLogical(ParquetElement e)
{
    static constexpr int kLogical[] = {1, 0, 0, 0, 4, 5, 6, 7, 7, 8, 8, 10, 10, 10, 10, 10, 10, 10, 10, 12, 13, 0};
    static_assert(std::size(kLogical) == 22);
    if (e.logical != 0 || e.converted < 0 || e.converted >= static_cast<int>(std::size(kLogical)))
        return e;
    e.logical = kLogical[e.converted];
    e.utc = true; // what the older types of time are
    e.unit = e.converted == 7 || e.converted == 9 ? 1 : 2;
    if (e.logical == 10) {
        e.isSigned = e.converted >= 15;
        e.bits = 8LL << ((e.converted - 11) % 4);
    }
    return e;
}

} // namespace

FieldValues ParquetType::values() const
{
    switch (shape) {
    case Shape::Integer:
    case Shape::Floating:
    case Shape::Decimal:
        return FieldValues::Number;
    case Shape::Date:
    case Shape::Time:
    case Shape::Timestamp:
        return FieldValues::Moment;
    case Shape::Text:
        return FieldValues::Text;
    default:
        return FieldValues::Other;
    }
}

ParquetType parquetType(const ParquetElement &element)
{
    const ParquetElement e = withLogical(element);
    const std::size_t width = e.physical == Int32 ? 4
        : e.physical == Int64                     ? 8
        : e.physical == Fixed ? static_cast<std::size_t>(std::clamp<std::int64_t>(e.length, 0, INT32_MAX))
                              : 0;
    if (e.converted == 21)
        return {.words = "interval"};
    if (auto logical = logicalType(e, width))
        return std::move(*logical);
    switch (e.physical) {
    case Boolean:
        return {"boolean", Order::Unsigned, Shape::Boolean, 1, 0};
    case Int32:
    case Int64:
        return whole(e, e.physical == Int64 ? 64 : 32, true);
    case Int96: // its order is not defined
        return {.words = "timestamp ns (int96)"};
    case Float:
        return {"float", Order::Floating, Shape::Floating, 4, 0};
    case Double:
        return {"double", Order::Floating, Shape::Floating, 8, 0};
    case ByteArray:
        return {"binary", Order::Bytes, Shape::Text, 0, 0}; // shown when it is text
    case Fixed:
        return {"fixed(" + std::to_string(width) + ")", Order::Bytes, Shape::Text, width, 0};
    default:
        return {.words = "?"};
    }
}

} // namespace andon::versions
