#include "sources/prometheus/matrix.h"

#include "sources/prometheus/scan.h"

#include <cmath>

namespace andon::sources::prometheus
{

namespace
{

struct Answer {
    std::string status = {};
    std::string resultType = {};
    std::string errorType = {};
    std::string error = {};
    std::vector<std::string> warnings = {};
    std::vector<telemetry::Series> series = {}; ///< a vector is series of one sample
    bool hasResult = false;
    bool histograms = false;
};

class Reader
{
public:
    Reader(std::string_view body, Answer &answer)
        : m_scan(body)
        , m_answer(answer)
    {
    }
    [[nodiscard]] bool read();
    [[nodiscard]] const Scan &scan() const { return m_scan; }

private:
    bool data();
    bool result();
    bool element();
    bool labels(telemetry::Series &series);
    bool sample(telemetry::Series &series);
    bool strings(std::vector<std::string> &out);

    Scan m_scan;
    Answer &m_answer;
    std::size_t m_longest = 0; ///< series of one answer are about equally long
};

bool Reader::strings(std::vector<std::string> &out)
{
    if (m_scan.take('n')) // null
        return m_scan.expect('u', "null") && m_scan.expect('l', "null") && m_scan.expect('l', "null");
    return m_scan.array([&] { return m_scan.string(out.emplace_back()); });
}

bool Reader::labels(telemetry::Series &series)
{
    std::vector<std::pair<std::string, std::string>> pairs;
    std::string value;
    if (!m_scan.object([&](const std::string &name) {
            if (!m_scan.string(value))
                return false;
            pairs.emplace_back(name, value);
            return true;
        }))
        return false;
    series.labels = telemetry::Labels(std::move(pairs));
    return true;
}

bool Reader::sample(telemetry::Series &series)
{
    std::int64_t t = 0;
    double v = 0;
    if (!m_scan.usualSample(t, v)
        && (!m_scan.expect('[', "a sample") || !m_scan.milliseconds(t) || !m_scan.expect(',', "','")
            || !m_scan.sampleValue(v) || !m_scan.expect(']', "the end of a sample")))
        return false;
    if (std::isnan(v))
        return true; // "no value": absent, never 0
    if (!series.t.empty() && series.t.back() >= t)
        return m_scan.fail("a later time");
    series.t.push_back(t);
    series.v.push_back(v);
    return true;
}

bool Reader::element()
{
    telemetry::Series series;
    series.t.reserve(m_longest);
    series.v.reserve(m_longest);
    bool named = false;
    bool filled = false;
    const bool read = m_scan.object([&](const std::string &key) {
        named |= key == "metric";
        filled |= key == "value" || key == "values" || key == "histogram" || key == "histograms";
        if (key == "metric")
            return labels(series);
        if (key == "value")
            return sample(series);
        if (key == "values")
            return m_scan.array([&] { return sample(series); });
        m_answer.histograms |= key == "histogram" || key == "histograms";
        return m_scan.skip();
    });
    if (read && !(named && filled))
        return m_scan.fail("a metric with its values");
    m_longest = std::max(m_longest, series.t.size());
    m_answer.series.push_back(std::move(series));
    return read;
}

bool Reader::result()
{
    m_answer.hasResult = true;
    if (m_answer.resultType == "matrix" || m_answer.resultType == "vector")
        return m_scan.array([&] { return element(); });
    if (m_answer.resultType == "scalar")
        return sample(m_answer.series.emplace_back());
    if (m_answer.resultType == "string")
        return m_scan.skip();
    return m_scan.fail("a result type");
}

bool Reader::data()
{
    return m_scan.object([&](const std::string &key) {
        if (key == "resultType")
            return m_scan.string(m_answer.resultType);
        // Every engine writes the type first; one that does not is refused by result().
        return key == "result" ? result() : m_scan.skip();
    });
}

bool Reader::read()
{
    const bool ok = m_scan.object([&](const std::string &key) {
        if (key == "status")
            return m_scan.string(m_answer.status);
        if (key == "errorType")
            return m_scan.string(m_answer.errorType);
        if (key == "error")
            return m_scan.string(m_answer.error);
        if (key == "data" && m_answer.status != "error")
            return data();
        if (key == "warnings" || key == "infos")
            return strings(m_answer.warnings);
        return m_scan.skip();
    });
    return ok && (m_scan.atEnd() || m_scan.fail("the end"));
}

core::Result<Answer> read(std::string_view body, const std::string &where)
{
    Answer answer;
    Reader reader(body, answer);
    if (!reader.read())
        return core::fail(core::ErrorKind::Protocol, where,
                          body.empty() ? std::string("an empty answer") : reader.scan().words());
    if (answer.status == "error")
        return core::fail(errorOf(answer.errorType, std::move(answer.error), where));
    if (answer.status != "success" || !answer.hasResult)
        return core::fail(core::ErrorKind::Protocol, where, "$.data.result: missing");
    if (answer.histograms)
        answer.warnings.emplace_back("native histograms are left out");
    return answer;
}

} // namespace

core::Error errorOf(std::string_view errorType, std::string words, const std::string &where)
{
    core::Error error{.kind = core::ErrorKind::Invalid, .where = where, .detail = std::move(words)};
    if (error.detail.size() > 4096)
        error.detail.resize(4096);
    if (errorType == "timeout")
        error.kind = core::ErrorKind::Timeout;
    else if (errorType == "internal" || errorType == "unavailable" || errorType == "canceled")
        error.kind = core::ErrorKind::Server;
    else if (errorType == "not_found")
        error.kind = core::ErrorKind::NotFound;
    if (error.detail.find("parse error") != std::string::npos
        || error.detail.find("unparsed data") != std::string::npos)
        error.hint = "promql";
    return error;
}

core::Result<telemetry::Matrix> decodeMatrix(std::string_view body)
{
    auto answer = read(body, "prometheus query_range");
    if (!answer)
        return core::fail(answer.error());
    if (answer->resultType != "matrix")
        return core::fail(core::ErrorKind::Protocol, "prometheus query_range",
                          "$.data.resultType: a matrix was expected, not " + answer->resultType);
    return telemetry::Matrix{.series = std::move(answer->series), .stepMs = 0, .warnings = std::move(answer->warnings)};
}

core::Result<Vector> decodeVector(std::string_view body)
{
    auto answer = read(body, "prometheus query");
    if (!answer)
        return core::fail(answer.error());
    if (answer->resultType == "matrix")
        return core::fail(core::ErrorKind::Protocol, "prometheus query",
                          "$.data.resultType: one value per series was expected, not a matrix");
    Vector out{.samples = {}, .warnings = std::move(answer->warnings)};
    for (telemetry::Series &series : answer->series)
        if (!series.t.empty())
            out.samples.push_back({.labels = std::move(series.labels), .at = {series.t[0]}, .value = series.v[0]});
    return out;
}

} // namespace andon::sources::prometheus
