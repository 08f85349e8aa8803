#include "telemetry/yamlreader.h"

namespace andon::telemetry
{

void YamlReader::complain(const YAML::Node &node, const std::string &what)
{
    if (m_error)
        return;
    const std::string where = m_file + ":" + std::to_string(node.Mark().line + 1);
    m_error = core::Error{.kind = core::ErrorKind::Invalid, .where = where, .detail = where + ": " + what};
}

void YamlReader::allow(const YAML::Node &map, const std::set<std::string> &keys)
{
    for (const auto &entry : map)
        if (!keys.contains(entry.first.Scalar()))
            complain(entry.first, "unknown key \"" + entry.first.Scalar() + "\"");
}

std::string YamlReader::text(const YAML::Node &map, const char *key, bool required)
{
    const YAML::Node value = map[key];
    if (!value || !value.IsScalar()) {
        if (required || value)
            complain(map, std::string("\"") + key + "\" must be one value");
        return {};
    }
    return value.Scalar();
}

std::optional<double> YamlReader::number(const YAML::Node &map, const char *key)
{
    const YAML::Node value = map[key];
    double number = 0;
    if (!value)
        return std::nullopt;
    if (!YAML::convert<double>::decode(value, number)) {
        complain(value, std::string("\"") + key + "\" must be a number");
        return std::nullopt;
    }
    return number;
}

std::vector<std::string> YamlReader::list(const YAML::Node &map, const char *key)
{
    std::vector<std::string> all;
    const YAML::Node value = map[key];
    if (value && !value.IsSequence())
        complain(value, std::string("\"") + key + "\" must be a list");
    else if (value)
        for (const YAML::Node &item : value)
            all.push_back(item.Scalar());
    return all;
}

void YamlReader::each(const YAML::Node &map, const char *key, const std::function<void(const YAML::Node &)> &fn)
{
    const YAML::Node value = map[key];
    if (!value)
        return;
    if (!value.IsSequence())
        return complain(value, std::string("\"") + key + "\" must be a list");
    for (const YAML::Node &item : value)
        item.IsMap() ? fn(item) : complain(item, "an entry of \"" + std::string(key) + "\" must be a mapping");
}

core::Result<void> YamlReader::run(std::string_view yaml, const std::function<void(const YAML::Node &)> &read)
{
    try { // yaml-cpp speaks in exceptions; they end here
        const YAML::Node root = YAML::Load(std::string(yaml));
        if (!root.IsMap())
            return core::fail(core::ErrorKind::Invalid, m_file, m_file + ": this file must be a mapping");
        read(root);
    } catch (const YAML::Exception &problem) {
        const std::string where = m_file + ":" + std::to_string(problem.mark.line + 1);
        return core::fail(core::ErrorKind::Invalid, where, where + ": " + problem.msg);
    }
    if (m_error)
        return core::fail(*m_error);
    return {};
}

} // namespace andon::telemetry
