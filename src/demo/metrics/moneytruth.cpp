// What the last day of the demo factory cost and earned, with arithmetic of its own: nothing here is shared with the
// console's.
#include "demo/metrics/moneytruth.h"

#include "demo/metrics/daycounts.h"

#include <nlohmann/json.hpp>

#include <map>

namespace andon::demo
{

namespace
{

using Json = nlohmann::ordered_json;
using core::Wide;

constexpr Wide kMillion = 1'000'000;
constexpr Wide kSecondsPerHour = 3600;

struct Row {
    std::int64_t in = 0; ///< tokens
    std::int64_t out = 0;
    int gpus = 0;
    std::int64_t cost = 0; ///< micro-units
    std::int64_t revenue = 0;
    [[nodiscard]] std::int64_t tokens() const { return in + out; }
};

std::int64_t micro(Wide value, Wide divisor)
{
    return static_cast<std::int64_t>(core::divideHalfEven(value, divisor));
}

/// GPU-seconds at the price of their stretch, pico-units × seconds.
class Pricing
{
public:
    Pricing(const economics::PriceBook &book, core::TimeRange day)
        : m_book(book)
        , m_stretches(book.stretches(day))
    {
    }
    [[nodiscard]] const std::vector<core::TimeRange> &stretches() const { return m_stretches; }
    [[nodiscard]] Wide at(const core::TimeRange &stretch, Wide gpuSeconds) const
    {
        return m_book.gpuHourAt(stretch.from)->pico * gpuSeconds;
    }
    [[nodiscard]] Wide always(int gpus) const
    {
        Wide sum = 0;
        for (const core::TimeRange &stretch : m_stretches)
            sum += at(stretch, static_cast<Wide>(gpus) * stretch.length() / core::kSecond);
        return sum;
    }

private:
    const economics::PriceBook &m_book;
    std::vector<core::TimeRange> m_stretches;
};

std::int64_t costOf(Wide picoSeconds)
{
    return micro(picoSeconds, kSecondsPerHour * kMillion);
}

std::map<std::string, Row> countRows(const Plan &plan, core::TimeRange day)
{
    std::map<std::string, Row> rows;
    for (std::size_t m = 0; m < plan.models.size(); ++m)
        if (plan.models[m].deployed)
            rows[plan.models[m].name] = {countTokens(plan, m, false, day), countTokens(plan, m, true, day),
                                         plan.models[m].servingGpus};
    return rows;
}

/// By the names of the models, the last takes what rounding down left.
void addShared(std::map<std::string, Row> &rows, std::int64_t shared)
{
    Wide all = 0;
    for (const auto &[name, row] : rows)
        all += row.tokens();
    std::int64_t left = shared;
    for (auto &[name, row] : rows) {
        const bool last = &row == &rows.rbegin()->second;
        const std::int64_t share = last ? left : static_cast<std::int64_t>(Wide(shared) * row.tokens() / all);
        row.cost += share;
        left -= share;
    }
}

std::int64_t revenueOf(const economics::PriceBook &book, const ModelPlan &model, const Row &row)
{
    const auto *price =
        book.priceOf(core::ModelName(model.name), core::ModelVersionNumber(std::to_string(model.deployed)));
    const Wide list = Wide(row.in) * price->inputPerMtok.pico + Wide(row.out) * price->outputPerMtok.pico;
    return micro(list * book.paidSharePpm.value_or(1'000'000), kMillion * kMillion * kMillion);
}

Json rowJson(const Row &row)
{
    const auto money = [](std::int64_t amount) { return core::decimal(core::Money{amount}); };
    const auto perMtok = [&](std::int64_t amount) {
        const Wide pico = core::divideHalfEven(Wide(amount) * kMillion * kMillion, row.tokens());
        return core::decimal(core::UnitPrice{static_cast<std::int64_t>(pico)});
    };
    return {{"tokens_in", row.in},
            {"tokens_out", row.out},
            {"gpus", row.gpus},
            {"cost", money(row.cost)},
            {"revenue", money(row.revenue)},
            {"margin", money(row.revenue - row.cost)},
            {"cost_per_mtok", perMtok(row.cost)},
            {"revenue_per_mtok", perMtok(row.revenue)},
            {"margin_per_mtok", perMtok(row.revenue - row.cost)}};
}

Json taxJson(const Plan &plan, const Pricing &pricing)
{
    static constexpr std::pair<const char *, std::int64_t GpuSeconds::*> kParts[] = {
        {"busy", &GpuSeconds::busy},
        {"starved", &GpuSeconds::starved},
        {"idle", &GpuSeconds::idle},
        {"unallocated", &GpuSeconds::unallocated}};
    std::map<std::string, Wide> sums;
    for (const core::TimeRange &stretch : pricing.stretches()) {
        const GpuSeconds seconds = countGpuSeconds(plan, stretch);
        for (const auto &[name, part] : kParts)
            sums[name] += pricing.at(stretch, seconds.*part);
    }
    Json json = Json::object();
    for (const auto &[name, part] : kParts)
        json[name] = core::decimal(core::Money{costOf(sums[name])});
    return json;
}

} // namespace

std::string moneyTruthJson(const Plan &plan, const economics::PriceBook &book)
{
    const core::TimeRange day = lastDay(plan);
    const Pricing pricing(book, day);
    std::map<std::string, Row> rows = countRows(plan, day);
    for (auto &[name, row] : rows)
        row.cost = costOf(pricing.always(row.gpus));
    if (book.sharedPerDay)
        addShared(rows, book.sharedPerDay->micro);
    for (const ModelPlan &model : plan.models)
        if (model.deployed)
            rows[model.name].revenue = revenueOf(book, model, rows[model.name]);
    Row total;
    Json models = Json::object();
    Json losing = Json::array();
    for (const auto &[name, row] : rows) {
        total = {total.in + row.in, total.out + row.out, total.gpus + row.gpus, total.cost + row.cost,
                 total.revenue + row.revenue};
        models[name] = rowJson(row);
        if (row.revenue < row.cost)
            losing.push_back(name);
    }
    const Json json = {{"currency", book.currency.code},
                       {"models", models},
                       {"totals", rowJson(total)},
                       {"loses_money", losing},
                       {"gpu_cost", taxJson(plan, pricing)}};
    return json.dump(2);
}

} // namespace andon::demo
