#pragma once
// Changes top-level keys of a YAML mapping as a person would: by its lines, so that comments, order and what this
// program does not know stay. Internal to profile. Pure.
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace andon::profile
{

class SettingsEdit
{
public:
    explicit SettingsEdit(const std::string &yaml);
    /// Replaces the key with these lines, adds them at the end, or removes the key (nullopt).
    void put(const std::string &key, const std::optional<std::string> &lines);
    [[nodiscard]] std::string text() const;

    [[nodiscard]] static std::string line(const std::string &key, const std::string &value);
    [[nodiscard]] static std::string block(const std::string &key, const std::map<std::string, std::string> &values);

private:
    std::vector<std::string> m_lines;
};

} // namespace andon::profile
