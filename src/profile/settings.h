#pragma once
// What a person prefers, whatever the site: settings.yaml of the profile. Functions on files block: never on the GUI
// thread once the window is shown.
#include "core/instant.h"
#include "core/result.h"
#include "profile/quiethours.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace andon::profile
{

constexpr int kDefaultBudget = -1;

struct Settings {
    std::string theme = "system"; ///< system, dark, light or high-contrast
    std::string language = {}; ///< BCP 47: "en", "de-CH"; "" = the system's
    std::string timeZone = {}; ///< IANA name; "" = the system's; holds from the next start
    int zoom = 100; ///< of the window, percent: 100 to 200; holds from the next start
    std::string startView = {}; ///< name of the view to open with; "" = as it was left
    std::map<std::string, std::string> shortcuts = {}; ///< command id -> key sequence; "" = none
    std::int64_t cacheCapBytes = std::int64_t{2} << 30;
    int requestsPerMinute = kDefaultBudget; ///< of each source; 0 = none
    std::string notifications = "critical"; ///< what the desktop is told of: off, critical or all
    QuietHours quiet = {}; ///< in which it is told of nothing
    std::string person = {}; ///< the name that acknowledgements carry; "" = the account's
    bool operator==(const Settings &) const = default;
    /// What holds for a source: 600 by default, and no budget for one on this machine.
    [[nodiscard]] int budget(bool loopback) const;
};

struct SettingsRead {
    Settings settings = {};
    std::string setAside = {}; ///< where a file that could not be read at all lies now; "" = it stayed
    std::vector<core::Error> problems = {}; ///< with file and line; what they are about has its default
};

/// Never fails: a missing file is the defaults, a wrong value is its default, a file that is no YAML is renamed to
/// settings.yaml.broken-<UTC time>. Keys of other versions are no problem.
[[nodiscard]] SettingsRead readSettings(const std::string &file, core::Instant now);
/// Writes what differs from the file into it: comments, order and unknown keys stay. Invalid when it is no YAML.
[[nodiscard]] core::Result<void> saveSettings(const std::string &file, const Settings &settings);
/// Reads, changes and saves; gives what was saved. `change` may refuse.
[[nodiscard]] core::Result<Settings> changeSettings(const std::string &file, core::Instant now,
                                                    const std::function<core::Result<void>(Settings &)> &change);
/// readSettings() of a text; Invalid when it is no YAML mapping.
[[nodiscard]] core::Result<SettingsRead> parseSettings(std::string_view yaml, const std::string &file);

/// "theme", "cache_cap" …: as in the file, without shortcuts.
[[nodiscard]] std::vector<std::string> settingKeys();
/// Key: one of settingKeys(), or "shortcuts." and a command id. Texts as in the file: "2 GiB", "22:00-06:30",
/// "default" for requests_per_minute.
/// Invalid for an unknown key. A shortcut that is not set gives NotFound.
[[nodiscard]] core::Result<std::string> settingText(const Settings &settings, const std::string &key);
/// "" gives a setting its default back; a shortcut: "" is none, "default" removes it. Invalid with a sentence.
[[nodiscard]] core::Result<void> setSetting(Settings &settings, const std::string &key, const std::string &value);

/// "2 GiB", "500 MiB", "1048576": exact both ways.
[[nodiscard]] std::optional<std::int64_t> bytesFrom(std::string_view text);
[[nodiscard]] std::string bytesText(std::int64_t bytes);

} // namespace andon::profile
