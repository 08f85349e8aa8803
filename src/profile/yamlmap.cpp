#include "profile/yamlmap.h"

namespace andon::profile
{

namespace
{

core::Error invalid(const std::string &file, const YAML::Mark &mark, const std::string &what)
{
    const std::string where = file + ":" + std::to_string(mark.line + 1);
    return {.kind = core::ErrorKind::Invalid, .where = where, .detail = where + ": " + what};
}

} // namespace

void YamlMap::complain(const YAML::Node &node, const std::string &what)
{
    m_complaints.push_back(invalid(m_file, node.Mark(), what));
}

std::optional<core::Error> YamlMap::error() const
{
    return m_complaints.empty() ? std::nullopt : std::optional(m_complaints.front());
}

core::Error YamlMap::problem(const std::string &file, const YAML::Exception &thrown)
{
    return invalid(file, thrown.mark, thrown.msg);
}

void YamlMap::allow(const YAML::Node &map, const std::set<std::string> &keys)
{
    for (const auto &entry : map)
        if (!keys.contains(entry.first.Scalar()))
            complain(entry.first, "unknown key \"" + entry.first.Scalar() + "\"");
}

std::string YamlMap::text(const YAML::Node &map, const char *key)
{
    const YAML::Node value = map[key];
    if (!value || value.IsNull())
        return {};
    if (!value.IsScalar()) {
        complain(value, std::string("\"") + key + "\" must be one value");
        return {};
    }
    return value.Scalar();
}

bool YamlMap::flag(const YAML::Node &map, const char *key, bool fallback)
{
    const std::string value = text(map, key);
    if (value != "" && value != "true" && value != "false")
        complain(map[key], std::string("\"") + key + "\" must be true or false");
    return value.empty() ? fallback : value == "true";
}

int YamlMap::number(const YAML::Node &map, const char *key, int fallback, int low, int high)
{
    if (!map[key])
        return fallback;
    int value = 0;
    if (!YAML::convert<int>::decode(map[key], value) || value < low || value > high)
        complain(map[key],
                 std::string("\"") + key + "\" must be a number from " + std::to_string(low) + " to "
                     + std::to_string(high));
    return value;
}

} // namespace andon::profile
