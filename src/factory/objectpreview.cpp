#include "factory/objectpreview.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <set>

namespace andon::factory
{

namespace
{

constexpr std::int64_t kTextBytes = 512 * 1024;
constexpr std::int64_t kTableBytes = 4 * 1024 * 1024;
constexpr std::int64_t kPictureBytes = 8 * 1024 * 1024;
constexpr std::int64_t kUnknownBytes = 64 * 1024; // enough to see whether it is text
constexpr std::size_t kMostLines = 5000;
constexpr std::size_t kMostFields = 1000;
constexpr int kMostDepth = 64;

bool isOneOf(const std::string &path, std::initializer_list<const char *> endings)
{
    std::string end = path.substr(std::min(path.size(), path.rfind('.')));
    std::transform(end.begin(), end.end(), end.begin(), [](unsigned char c) { return std::tolower(c); });
    return std::find(endings.begin(), endings.end(), end) != endings.end();
}

bool isTable(const std::string &path)
{
    return isOneOf(path, {".csv", ".tsv"});
}

bool isPicture(const std::string &path)
{
    return isOneOf(path, {".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp"});
}

bool isBinary(const std::string &path)
{
    return isOneOf(path, {".npy", ".npz",      ".bin",   ".safetensors", ".gguf", ".zst", ".gz",  ".bz2", ".xz",
                          ".zip", ".tar",      ".arrow", ".feather",     ".avro", ".orc", ".pt",  ".pth", ".ckpt",
                          ".h5",  ".tfrecord", ".mp4",   ".wav",         ".mp3",  ".pkl", ".onnx"});
}

bool isText(const std::string &bytes)
{
    return bytes.find('\0') == std::string::npos
        && std::count_if(bytes.begin(), bytes.end(), [](unsigned char c) { return c < 9 || (c > 13 && c < 32); }) * 100
        <= static_cast<std::ptrdiff_t>(bytes.size());
}

void setLines(ObjectPreview &preview, const std::string &text)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (preview.lines.size() < kMostLines)
            preview.lines.push_back(text.substr(at, end - at - (end > at && text[end - 1] == '\r' ? 1 : 0)));
        else
            ++preview.moreLines;
        at = end + 1;
    }
}

bool nestsTooDeep(const std::string &text)
{
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quoted)
            i += text[i] == '\\' ? 1 : 0;
        if (i < text.size() && text[i] == '"')
            quoted = !quoted;
        else if (!quoted && i < text.size() && (text[i] == '{' || text[i] == '['))
            depth += depth > kMostDepth ? 0 : 1;
        else if (!quoted && i < text.size() && (text[i] == '}' || text[i] == ']') && depth <= kMostDepth)
            --depth;
    }
    return depth > kMostDepth;
}

/// Indented; nothing when it is no JSON.
std::optional<std::string> indented(const std::string &text)
{
    if (nestsTooDeep(text))
        return std::nullopt;
    const auto json = nlohmann::ordered_json::parse(text, nullptr, false);
    if (json.is_discarded())
        return std::nullopt;
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

/// Records of RFC 4180. The last one is dropped when the file goes on.
class CsvReader
{
public:
    CsvReader(const std::string &text, char separator, bool whole)
        : m_text(text)
        , m_separator(separator)
        , m_whole(whole)
    {
    }
    bool next(std::vector<std::string> &record)
    {
        record.assign(1, {});
        bool quoted = false;
        for (; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (quoted && c == '"' && m_at + 1 < m_text.size() && m_text[m_at + 1] == '"')
                record.back() += m_text[++m_at];
            else if (c == '"')
                quoted = !quoted;
            else if (!quoted && c == m_separator)
                record.emplace_back();
            else if (!quoted && c == '\n')
                return ++m_at, true;
            else if (quoted || c != '\r')
                record.back() += c;
        }
        return m_whole && (record.size() > 1 || !record.front().empty());
    }

private:
    const std::string &m_text;
    char m_separator;
    bool m_whole;
    std::size_t m_at = 0;
};

enum class Type { None, Boolean, Integer, Decimal, Date, Text };

Type typeOf(const std::string &text)
{
    const char *begin = text.data();
    const char *end = begin + text.size();
    std::int64_t whole = 0;
    if (const auto read = std::from_chars(begin, end, whole); read.ec == std::errc() && read.ptr == end)
        return Type::Integer;
    double number = 0;
    if (const auto read = std::from_chars(begin, end, number); read.ec == std::errc() && read.ptr == end)
        return Type::Decimal;
    if (text == "true" || text == "false" || text == "True" || text == "False")
        return Type::Boolean;
    const bool date = text.size() >= 10 && text[4] == '-' && text[7] == '-'
        && text.substr(0, 4).find_first_not_of("0123456789") == std::string::npos;
    return date ? Type::Date : Type::Text;
}

Type common(Type a, Type b)
{
    if (a == Type::None || a == b)
        return b;
    const auto isNumber = [](Type t) { return t == Type::Integer || t == Type::Decimal; };
    return isNumber(a) && isNumber(b) ? Type::Decimal : Type::Text;
}

struct FieldCount {
    Type type = Type::None;
    std::int64_t empty = 0;
    std::set<std::string> values = {};

    void add(TableField &field, const std::string &text)
    {
        if (text.empty()) {
            ++empty;
            return;
        }
        type = common(type, typeOf(text));
        if (values.size() < static_cast<std::size_t>(kMostDistinct))
            values.insert(text.substr(0, 200));
        const auto less = [](const std::string &a, const std::string &b) {
            double x = 0;
            double y = 0;
            const auto read = [](const std::string &s, double &v) {
                return std::from_chars(s.data(), s.data() + s.size(), v).ptr == s.data() + s.size();
            };
            return read(a, x) && read(b, y) ? x < y : a < b;
        };
        if (field.least.empty() || less(text, field.least))
            field.least = text;
        if (field.greatest.empty() || less(field.greatest, text))
            field.greatest = text;
    }
};

void setTable(ObjectPreview &preview, const std::string &text)
{
    using Values = versions::FieldValues;
    static constexpr const char *kTypes[] = {"", "boolean", "integer", "decimal", "date", "text"};
    static constexpr Values kValues[] = {Values::Other,  Values::Other,  Values::Number,
                                         Values::Number, Values::Moment, Values::Text};
    const std::string header = text.substr(0, text.find('\n'));
    const bool tabs = isOneOf(preview.entry.path, {".tsv"});
    const bool semicolons =
        std::count(header.begin(), header.end(), ';') > std::count(header.begin(), header.end(), ',');
    CsvReader reader(text, tabs ? '\t' : semicolons ? ';' : ',', preview.whole);
    std::vector<std::string> record;
    if (!reader.next(record))
        return;
    record.resize(std::min(record.size(), kMostFields));
    for (const std::string &name : record)
        preview.fields.push_back({.name = name});
    std::vector<FieldCount> counts(preview.fields.size());
    while (reader.next(record)) {
        ++preview.rows;
        record.resize(preview.fields.size());
        for (std::size_t i = 0; i < record.size(); ++i)
            counts[i].add(preview.fields[i], record[i]);
    }
    for (std::size_t i = 0; i < counts.size(); ++i) {
        preview.fields[i].type = kTypes[static_cast<int>(counts[i].type)];
        preview.fields[i].values = kValues[static_cast<int>(counts[i].type)];
        preview.fields[i].count = preview.rows;
        preview.fields[i].empty = counts[i].empty;
        preview.fields[i].distinct = static_cast<std::int64_t>(counts[i].values.size());
    }
}

} // namespace

std::int64_t previewBytes(const versions::ObjectEntry &entry)
{
    return isBinary(entry.path) || isParquet(entry) ? 0
        : isPicture(entry.path)                     ? kPictureBytes
        : isTable(entry.path)                       ? kTableBytes
        : entry.path.find('.') == std::string::npos ? kUnknownBytes
                                                    : kTextBytes;
}

ObjectPreview previewOf(versions::ObjectEntry entry, versions::ObjectBytes bytes)
{
    using Kind = ObjectPreview::Kind;
    ObjectPreview preview{.entry = std::move(entry)};
    preview.read = static_cast<std::int64_t>(bytes.bytes.size());
    preview.whole = preview.read > 0 ? bytes.whole() : preview.entry.sizeBytes.value_or(0) == 0;
    if (preview.read == 0)
        return preview;
    if (isPicture(preview.entry.path)) {
        preview.kind = Kind::Picture;
        preview.bytes = std::move(bytes.bytes);
    } else if (isText(bytes.bytes) && isTable(preview.entry.path)) {
        preview.kind = Kind::Table;
        setTable(preview, bytes.bytes);
    } else if (isText(bytes.bytes)) {
        const char first = bytes.bytes[std::min(bytes.bytes.find_first_not_of(" \t\r\n"), bytes.bytes.size() - 1)];
        const auto json = preview.whole && (first == '{' || first == '[') ? indented(bytes.bytes) : std::nullopt;
        preview.kind = json ? Kind::Json : Kind::Text;
        setLines(preview, json ? *json : bytes.bytes);
    }
    return preview;
}

bool isParquet(const versions::ObjectEntry &entry)
{
    return isOneOf(entry.path, {".parquet", ".pq"});
}

ObjectPreview parquetPreview(versions::ObjectEntry entry, std::string_view end)
{
    ObjectPreview preview{.entry = std::move(entry)};
    preview.read = static_cast<std::int64_t>(end.size());
    preview.whole = preview.read >= preview.entry.sizeBytes.value_or(INT64_MAX);
    if (preview.entry.sizeBytes == 0)
        return preview;
    const auto bytes = versions::parquetFooterBytes(end, preview.entry.sizeBytes.value_or(INT64_MAX), kMostFooter);
    core::Result<versions::ParquetFooter> footer =
        bytes ? versions::decodeParquetFooter(end) : core::Result<versions::ParquetFooter>(core::fail(bytes.error()));
    if (!footer) {
        preview.unreadable = std::move(footer.error());
        return preview;
    }
    preview.kind = ObjectPreview::Kind::Table;
    preview.rows = footer->rows;
    preview.read = *bytes;
    for (const versions::ParquetField &field : footer->fields)
        preview.fields.push_back({.name = field.path,
                                  .type = field.type,
                                  .values = field.values,
                                  .count = field.count,
                                  .empty = field.nulls,
                                  .distinct = field.distinct,
                                  .counted = true,
                                  .least = field.least.value_or(std::string()),
                                  .greatest = field.greatest.value_or(std::string())});
    preview.footer = std::move(*footer);
    return preview;
}

} // namespace andon::factory
