// The canonical text of values, both ways.
#include "journal/record.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <set>

namespace andon::journal
{

namespace
{

constexpr std::int64_t kMaxInteger = (1LL << 53) - 1;
constexpr int kMaxDepth = 16;
constexpr char kDigits[] = "0123456789abcdef";

bool isKey(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

bool isUtf8(std::string_view text)
{
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i++]);
        if (lead < 0x80)
            continue;
        const std::size_t more = lead >= 0xc2 && lead < 0xe0 ? 1
            : (lead & 0xf0) == 0xe0                          ? 2
            : lead >= 0xf0 && lead < 0xf5                    ? 3
                                                             : 0;
        if (more == 0 || text.size() - i < more)
            return false;
        const auto second = static_cast<unsigned char>(text[i]);
        if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) || (lead == 0xf0 && second < 0x90)
            || (lead == 0xf4 && second > 0x8f))
            return false;
        for (std::size_t k = 0; k < more; ++k)
            if ((static_cast<unsigned char>(text[i++]) & 0xc0) != 0x80)
                return false;
    }
    return true;
}

void writeString(std::string_view text, std::string &out)
{
    static constexpr char kFrom[] = "\"\\\b\f\n\r\t";
    static constexpr char kTo[] = "\"\\bfnrt";
    out += '"';
    for (const char c : text) {
        const char *const special = c == '\0' ? nullptr : std::char_traits<char>::find(kFrom, sizeof kFrom - 1, c);
        if (special) {
            out += '\\';
            out += kTo[special - kFrom];
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += "\\u00";
            out += kDigits[static_cast<unsigned char>(c) >> 4];
            out += kDigits[c & 0xf];
        } else {
            out += c;
        }
    }
    out += '"';
}

class Writer
{
public:
    std::string out;
    std::string error;

    bool write(const Value &value, const std::string &path, int depth)
    {
        if (depth > kMaxDepth)
            return bad(path, "nests too deep");
        if (std::holds_alternative<std::nullptr_t>(value))
            out += "null";
        else if (const auto *flag = std::get_if<bool>(&value))
            out += *flag ? "true" : "false";
        else if (const auto *number = value.number())
            return (*number >= -kMaxInteger && *number <= kMaxInteger && (out += std::to_string(*number), true))
                || bad(path, "an integer beyond 2^53");
        else if (const auto *text = value.text())
            return (isUtf8(*text) && (writeString(*text, out), true)) || bad(path, "not UTF-8");
        else if (const auto *list = std::get_if<List>(&value))
            return writeList(*list, path, depth);
        else
            return writeFields(std::get<Fields>(value), path, depth);
        return true;
    }

private:
    bool bad(const std::string &path, const char *what)
    {
        error = path + ": " + what;
        return false;
    }
    bool writeList(const List &list, const std::string &path, int depth)
    {
        out += '[';
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (i > 0)
                out += ',';
            if (!write(list[i], path + "[" + std::to_string(i) + "]", depth + 1))
                return false;
        }
        out += ']';
        return true;
    }
    bool writeFields(const Fields &fields, const std::string &path, int depth)
    {
        std::vector<const std::pair<std::string, Value> *> sorted;
        for (const auto &field : fields)
            sorted.push_back(&field);
        std::sort(sorted.begin(), sorted.end(), [](const auto *a, const auto *b) { return a->first < b->first; });
        out += '{';
        for (std::size_t i = 0; i < sorted.size(); ++i) {
            const auto &[key, value] = *sorted[i];
            if (!isKey(key))
                return bad(path, "a key outside of a-z, 0-9 and _");
            if (i > 0 && sorted[i - 1]->first == key)
                return bad(path + "." + key, "is there twice");
            if (depth > 0 && (key == "prev" || key == "seq"))
                return bad(path + "." + key, "a reserved name");
            if (i > 0)
                out += ',';
            writeString(key, out);
            out += ':';
            if (!write(value, path + "." + key, depth + 1))
                return false;
        }
        out += '}';
        return true;
    }
};

/// Reads freely; parseCanonical() then compares with what the writer makes of it.
class Parser
{
public:
    explicit Parser(std::string_view text)
        : m_text(text)
    {
    }
    [[nodiscard]] bool atEnd() const { return m_at == m_text.size(); }
    bool value(Value &out, int depth)
    {
        if (depth > kMaxDepth || atEnd())
            return false;
        switch (m_text[m_at]) {
        case '{':
            return object(out, depth);
        case '[':
            return list(out, depth);
        case '"': {
            std::string text;
            const bool read = string(text);
            out = Value(std::move(text));
            return read;
        }
        case 't':
            out = Value(true);
            return word("true");
        case 'f':
            out = Value(false);
            return word("false");
        case 'n':
            out = Value(nullptr);
            return word("null");
        default:
            return number(out);
        }
    }

private:
    bool take(char c) { return !atEnd() && m_text[m_at] == c && (++m_at, true); }
    bool word(std::string_view text)
    {
        const bool there = m_text.substr(m_at, text.size()) == text;
        m_at += there ? text.size() : 0;
        return there;
    }
    bool number(Value &out)
    {
        std::int64_t number = 0;
        const auto [end, code] = std::from_chars(m_text.data() + m_at, m_text.data() + m_text.size(), number);
        m_at = static_cast<std::size_t>(end - m_text.data());
        out = Value(number);
        return code == std::errc();
    }
    bool string(std::string &out)
    {
        if (!take('"'))
            return false;
        while (!atEnd() && m_text[m_at] != '"') {
            if (m_text[m_at] != '\\')
                out += m_text[m_at++];
            else if (!escape(out))
                return false;
        }
        return take('"');
    }
    bool escape(std::string &out)
    {
        static constexpr std::string_view kFrom = "\"\\bfnrt";
        static constexpr char kTo[] = "\"\\\b\f\n\r\t";
        ++m_at;
        if (atEnd())
            return false;
        const char c = m_text[m_at++];
        if (const std::size_t at = kFrom.find(c); at != std::string_view::npos) {
            out += kTo[at];
            return true;
        }
        unsigned code = 0; // only what the writer escapes: below 0x20
        const char *const first = m_text.data() + m_at;
        if (c != 'u' || m_text.size() - m_at < 4)
            return false;
        const auto [end, error] = std::from_chars(first, first + 4, code, 16);
        m_at += 4;
        out += static_cast<char>(code);
        return error == std::errc() && end == first + 4 && code < 0x20;
    }
    bool list(Value &out, int depth)
    {
        List items;
        ++m_at;
        while (!take(']')) {
            if (!items.empty() && !take(','))
                return false;
            if (!value(items.emplace_back(), depth + 1))
                return false;
        }
        out = Value(std::move(items));
        return true;
    }
    bool object(Value &out, int depth)
    {
        Fields fields;
        ++m_at;
        while (!take('}')) {
            if (!fields.empty() && !take(','))
                return false;
            auto &[key, field] = fields.emplace_back();
            if (!string(key) || !take(':') || !value(field, depth + 1))
                return false;
        }
        out = Value(std::move(fields));
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

core::Result<std::string> canonical(const Value &value)
{
    Writer writer;
    if (!writer.write(value, "$", 0))
        return core::fail(core::ErrorKind::Invalid, "journal record", writer.error);
    return std::move(writer.out);
}

core::Result<Value> parseCanonical(std::string_view line)
{
    Value value;
    Parser parser(line);
    if (!parser.value(value, 0) || !parser.atEnd())
        return core::fail(core::ErrorKind::Protocol, "journal record", "not JSON, or cut off");
    const auto again = canonical(value);
    if (!again || *again != line)
        return core::fail(core::ErrorKind::Protocol, "journal record",
                          again ? "not in canonical form" : again.error().detail);
    return value;
}

} // namespace andon::journal
