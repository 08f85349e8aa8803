#include "profile/settingsedit.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>

namespace andon::profile
{

namespace
{

using Lines = std::vector<std::string>;

Lines linesOf(const std::string &text)
{
    Lines lines;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

std::string joined(const Lines &lines)
{
    std::string text;
    for (const std::string &line : lines)
        text += line + "\n";
    return text;
}

/// Each key stands on lines of its own; `{a: 1, b: 2}` on one does not, nor does what a marker of documents begins.
bool isBlockStyle(const YAML::Node &root)
{
    return root.IsMap() && root.Style() != YAML::EmitterStyle::Flow;
}

bool isRemark(const std::string &line)
{
    const std::size_t at = line.find_first_not_of(" \t\r");
    return at == std::string::npos || line[at] == '#' || line.starts_with("...");
}

} // namespace

SettingsEdit::SettingsEdit(const std::string &yaml)
    : m_lines(linesOf(yaml))
{
    const YAML::Node root = YAML::Load(yaml);
    if (!root.IsMap() || isBlockStyle(root))
        return;
    YAML::Node copy = root;
    copy.SetStyle(YAML::EmitterStyle::Block);
    YAML::Emitter out;
    out << copy;
    m_lines = linesOf(out.c_str());
}

void SettingsEdit::put(const std::string &key, const std::optional<std::string> &lines)
{
    const YAML::Node root = YAML::Load(joined(m_lines));
    std::size_t begin = m_lines.size();
    std::size_t end = m_lines.size();
    if (root.IsMap())
        for (const auto &entry : root) {
            const auto line = static_cast<std::size_t>(entry.first.Mark().line);
            if (entry.first.IsScalar() && entry.first.Scalar() == key) {
                begin = line;
                end = m_lines.size();
            } else if (begin < line) {
                end = std::min(end, line);
            }
        }
    while (end > begin + 1 && isRemark(m_lines[end - 1])) // what stands above the next key belongs to it
        --end;
    m_lines.erase(m_lines.begin() + static_cast<std::ptrdiff_t>(begin),
                  m_lines.begin() + static_cast<std::ptrdiff_t>(end));
    if (!lines)
        return;
    const Lines fresh = linesOf(*lines);
    m_lines.insert(m_lines.begin() + static_cast<std::ptrdiff_t>(begin), fresh.begin(), fresh.end());
}

std::string SettingsEdit::text() const
{
    return joined(m_lines);
}

std::string SettingsEdit::line(const std::string &key, const std::string &value)
{
    YAML::Emitter out;
    out << YAML::BeginMap << YAML::Key << key << YAML::Value;
    if (value.empty() || value.find_first_of("\n\t") != std::string::npos)
        out << YAML::DoubleQuoted;
    out << value << YAML::EndMap;
    return std::string(out.c_str()) + "\n";
}

std::string SettingsEdit::block(const std::string &key, const std::map<std::string, std::string> &values)
{
    YAML::Emitter out;
    out << YAML::BeginMap << YAML::Key << key << YAML::Value << YAML::BeginMap;
    for (const auto &[name, value] : values)
        out << YAML::Key << name << YAML::Value << YAML::DoubleQuoted << value;
    out << YAML::EndMap << YAML::EndMap;
    return std::string(out.c_str()) + "\n";
}

} // namespace andon::profile
