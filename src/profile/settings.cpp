#include "profile/settings.h"

#include "profile/profile.h"
#include "profile/settingsedit.h"
#include "profile/yamlmap.h"

#include <QTimeZone>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace andon::profile
{

namespace
{

constexpr const char *kShortcuts = "shortcuts";
constexpr std::int64_t kLeastCacheBytes = std::int64_t{1} << 20;
constexpr const char *kDefaultText = "default";

/// One setting of the file: its text, and how it is read. `set` gives what is wrong, or "".
struct Field {
    const char *key;
    std::string (*text)(const Settings &);
    std::string (*set)(Settings &, const std::string &);
};

std::optional<int> wholeNumber(std::string_view text)
{
    int value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failed == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::string setTheme(Settings &settings, const std::string &text)
{
    for (const char *theme : {"system", "dark", "light", "high-contrast"})
        if (text == theme) {
            settings.theme = text;
            return {};
        }
    return "must be system, dark, light or high-contrast";
}

std::string setLanguage(Settings &settings, const std::string &text)
{
    const bool tag = text.size() <= 35 && std::all_of(text.begin(), text.end(), [](char c) {
                         return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-';
                     });
    if (!tag)
        return "must be a language tag like en or de-CH";
    settings.language = text;
    return {};
}

std::string setTimeZone(Settings &settings, const std::string &text)
{
    if (!text.empty() && !QTimeZone::isTimeZoneIdAvailable(QByteArray::fromStdString(text)))
        return "must be a time zone that this machine knows, like Europe/Berlin or UTC";
    settings.timeZone = text;
    return {};
}

std::string setZoom(Settings &settings, const std::string &text)
{
    const auto percent = wholeNumber(text);
    if (!percent || *percent < 100 || *percent > 200)
        return "must be a number of percent from 100 to 200";
    settings.zoom = *percent;
    return {};
}

std::string setNotifications(Settings &settings, const std::string &text)
{
    if (text != "off" && text != "critical" && text != "all")
        return "must be off, critical or all";
    settings.notifications = text;
    return {};
}

std::string setQuiet(Settings &settings, const std::string &text)
{
    const auto hours = quietHoursFrom(text);
    if (!hours)
        return "must be two different times of day, 22:00-06:30";
    settings.quiet = *hours;
    return {};
}

std::string setCacheCap(Settings &settings, const std::string &text)
{
    const auto bytes = bytesFrom(text);
    if (!bytes || *bytes < kLeastCacheBytes)
        return "must be a size of at least 1 MiB, like 2 GiB";
    settings.cacheCapBytes = *bytes;
    return {};
}

std::string setBudget(Settings &settings, const std::string &text)
{
    if (text == kDefaultText) {
        settings.requestsPerMinute = kDefaultBudget;
        return {};
    }
    const auto number = wholeNumber(text);
    if (!number || *number < 0 || *number > 1'000'000)
        return "must be a number from 0 (no budget) to 1000000, or default";
    settings.requestsPerMinute = *number;
    return {};
}

std::string budgetText(const Settings &settings)
{
    return settings.requestsPerMinute < 0 ? kDefaultText : std::to_string(settings.requestsPerMinute);
}

std::string setStartView(Settings &settings, const std::string &text)
{
    settings.startView = text;
    return {};
}

const std::vector<Field> &fields()
{
    static const std::vector<Field> all{
        {"theme", [](const Settings &s) { return s.theme; }, setTheme},
        {"language", [](const Settings &s) { return s.language; }, setLanguage},
        {"time_zone", [](const Settings &s) { return s.timeZone; }, setTimeZone},
        {"zoom", [](const Settings &s) { return std::to_string(s.zoom); }, setZoom},
        {"start_view", [](const Settings &s) { return s.startView; }, setStartView},
        {"person", [](const Settings &s) { return s.person; },
         [](Settings &s, const std::string &text) { return s.person = text, std::string(); }},
        {"notifications", [](const Settings &s) { return s.notifications; }, setNotifications},
        {"quiet_hours", [](const Settings &s) { return s.quiet.text(); }, setQuiet},
        {"cache_cap", [](const Settings &s) { return bytesText(s.cacheCapBytes); }, setCacheCap},
        {"requests_per_minute", budgetText, setBudget},
    };
    return all;
}

const Field *field(std::string_view key)
{
    const auto found = std::find_if(fields().begin(), fields().end(), [&](const Field &f) { return key == f.key; });
    return found == fields().end() ? nullptr : &*found;
}

void readShortcuts(YamlMap &reader, const YAML::Node &map, Settings &settings)
{
    if (!map.IsMap() && !map.IsNull())
        return reader.complain(map, "\"shortcuts\" must be a mapping of command and keys");
    for (const auto &entry : map)
        if (entry.second.IsScalar() || entry.second.IsNull())
            settings.shortcuts[entry.first.Scalar()] = entry.second.IsNull() ? std::string() : entry.second.Scalar();
        else
            reader.complain(entry.second, "a shortcut must be one value");
}

void readField(YamlMap &reader, const Field &field, const YAML::Node &value, Settings &settings)
{
    if (value.IsNull())
        return;
    const std::string wrong = value.IsScalar() ? field.set(settings, value.Scalar()) : "must be one value";
    if (!wrong.empty())
        reader.complain(value, std::string("\"") + field.key + "\" " + wrong);
}

core::Error unknownKey(const std::string &key)
{
    std::string keys;
    for (const Field &f : fields())
        keys += std::string(f.key) + ", ";
    return {.kind = core::ErrorKind::Invalid,
            .where = "settings",
            .detail = "There is no setting \"" + key + "\". There are " + keys + "shortcuts.COMMAND."};
}

/// The id in "shortcuts.ID"; "" for another key.
std::string shortcutId(const std::string &key)
{
    const std::string prefix = std::string(kShortcuts) + ".";
    return key.starts_with(prefix) ? key.substr(prefix.size()) : std::string();
}

bool sameText(const Settings &a, const Settings &b)
{
    return a.shortcuts == b.shortcuts
        && std::all_of(fields().begin(), fields().end(), [&](const Field &f) { return f.text(a) == f.text(b); });
}

/// The text of a settings file in which `before` stands, with what differs in `after`.
core::Result<std::string> edited(const std::string &text, const Settings &before, const Settings &after)
{
    const Settings defaults;
    try {
        SettingsEdit edit(text);
        for (const Field &f : fields()) {
            const std::string value = f.text(after);
            if (value == f.text(before))
                continue;
            edit.put(f.key, value == f.text(defaults) ? std::nullopt : std::optional(SettingsEdit::line(f.key, value)));
        }
        if (after.shortcuts != before.shortcuts)
            edit.put(kShortcuts,
                     after.shortcuts.empty() ? std::nullopt
                                             : std::optional(SettingsEdit::block(kShortcuts, after.shortcuts)));
        return edit.text();
    } catch (const YAML::Exception &problem) {
        return core::fail(YamlMap::problem("settings", problem));
    }
}

} // namespace

int Settings::budget(bool loopback) const
{
    constexpr int kUsual = 600;
    return requestsPerMinute >= 0 ? requestsPerMinute : loopback ? 0 : kUsual;
}

core::Result<SettingsRead> parseSettings(std::string_view yaml, const std::string &file)
{
    SettingsRead read;
    YamlMap reader(file);
    try { // yaml-cpp speaks in exceptions; they end here
        const YAML::Node root = YAML::Load(std::string(yaml));
        if (root.IsNull())
            return read;
        if (!root.IsMap())
            return core::fail(core::ErrorKind::Invalid, file, file + ": a settings file is a mapping");
        for (const auto &entry : root) {
            const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : std::string();
            if (key == kShortcuts)
                readShortcuts(reader, entry.second, read.settings);
            else if (const Field *known = field(key))
                readField(reader, *known, entry.second, read.settings);
        }
    } catch (const YAML::Exception &problem) {
        return core::fail(YamlMap::problem(file, problem));
    }
    read.problems = reader.complaints();
    return read;
}

SettingsRead readSettings(const std::string &file, core::Instant now)
{
    const auto text = readFile(file);
    if (!text && text.error().kind == core::ErrorKind::NotFound)
        return {};
    auto read = text ? parseSettings(*text, file) : core::fail(text.error());
    if (read)
        return std::move(*read);
    SettingsRead defaults{.problems = {read.error()}};
    if (read.error().kind == core::ErrorKind::Invalid)
        if (const auto moved = setAside(file, now))
            defaults.setAside = *moved;
    return defaults;
}

core::Result<void> saveSettings(const std::string &file, const Settings &settings)
{
    const auto text = readFile(file);
    if (!text && text.error().kind != core::ErrorKind::NotFound)
        return core::fail(text.error());
    const auto before = parseSettings(text.value_or(std::string()), file);
    if (!before)
        return core::fail(before.error());
    const auto changed = edited(text.value_or(std::string()), before->settings, settings);
    const auto after = changed ? parseSettings(*changed, file) : core::fail(changed.error());
    if (!after || !sameText(after->settings, settings))
        return core::fail(core::ErrorKind::Invalid, file,
                          file + " is written in a way that cannot be changed line by line: change it by hand");
    if (text && *changed == *text)
        return {};
    return writeFile(file, *changed);
}

core::Result<Settings> changeSettings(const std::string &file, core::Instant now,
                                      const std::function<core::Result<void>(Settings &)> &change)
{
    Settings settings = readSettings(file, now).settings;
    if (auto changed = change(settings); !changed)
        return core::fail(changed.error());
    if (auto saved = saveSettings(file, settings); !saved)
        return core::fail(saved.error());
    return settings;
}

std::vector<std::string> settingKeys()
{
    std::vector<std::string> keys;
    for (const Field &f : fields())
        keys.emplace_back(f.key);
    return keys;
}

core::Result<std::string> settingText(const Settings &settings, const std::string &key)
{
    if (const Field *known = field(key))
        return known->text(settings);
    const std::string id = shortcutId(key);
    if (id.empty())
        return core::fail(unknownKey(key));
    const auto found = settings.shortcuts.find(id);
    if (found == settings.shortcuts.end())
        return core::fail(core::ErrorKind::NotFound, "settings", "\"" + id + "\" has the shortcut it came with.");
    return found->second;
}

core::Result<void> setSetting(Settings &settings, const std::string &key, const std::string &value)
{
    const std::string id = shortcutId(key);
    if (!id.empty()) {
        if (value == "default")
            settings.shortcuts.erase(id);
        else
            settings.shortcuts[id] = value;
        return {};
    }
    const Field *known = field(key);
    if (!known)
        return core::fail(unknownKey(key));
    const std::string wrong = known->set(settings, value.empty() ? known->text(Settings()) : value);
    if (!wrong.empty())
        return core::fail(core::ErrorKind::Invalid, "settings", "\"" + key + "\" " + wrong + ".");
    return {};
}

} // namespace andon::profile
