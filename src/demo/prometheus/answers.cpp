#include "demo/prometheus/answers.h"

#include "demo/promql/labels.h"

#include <QDateTime>
#include <QString>

#include <charconv>
#include <cmath>
#include <cstdio>

namespace andon::demo
{

namespace
{

void appendEscape(std::string &out, unsigned code)
{
    char text[8];
    std::snprintf(text, sizeof text, "\\u%04x", code);
    out += text;
}

/// Length of the well-formed UTF-8 sequence at the front, 0 when there is none.
std::size_t sequence(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    const std::size_t length = first < 0x80 ? 1
        : first < 0xc2                      ? 0
        : first < 0xe0                      ? 2
        : first < 0xf0                      ? 3
        : first < 0xf5                      ? 4
                                            : 0;
    if (length == 0 || length > text.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((byte(i) & 0xc0) != 0x80)
            return 0;
    const bool overlong = (first == 0xe0 && byte(1) < 0xa0) || (first == 0xf0 && byte(1) < 0x90);
    const bool surrogate = first == 0xed && byte(1) >= 0xa0;
    const bool beyond = first == 0xf4 && byte(1) >= 0x90;
    return overlong || surrogate || beyond ? 0 : length;
}

/// Of a point: three decimals when it is no whole second.
void appendTime(std::string &out, std::int64_t ms)
{
    if (ms < 0) {
        out += '-';
        ms = -ms;
    }
    out += std::to_string(ms / 1000);
    if (ms % 1000) {
        char text[8];
        std::snprintf(text, sizeof text, ".%03d", static_cast<int>(ms % 1000));
        out += text;
    }
}

/// Of a scalar or a string: a plain number, as short as it can be.
void appendShortTime(std::string &out, std::int64_t ms)
{
    appendTime(out, ms);
    if (ms % 1000)
        out.erase(out.find_last_not_of('0') + 1);
}

void appendValue(std::string &out, double value)
{
    if (std::isnan(value)) {
        out += "NaN";
    } else if (std::isinf(value)) {
        out += value > 0 ? "+Inf" : "-Inf";
    } else {
        const bool exponent = value != 0 && (std::abs(value) < 1e-6 || std::abs(value) >= 1e21);
        char text[400];
        const auto format = exponent ? std::chars_format::scientific : std::chars_format::fixed;
        out.append(text, std::to_chars(text, text + sizeof text, value, format).ptr);
    }
}

void appendPoint(std::string &out, std::int64_t t, double v)
{
    out += '[';
    appendTime(out, t);
    out += ",\"";
    appendValue(out, v);
    out += "\"]";
}

/// Of a scalar or a string.
std::string single(std::int64_t t, const std::string &value)
{
    std::string out = "[";
    appendShortTime(out, t);
    return out + "," + jsonText(value) + "]";
}

std::string listOf(const std::vector<promql::Sample> &vector, std::int64_t t)
{
    std::string out = "[";
    for (const promql::Sample &sample : vector) {
        out += (out.size() > 1 ? "," : "") + (R"({"metric":)" + jsonOf(sample.labels)) + R"(,"value":)";
        appendPoint(out, t, sample.v);
        out += '}';
    }
    return out + "]";
}

std::string listOf(const std::vector<promql::Series> &matrix)
{
    std::string out = "[";
    for (const promql::Series &series : matrix) {
        out += (out.size() > 1 ? "," : "") + (R"({"metric":)" + jsonOf(series.labels)) + R"(,"values":[)";
        for (std::size_t i = 0; i < series.points.size(); ++i) {
            if (i)
                out += ',';
            appendPoint(out, series.points[i].t, series.points[i].v);
        }
        out += "]}";
    }
    return out + "]";
}

} // namespace

std::string jsonText(std::string_view text)
{
    std::string out = "\"";
    while (!text.empty()) {
        const char c = text.front();
        const std::size_t length = sequence(text);
        const std::string_view character = text.substr(0, std::max<std::size_t>(length, 1));
        if (length == 0)
            out += "\\ufffd";
        else if (c == '"' || c == '\\')
            out += std::string("\\") + c;
        else if (c == '\n' || c == '\r' || c == '\t')
            out += c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t";
        else if (static_cast<unsigned char>(c) < 0x20 || c == '<' || c == '>' || c == '&')
            appendEscape(out, static_cast<unsigned char>(c));
        else if (character == "\u2028" || character == "\u2029")
            out += character == "\u2028" ? "\\u2028" : "\\u2029";
        else
            out += character;
        text.remove_prefix(character.size());
    }
    return out + "\"";
}

std::string jsonOf(const promql::Labels &labels)
{
    std::string out = "{";
    for (const auto &[name, value] : labels)
        out += (out.size() > 1 ? "," : "") + jsonText(name) + ":" + jsonText(value);
    return out + "}";
}

std::string jsonOf(const promql::Value &value)
{
    static constexpr const char *kTypes[] = {"scalar", "string", "vector", "matrix"};
    std::string result;
    switch (value.type) {
    case promql::Value::Scalar:
        result = single(value.t, promql::fixedText(value.scalar));
        break;
    case promql::Value::String:
        result = single(value.t, value.text);
        break;
    case promql::Value::Vector:
        result = listOf(value.vector, value.t);
        break;
    case promql::Value::Matrix:
        result = listOf(value.matrix);
        break;
    }
    return std::string(R"({"resultType":")") + kTypes[value.type] + R"(","result":)" + result + "}";
}

std::string timeText(std::int64_t ms)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC);
    return time.toString(ms % 1000 ? Qt::ISODateWithMs : Qt::ISODate).toStdString();
}

std::string exponentText(double value)
{
    char text[40];
    return {text, std::to_chars(text, text + sizeof text, value, std::chars_format::scientific).ptr};
}

PrometheusAnswer succeeded(const std::string &data)
{
    return {.body = R"({"status":"success","data":)" + data + "}"};
}

PrometheusAnswer refused(int status, std::string_view type, std::string_view words)
{
    return {.status = status,
            .body = R"({"status":"error","errorType":)" + jsonText(type) + R"(,"error":)" + jsonText(words) + "}"};
}

PrometheusAnswer badData(std::string_view words)
{
    return refused(400, "bad_data", words);
}

PrometheusAnswer badParameter(std::string_view name, std::string_view words)
{
    return badData("invalid parameter \"" + std::string(name) + "\": " + std::string(words));
}

PrometheusAnswer plainText(int status, std::string_view text)
{
    return {.status = status, .contentType = "text/plain; charset=utf-8", .body = std::string(text) + "\n"};
}

} // namespace andon::demo
