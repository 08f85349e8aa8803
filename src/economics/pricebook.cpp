#include "economics/pricebook.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <functional>

namespace andon::economics
{

namespace
{

constexpr std::size_t kMaxBytes = 1024 * 1024;

/// * stands for any text.
bool matches(std::string_view pattern, std::string_view text)
{
    std::size_t p = 0, t = 0, star = std::string_view::npos, resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

/// Reads nodes and remembers the first mistake with its line.
class Reader
{
public:
    explicit Reader(std::string file)
        : m_file(std::move(file))
    {
    }
    [[nodiscard]] const std::optional<core::Error> &error() const { return m_error; }
    void bad(const YAML::Node &node, const std::string &what)
    {
        if (!m_error)
            m_error = core::Error{.kind = core::ErrorKind::Invalid,
                                  .where = m_file + ":" + std::to_string(std::max(node.Mark().line, 0) + 1),
                                  .detail = what};
    }

    using Keys = std::map<std::string, std::function<void(const YAML::Node &)>>;
    void map(const YAML::Node &node, const std::string &what, const Keys &keys)
    {
        if (!node.IsMap())
            return bad(node, what + ": keys with values were expected");
        std::vector<std::string> seen;
        for (const auto &pair : node) {
            const std::string key = pair.first.IsScalar() ? pair.first.Scalar() : std::string();
            const auto found = keys.find(key);
            if (found == keys.end())
                bad(pair.first, what + ": unknown key " + (key.empty() ? "(not a word)" : key));
            else if (std::find(seen.begin(), seen.end(), key) != seen.end())
                bad(pair.first, what + ": " + key + " is there twice");
            else
                found->second(pair.second);
            seen.push_back(key);
        }
    }
    void list(const YAML::Node &node, const std::string &what, const std::function<void(const YAML::Node &)> &item)
    {
        if (!node.IsSequence())
            return bad(node, what + ": a list was expected");
        for (const YAML::Node &one : node)
            item(one);
    }
    std::string text(const YAML::Node &node, const std::string &what)
    {
        if (node.IsScalar() && !node.Scalar().empty())
            return node.Scalar();
        bad(node, what + ": a text was expected");
        return {};
    }
    UnitPrice price(const YAML::Node &node, const std::string &what, const core::Currency &currency)
    {
        const auto parsed = core::parseUnitPrice(text(node, what), currency);
        if (!parsed || parsed->pico < 0)
            bad(node, what + ": an amount such as 2.50 was expected");
        return parsed.value_or(UnitPrice{0, currency});
    }
    Money amount(const YAML::Node &node, const std::string &what, const core::Currency &currency)
    {
        const UnitPrice parsed = price(node, what, currency);
        if (parsed.pico % 1'000'000 != 0)
            bad(node, what + ": at most six decimals");
        return {parsed.pico / 1'000'000, currency};
    }
    /// 0..1 in millionths, exactly.
    std::int64_t share(const YAML::Node &node, const std::string &what)
    {
        const UnitPrice parsed = price(node, what, {});
        if (parsed.pico > 1'000'000'000'000 || parsed.pico % 1'000'000 != 0)
            bad(node, what + ": a share from 0 to 1 with at most six decimals was expected");
        return parsed.pico / 1'000'000;
    }
    int count(const YAML::Node &node, const std::string &what)
    {
        const std::string digits = text(node, what);
        int value = 0;
        const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (code != std::errc() || end != digits.data() + digits.size() || value < 0)
            bad(node, what + ": a whole number was expected");
        return value;
    }
    Instant time(const YAML::Node &node, const std::string &what)
    {
        const std::string written = text(node, what);
        int y = 0, h = 0, min = 0, s = 0;
        unsigned mon = 0, d = 0;
        int used = 0;
        using namespace std::chrono;
        const bool date = std::sscanf(written.c_str(), "%4d-%2u-%2u%n", &y, &mon, &d, &used) == 3 && used == 10;
        const std::string rest = date ? written.substr(10) : "?";
        int tail = 0;
        const bool clock = !rest.empty() && std::sscanf(rest.c_str(), "T%2d:%2d:%2dZ%n", &h, &min, &s, &tail) == 3
            && tail == 10 && rest.size() == 10;
        const year_month_day day{year(y), month(mon), std::chrono::day(d)};
        if (!(rest.empty() || clock) || !day.ok() || h > 23 || min > 59 || s > 59 || h < 0 || min < 0 || s < 0) {
            bad(node, what + ": a date such as 2026-03-02 or 2026-03-02T05:00:00Z was expected");
            return {};
        }
        const std::int64_t days = sys_days(day).time_since_epoch().count();
        return Instant::fromSeconds(days * 86'400 + h * 3600 + min * 60 + s);
    }

private:
    std::string m_file;
    std::optional<core::Error> m_error;
};

void readGpuHours(Reader &reader, const YAML::Node &node, PriceBook &book)
{
    reader.list(node, "gpu_hour", [&](const YAML::Node &item) {
        GpuPrice one;
        bool priced = false;
        reader.map(item, "gpu_hour",
                   {{"from", [&](const auto &n) { one.from = reader.time(n, "from"); }},
                    {"price", [&](const auto &n) {
                         one.perHour = reader.price(n, "price", book.currency);
                         priced = true;
                     }}});
        if (!priced)
            reader.bad(item, "gpu_hour: price is missing");
        if (!book.gpuHour.empty() && book.gpuHour.back().from >= one.from)
            reader.bad(item, "gpu_hour: each price must begin after the one above");
        book.gpuHour.push_back(std::move(one));
    });
}

void readModels(Reader &reader, const YAML::Node &node, PriceBook &book)
{
    reader.list(node, "models", [&](const YAML::Node &item) {
        ModelPrice one{.inputPerMtok = {0, book.currency}, .outputPerMtok = {0, book.currency}};
        reader.map(item, "models",
                   {{"match", [&](const auto &n) { one.match = reader.text(n, "match"); }},
                    {"input_per_mtok",
                     [&](const auto &n) { one.inputPerMtok = reader.price(n, "input_per_mtok", book.currency); }},
                    {"output_per_mtok",
                     [&](const auto &n) { one.outputPerMtok = reader.price(n, "output_per_mtok", book.currency); }}});
        if (one.match.empty())
            reader.bad(item, "models: match is missing");
        book.models.push_back(std::move(one));
    });
}

void readTargets(Reader &reader, const YAML::Node &node, PriceBook &book)
{
    Targets &t = book.targets;
    const auto share = [&](const char *key, std::optional<double> &into) {
        return [&reader, key, &into](const YAML::Node &n) { into = static_cast<double>(reader.share(n, key)) / 1e6; };
    };
    reader.map(
        node, "targets",
        {{"cost_per_mtok", [&](const auto &n) { t.costPerMtok = reader.price(n, "cost_per_mtok", book.currency); }},
         {"revenue_per_mtok",
          [&](const auto &n) { t.revenuePerMtok = reader.price(n, "revenue_per_mtok", book.currency); }},
         {"gross_margin", share("gross_margin", t.grossMargin)},
         {"utilisation", share("utilisation", t.utilisation)},
         {"time_to_monetization_days",
          [&](const auto &n) { t.timeToMonetizationDays = reader.count(n, "time_to_monetization_days"); }}});
}

void readOwners(Reader &reader, const YAML::Node &node, PriceBook &book)
{
    Reader::Keys keys;
    for (const char *figure : {"cost", "revenue", "margin", "cost_per_mtok", "output_cost_per_mtok", "revenue_per_mtok",
                               "margin_per_mtok", "gross_margin", "tokens_per_second", "utilisation",
                               "tokens_per_joule", "time_to_monetization", "utilisation_tax"})
        keys[figure] = [&reader, &book, figure](const YAML::Node &n) { book.owners[figure] = reader.text(n, figure); };
    reader.map(node, "owners", keys);
}

void readReleases(Reader &reader, const YAML::Node &node, PriceBook &book)
{
    reader.list(node, "releases", [&](const YAML::Node &item) {
        Release one;
        const auto at = [&](const char *key, Instant &into) {
            return [&reader, key, &into](const YAML::Node &n) { into = reader.time(n, key); };
        };
        reader.map(item, "releases",
                   {{"name", [&](const auto &n) { one.name = reader.text(n, "name"); }},
                    {"gpus", [&](const auto &n) { one.gpus = reader.count(n, "gpus"); }},
                    {"ordered", at("ordered", one.ordered)},
                    {"delivered", at("delivered", one.delivered)},
                    {"energised", at("energised", one.energised)},
                    {"busy", at("busy", one.busy)},
                    {"first_token", at("first_token", one.firstToken)},
                    {"first_paid", at("first_paid", one.firstPaid)},
                    {"ramped", at("ramped", one.ramped)}});
        if (one.name.empty())
            reader.bad(item, "releases: name is missing");
        Instant last{};
        for (const Instant t :
             {one.ordered, one.delivered, one.energised, one.busy, one.firstToken, one.firstPaid, one.ramped}) {
            if (t.known() && t < last)
                reader.bad(item, "releases: the milestones of " + one.name + " are not in order");
            last = t.known() ? t : last;
        }
        book.releases.push_back(std::move(one));
    });
}

void readCurrency(Reader &reader, const YAML::Node &root, PriceBook &book)
{
    if (!root.IsMap() || !root["currency"])
        return reader.bad(root, "currency is missing");
    const YAML::Node node = root["currency"];
    book.currency.code = reader.text(node, "currency");
    if (book.currency.code.size() != 3
        || book.currency.code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string::npos)
        reader.bad(node, "currency: three capital letters such as USD were expected");
}

} // namespace

const UnitPrice *PriceBook::gpuHourAt(Instant t) const
{
    const UnitPrice *price = nullptr;
    for (const GpuPrice &one : gpuHour)
        if (!one.from.known() || one.from <= t)
            price = &one.perHour;
    return price;
}

const ModelPrice *PriceBook::priceOf(const core::ModelName &model, const core::ModelVersionNumber &version) const
{
    for (const ModelPrice &one : models) {
        const bool exact = one.match.find('@') != std::string::npos;
        if (matches(one.match, exact ? model.value + "@" + version.value : model.value))
            return &one;
    }
    return nullptr;
}

std::vector<core::TimeRange> PriceBook::stretches(core::TimeRange window) const
{
    std::vector<core::TimeRange> out;
    Instant from = window.from;
    for (const GpuPrice &one : gpuHour)
        if (one.from > from && one.from < window.to) {
            out.push_back({from, one.from});
            from = one.from;
        }
    if (from < window.to)
        out.push_back({from, window.to});
    return out;
}

core::Result<PriceBook> parsePriceBook(std::string_view yaml, const std::string &file)
{
    if (yaml.size() > kMaxBytes)
        return core::fail(core::ErrorKind::Invalid, file, "larger than 1 MiB");
    Reader reader(file);
    PriceBook book;
    try {
        const YAML::Node root = YAML::Load(std::string(yaml));
        readCurrency(reader, root, book);
        const auto amount = [&](const char *key, std::optional<Money> &into) {
            return [&reader, &book, key, &into](const YAML::Node &n) { into = reader.amount(n, key, book.currency); };
        };
        reader.map(root, "price book",
                   {{"currency", [](const auto &) {}},
                    {"gpu_hour", [&](const auto &n) { readGpuHours(reader, n, book); }},
                    {"models", [&](const auto &n) { readModels(reader, n, book); }},
                    {"shared_per_day", amount("shared_per_day", book.sharedPerDay)},
                    {"paid_share", [&](const auto &n) { book.paidSharePpm = reader.share(n, "paid_share"); }},
                    {"targets", [&](const auto &n) { readTargets(reader, n, book); }},
                    {"budget", amount("budget", book.budgetPerDay)},
                    {"quota_gpus", [&](const auto &n) { book.quotaGpus = reader.count(n, "quota_gpus"); }},
                    {"owners", [&](const auto &n) { readOwners(reader, n, book); }},
                    {"releases", [&](const auto &n) { readReleases(reader, n, book); }}});
    } catch (const YAML::Exception &e) { // yaml-cpp throws on text that is no YAML
        return core::fail(core::ErrorKind::Invalid, file + ":" + std::to_string(std::max(e.mark.line, 0) + 1), e.msg);
    }
    if (reader.error())
        return core::fail(*reader.error());
    return book;
}

} // namespace andon::economics
