#include "demo/prometheus/parameters.h"

#include "demo/promql/labels.h"
#include "demo/promql/lexer.h"
#include "demo/promql/parser.h"

#include <QDateTime>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace andon::demo
{

namespace
{

constexpr double kNanoseconds = 1e9;
constexpr double kLatest = 9.2e15; // seconds; what milliseconds in 64 bits hold

auto wrong(const std::string &words)
{
    return core::fail(core::ErrorKind::Invalid, "demo factory", words);
}

/// Go reads only what has a zone.
bool hasZone(const std::string &text)
{
    const std::size_t size = text.size();
    return text.find('T') == 10
        && (text.ends_with('Z') || (size > 6 && (text[size - 6] == '+' || text[size - 6] == '-')));
}

/// Units from the longest to the shortest, each once. nullopt for anything else and for what overflows.
std::optional<std::int64_t> unitsToNanoseconds(std::string_view text)
{
    static constexpr std::pair<std::string_view, std::int64_t> kUnits[] = {
        {"y", 31'536'000'000}, {"w", 604'800'000}, {"d", 86'400'000}, {"h", 3'600'000},
        {"m", 60'000},         {"s", 1'000},       {"ms", 1}};
    if (text.empty())
        return std::nullopt;
    constexpr std::int64_t kMost = INT64_MAX / 1'000'000;
    std::int64_t total = 0;
    const auto *next = std::begin(kUnits);
    while (!text.empty()) {
        std::int64_t count = 0;
        const auto number = std::from_chars(text.data(), text.data() + text.size(), count);
        if (number.ec != std::errc{} || text.front() == '-')
            return std::nullopt;
        text.remove_prefix(static_cast<std::size_t>(number.ptr - text.data()));
        const std::size_t size = std::min(text.find_first_of("0123456789"), text.size());
        next =
            std::find_if(next, std::end(kUnits), [&](const auto &unit) { return unit.first == text.substr(0, size); });
        if (next == std::end(kUnits) || count > (kMost - total) / next->second)
            return std::nullopt;
        total += count * next->second;
        ++next;
        text.remove_prefix(size);
    }
    return total * 1'000'000;
}

/// The first token that no metric selector has, nullptr when all of them may stand there.
const promql::Token *stranger(const std::vector<promql::Token> &tokens)
{
    using promql::TokenKind;
    std::size_t at = 0;
    const auto is = [&](TokenKind kind) { return tokens[at].kind == kind; };
    const bool named = is(TokenKind::Identifier) || is(TokenKind::MetricIdentifier) || is(TokenKind::Aggregator)
        || (is(TokenKind::Keyword) && tokens[at].word != "inf" && tokens[at].word != "nan");
    at += named ? 1 : 0;
    if (!named && !is(TokenKind::LeftBrace))
        return &tokens[at];
    if (is(TokenKind::LeftBrace)) {
        while (!is(TokenKind::RightBrace) && !is(TokenKind::End) && !is(TokenKind::Error))
            ++at;
        if (!is(TokenKind::RightBrace))
            return nullptr; // the parser of expressions says what is wrong inside braces
        ++at;
    }
    return is(TokenKind::End) || is(TokenKind::Error) ? nullptr : &tokens[at];
}

} // namespace

std::string parameter(const PrometheusParams &params, std::string_view name)
{
    const auto found = std::find_if(params.begin(), params.end(), [&](const auto &p) { return p.first == name; });
    return found == params.end() ? std::string() : found->second;
}

core::Result<std::int64_t> readTime(const std::string &text)
{
    if (text == "-292273086-05-16T16:47:06Z") // what clients send for "from the beginning" and "to the end"
        return INT64_MIN / 2;
    if (text == "292277025-08-18T07:12:54.999999999Z")
        return INT64_MAX / 2;
    const auto seconds = promql::parseFloat(text);
    if (seconds && std::isfinite(*seconds) && std::abs(*seconds) < kLatest) {
        double whole = 0;
        const double fraction = std::round(std::modf(*seconds, &whole) * 1000) / 1000; // as the server rounds it
        return static_cast<std::int64_t>(whole) * 1000 + static_cast<std::int64_t>(fraction * kNanoseconds) / 1'000'000;
    }
    const QDateTime time = QDateTime::fromString(QString::fromStdString(text), Qt::ISODateWithMs);
    if (!seconds && time.isValid() && hasZone(text))
        return time.toMSecsSinceEpoch();
    return wrong("cannot parse " + promql::quoted(text) + " to a valid timestamp");
}

core::Result<std::int64_t> readDuration(const std::string &text)
{
    const std::string refusal = "cannot parse " + promql::quoted(text) + " to a valid duration";
    if (const auto seconds = promql::parseFloat(text)) {
        const double nanoseconds = *seconds * kNanoseconds;
        if (std::abs(nanoseconds) >= 9.223372036854775e18)
            return wrong(refusal + ". It overflows int64");
        return std::isnan(nanoseconds) ? INT64_MIN : static_cast<std::int64_t>(nanoseconds);
    }
    if (const auto nanoseconds = unitsToNanoseconds(text))
        return *nanoseconds;
    return wrong(refusal);
}

core::Result<std::vector<promql::Matcher>> readSelector(const std::string &text)
{
    const std::vector<promql::Token> tokens = promql::tokenize(text);
    if (const promql::Token *token = stranger(tokens); token && token->kind != promql::TokenKind::Error)
        return wrong("1:" + std::to_string(token->begin + 1) + ": parse error: unexpected " + promql::describe(*token));
    const auto tree = promql::parse(text);
    // "match[] must contain …" goes before the expression's own sentence about empty conditions.
    constexpr const char *kEmpty = "match[] must contain at least one non-empty matcher";
    if (!tree) {
        const bool empty = tree.error().detail.find("at least one non-empty matcher") != std::string::npos;
        return wrong(empty ? kEmpty : tree.error().detail);
    }
    const std::vector<promql::Matcher> &matchers = (*tree)->matchers;
    if (std::all_of(matchers.begin(), matchers.end(), [](const auto &matcher) { return matcher.matches(""); }))
        return wrong(kEmpty);
    return matchers;
}

} // namespace andon::demo
