#pragma once
// Reads YAML mappings and remembers the first complaint with its file and line. For rules.
#include "core/result.h"

#include <yaml-cpp/yaml.h>

#include <functional>
#include <set>

namespace andon::telemetry
{

class YamlReader
{
public:
    explicit YamlReader(std::string file)
        : m_file(std::move(file))
    {
    }
    void complain(const YAML::Node &node, const std::string &what);
    [[nodiscard]] const std::optional<core::Error> &error() const { return m_error; }
    /// A key that is not among these is a mistake.
    void allow(const YAML::Node &map, const std::set<std::string> &keys);
    [[nodiscard]] std::string text(const YAML::Node &map, const char *key, bool required = false);
    [[nodiscard]] std::optional<double> number(const YAML::Node &map, const char *key);
    [[nodiscard]] std::vector<std::string> list(const YAML::Node &map, const char *key);
    /// Each element of a list that must be a mapping.
    void each(const YAML::Node &map, const char *key, const std::function<void(const YAML::Node &)> &fn);

    /// Parses, runs read(root) and gives the first complaint, if any.
    [[nodiscard]] core::Result<void> run(std::string_view yaml, const std::function<void(const YAML::Node &)> &read);

private:
    std::string m_file;
    std::optional<core::Error> m_error;
};

} // namespace andon::telemetry
