#include "journal/record.h"

#include "journal/file.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace andon::journal
{

namespace
{

constexpr std::pair<Phase, std::string_view> kPhases[] = {
    {Phase::Genesis, "genesis"},      {Phase::Intent, "intent"},       {Phase::Result, "result"},
    {Phase::Resolved, "resolved"},    {Phase::Observed, "observed"},   {Phase::Note, "note"},
    {Phase::Signoff, "signoff"},      {Phase::Export, "export"},       {Phase::Recovered, "recovered"},
    {Phase::KeyChange, "key_change"}, {Phase::ClockJump, "clock_jump"}};

bool isHex(const std::string *text, std::size_t size)
{
    return text && text->size() == size && text->find_first_not_of("0123456789abcdef") == std::string::npos;
}

} // namespace

bool operator==(const Value &a, const Value &b)
{
    return static_cast<const Value::Base &>(a) == static_cast<const Value::Base &>(b);
}

const Value *Value::find(std::string_view key) const
{
    const auto *fields = std::get_if<Fields>(this);
    if (!fields)
        return nullptr;
    const auto found =
        std::find_if(fields->begin(), fields->end(), [&](const auto &field) { return field.first == key; });
    return found == fields->end() ? nullptr : &found->second;
}

std::string_view name(Phase phase)
{
    for (const auto &[value, word] : kPhases)
        if (value == phase)
            return word;
    return "note";
}

std::optional<Phase> phaseOf(std::string_view text)
{
    for (const auto &[value, word] : kPhases)
        if (word == text)
            return value;
    return std::nullopt;
}

core::Result<Entry> parseEntry(std::string_view line)
{
    auto value = parseCanonical(line);
    if (!value)
        return core::fail(value.error());
    Entry entry{.hash = sha256(line), .line = std::string(line), .value = std::move(*value)};
    const auto text = [&](const char *key) {
        const Value *field = entry.value.find(key);
        return field ? field->text() : nullptr;
    };
    const auto number = [&](const char *key) {
        const Value *field = entry.value.find(key);
        return field ? field->number() : nullptr;
    };
    const auto phase = text("phase") ? phaseOf(*text("phase")) : std::nullopt;
    const auto ts = text("ts") ? parseTime(*text("ts")) : std::nullopt;
    if (!number("v") || *number("v") != 1 || !number("seq") || *number("seq") < 0 || !isHex(text("prev"), 64)
        || !isHex(text("journal"), 8) || !text("app") || !phase || !ts)
        return core::fail(core::ErrorKind::Protocol, "journal record", "a field that every record has is missing");
    entry.seq = *number("seq");
    entry.phase = *phase;
    entry.ts = *ts;
    entry.prev = *text("prev");
    return entry;
}

std::string timeText(core::Instant t)
{
    using namespace std::chrono;
    const sys_time<milliseconds> point{milliseconds(t.ms)};
    const auto day = floor<days>(point);
    const year_month_day date(day);
    const hh_mm_ss clock(point - day);
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return text;
}

std::optional<core::Instant> parseTime(std::string_view text)
{
    int y = 0, h = 0, min = 0, s = 0, ms = 0, used = 0;
    unsigned mon = 0, d = 0;
    const std::string copy(text);
    if (text.size() != 24
        || std::sscanf(copy.c_str(), "%4d-%2u-%2uT%2d:%2d:%2d.%3dZ%n", &y, &mon, &d, &h, &min, &s, &ms, &used) != 7
        || used != 24)
        return std::nullopt;
    using namespace std::chrono;
    const year_month_day date{year(y), month(mon), day(d)};
    if (!date.ok())
        return std::nullopt;
    const core::Instant t{((sys_days(date).time_since_epoch().count() * 24LL + h) * 60 + min) * 60'000 + s * 1000LL
                          + ms};
    return timeText(t) == text ? std::optional(t) : std::nullopt; // no 25:61 and no "+1"
}

} // namespace andon::journal
