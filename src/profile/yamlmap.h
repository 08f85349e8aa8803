#pragma once
// Reads the mappings of a YAML file that people write, and remembers what is wrong with its line. Internal to profile.
#include "core/error.h"

#include <yaml-cpp/yaml.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace andon::profile
{

class YamlMap
{
public:
    explicit YamlMap(std::string file)
        : m_file(std::move(file))
    {
    }
    void complain(const YAML::Node &node, const std::string &what);
    [[nodiscard]] std::optional<core::Error> error() const; ///< the first complaint
    [[nodiscard]] const std::vector<core::Error> &complaints() const { return m_complaints; }
    /// What yaml-cpp threw, as an error with its line.
    [[nodiscard]] static core::Error problem(const std::string &file, const YAML::Exception &thrown);

    void allow(const YAML::Node &map, const std::set<std::string> &keys);
    std::string text(const YAML::Node &map, const char *key);
    bool flag(const YAML::Node &map, const char *key, bool fallback = false);
    int number(const YAML::Node &map, const char *key, int fallback, int low, int high);

private:
    std::string m_file;
    std::vector<core::Error> m_complaints;
};

} // namespace andon::profile
