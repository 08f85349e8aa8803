#include "tests/integration/prometheus/packqueries.h"

#include "telemetry/pack.h"

#include <QDir>
#include <QFile>

#include <charconv>
#include <cmath>
#include <map>

namespace andon::test
{

namespace
{

using nlohmann::json;
using Points = std::map<std::int64_t, std::string>; ///< ms → value as written

void addPoint(Points &points, const json &pair)
{
    points[std::llround(pair.at(0).get<double>() * 1000)] = pair.at(1).get<std::string>();
}

std::map<std::string, Points> seriesOf(const json &data)
{
    std::map<std::string, Points> all;
    const std::string type = data.at("resultType").get<std::string>();
    if (type == "scalar" || type == "string") {
        addPoint(all[type], data.at("result"));
        return all;
    }
    for (const json &series : data.at("result")) {
        Points &points = all[series.at("metric").dump()];
        if (series.contains("value"))
            addPoint(points, series.at("value"));
        if (series.contains("values"))
            for (const json &pair : series.at("values"))
                addPoint(points, pair);
    }
    return all;
}

bool isSame(const std::string &mine, const std::string &real)
{
    if (mine == real)
        return true;
    double a = 0;
    double b = 0;
    const auto number = [](const std::string &text, double &value) {
        return std::from_chars(text.data(), text.data() + text.size(), value).ptr == text.data() + text.size();
    };
    return number(mine, a) && number(real, b) && std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b));
}

std::string comparePoints(const std::string &labels, const Points &mine, const Points &real)
{
    for (const auto &[t, value] : mine)
        if (!real.contains(t))
            return labels + " has no value at " + std::to_string(t) + ", we say " + value;
    for (const auto &[t, value] : real)
        if (!mine.contains(t) || !isSame(mine.at(t), value))
            return labels + " at " + std::to_string(t) + ": " + value + ", we say "
                + (mine.contains(t) ? mine.at(t) : "nothing");
    return {};
}

} // namespace

std::vector<PackQuery> packQueries(const std::string &folder)
{
    std::vector<PackQuery> all;
    const QDir packs(QString::fromStdString(folder));
    for (const QString &name : packs.entryList({QStringLiteral("*.yaml")}, QDir::Files, QDir::Name)) {
        QFile file(packs.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const auto pack = telemetry::parsePack(file.readAll().toStdString(), name.toStdString());
        if (!pack)
            return {};
        for (const telemetry::PackSignal &signal : pack->signals)
            for (std::size_t i = 0; i < signal.candidates.size(); ++i)
                for (const char *selector : {"", "job=~\".+\",instance!=\"gpu-02:9400\""})
                    all.push_back({pack->id + " " + signal.signal.value + " " + std::to_string(i + 1)
                                       + (*selector ? " selected" : ""),
                                   telemetry::expand(signal.candidates[i], "5m", selector)});
    }
    return all;
}

std::string difference(const json &mine, const json &real)
{
    if (!mine.is_object() || !real.is_object())
        return "no answer";
    if (mine.at("status") != "success" || real.at("status") != "success")
        return mine.dump().substr(0, 300) + " against " + real.dump().substr(0, 300);
    if (mine.at("data").at("resultType") != real.at("data").at("resultType"))
        return "other result types";
    const auto ours = seriesOf(mine.at("data"));
    const auto theirs = seriesOf(real.at("data"));
    for (const auto &[labels, points] : theirs)
        if (!ours.contains(labels))
            return "we have no " + labels;
    for (const auto &[labels, points] : ours) {
        if (!theirs.contains(labels))
            return "we invent " + labels;
        if (std::string found = comparePoints(labels, points, theirs.at(labels)); !found.empty())
            return found;
    }
    return {};
}

std::size_t countValues(const json &answer)
{
    std::size_t count = 0;
    for (const auto &[labels, points] : seriesOf(answer.at("data")))
        count += points.size();
    return count;
}

} // namespace andon::test
