#include "sources/shared/json.h"

#include <charconv>
#include <chrono>
#include <limits>

namespace andon::sources
{

namespace
{

constexpr int kMaxDepth = 64;
const Json kEmptyObject = Json::object();

bool nestsTooDeep(std::string_view text)
{
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > kMaxDepth)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

} // namespace

core::Result<Json> parseJson(std::string_view text, const std::string &where)
{
    if (nestsTooDeep(text))
        return core::fail(core::ErrorKind::Protocol, where, "the answer nests deeper than 64 levels");
    Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded())
        return core::fail(core::ErrorKind::Protocol, where,
                          text.empty() ? std::string("an empty answer")
                                       : "not JSON, or cut off after " + std::to_string(text.size()) + " bytes");
    return json;
}

void Decode::fail(const std::string &path, const std::string &what)
{
    if (!m_error)
        m_error = core::Error{.kind = core::ErrorKind::Protocol, .where = m_where, .detail = path + ": " + what};
}

Object::Object(const Json &json, Decode &decode, std::string path)
    : m_json(json.is_object() ? json : kEmptyObject)
    , m_decode(decode)
    , m_path(std::move(path))
{
    if (!json.is_object())
        m_decode.fail(m_path, std::string("an object was expected, not ") + json.type_name());
}

const Json *Object::find(const char *key) const
{
    const auto found = m_json.find(key);
    return found == m_json.end() || found->is_null() ? nullptr : &*found;
}

void Object::bad(const char *key, const std::string &what) const
{
    m_decode.fail(m_path + "." + key, what);
}

bool Object::has(const char *key) const
{
    return find(key) != nullptr;
}

std::string Object::str(const char *key) const
{
    if (!find(key)) {
        bad(key, "missing");
        return {};
    }
    return strOr(key);
}

std::string Object::strOr(const char *key, std::string fallback) const
{
    const Json *value = find(key);
    if (!value)
        return fallback;
    if (!value->is_string()) {
        bad(key, std::string("a string was expected, not ") + value->type_name());
        return fallback;
    }
    return value->get_ref<const std::string &>();
}

std::int64_t Object::num(const char *key) const
{
    if (!find(key)) {
        bad(key, "missing");
        return 0;
    }
    return numOr(key, 0);
}

std::int64_t Object::numOr(const char *key, std::int64_t fallback) const
{
    const Json *value = find(key);
    if (!value)
        return fallback;
    if (value->is_string())
        if (const auto parsed = parseInt(value->get_ref<const std::string &>()))
            return *parsed;
    if (value->is_number_unsigned()
        && value->get_ref<const Json::number_unsigned_t &>() > std::numeric_limits<std::int64_t>::max()) {
        bad(key, "does not fit in 64 bits");
        return fallback;
    }
    if (value->is_number_unsigned())
        return static_cast<std::int64_t>(value->get_ref<const Json::number_unsigned_t &>());
    if (value->is_number_integer())
        return value->get_ref<const Json::number_integer_t &>();
    bad(key, std::string("an integer was expected, not ") + value->type_name());
    return fallback;
}

bool Object::flagOr(const char *key, bool fallback) const
{
    const Json *value = find(key);
    if (!value)
        return fallback;
    if (!value->is_boolean()) {
        bad(key, std::string("a boolean was expected, not ") + value->type_name());
        return fallback;
    }
    return value->get_ref<const bool &>();
}

std::optional<double> Object::real(const char *key) const
{
    const Json *value = find(key);
    if (!value)
        return std::nullopt;
    std::optional<double> out;
    if (value->is_number_float())
        out = value->get_ref<const double &>();
    else if (value->is_number_unsigned())
        out = static_cast<double>(value->get_ref<const Json::number_unsigned_t &>());
    else if (value->is_number_integer())
        out = static_cast<double>(value->get_ref<const Json::number_integer_t &>());
    else if (value->is_string())
        out = parseReal(value->get_ref<const std::string &>());
    if (!out)
        bad(key, "a number was expected");
    return out && *out != *out ? std::nullopt : out;
}

Object Object::object(const char *key) const
{
    const Json *value = find(key);
    if (!value)
        bad(key, "missing");
    return {value ? *value : kEmptyObject, m_decode, m_path + "." + key};
}

std::optional<Object> Object::objectOr(const char *key) const
{
    const Json *value = find(key);
    if (!value)
        return std::nullopt;
    return Object(*value, m_decode, m_path + "." + key);
}

const Json *Object::array(const char *key, bool required) const
{
    const Json *value = find(key);
    if (!value) {
        if (required)
            bad(key, "missing");
        return nullptr;
    }
    if (!value->is_array()) {
        bad(key, std::string("a list was expected, not ") + value->type_name());
        return nullptr;
    }
    return value;
}

std::vector<std::string> Object::strings(const char *key) const
{
    std::vector<std::string> out;
    const Json *list = array(key, false);
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        if ((*list)[i].is_string())
            out.push_back((*list)[i].get_ref<const std::string &>());
        else
            bad(key, "a list of strings was expected");
    }
    return out;
}

std::vector<std::pair<std::string, std::string>> Object::pairs(const char *key) const
{
    std::vector<std::pair<std::string, std::string>> out;
    const auto map = objectOr(key);
    if (!map)
        return out;
    for (const auto &[name, value] : map->json().items()) {
        if (value.is_string())
            out.emplace_back(name, value.get_ref<const std::string &>());
        else
            map->bad(name.c_str(), "a string was expected");
    }
    return out; // nlohmann's object is sorted by key
}

std::optional<std::int64_t> parseInt(std::string_view text)
{
    std::int64_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || end != text.data() + text.size() || text.empty())
        return std::nullopt;
    return value;
}

std::optional<double> parseReal(std::string_view text)
{
    if (text == "NaN")
        return std::numeric_limits<double>::quiet_NaN();
    if (text == "+Inf" || text == "Inf" || text == "Infinity" || text == "+Infinity")
        return std::numeric_limits<double>::infinity();
    if (text == "-Inf" || text == "-Infinity")
        return -std::numeric_limits<double>::infinity();
    if (text.empty() || text.size() > 1500 || text.find_first_not_of("0123456789+-.eE") != std::string_view::npos)
        return std::nullopt;
    if (text.front() == '+')
        text.remove_prefix(1);
    double value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size() || code == std::errc::invalid_argument)
        return std::nullopt;
    if (code
        == std::errc::result_out_of_range) { // from_chars leaves value alone: too small is 0, too large is infinite
        const bool tiny = text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos
            || text.starts_with("0.") || text.starts_with("-0.");
        return tiny ? 0.0 : std::numeric_limits<double>::infinity() * (text.front() == '-' ? -1 : 1);
    }
    return value;
}

std::string formatRfc3339(core::Instant at)
{
    using namespace std::chrono;
    const sys_seconds time{seconds(at.seconds())};
    const auto day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text;
}

std::optional<core::Instant> parseRfc3339(std::string_view text)
{
    if (text.empty())
        return core::Instant{};
    const auto digits = [&](std::size_t at, std::size_t count) -> std::optional<int> {
        if (at + count > text.size())
            return std::nullopt;
        int value = 0;
        for (std::size_t i = at; i < at + count; ++i) {
            if (text[i] < '0' || text[i] > '9')
                return std::nullopt;
            value = value * 10 + (text[i] - '0');
        }
        return value;
    };
    const auto year = digits(0, 4), month = digits(5, 2), day = digits(8, 2), hour = digits(11, 2),
               minute = digits(14, 2), second = digits(17, 2);
    if (!year || !month || !day || !hour || !minute || !second || text[4] != '-' || text[7] != '-'
        || (text[10] != 'T' && text[10] != 't') || text[13] != ':' || text[16] != ':')
        return std::nullopt;
    using namespace std::chrono;
    const year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                              std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60)
        return std::nullopt;
    std::size_t at = 19;
    int ms = 0;
    if (at < text.size() && text[at] == '.') {
        int scale = 100;
        std::size_t count = 0;
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++count, scale /= 10)
            ms += (text[at] - '0') * scale;
        if (count == 0 || count > 9)
            return std::nullopt;
    }
    std::int64_t offsetMinutes = 0;
    const std::string_view zone = text.substr(std::min(at, text.size()));
    if (zone != "Z" && zone != "z") {
        const auto zoneHour = digits(at + 1, 2), zoneMinute = digits(at + 4, 2);
        if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' || !zoneHour || !zoneMinute)
            return std::nullopt;
        offsetMinutes = (*zoneHour * 60 + *zoneMinute) * (zone[0] == '-' ? -1 : 1);
    }
    if (*year == 1)
        return core::Instant{};
    const std::int64_t days = sys_days(date).time_since_epoch().count();
    return core::Instant{((days * 24 + *hour) * 60 + *minute - offsetMinutes) * 60'000 + *second * 1000LL + ms};
}

} // namespace andon::sources
