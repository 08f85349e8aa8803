#include "demo/promql/labels.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace andon::demo::promql
{

namespace
{
auto placeOf(const Labels &labels, std::string_view name)
{
    return std::lower_bound(labels.begin(), labels.end(), name,
                            [](const auto &label, std::string_view wanted) { return label.first < wanted; });
}

bool contains(const std::vector<std::string> &names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool equalsIgnoringCase(std::string_view a, std::string_view lower)
{
    return std::equal(a.begin(), a.end(), lower.begin(), lower.end(),
                      [](char x, char y) { return (x >= 'A' && x <= 'Z' ? static_cast<char>(x + 32) : x) == y; });
}
} // namespace

std::string_view labelOf(const Labels &labels, std::string_view name)
{
    const auto place = placeOf(labels, name);
    return place != labels.end() && place->first == name ? std::string_view(place->second) : std::string_view();
}

void setLabel(Labels &labels, std::string_view name, std::string_view value)
{
    const auto place = labels.begin() + (placeOf(labels, name) - labels.cbegin());
    const bool there = place != labels.end() && place->first == name;
    if (value.empty()) {
        if (there)
            labels.erase(place);
    } else if (there) {
        place->second = value;
    } else {
        labels.emplace(place, name, value);
    }
}

Labels withoutName(const Labels &labels)
{
    Labels rest = labels;
    setLabel(rest, kMetricName, {});
    return rest;
}

Labels keepLabels(const Labels &labels, const std::vector<std::string> &names)
{
    Labels rest;
    for (const auto &label : labels)
        if (contains(names, label.first))
            rest.push_back(label);
    return rest;
}

Labels dropLabels(const Labels &labels, const std::vector<std::string> &names)
{
    Labels rest;
    for (const auto &label : labels)
        if (!contains(names, label.first))
            rest.push_back(label);
    return rest;
}

std::string keyOf(const Labels &labels)
{
    std::string key;
    for (const auto &[name, value] : labels)
        key.append(name).append(1, '\xfe').append(value).append(1, '\xff');
    return key;
}

std::string textOf(const Labels &labels)
{
    std::string text = "{";
    for (const auto &[name, value] : labels)
        text.append(text.size() == 1 ? "" : ", ").append(name).append("=").append(quoted(value));
    return text + '}';
}

std::string quoted(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            out.append(1, '\\').append(1, c);
        else if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (c == '\r')
            out += "\\r";
        else if (byte < 0x20 || byte == 0x7f)
            out.append("\\x").append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
        else
            out += c;
    }
    return out + '"';
}

std::string fixedText(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value > 0 ? "+Inf" : "-Inf";
    std::array<char, 400> buffer = {};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
    return {buffer.data(), end.ptr};
}

std::optional<double> parseFloat(std::string_view text)
{
    const bool negative = !text.empty() && text.front() == '-';
    if (negative || (!text.empty() && text.front() == '+'))
        text.remove_prefix(1);
    if (equalsIgnoringCase(text, "inf") || equalsIgnoringCase(text, "infinity"))
        return negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
    if (equalsIgnoringCase(text, "nan"))
        return std::numeric_limits<double>::quiet_NaN();
    if (text.empty() || !((text.front() >= '0' && text.front() <= '9') || text.front() == '.'))
        return std::nullopt;
    double value = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    // Too small is 0 in Go, too large is no number.
    if (end.ec == std::errc::result_out_of_range && (text.find("e-") != text.npos || text.starts_with("0.")))
        return negative ? -0.0 : 0.0;
    if (end.ec != std::errc() || end.ptr != text.data() + text.size())
        return std::nullopt;
    return negative ? -value : value;
}

bool isLabelName(std::string_view text)
{
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !text.empty() && letter(text.front())
        && std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

} // namespace andon::demo::promql
